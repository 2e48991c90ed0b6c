"""What is known of single outlets: selectors of clutter and of bodies, from ``sites.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from lxml import etree

from index.marks import StructuralRule

_PART = re.compile(
    r"(?P<tag>^[\w-]+|^\*)|\.(?P<name>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<attribute>[\w-]+)(?:=\"?(?P<value>[^\]\"]*)\"?)?\]"
)


@dataclass(frozen=True, slots=True)
class Site:
    """What holds for the pages of one outlet: ``body`` selects the article, "" leaves it open."""

    clutter: tuple[StructuralRule, ...]
    body: str = ""


def site_of(url: str) -> Site:
    """What is known of the outlet at ``url``; ``""`` gives what holds everywhere."""
    host = re.sub(r"^\w+://(?:www\.)?|[/:?#].*", "", url.casefold())
    return _site_of(host)


@lru_cache(maxsize=256)
def _site_of(host: str) -> Site:
    known = _known()
    return Site(
        tuple(
            StructuralRule(rule["name"], rule["selector"], rule["reason"])
            for rule in known.get("clutter", ())
            if not rule["hosts"] or any(_within(host, name) for name in rule["hosts"])
        ),
        next(
            (
                entry["selector"]
                for entry in known.get("body", ())
                if any(_within(host, name) for name in entry["hosts"])
            ),
            "",
        ),
    )


def _within(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


@lru_cache(maxsize=1)
def _known():
    return tomllib.loads(resources.files("index").joinpath("sites.toml").read_text("utf-8"))


@lru_cache(maxsize=256)
def xpath(selector: str) -> etree.XPath:
    """A simple CSS selector as a compiled XPath."""
    steps = "//".join(_step(part) for part in selector.split())
    return etree.XPath(f".//{steps}")


def _step(compound: str) -> str:
    tag, tests = "*", ""
    for match in _PART.finditer(compound):
        if match["tag"]:
            tag = match["tag"]
        elif match["name"]:
            tests += f"[contains(concat(' ', normalize-space(@class), ' '), ' {match['name']} ')]"
        elif match["id"]:
            tests += f"[@id='{match['id']}']"
        elif match["value"] is None:
            tests += f"[@{match['attribute']}]"
        else:
            tests += f"[@{match['attribute']}='{match['value']}']"
    return f"{tag}{tests}"

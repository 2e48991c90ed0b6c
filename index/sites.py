"""What is known of single outlets: selectors of clutter and of bodies, from ``sites.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from index.marks import StructuralRule

_PART = re.compile(
    r"(?P<tag>^[\w-]+|^\*)|\.(?P<name>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<attribute>[\w-]+)(?:=\"?(?P<value>[^\]\"]*)\"?)?\]"
)


@dataclass(frozen=True, slots=True)
class Site:
    """What holds for the pages of one outlet: ``body`` selects the article, "" leaves it open."""

    clutter: tuple[StructuralRule, ...] = ()
    body: str = ""


def site_of(url: str) -> Site:
    """What is known of the outlet at ``url``; ``""`` gives what holds everywhere."""
    return _site_of(re.sub(r"^\w+://(?:www\.)?|[/:?#].*", "", url.casefold()))


def structural_rules() -> tuple[StructuralRule, ...]:
    """The clutter of all outlets."""
    return tuple(_structural(entry) for entry in _file()["clutter"])


def _structural(entry: dict[str, Any]) -> StructuralRule:
    return StructuralRule(entry["name"], entry["selector"], entry["reason"])


def selected(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements of ``tree`` that a simple CSS selector selects, in the order of the page."""
    return cast(list[HtmlElement], _xpath(selector)(tree)) if selector else []


@lru_cache(maxsize=256)
def _site_of(host: str) -> Site:
    return Site(
        tuple(_structural(entry) for entry in _known("clutter", host)),
        next((entry["selector"] for entry in _known("body", host)), ""),
    )


def _known(kind: str, host: str) -> Iterator[dict[str, Any]]:
    for entry in _file()[kind]:
        hosts = entry["hosts"]
        if not hosts or any(host == name or host.endswith(f".{name}") for name in hosts):
            yield entry


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return tomllib.loads(resources.files("index").joinpath("sites.toml").read_text("utf-8"))


@lru_cache(maxsize=256)
def _xpath(selector: str) -> etree.XPath:
    return etree.XPath(".//" + "//".join(_step(part) for part in selector.split()))


def _step(compound: str) -> str:
    """ "div.name[a=b]" as a step of an XPath."""
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

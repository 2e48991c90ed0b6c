"""What the style sheets of a page do to an element in it: the few rules that can spoil a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import soupsieve
import tinycss2
from bs4 import BeautifulSoup, Tag
from tinycss2.ast import AtRule, Declaration, QualifiedRule

ELEMENT = "news-search"
_MOST_RULES = 20_000
_WITH_RULES = {"media", "supports", "layer", "container"}
_WHOLE_PAGE = {"html", "body", "[document]"}
# From here on other people's menus begin.
_HIGH = 1_000
# What makes an element vanish, and what brings it back.
_MENDED = {
    ("display", "none"): "block",
    ("visibility", "hidden"): "visible",
    ("visibility", "collapse"): "visible",
    ("pointer-events", "none"): "auto",
}
# A dialog lies over the whole page, whatever it stands in.
_OUT_OF_IT = f'<{ELEMENT} results="dialog">'


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that hits the element, or something it stands in, and what it declares."""

    selector: str
    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.selector} {{ {self.name}: {self.value} }}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a rule does, and the line that mends it. ``certain`` is False where it depends on more
    than style sheets say."""

    what: str
    line: str
    certain: bool = True


def troubles(soup: BeautifulSoup, sheets: Iterable[str]) -> list[Trouble]:
    """What ``sheets`` do to the element on the page; where there is none yet, to one at its end."""
    hosts = soup.find_all(ELEMENT) or [_placed(soup)]
    around = [parent for host in hosts for parent in host.parents if parent.name not in _WHOLE_PAGE]
    rules = [rule for sheet in sheets for rule in _rules(sheet)]
    contained = any(_contains(rule) and _hits(rule.selector, around) for rule in rules)
    found: list[Trouble | None] = []
    for rule in rules:
        found.append(_hidden(rule, hosts))
        found.append(_cut_off(rule, around))
        if contained and rule.name == "z-index" and _number(rule.value) >= _HIGH:
            found.append(_covered(rule, [*hosts, *around], soup))
    return list(dict.fromkeys(trouble for trouble in found if trouble))


def _placed(soup: BeautifulSoup) -> Tag:
    element = soup.new_tag(ELEMENT)
    (soup.body or soup).append(element)
    return element


def _hidden(rule: Rule, hosts: list[Tag]) -> Trouble | None:
    """A rule that hides the element or makes it deaf; what it sets inside does not get there."""
    if rule.name == "all" and _hits(rule.selector, hosts):
        return Trouble(f"{rule} does not reach what is inside it", "", certain=False)
    mended = _MENDED.get((rule.name, rule.value))
    if mended is None or not _hits(rule.selector, hosts):
        return None
    if ":defined" in rule.selector:
        said = f"{rule} hides the form in it where scripts do not run"
        return Trouble(said, f"{ELEMENT}:not(:defined) {{ {rule.name}: {mended}; }}", certain=False)
    return Trouble(f"{rule} hides it", f"{ELEMENT} {{ {rule.name}: {mended} !important; }}")


def _cut_off(rule: Rule, around: list[Tag]) -> Trouble | None:
    cuts = rule.name in {"overflow", "overflow-y"} and rule.value in {"hidden", "clip"}
    if not cuts or not _hits(rule.selector, around):
        return None
    return Trouble(f"{rule} may cut off the suggestions", _OUT_OF_IT, certain=False)


def _covered(rule: Rule, own: list[Tag], soup: BeautifulSoup) -> Trouble | None:
    if all(tag in own for tag in _selected(rule.selector, soup)):
        return None
    return Trouble(f"{rule} may lie over the suggestions", _OUT_OF_IT, certain=False)


def _contains(rule: Rule) -> bool:
    """Whether what is in this element can never lie over what is above the whole of it."""
    match rule.name:
        case "z-index":
            return _number(rule.value) < _HIGH and rule.value != "auto"
        case "transform" | "filter" | "perspective" | "backdrop-filter":
            return rule.value != "none"
        case "isolation":
            return rule.value == "isolate"
        case "opacity":
            return rule.value not in {"1", "100%"}
    return False


def _hits(selector: str, tags: list[Tag]) -> bool:
    """Whether a selector fits one of the tags. One that nobody but browsers knows fits none."""
    try:
        return any(soupsieve.match(selector, tag) for tag in tags)
    except (soupsieve.SelectorSyntaxError, NotImplementedError):
        return False


def _selected(selector: str, soup: BeautifulSoup) -> list[Tag]:
    try:
        return list(soupsieve.select(selector, soup, limit=5))
    except (soupsieve.SelectorSyntaxError, NotImplementedError):
        return []


def _rules(sheet: str) -> Iterator[Rule]:
    left = _MOST_RULES
    waiting = list(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
    while waiting and left:
        node = waiting.pop(0)
        left -= 1
        if isinstance(node, AtRule) and node.lower_at_keyword in _WITH_RULES and node.content:
            waiting[:0] = tinycss2.parse_rule_list(
                node.content, skip_comments=True, skip_whitespace=True
            )
        elif isinstance(node, QualifiedRule):
            yield from _declared(node)


def _declared(rule: QualifiedRule) -> Iterator[Rule]:
    selector = tinycss2.serialize(rule.prelude).strip()
    for node in tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    ):
        if isinstance(node, Declaration):
            value = tinycss2.serialize(node.value).strip().lower()
            yield Rule(selector, node.lower_name, value)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0

"""Saved pages: the text of the article out of the markup, with what was set aside in place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import trafilatura
from bs4 import BeautifulSoup, Tag

from index.article import Removal
from index.cleaning.rule import bare
from index.errors import RejectedDocument
from index.readers.encoding import tidy

# Every case that hangs or blows up one of the parsers breaks one of these bounds, and no real
# page does: measured over public pages the deepest nests 61 elements and the largest has 9,000.
_MOST_TAGS = 200_000
_MOST_DEPTH = 256
_MOST_ATTRIBUTES = 1_000
_MOST_OPEN = 50_000

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<rest>[^<>]*)>?")
_ATTRIBUTE = re.compile(r"[\w:-]+\s*=")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
    ]
)
# A class that says "this is the text" in the words that publishers use for it.
_BODY = re.compile(r"body|article|content|story|paywall|text", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|svg|noscript|template)\b", re.IGNORECASE)

# Printable signs that no article uses, so that the body engine carries them through.
_OPEN, _CLOSE = "⁅", "⁆"
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class StructuralRule:
    """Markup that is clutter by its structure; its text is carried along and set aside."""

    name: str
    selector: str
    reason: str


STRUCTURAL_RULES = (
    StructuralRule(
        "rollover-block",
        ".rollover-people-block",
        "the pop-up card of a person's name, with headlines of other stories",
    ),
)


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page's article and what its structure already says is clutter."""

    text: str
    removals: tuple[Removal, ...]


def parse(markup: str) -> BeautifulSoup:
    """The tree of a page. Raises RejectedDocument for markup made to hurt a parser."""
    _check(markup)
    return BeautifulSoup(markup, "lxml")


def body(soup: BeautifulSoup) -> Body:
    """The body of the article on a page, its paragraphs parted by blank lines; changes ``soup``.

    The body engine is trafilatura. In its precise mode it now and then keeps a fraction of the
    article; where the default mode finds twice as much, that is taken (both measured on labelled
    pages, where the choice between the two wins over either alone).
    """
    rules = _mark(soup)
    markup = str(soup)
    precise = _extract(markup, favor_precision=True)
    text = precise
    if len(precise) < 2_000:
        default = _extract(markup, favor_precision=False)
        if len(default) > 2 * len(precise):
            text = default
    text = _completed(soup, text) if text else _paragraphs(soup).replace("\n\n", "\n")
    return _unmark(text.replace("\n", "\n\n"), rules)


def _completed(soup: BeautifulSoup, text: str) -> str:
    """``text`` with the paragraphs of the article's other containers, in the order of the page.

    Some magazines cut a body into several containers of one class, with an advert between, and
    the engine takes the first. Only where half as much again is missing, in containers that are
    named as a body and lie in the same article, is it added: less is as often a teaser.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    place = {bare(line): number for number, line in enumerate(lines)}
    paragraphs = [(element, bare(element.get_text(" "))) for element in soup.find_all("p")]
    inside = Counter(_container(element) for element, words in paragraphs if words in place)
    bodies = {key for key, count in inside.items() if count >= 4 and _BODY.search(key[0])}
    everything = bare(text)
    missing = {
        id(element)
        for element, words in paragraphs
        if _container(element) in bodies and len(words) >= 60 and words not in everything
    }
    if sum(len(words) for element, words in paragraphs if id(element) in missing) < len(text) / 2:
        return text
    whole: list[str] = []
    taken = 0
    for element, words in paragraphs:
        if id(element) in missing:
            whole.append(" ".join(element.get_text(" ").split()))
        elif place.get(words, -1) >= taken:
            whole += lines[taken : place[words] + 1]
            taken = place[words] + 1
    return "\n".join([*whole, *lines[taken:]])


def _container(paragraph: Tag) -> tuple[str, int]:
    """What a paragraph stands in: the classes of its parent, and which article that belongs to."""
    parent = paragraph.parent
    classes = parent.get("class") if parent is not None else None
    article = paragraph.find_parent("article")
    return " ".join(classes) if isinstance(classes, list) else "", id(article)


def linked_lines(soup: BeautifulSoup) -> frozenset[str]:
    """The texts (see ``bare``) of paragraphs and list items that are a link and nothing else."""
    found: set[str] = set()
    for element in soup.find_all(["p", "li"]):
        words = bare(element.get_text(" "))
        if 15 <= len(words) <= 220:
            linked = bare(" ".join(link.get_text(" ") for link in element.find_all("a")))
            if len(linked) >= 0.9 * len(words):
                found.add(words)
    return frozenset(found)


def captions(soup: BeautifulSoup) -> frozenset[str]:
    """The texts (see ``bare``) of the captions of pictures."""
    return frozenset(bare(element.get_text(" ")) for element in soup.find_all("figcaption")) - {""}


def fragment(soup: BeautifulSoup) -> Body:
    """The text of a piece of markup that is all article, such as the body field of an export."""
    rules = _mark(soup)
    return _unmark(_paragraphs(soup, whole=True), rules)


def _extract(markup: str, *, favor_precision: bool) -> str:
    return (
        trafilatura.extract(
            markup,
            include_comments=False,
            include_tables=True,
            favor_precision=favor_precision,
            deduplicate=False,
        )
        or ""
    )


def _mark(soup: BeautifulSoup) -> list[StructuralRule]:
    """Replace what the structural rules select by its text between marks; the rules in order."""
    rules: list[StructuralRule] = []
    for rule in STRUCTURAL_RULES:
        for element in soup.select(rule.selector):
            text = " ".join(element.get_text(" ", strip=True).split())
            element.replace_with(f"{_OPEN}{_marks_off(text)}{_CLOSE}")
            rules.append(rule)
    return rules


def _marks_off(text: str) -> str:
    return text.replace(_OPEN, "[").replace(_CLOSE, "]")


def _unmark(text: str, rules: list[StructuralRule]) -> Body:
    """Take the marks out again and note where they were."""
    out: list[str] = []
    removals: list[Removal] = []
    length = position = 0
    by_turn = iter(rules)
    for match in _MARKED.finditer(text):
        before = text[position : match.start()]
        rule = next(by_turn, rules[-1] if rules else None)
        out += [before, match.group(1)]
        length += len(before)
        if rule is not None and match.group(1):
            removals.append(
                Removal(
                    start=length,
                    end=length + len(match.group(1)),
                    text=match.group(1),
                    rule=rule.name,
                    version=1,
                    reason=rule.reason,
                    evidence=rule.selector,
                )
            )
        length += len(match.group(1))
        position = match.end()
    out.append(text[position:])
    return Body("".join(out), tuple(removals))


def _paragraphs(soup: BeautifulSoup, *, whole: bool = False) -> str:
    """The paragraphs of <article>, else of the page; of ``whole`` all text, block by block."""
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    if whole:
        for element in soup.find_all(["br"]):
            element.replace_with("\n")
        for element in soup.find_all(
            ["p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"]
        ):
            element.insert_after("\n\n")
        blocks = re.split(r"\n\s*\n", soup.get_text())
    else:
        root = soup.find("article") or soup.body or soup
        paragraphs = root.find_all("p") if isinstance(root, Tag) else []
        blocks = [element.get_text(" ") for element in paragraphs]
    return tidy("\n\n".join(text for block in blocks if (text := " ".join(block.split()))))


def _visible(markup: str) -> str:
    """``markup`` without scripts and styles, in time that grows with its length alone."""
    lower = markup.lower()
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for opening in _HIDDEN.finditer(lower):
        name = opening.group(1)
        if opening.start() < position or name in unclosed:
            continue
        end = lower.find(f"</{name}", opening.end())
        if end < 0:
            unclosed.add(name)
            continue
        kept.append(markup[position : opening.start()])
        position = end + len(name) + 2
    kept.append(markup[position:])
    return "".join(kept)


def _check(markup: str) -> None:
    """A linear look at the markup before any parser sees it."""
    if markup.count("<") - markup.count(">") > _MOST_OPEN:
        raise RejectedDocument("is broken HTML: most of its tags are never closed")
    depth = deepest = tags = 0
    for match in _TAG.finditer(_visible(markup)):
        tags += 1
        name = match["name"].lower()
        rest = match["rest"]
        if len(rest) > 20_000 and len(_ATTRIBUTE.findall(rest)) > _MOST_ATTRIBUTES:
            raise RejectedDocument(f"has a tag of over {_MOST_ATTRIBUTES} attributes")
        if name in _VOID or rest.endswith("/"):
            continue
        depth = max(depth - 1, 0) if match["close"] else depth + 1
        deepest = max(deepest, depth)
        if deepest > _MOST_DEPTH:
            raise RejectedDocument(f"nests its elements over {_MOST_DEPTH} deep: no page does")
        if tags > _MOST_TAGS:
            raise RejectedDocument(f"has over {_MOST_TAGS} tags: no article does")

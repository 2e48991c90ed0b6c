"""Score the finding of rollover captions, however their joins came through.

    python bench/captions.py DATA

DATA holds ``rollover`` (labelled_dev.jsonl, thehill_dev.jsonl.gz), and, where there, ``outlets``,
``wire`` and ``reuters21578``: text in which nothing may be found, but for the columns of the
outlet that has such captions. The captions found in the articles as they came are taken for true
(they end at all but a handful of the words MORE, and were read by hand in samples), written anew
in every shape that is seen, and looked for again. ``same text`` is the share of articles that read
as they do without captions.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from index.article import Removal
from index.cleaning.rollover import find_captions
from index.cleaning.rule import Passage, Span
from index.reading import read

_HEADLINE_START = re.compile(r"(?<=[\w'’?!]) (?=[A-Z'])")


@dataclass(frozen=True, slots=True)
class Card:
    """A caption of an article as it came: ``name`` and ``headlines`` lie between start and end."""

    start: int
    end: int
    name: str
    headlines: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at the joins: before the name, before each headline, before MORE, after it."""

    name: str
    before_name: str
    before_headline: str
    between: str
    before_more: str
    after_more: str = ""


SHAPES = (
    Shape("glued everywhere", "", "", "", ""),
    Shape("glued, a space before MORE", "", "", " ", " "),
    Shape("glued to the headline only", " ", "", " ", " "),
    Shape("glued to the shown name only", "", " ", " ", " "),
    Shape("glued to MORE only", " ", " ", " ", ""),
    Shape("glued nowhere", " ", " ", " ", " "),
    Shape("line breaks, names glued", "", "", "\n", "\n"),
    Shape("line breaks, headline glued", "\n", "", "\n", "\n"),
    Shape("a line each", "\n", "\n", "\n", "\n"),
    Shape("a line each, and the rest", "\n", "\n", "\n", "\n", "\n"),
    Shape("a paragraph each", "\n\n", "\n\n", "\n\n", "\n\n"),
    Shape("a paragraph each, and the rest", "\n\n", "\n\n", "\n\n", "\n\n", "\n\n"),
)
CUTS = ("… [+2001 chars]", "...", "…", "")


def spans_of(text: str) -> list[Span]:
    return list(find_captions(Passage(text)))


def cards(text: str) -> list[Card]:
    """The captions of an article as it came, taken apart at the joins."""
    found = []
    for span in spans_of(text):
        full = span.evidence.split(" | ", 1)[1].rsplit(": ", 1)[0]
        headlines = text[span.start : span.end].lstrip()[len(full) :].removesuffix("MORE").strip()
        found.append(Card(span.start, span.end, full, headlines))
    return found


def reshaped(text: str, found: list[Card], shape: Shape, dice: random.Random) -> str:
    """``text`` with its captions in ``shape``, between signs that no text has."""
    out, position = [], 0
    for card in found:
        headlines = _split(card.headlines, dice) if shape.between != " " else [card.headlines]
        between = shape.between.join(headlines)
        before_headline = shape.before_headline if between else ""
        after = text[card.end : card.end + 1]
        out.append(text[position : card.start])
        out.append(f"\ue000{shape.before_name}{card.name}{before_headline}{between}")
        out.append(f"{shape.before_more}MORE\ue001")
        out.append(f"{shape.after_more}\ue002" if after == " " and shape.after_more else "")
        position = card.end + (after == " " and bool(shape.after_more))
    return "".join(out) + text[position:]


def _split(headlines: str, dice: random.Random) -> list[str]:
    """``headlines`` cut in up to three where one may begin; where they really do is not known."""
    places = [match.start() for match in _HEADLINE_START.finditer(headlines)]
    cuts = sorted(dice.sample(places, min(2, len(places))))
    edges = [0, *cuts, len(headlines)]
    return [headlines[a:b].strip() for a, b in pairwise(edges)]


def wrapped(text: str, found: list[Card], dice: random.Random) -> str:
    """The text as it came, its lines broken near 72 characters, a caption like any other text."""
    marked = reshaped(text, found, SHAPES[2], dice)
    return re.sub(r"([^\n]{60,72}) (?=\S)", r"\1\n", marked)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without the signs, and where they stood."""
    pieces = re.split("[\ue000\ue001]", marked.replace("\ue002", ""))
    ends = [0]
    for piece in pieces:
        ends.append(ends[-1] + len(piece))
    return "".join(pieces), list(zip(ends[1::2], ends[2::2], strict=False))


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """How ``text`` reads once ``spans`` are set aside."""
    return read(text, [Removal(a, b, text[a:b], "rollover-caption", 1, "") for a, b in spans]).text


def score(name: str, marked: Iterable[str]) -> None:
    """One row: what of the marked spans was found to the letter, and what else."""
    right = wanted = found = same = articles = 0
    for article in marked:
        text, truth = unmarked(article)
        spans = [(span.start, span.end) for span in spans_of(text)]
        trimmed = {(start, start + len(text[start:end].rstrip())) for start, end in spans}
        right += len(trimmed & set(truth))
        wanted += len(truth)
        found += len(spans)
        same += without(text, spans) == _sentences(article)
        articles += 1
    print(
        f"{name:38}{wanted:8,}{right / max(wanted, 1):9.4f}{right / max(found, 1):11.4f}"
        f"{same / max(articles, 1):11.4f}",
        flush=True,
    )


def _sentences(marked: str) -> str:
    """How the article reads without its captions, a sentence that they broke mended."""
    mended = re.sub(r"(?s)\ue000[^\ue001]*\ue001\n+\ue002(?=(.?))", _mend, marked)
    return read(re.sub(r"\ue000[^\ue001]*\ue001", "", mended), ()).text


def _mend(caption: re.Match[str]) -> str:
    """What stands in place of a caption and the line breaks after it: a space between words."""
    return "" if caption[1] in tuple(",.;:!?)]’'”") else " "


def cut_off(text: str, found: list[Card], shape: Shape, sign: str, dice: random.Random) -> str:
    """The paragraph of one caption, cut within its headlines as a feed cuts, others left out."""
    card = dice.choice([card for card in found if len(card.headlines) > 12])
    start = text.rfind("\n", 0, card.start) + 1
    before, position = "", start
    for other in found:
        if start <= other.start < card.start:
            before += text[position : other.start]
            position = other.end
    headlines = card.headlines[: dice.randrange(8, len(card.headlines))].rstrip()
    return (
        f"{before}{text[position : card.start]}"
        f"\ue000{shape.before_name}{card.name}{shape.before_headline}{headlines}\ue001{sign}"
    )


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def score_shapes(texts: list[str]) -> None:
    """Every shape, from the same truth; the dice are set, so that two runs agree."""
    known = [(text, found) for text in texts if (found := cards(text))]
    for shape in SHAPES:
        dice = random.Random(7)
        score(shape.name, (reshaped(text, found, shape, dice) for text, found in known))
    score("lines wrapped", (wrapped(text, found, random.Random(7)) for text, found in known))
    long = [(t, f) for t, f in known if any(len(card.headlines) > 12 for card in f)]
    for sign in CUTS:
        for shape in SHAPES[1:4]:
            dice = random.Random(7)
            score(
                f"cut off {sign or 'without a sign'}, {shape.name.split(',')[0]}"[:38],
                (cut_off(text, found, shape, sign, dice) for text, found in long),
            )


def score_prose(name: str, texts: Iterable[str]) -> None:
    """One row of text without captions: as it is, shouted, and cut off as feeds do."""
    dice = random.Random(7)
    changes: dict[str, Callable[[str], str]] = {
        "": str,
        ", more written MORE": lambda text: re.sub(r"\bmore\b", "MORE", text),
        ", cut off": lambda text: text[: dice.randrange(80, 900)].rstrip() + dice.choice(CUTS),
    }
    counts = dict.fromkeys(changes, 0)
    articles = size = 0
    seconds = 0.0
    for text in texts:
        articles += 1
        size += len(text.encode())
        for change, made in changes.items():
            passage = made(text)
            began = time.process_time()
            found = spans_of(passage)
            seconds += time.process_time() - began if not change else 0.0
            counts[change] += len(found)
            for span in found if "-v" in sys.argv else ():
                print(
                    f"    {passage[span.start - 60 : span.start]}⟦{passage[span.start : span.end]}⟧"
                )
    for change, count in counts.items():
        print(f"{name + change:38}{articles:8,} articles{count:6} found")
    print(f"{name:38}{size / 1e6 / seconds:8.1f} MB a second", flush=True)


def main() -> None:
    data = Path(sys.argv[1])
    labelled = [json.loads(line) for line in (data / "rollover/labelled_dev.jsonl").open()]
    exact = sum(
        [[span.start, span.end] for span in spans_of(row["raw"])] == row["spans"]
        for row in labelled
    )
    print(f"labelled by hand: {exact} of {len(labelled)} exact")
    texts = [row["text"] for row in rows(data / "rollover/thehill_dev.jsonl.gz")]
    began = time.process_time()
    found = sum(len(spans_of(text)) for text in texts)
    seconds = time.process_time() - began
    ends = sum(len(re.findall(r"MORE\b", text)) for text in texts)
    size = sum(len(text.encode()) for text in texts)
    print(f"as it came: {found:,} of {ends:,} ends found, {size / 1e6 / seconds:.1f} MB a second")
    print(f"{'shape':38}{'captions':>8}{'recall':>9}{'precision':>11}{'same text':>11}")
    score_shapes(texts)
    outlets = data / "outlets/articles.jsonl.gz"
    if outlets.exists():
        others = (row["text"] for row in rows(outlets) if "thehill.com" not in row["url"])
        score_prose("other outlets", others)
    wire = data / "wire/articles.jsonl.gz"
    if wire.exists():
        score_prose("wire", (row["body"] for row in rows(wire)))
    if (data / "reuters21578").exists():
        score_prose("reuters21578", _reuters(data / "reuters21578"))


def _reuters(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.sgm")):
        for body in re.findall(r"(?s)<BODY>(.*?)</BODY>", path.read_text("latin-1")):
            yield html.unescape(body)


if __name__ == "__main__":
    main()

"""Sentences of a news text, by rule: enough for snippets, and it never splits "Gov. Jane Doe"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis import raw_words

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)|[。！？]+[」』”]?|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘'\[/–—-])(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|Mr|Mrs|Atty|Supt|Dept|Ph\.D|M\.D|Ms|Mx|Dr|Prof|Rev|Hon|St|Gov|Sen|Rep|Reps|Sens|Gen|Lt|Col|Maj"
    r"|Capt|Cmdr|Sgt|Adm|Pres|Jr|Sr|vs?|No|Nos|Inc|Corp|Cos?|Ltd|[Pp]lc|PLC|Bros|Govs|Sec|Cpl|Brig|Messrs|pp|Ed|Ave|Blvd|Rd|Mt|Ft|est|approx|etc|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ariz|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass"
    r"|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|D-[A-Z]\w*|R-[A-Z]\w*)$"
)

# Half the time these end a sentence as well: "Dell Inc. The firm" beside "Dell Inc. Chairman". What
# tells is the next word, one that begins sentences and hardly anything else that has a capital; or,
# behind a firm, a quotation. Looked at in 4,500 articles.
_ENDING = re.compile(r"(?:[\s&](?:Inc|Corp|Cos?|Ltd|[Pp]lc|PLC)|[ap]\.m|U\.[SKN])$")
_FIRM = re.compile(r"[\s&](?:Inc|Corp|Cos?|Ltd|[Pp]lc|PLC)$")
_OPENER = re.compile(
    r"(?:The|In|It|He|She|They|We|But|And|This|That|These|Those|His|Her|Its|Their|There|If|When|While"
    r"|As|At|On|For|With|After|Before|However|Meanwhile|Even|Most|Last|Asked|An)\b"
)
_WORD = re.compile(r"\w")
_LIST_NUMBER = re.compile(r"\W*\d{1,3}")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence; a paragraph ends one in any case."""
    start = 0
    for end in _END.finditer(text):
        if end.group().startswith("\n"):
            yield from _trimmed(text, start, end.start())
            start = end.end()
            continue
        following = text[end.end() : end.end() + 16].lstrip()
        before = text[max(0, end.start() - 16) : end.start()]
        if _LIST_NUMBER.fullmatch(text, start, end.start()) and end.group() == ".":
            continue  # 1. Mix the flour
        if not _WORD.search(text, start, end.end()):
            continue  # … nothing said yet
        if following[:1].islower():
            continue  # “Stop!” she said
        if end.group() == "." and _ABBREVIATION.search(before) and not _ends(before, following):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _ends(before: str, following: str) -> bool:
    """Whether an abbreviation ends its sentence too."""
    if following[:1] in {'"', "“"} and _FIRM.search(before):
        return True
    return bool(_ENDING.search(before) and _OPENER.match(following))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def places(text: str) -> Iterator[int]:
    """The place among the words of ``text`` at which each sentence with a word in it starts."""
    place = 0
    for start, end in sentences(text):
        count = len(raw_words(text[start:end]))
        if count:
            yield place
        place += count

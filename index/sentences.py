"""Sentences of a news text, by rule: enough for snippets, and it never splits "Gov. Jane Doe"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis import raw_words

# It begins with a set of letters, which is what regular expressions skip to quickly.
_END = re.compile(
    r"[.!?…。！？\n*:](?:"
    r"(?<=[.!?…])[.!?…]*[\"”’')\]]*(?=\s)"
    r"|(?<=[a-z][.!?])[\"”’)\]]*(?=[\"“‘(]?(?:[A-Z][a-z]|[AI]\b))"  # the blank behind was lost
    r"|(?<=[。！？])[。！？]*[」』”]?"
    r"|(?<=\n)\s*\n"
    r"|(?<=:)(?=[ ]+--[ ]?[\"“$£€A-Z\d])"  # what a list follows
    # the bullet of a list in one line, and no multiplication
    r"|(?<!\S\*)(?<=\*)(?:(?<!\d\s\*)(?=[ ]+[\"“$£€A-Z\d])|(?=[ ]+[A-Z][a-z])))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘'\[/–—-])(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|Mr|Mrs|Atty|Supt|Dept|Ph\.D|M\.D|Ms|Mx|Dr|Prof|Rev|Hon|St|Gov|Dels?|Sen|Rep|Reps|Sens|Gen|Lt|Col|Maj"
    r"|ST|REPS?|SENS?|GOV|DR|MRS?|LT|COL|GEN|SGT|CAPT|REV|PROF|INC|CORP|LTD|Capt|Cmdr|Sgt|Adm|Pres|Jr|Sr|vs?|No|Nos|Inc|Corp|Cos?|Ltd|[Pp]lc|PLC|Bros|Jos|Wm|Geo|Chas|Thos|Robt|Govs|Sec|Cpl|Brig|Messrs|pp|Ed|Ave|Blvd|Rd|Mt|Ft|est|approx|etc|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass"
    r"|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wisc?|Wyo|D-[A-Z]\w*|R-[A-Z]\w*)$"
)
# Letters with strokes are a name without full stops: what stands behind I/B/E/S ends a sentence.
_STROKES = re.compile(r"(?<!\w)(?:[A-Z]/)+[A-Z]$")
_SMALL = frozenset({"v", "vs", "plc", "pp", "est", "approx", "etc", "al"})

# Half the time these end a sentence as well: "Dell Inc. The firm" beside "Dell Inc. Chairman". What
# tells is the next word, one that begins sentences and hardly anything else that has a capital; or,
# behind a firm, a quotation. Looked at in 4,500 articles.
_FORM = r"(?:Inc|Corp|Cos?|Ltd|[Pp]lc|PLC)"  # of a firm
_ENDING = re.compile(rf"(?:[\s&]{_FORM}|U\.[SKN])$")
_HOUR = re.compile(r"\d[\s\xa0]?[ap]\.m$")
# A sentence goes on behind an hour with the day or where the hour is of, and hardly otherwise: of
# 1,469 capitals there in 60,000 articles some 1,350 were these, and of the others one went on.
_OF_HOUR = re.compile(
    r"(?:[A-Z]{1,3}T|UTC|BST|E\.T|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Eastern|Central|Pacific|Mountain|Greenwich"
    r"|(?:[A-Z][\w-]+[ ]){1,2}(?:time|market))"
)
_NUMBER = re.compile(r"(?:^|\W)Nos?$")
_STATE = re.compile(r"\b(?:N\.[CDHJMY]|S\.[CD]|R\.I|W\.Va|D\.C|U\.K)$")
# What is written with an exclamation mark: "Yahoo! Inc said".
_SHOUTED = re.compile(r"\b(?:Yahoo|Jeopardy|E)$")
_FIRM = re.compile(rf"[\s&]{_FORM}$")
_OPENER = re.compile(
    r"(?:The|In|I|It|He|She|They|We|But|And|This|That|These|Those|His|Her|Its|Their|There|If|When|While"
    r"|As|At|On|For|With|After|Before|However|Meanwhile|Even|Most|Last|Asked|An)\b"
)
# What somebody has or does goes on with no firm either: "at Orme Corp. South Norland's makers",
# "of Orme Corp. Norland said". In 60,000 articles all of 50, and 69 of 70, were two sentences once
# other forms of firms and titles were left out.
_HOLDER = re.compile(
    rf"(?!(?:{_FORM}|LLC|LP|[Cc]hair\w+|Chief|President|Vice|Executive|Director)\b)"
    r"(?:(?:[^\W\d_a-z][\w&-]* ){0,2}[^\W\d_a-z][\w&-]*(?:['’]s|s['’])\s"
    r"|[^\W\d_a-z][\w&'’-]+ (?!and\b)[a-z])"
)
_LONGEST_AHEAD = 80  # characters of what follows that are looked at
# Who wrote what was quoted from a network belongs to it: "— Ida Marsh (@idamarsh) May 3, 2019".
_SIGNATURE = re.compile(r"(?:[—–]|--) ?[^\n()@]{2,50} \(@\w+\)")
# A crosshead that stands between two sentences in one line: capitals, and then a word that begins a
# sentence. What ends with a colon names who speaks, and belongs to what is said; one word alone is
# more often a firm. A hundred of the 13,000 in 60,000 articles were looked at.
_CROSSHEAD = re.compile(
    r"[ ]+[“\"]?(?:[A-Z](?=[A-Z'’-])[A-Z0-9'’,&:-]*|U\.S\.)"
    r"(?:[ ][“\"]?(?:[A-Z0-9][A-Z0-9'’,&:%$-]*|U\.S\.)[”\",]*)*"
    r"[ ][“\"]?[A-Z0-9][A-Z0-9'’&-]+[”\"]?"
    r"(?=[ ]+[\"“]?(?:[A-Z][a-z]|A[ ][a-z]))"
)
_SHORTEST_CROSSHEAD = 8  # letters
_WORD = re.compile(r"\w")
# An ellipsis that is set with blanks, from its second stop on.
_SPACED = re.compile(r"\.(?:\s\.|\s?[a-z\"”’]|$)")
_LIST_NUMBER = re.compile(r"\W*\d{1,3}")
_LONGEST_NUMBER = 12  # characters, with a bracket and blanks


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence; a paragraph ends one in any case."""
    start = 0
    for found in _END.finditer(text):
        first, end = found.span()
        if end <= start:
            continue  # inside a crosshead
        if text[first] in "\n*":
            left, right = _trimmed(text, start, first)
        elif _goes_on(text, start, first, end):
            continue
        else:
            left, right = _trimmed(text, start, end)
        if left < right:
            yield left, right
        start = end
        if crosshead := _crosshead(text, end):
            yield _trimmed(text, end, crosshead)
            start = crosshead
    left, right = _trimmed(text, start, len(text))
    if left < right:
        yield left, right


def _crosshead(text: str, start: int) -> int | None:
    """Where the crosshead ends that follows a sentence which ends at ``start``."""
    if not text.startswith(" ", start):
        return None
    found = _CROSSHEAD.match(text, start)
    if found is None or sum(map(str.isalpha, found.group())) < _SHORTEST_CROSSHEAD:
        return None
    return found.end()


def _goes_on(text: str, start: int, first: int, end: int) -> bool:
    """Whether the sentence that began at ``start`` goes on after the signs between the two."""
    following = text[end : end + _LONGEST_AHEAD].lstrip()
    if following[:1].islower() or _leaves_out(text, first, end, following):
        return True  # “Stop!” she said
    if not _WORD.search(text, start, end) or _SIGNATURE.match(following):
        return True  # … nothing said yet
    if text[first:end] == ".)":
        opens = _OPENER.match(following) or not following[:1].isalpha()
        return not opens and _is_bracketed(text, start, first)
    if end - first > 1 or text[first] != ".":
        shouted = text[first] == "!" and _SHOUTED.search(text, start, first)
        return bool(shouted and following[:1].isalpha() and not _OPENER.match(following))
    if first - start < _LONGEST_NUMBER and _LIST_NUMBER.fullmatch(text, start, first):
        return True  # 1. Mix the flour
    return _is_abbreviation(text, first) and not _ends(text[max(0, first - 16) : first], following)


def _leaves_out(text: str, first: int, end: int, following: str) -> bool:
    """Whether the stops leave something out of a sentence: “the toll ... [and] the fee”, . . ."""
    if text[first:end].startswith(("…", "..")):
        return re.match(r"\[[a-z]", following) is not None
    inside = text.startswith(". .", first - 2) and following.startswith(".")
    return inside or _SPACED.match(following) is not None


def _is_bracketed(text: str, start: int, first: int) -> bool:
    """Whether a stop in a bracket is an abbreviation's, and the bracket is a part of a sentence:
    "the Durham (N.C.) Association"."""
    bracket = text.rfind("(", start, first)
    return bool(_WORD.search(text, start, max(bracket, start))) and _is_abbreviation(text, first)


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether the word that ends there is one that a full stop belongs to."""
    start = max(0, end - 16)
    word = text[max(text.rfind(" ", start, end) + 1, start) : end]
    if word.islower() and word.isalpha():  # nearly all, and told without a regular expression
        return word in _SMALL
    found = _ABBREVIATION.search(text[start:end])
    return found is not None and not _STROKES.search(text[start:end])


def _ends(before: str, following: str) -> bool:
    """Whether an abbreviation ends its sentence too."""
    if _NUMBER.search(before) and not following[:1].isdigit():
        return True  # “No.” She left
    if _HOUR.search(before) and following.lstrip('"“‘(')[:1].isupper():
        return not _OF_HOUR.match(following)
    if _STATE.search(before) and re.match(r"[\"“][A-Z]", following):
        return True  # near Albany, N.Y. “We sell,” she said
    if _FIRM.search(before) and (following[:1] in {'"', "“"} or _HOLDER.match(following)):
        return True
    return bool(_ENDING.search(before) and _OPENER.match(following))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends, nor the dashes of a list before it."""
    while start < end and (text[start].isspace() or text.startswith("--", start, end)):
        start += 1 if text[start].isspace() else 2
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def places(text: str) -> Iterator[int]:
    """The place among the words of ``text`` at which each sentence with a word in it starts."""
    place = 0
    for start, end in sentences(text):
        count = len(raw_words(text[start:end]))
        if count:
            yield place
        place += count

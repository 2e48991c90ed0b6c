"""Names: a person's, or that of a desk, an agency, a paper.

Nothing in a name says so for sure. The words that only organisations have decide, but some of them
are surnames too, and then the given name before them does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

NAME = re.compile(r"[^\W\d_][\w.’'\-]*(?:\s+[^\W\d_][\w.’'\-]*){0,5}")
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "phd", "esq"})
_PARTICLES_WORDS = """
    de del della di du des van von vom zu der den da das dos al bin el la le ter ten y i
"""
PARTICLES = frozenset(_PARTICLES_WORDS.split())

_ORGANISATION = re.compile(
    r"""^the\s|\b(?:staff|editors?|reporters?|correspondents?|writers?|columnists?|contributors?
    |desk|team|newsroom|newsdesk|news|press|agency|agencies|wire|wires|service|services|redaktion
    |redaktionsnetzwerk|redaction|rédaction|redacción|redazione|redacção|redacția|redakcja|magazine|times
    |post|tribune|journal|observer|online|digital|media|network|guest|admin|administrator|special
    |bureau|board|institute|foundation|university|department|office|committee|company|inc|llc|gmbh
    |ltd|anonymous|unknown|none|n/a|https?|www|producer|photographer|analyst|opinion|video|twitter
    |facebook|instagram|whatsapp|linkedin|share|email|developer|webmaster|zeitung|nachrichten
    |nachrichtenagentur|anzeiger|rundschau|kurier|blatt|presse|agentur|agence|agencia|agenzia
    |agência|ajansı|haber|radio|radyo|televisi\w+|broadcasting|welle|verlag|wochenblatt
    |international|ministr(?:y|ies)|ministerium|government|police|parliament|association|federation|league
    |gazette|herald|chronicle|monitor|review|weekly|daily)\b
    |\d|@|//|新聞|新闻|通信|通讯|日報|日报|編集部|编辑部|ニュース|記者団|時報|时报|일보|신문|뉴스|통신""",
    re.IGNORECASE | re.VERBOSE,
)
_AGENCIES_WORDS = """
    adn afp aa agi ani anp ansa ap apa atn belga bloomberg bbc bta cna cnn ctk čtk dapd dpa ddp
    efe epd europapress ians interfax itar-tass jiji kna kyodo lusa mti msnbc abc cbs nbc npr
    pbs ntb pa pap pti reuters ria ritzau rnz rtl sda sid sapa stt tass tt tpn ukrinform unn upi
    xinhua yonhap zdf ard
"""
_AGENCIES = frozenset(_AGENCIES_WORDS.split())
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}")
# Of the words above, those that people are called too.
_SURNAMES = frozenset(
    ["post", "press", "service", "guest", "wire", "board", "share", "desk", "office", "bond"]
)
_NO_SPACES = re.compile(
    r"[\u4e00-\u9fff々ぁ-ん]{2,7}|[\uac00-\ud7a3]{2,5}|[ァ-ヴー]+(?:[・＝][ァ-ヴー]+)+"
)


def is_organisation(name: str, outlet: str = "") -> bool:
    """Whether a name is that of an organisation; ``outlet`` is the name of the paper itself."""
    bare = _bare(name)
    if outlet and (bare == _bare(outlet) or bare.removeprefix("the") == _bare(outlet)):
        return True
    words = name.split()
    if len(words) == 1:
        short = name.isupper() and len(name) <= 5 and name.isascii()
        if short or name.casefold() in _AGENCIES or _DOMAIN.fullmatch(name.casefold()):
            return True
    elif not name.isupper() and any(_is_agency(word) for word in words):
        return True
    return bool(_ORGANISATION.search(name)) and not _is_surname_at_the_end(words)


def _is_agency(word: str) -> bool:
    """Whether a word among others is an agency: Sid and Ani are people, SID and ANI are not."""
    return word == "Reuters" or (
        (word.isupper() or word.islower()) and len(word) > 1 and word.casefold() in _AGENCIES
    )


def is_whole(name: str) -> bool:
    """Whether a person's name has more than one part; scripts without spaces write it in one."""
    return " " in name or bool(_NO_SPACES.fullmatch(name))


def is_given(word: str) -> bool:
    """Whether a word is a common given name."""
    return word.casefold() in _given_names()


def written(name: str) -> str:
    """A name in capitals or in small letters in its usual writing."""
    words = name.split()
    if len(words) > 1 and (name.isupper() or name.islower()):
        words = [_written(word, first=place == 0) for place, word in enumerate(words)]
    return " ".join(words)


def _written(word: str, *, first: bool) -> str:
    if word.casefold() in {"ii", "iii", "iv"}:
        return word.upper()
    if not first and word.casefold() in PARTICLES:
        return word.casefold()
    return re.sub(r"[^\W\d_]+", lambda part: _capitalised(part.group()), word)


def _capitalised(word: str) -> str:
    if word[:2].casefold() == "mc" and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()


def _is_surname_at_the_end(words: list[str]) -> bool:
    return (
        2 <= len(words) <= 3
        and words[-1].casefold() in _SURNAMES
        and is_given(words[0])
        and not _ORGANISATION.search(" ".join(words[:-1]))
    )


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    text = resources.files("index").joinpath("given_names.txt").read_text("utf-8")
    return frozenset(
        name for line in text.splitlines() if not line.startswith("#") for name in line.split()
    )

"""Which language a text is in, as a two-letter code."""

from __future__ import annotations

import re

import py3langid

# Different words: under this the guess is a coin toss. Tables of prices and earnings repeat a
# handful; scripts without spaces have few words and many characters.
_FEWEST_WORDS, _MANY_CHARACTERS = 20, 100
_WORD = re.compile(r"[^\W\d_]{2,}")
# What abbreviated wire copy passes for, and no archive of news is in.
_PASSED_FOR = {"an", "eo", "la", "oc", "qu", "vo", "wa"}
_ENOUGH = 2_000  # characters; more changes nothing
_CODE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)


def language_of(text: str, declared: str = "") -> str:
    """The language of ``text``: as measured where it says enough, else as ``declared``, else "".

    What a page declares is often the template's language, so the text itself comes first.
    """
    if measured := _measured(text[:_ENOUGH].lower()):  # capitals are nobody's language
        return measured
    match = _CODE.match(declared.strip())
    return match.group().lower() if match else ""


def _measured(text: str) -> str:
    """ "" where nobody could tell, or where it looks like none that news is written in."""
    if len(set(_WORD.findall(text))) < _FEWEST_WORDS and len(set(text)) < _MANY_CHARACTERS:
        return ""
    code = str(py3langid.classify(text)[0])
    return code if len(code) == 2 and code not in _PASSED_FOR else ""

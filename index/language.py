"""Which language a text is in, as a two-letter code."""

from __future__ import annotations

import re

import py3langid

_FEWEST_WORDS = 20  # under this the guess is a coin toss
_ENOUGH = 2_000  # characters; more changes nothing
_CODE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)


def language_of(text: str, declared: str = "") -> str:
    """The language of ``text``: as measured where it is long enough, else as ``declared``, else "".

    What a page declares is often the template's language, so the text itself comes first.
    """
    if len(text.split(None, _FEWEST_WORDS)) > _FEWEST_WORDS:
        return str(py3langid.classify(text[:_ENOUGH])[0])
    match = _CODE.match(declared.strip())
    return match.group().lower() if match else ""

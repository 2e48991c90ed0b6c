"""Articles that a page carries only as data for its scripts, to be drawn when it is opened."""

from __future__ import annotations

import json
import re

# Each character belongs to one string only, so this is linear in the length of a script.
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b", re.IGNORECASE)
_FEWEST = 3  # paragraphs: fewer are as often the text of a banner


def embedded(markup: str) -> str:
    """The piece of markup with the most paragraphs among the strings of a page's scripts.

    ``""`` where none has three. Only of use where the page itself holds no article.
    """
    best, most = "", _FEWEST - 1
    for opening in _SCRIPT.finditer(markup):
        end = markup.find("</script", opening.end())
        script = markup[opening.end() : end if end >= 0 else len(markup)]
        if "u003c" not in script and "<p" not in script:
            continue
        for match in _STRING.finditer(script):
            text = _unquoted(match.group())
            count = len(_PARAGRAPH.findall(text))
            if count > most:
                best, most = text, count
    return best


def _unquoted(literal: str) -> str:
    """The text of a string literal, and of a literal in it: state is often quoted twice."""
    if "u003c" not in literal and "<p" not in literal:
        return ""
    try:
        text = json.loads(literal, strict=False)
        return str(json.loads(f'"{text}"', strict=False)) if "\\u003c" in text else str(text)
    except ValueError:
        return ""

"""What people type, cut into tokens; operators that join nothing are left out, or are words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from search.clauses import OPERATORS
from search.wording import said

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<quoted>"[^"]*"(?:~\d{1,4}(?![^\s()"]))?)
    | (?P<quote>")
    | (?P<minus>(?<![^\s(:\-−–])[-−–](?=[^\s\-−–)]))
    | (?P<field>[^\W\d_][\w-]*:(?=[^\s:/)]|/\d))
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"'})
_NEAR = re.compile(r"NEAR/(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query: its kind, and its text as typed."""

    kind: str
    text: str

    @property
    def joins(self) -> bool:
        """Whether it joins the words right before and behind it: NEAR/5, SENTENCE."""
        return self.kind == "operator" and (self.text == "SENTENCE" or self.places is not None)

    @property
    def places(self) -> int | None:
        """The number of NEAR/5."""
        match = _NEAR.fullmatch(self.text)
        return int(match[1]) if match else None


def plain(text: str) -> str:
    """``text`` without what no article holds (controls, half characters), in usual quotes."""
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} else c for c in text)
    return unicodedata.normalize("NFC", text).translate(_QUOTES)


def tokens_of(text: str, notes: list[str]) -> list[Token]:
    """The tokens of ``text``; what is left out or read otherwise is said in ``notes``."""
    tokens = [
        Token(match.lastgroup or "word", match.group())
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "space"
    ]
    if any(token.kind == "quote" for token in tokens):
        notes.append(said("a quotation mark without its partner was left out"))
    kept = [token for token in tokens if token.kind != "quote"]
    return list(_with_operators(kept, notes))


def _with_operators(tokens: list[Token], notes: list[str]) -> Iterator[Token]:
    """``tokens`` with the operators told from words of the same letters."""
    before: Token | None = None
    asks = any(_asks(token) for token in tokens)
    for number, token in enumerate(tokens):
        found = token
        if token.kind == "word" and _is_operator(token.text):
            after = tokens[number + 1] if number + 1 < len(tokens) else None
            if _can_stand(token.text, before, after):
                found = Token("operator", token.text)
            elif asks and not _binds(before):
                notes.append(
                    said("{operator} had nothing to join: it was left out", operator=token.text)
                )
                continue
            else:
                notes.append(
                    said(
                        "{operator} had nothing to join: it was searched as a word",
                        operator=token.text,
                    )
                )
                found = Token("quoted", f'"{token.text}"')
        yield found
        before = found


def _asks(token: Token) -> bool:
    """Whether something is asked for even where operators that join nothing are left out."""
    return token.kind == "quoted" or (token.kind == "word" and not _is_operator(token.text))


def _binds(token: Token | None) -> bool:
    """Whether what follows ``token`` belongs to it: title:OR, -OR."""
    return token is not None and token.kind in {"field", "minus"}


def _is_operator(text: str) -> bool:
    return text in OPERATORS or _NEAR.fullmatch(text) is not None


def _can_stand(operator: str, before: Token | None, after: Token | None) -> bool:
    if operator == "NOT":
        return _opens(after)
    if operator in {"AND", "OR"}:
        return _closes(before) and _opens(after)
    return _closes(before) and _opens(after) and not _negates(after)


def _closes(token: Token | None) -> bool:
    """Whether something ends with ``token`` that an operator after it can join."""
    return token is not None and token.kind in {"word", "quoted", "close"}


def _opens(token: Token | None) -> bool:
    """Whether something begins with ``token`` that an operator before it can join or negate."""
    return token is not None and (
        token.kind in {"quoted", "open", "field", "minus"}
        or (token.kind == "word" and (token.text == "NOT" or not _is_operator(token.text)))
    )


def _negates(token: Token | None) -> bool:
    return token is not None and (token.kind == "minus" or token.text == "NOT")

"""Overruling the cleaner: putting a passage back, switching a rule off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from index.archive import Archive
from index.article import Article, Removal
from index.errors import NothingThere
from index.extraction import cleaner_of, extract
from index.fulltext import FullText
from index.locking import writer_lock
from index.readers import draft_of
from index.restoring import find, quote
from index.rows import Version

Span = tuple[int, int]


def restore(folder: Path, id: str, spans: Sequence[Span], wait: float = 30.0) -> list[Removal]:
    """Put back every removal of article ``id`` that one of ``spans`` touches; returns them.

    Offsets are characters of its raw text. Raises NothingThere where there is no such article, or
    nothing was set aside there; then nothing changes.
    """
    Archive.open(folder).close()
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        version, article = _held(archive, id)
        chosen: dict[int, Removal] = {}
        for start, end in spans:
            found = [r for r in article.removals if _touches(r, [(start, end)])]
            if not found:
                raise NothingThere(
                    f"nothing is set aside at {start}-{end} of {id}:"
                    f" microfiche show {id} --set-aside lists what is"
                )
            chosen.update((removal.start, removal) for removal in found)
        with archive.writing():
            for removal in chosen.values():
                archive.decisions.restore(id, quote(article.raw_text, removal.start, removal.end))
            archive.reread(version.number, article, version.cleaner)
        FullText(folder / "index").catch_up(archive)
    return list(chosen.values())


def undo(folder: Path, id: str, spans: Sequence[Span], wait: float = 30.0) -> list[Removal]:
    """Let the rules have again what was put back and is touched by one of ``spans``.

    Returns what they set aside there now. Raises NothingThere where nothing was put back.
    """
    Archive.open(folder).close()
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        version, article = _held(archive, id)
        with archive.writing():
            places: list[Span] = []
            for passage in archive.decisions.restored(id):
                place = find(passage, article.raw_text)
                if place and any(place[0] < end and start < place[1] for start, end in spans):
                    archive.decisions.forget(id, passage)
                    places.append(place)
            if not places:
                raise NothingThere(f"nothing was put back there of {id}")
            settings = archive.settings
            again = replace(extract(draft_of(version.record), settings), id=id)
            archive.reread(version.number, again, cleaner_of(again.source, settings))
        FullText(folder / "index").catch_up(archive)
        _, article = _held(archive, id)
    return [removal for removal in article.removals if _touches(removal, places)]


def _touches(removal: Removal, spans: Sequence[Span]) -> bool:
    return any(removal.start < end and start < removal.end for start, end in spans)


def _held(archive: Archive, id: str) -> tuple[Version, Article]:
    version, held = archive.current_version(id), archive.get(id)
    if version is None or held is None:
        raise NothingThere(f"{id} is not in this archive")
    return version, held.article


class NamedRule(Protocol):
    """What every rule has, in the text or in the markup."""

    @property
    def name(self) -> str: ...

    @property
    def reason(self) -> str: ...


def rules() -> tuple[NamedRule, ...]:
    """Every rule that sets something aside, wherever it looks."""
    from index.cleaning import RULES  # noqa: PLC0415 - the parsers take a second to load
    from index.furniture import MARKED_RULES  # noqa: PLC0415
    from index.heading import HEAD_RULES  # noqa: PLC0415
    from index.sites import structural_rules  # noqa: PLC0415

    return (*RULES, *structural_rules(), *MARKED_RULES.values(), *HEAD_RULES)


@dataclass(frozen=True, slots=True)
class RuleUse:
    """How many passages of how many articles held a rule set aside, and for whom it is off."""

    rule: str
    reason: str
    passages: int
    articles: int
    off: tuple[str, ...]


def survey(folder: Path) -> list[RuleUse]:
    """The use of every rule there is, and of those that were, the most used first."""
    with Archive.open(folder) as archive:
        counts = {use.rule: (use.passages, use.articles) for use in archive.by_rule()}
        off = sorted(archive.decisions.rules_off())
    reasons = {rule.name: rule.reason for rule in rules()}
    uses = [
        RuleUse(
            name,
            reasons.get(name, "a rule of an earlier release"),
            *counts.get(name, (0, 0)),
            off=tuple(source or "every source" for rule, source in off if rule == name),
        )
        for name in {**reasons, **counts}
    ]
    return sorted(uses, key=lambda use: (-use.passages, use.rule))


def switch(folder: Path, rule: str, source: str, *, on: bool, wait: float = 30.0) -> bool:
    """Switch ``rule`` on or off for ``source``; False where it was so. Raises NothingThere for a
    rule that does not exist."""
    names = [known.name for known in rules()]
    if rule not in names:
        near = get_close_matches(rule, names, 1)
        hint = f": did you mean {near[0]}?" if near else ": microfiche rules list has them all"
        raise NothingThere(f"there is no rule {rule!r}{hint}")
    Archive.open(folder).close()
    with writer_lock(folder, wait), Archive.create(folder) as archive, archive.writing():
        decisions = archive.decisions
        return decisions.switch_on(rule, source) if on else decisions.switch_off(rule, source)

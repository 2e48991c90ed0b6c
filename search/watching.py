"""Saved searches: new articles are matched against them, and what they found is kept.

They follow the archive's log of changes as the index does, so that nothing is missed whatever was
cut off: whoever looks next goes on from the last change that was looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.errors import ArchiveUnreadable, MicroficheError, NameTaken, NothingThere
from index.fulltext import FullText
from index.locking import writer_lock
from index.watches import Watch
from search.asking import without_asking
from search.engine import open_archive
from search.holdings import Sighting, Watched
from search.language import parse
from search.prose import Opened
from search.request import Filter, SearchRequest
from search.showing import Shower

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_ALL = 2**31


class BadName(MicroficheError):
    """A name that no saved search can have."""


def save(folder: Path, name: str, request: SearchRequest, wait: float = 30.0) -> None:
    """Keep ``request`` as a saved search; articles that come from now on are matched.

    Raises BadName, NameTaken.
    """
    if not _NAME.fullmatch(name):
        raise BadName(
            f"a saved search is named with a-z, 0-9 and - between, at most 60; got {name!r}"
        )
    if request.match == "auto":  # an alert that found nothing must not go by other words
        request = replace(request, match="all")
    Archive.open(folder).close()
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        _look(archive)
        with archive.writing():
            if not archive.watches.add(name, json.dumps(asdict(request))):
                raise NameTaken(
                    f"there is a saved search {name!r}: microfiche watch remove {name} forgets it"
                )


def forget(folder: Path, name: str, wait: float = 30.0) -> None:
    """Raises NothingThere where there is no saved search of this name."""
    Archive.open(folder).close()
    with writer_lock(folder, wait), Archive.create(folder) as archive, archive.writing():
        if not archive.watches.remove(name):
            raise _unknown(name)


def saved(folder: Path) -> list[tuple[Watch, SearchRequest]]:
    """Every saved search, by name."""
    with Archive.open(folder) as archive:
        return [(watch, _request(watch)) for watch in archive.watches.all()]


def look(folder: Path, wait: float = 30.0) -> int:
    """Match what came since the last look against every saved search; how many were found."""
    with Archive.open(folder) as archive:
        if not archive.watches.all():
            return 0
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        return _look(archive)


def unlisted(
    folder: Path, names: Sequence[str], *, everything: bool = False, wait: float = 30.0
) -> list[Watched]:
    """What saved searches found that was in no earlier list, of all of them or those named.

    With ``everything`` what was in one too. Raises NothingThere for a name there is not.
    """
    Archive.open(folder).close()
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        _look(archive)
        found: list[Watched] = []
        for name in names or [watch.name for watch in archive.watches.all()]:
            watched_one = watched(archive, name, _ALL, unlisted=not everything)
            if watched_one is None:
                raise _unknown(name)
            found.append(watched_one)
        with archive.writing():
            for watched_one in found:
                archive.watches.list_all(watched_one.name)
    return found


def watched(archive: Archive, name: str, most: int, *, unlisted: bool = False) -> Watched | None:
    """The last ``most`` articles that the saved search ``name`` found; None where there is none."""
    watch = archive.watches.get(name)
    if watch is None:
        return None
    request = _request(watch)
    shower = Shower(without_asking(parse(request.q)).root)
    findings = archive.watches.findings(name, most, unlisted=unlisted)
    held = archive.get_many((finding.id, None) for finding in findings)
    return Watched(
        name,
        request,
        tuple(
            Sighting(finding.at, shower.hit(rank, 0.0, Opened.of(held[finding.id])))
            for rank, finding in enumerate(findings, start=1)
        ),
    )


def _look(archive: Archive) -> int:
    """``look``, by who holds the archive's lock."""
    current = FullText(archive.folder / "index").current()
    if current is None:
        return 0
    watches = archive.watches.all()
    newcomers = archive.watches.newcomers(current.change)
    matching: list[frozenset[str]] = []
    if newcomers:
        with open_archive(archive.folder) as engine:
            matching = engine.matching([_request(watch) for watch in watches], newcomers)
    with archive.writing():
        found = sum(
            archive.watches.record(watch.name, ids)
            for watch, ids in zip(watches, matching, strict=bool(newcomers))
        )
        archive.watches.looked(current.change)
    return found


def _request(watch: Watch) -> SearchRequest:
    """The search that was saved. Raises ArchiveUnreadable where it is none of ours."""
    try:
        values: dict[str, Any] = {
            name: Filter(tuple(value["wanted"]), tuple(value["unwanted"]))
            if isinstance(value, dict)
            else value
            for name, value in json.loads(watch.request).items()
        }
        return SearchRequest(**values)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ArchiveUnreadable(
            f"the saved search {watch.name!r} is damaged: microfiche watch remove {watch.name}"
        ) from error


def _unknown(name: str) -> NothingThere:
    return NothingThere(f"there is no saved search {name!r}: microfiche watch list shows them")

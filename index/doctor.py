"""Whether archive and index are sound and agree; says what to run, mends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.errors import MicroficheError
from index.fulltext import FullText


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found. Empty lists mean sound; ``behind`` counts changes the index lacks."""

    articles: int
    indexed: int
    behind: int
    archive_faults: tuple[str, ...]
    index_faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not (self.archive_faults or self.index_faults or self.behind)

    def lines(self) -> list[str]:
        """The diagnosis in plain words, each fault with what to run."""
        if self.sound:
            return [f"sound: {self.articles:,} articles, all of them indexed"]
        found = [f"archive: {fault}" for fault in self.archive_faults]
        if self.archive_faults:
            found.append(
                "restore the archive from a backup, or save what can be read: microfiche export"
            )
        found += [f"index: {fault}" for fault in self.index_faults]
        if self.index_faults:
            found.append("run microfiche rebuild: the articles are safe, the index is made anew")
        elif self.behind:
            found.append(
                f"the index lacks {self.behind:,} changes: run microfiche rebuild, or add anything"
            )
        return found

    def as_json(self) -> dict[str, Any]:
        return {
            "sound": self.sound,
            "articles": self.articles,
            "indexed": self.indexed,
            "behind": self.behind,
            "archive_faults": list(self.archive_faults),
            "index_faults": list(self.index_faults),
        }


def examine(folder: Path) -> Diagnosis:
    """Examine the archive in ``folder``, reading all of it. Raises ArchiveMissing."""
    with Archive.open(folder) as archive:
        archive_faults = archive.faults()
        articles, last = len(archive), archive.last_change()
        fulltext = FullText(folder / "index")
        indexed, behind = 0, last
        try:
            index_faults = fulltext.faults()
            if not index_faults:
                current = fulltext.current()
                behind = last - (current.change if current else 0)
                view = fulltext.view()
                indexed = len(view)
                view.close()
                if not behind and indexed != articles:
                    index_faults = [f"holds {indexed:,} of {articles:,} articles"]
        except MicroficheError as error:
            index_faults = [str(error)]
    return Diagnosis(articles, indexed, behind, tuple(archive_faults), tuple(index_faults))

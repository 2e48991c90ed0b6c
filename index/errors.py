"""What can go wrong, named by what happened. Each message is one line and says what to do next."""

from __future__ import annotations


class MicroficheError(Exception):
    """Anything a person can be told in one line."""


class RejectedDocument(MicroficheError):
    """One document cannot be taken in; the run goes on with the next."""


class ArchiveMissing(MicroficheError):
    """There is no archive at this address."""


class ArchiveUnreadable(MicroficheError):
    """The archive is damaged, or was written by a later release."""


class ArchiveLocked(MicroficheError):
    """Another process is writing to the archive."""


class IndexUnreadable(MicroficheError):
    """The full-text index is damaged or out of date; ``microfiche rebuild`` mends it."""


class UnsafeIndex(IndexUnreadable):
    """The index holds something that a list of postings never does; it was not loaded."""


class BadMapping(MicroficheError):
    """A --map that names a field or a column there is not."""


class NotEmpty(MicroficheError):
    """A folder that something new was to fill holds something."""


class NothingThere(MicroficheError):
    """What a command was to change does not exist."""


class NameTaken(MicroficheError):
    """Something of this name is there already."""


class BadZone(MicroficheError):
    """A name that no time zone has."""

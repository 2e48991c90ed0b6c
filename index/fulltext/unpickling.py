"""Whoosh reads parts of its files with pickle, which can run anything. Here it can build a list
of segments and plain values, and nothing else."""

from __future__ import annotations

import io
import pickle
from typing import IO, Any

from index.errors import UnsafeIndex

# All that an index of ours names. Whoever hands over an index cannot add to this.
_ALLOWED = frozenset(
    {
        ("index.arrays.codec", "ArraySegment"),
        ("builtins", "set"),
    }
)


def _latin_1(text: str, encoding: str) -> bytes:
    """How pickle of protocol 2 writes bytes; no other encoding is needed."""
    if encoding != "latin1":
        raise UnsafeIndex(f"the index names the encoding {encoding}: run microfiche rebuild")
    return text.encode("latin-1")


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("_codecs", "encode"):
            return _latin_1
        if (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise UnsafeIndex(
            f"the index names {module}.{name}, which no index of ours does; it was not loaded."
            " Delete the index folder and run microfiche rebuild"
        )


def load(file: IO[bytes]) -> Any:
    """``pickle.load`` for values of an index only. Raises UnsafeIndex for anything else."""
    return _Unpickler(file).load()


def loads(data: bytes) -> Any:
    """``pickle.loads`` for values of an index only. Raises UnsafeIndex for anything else."""
    return _Unpickler(io.BytesIO(data)).load()


class _GuardedPickle:
    """Stands in for the pickle module where Whoosh uses it whole."""

    load = staticmethod(load)
    loads = staticmethod(loads)
    dump = staticmethod(pickle.dump)
    dumps = staticmethod(pickle.dumps)
    PicklingError = pickle.PicklingError


def guard_whoosh() -> None:
    """Put the restricted reader in every place where Whoosh opens a pickle of an index."""
    # Imported here, so that no search pays for modules that only this needs.
    from whoosh import columns, formats, index  # noqa: PLC0415
    from whoosh.codec import whoosh3  # noqa: PLC0415
    from whoosh.filedb import structfile  # noqa: PLC0415

    index.pickle = _GuardedPickle
    whoosh3.loads = loads
    columns.loads = loads
    formats.loads = loads
    structfile.load = load

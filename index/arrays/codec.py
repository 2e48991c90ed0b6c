"""The segment files as a Whoosh codec: a stock Whoosh searcher reads an index of ours through it.

It is slow, one Python call a posting, and it is the judge: what ``search.execution`` answers from
the arrays must be what Whoosh's own matchers answer from here. Whoosh's table of contents lists
the segments and keeps their deletions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.formats import Existence
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length, length_to_byte, to_sortable

from index.arrays.container import Array
from index.arrays.segment import EXTENSION, Column, Field, Segment
from index.schema import schema

_LENGTHS = np.array([byte_to_length(n) for n in range(256)], np.int64)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What the table of contents says of a segment: its name, its size, and what was deleted."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._doccount = 0
        self._deleted: set[int] | None = None

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        return False

    def path(self, folder: Path) -> Path:
        return folder / str(self.make_filename(EXTENSION))

    def set_doc_count(self, dc: int) -> None:
        self._doccount = dc

    def doc_count_all(self) -> int:
        return self._doccount

    def deleted_count(self) -> int:
        return len(self._deleted or ())

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted or ())

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if self._deleted is None:
            self._deleted = set()
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return self._deleted is not None and docnum in self._deleted


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads segments of arrays. They are written by ``ArrayWriter``, in batches: Whoosh's writers
    would hand over one posting a call, which is what this codec is there to avoid."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> _NoWriter:
        return _NoWriter()

    def field_writer(self, storage: Any, segment: ArraySegment) -> _NoWriter:
        return _NoWriter()

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> _Documents:
        return _Documents(Segment(segment.path(Path(storage.folder))), segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> _Terms:
        return _Terms(Segment(segment.path(Path(storage.folder))))


class _NoWriter:
    """What Whoosh's writer opens and closes, and nothing is ever given to."""

    is_closed = True


class _Documents(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, arrays: Segment, segment: ArraySegment) -> None:
        self._arrays = arrays
        self._segment = segment

    def close(self) -> None:
        self._arrays.close()

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._arrays.documents

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self._arrays.stored_fields(docnum)

    # -- columns

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._arrays.columns

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        return _Column(self._arrays.columns[fieldname], column, self._arrays.documents)

    # -- lengths

    def _lengths(self, fieldname: str) -> Array | None:
        field = self._arrays.fields.get(fieldname)
        return None if field is None or not field.length else _LENGTHS[field.lengths]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        field = self._arrays.fields.get(fieldname)
        if field is None or not field.length:
            return default
        return int(_LENGTHS[field.lengths[docnum]]) or default

    def field_length(self, fieldname: str) -> int:
        field = self._arrays.fields.get(fieldname)
        return field.length if field else 0

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.max())


class _Column(ColumnReader):  # type: ignore[misc]
    """Numbers come as Whoosh's sortable ones, which the field translates back."""

    def __init__(self, values: Column, column: Any, documents: int) -> None:
        super().__init__(None, 0, 0, documents)
        self._values = values
        self._default = column.default_value()
        self._field = schema()[values.name] if values.kind == "number" else None
        self._reverse = False

    def __getitem__(self, docnum: int) -> Any:
        if self._field is None:
            return self._values.bytes_of(docnum)
        if not self._values.present[docnum]:
            return self._default
        field = self._field
        return to_sortable(
            field.numtype, field.bits, field.signed, int(self._values.numbers[docnum])
        )

    def sort_key(self, docnum: int) -> Any:
        key = self[docnum]
        return -key if self._reverse else key

    def set_reverse(self) -> None:
        self._reverse = True


class _Terms(base.TermsReader):  # type: ignore[misc]
    def __init__(self, arrays: Segment) -> None:
        self._arrays = arrays
        self._fields = dict(sorted(arrays.fields.items()))
        self._rank: Callable[[str, bytes], int] = lru_cache(10_000)(self._find)

    def close(self) -> None:
        self._arrays.close()

    def _find(self, fieldname: str, text: bytes) -> int:
        field = self._fields.get(fieldname)
        return -1 if field is None else field.lexicon.find(text)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._rank(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, text) for name, field in self._fields.items() for text in field.lexicon)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name, field in self._fields.items():
            if name >= fieldname:
                start = field.lexicon.at_or_after(prefix) if name == fieldname else 0
                for rank in range(start, len(field.lexicon)):
                    yield name, field.lexicon[rank]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return _info(self._fields[fieldname], self._sought(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        rank = self._rank(fieldname, text)
        if rank < 0:
            raise KeyError(text)
        field: Field = self._fields[fieldname]
        return field.document_frequency(rank)

    def _sought(self, fieldname: str, text: bytes) -> int:
        rank = self._rank(fieldname, text)
        if rank < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return rank

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> _Matcher:
        rank = self._sought(fieldname, text)
        return _Matcher(self._fields[fieldname], rank, (fieldname, text), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:
        field = self._fields.get(fieldname)
        return base.EmptyCursor() if field is None else _Cursor(field, fieldobj)


def _info(field: Field, rank: int) -> TermInfo:
    postings = field.postings(rank, rank + 1)
    frequencies = field.frequencies(postings)
    lengths = np.zeros(1, np.int64)
    if postings.codes is not None and field.length:
        lengths = _LENGTHS[postings.codes & 0xFF]
    # Rounded up and down again, as Whoosh keeps them.
    shortest, longest = (
        byte_to_length(length_to_byte(int(n))) for n in (lengths.min(), lengths.max())
    )
    return TermInfo(
        float(frequencies.sum()),
        len(postings),
        shortest,
        longest,
        float(frequencies.max()),
        int(postings.documents[0]),
        int(postings.documents[-1]),
    )


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """A place in a lexicon."""

    def __init__(self, field: Field, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._rank = 0

    def first(self) -> str | None:
        self._rank = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        text = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._rank = self._field.lexicon.at_or_after(text)
        return self.text()

    def next(self) -> str | None:
        self._rank += 1
        return self.text()

    def text(self) -> str | None:
        if not self.is_valid():
            return None
        return str(self._fieldobj.from_bytes(self._field.lexicon[self._rank]))

    term = text

    def term_info(self) -> TermInfo | None:
        return _info(self._field, self._rank) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._rank < len(self._field.lexicon)


class _Matcher(LeafMatcher):  # type: ignore[misc]
    """The postings of one term, one by one, as Whoosh reads them; all of them are one block."""

    def __init__(
        self, field: Field, rank: int, term: tuple[str, bytes], format_: Any, scorer: Any
    ) -> None:
        self._field, self._rank = field, rank
        self._term, self.format, self.scorer = term, format_, scorer
        postings = field.postings(rank, rank + 1)
        self._documents: list[int] = postings.documents.tolist()
        self._frequencies: list[int] = field.frequencies(postings).tolist()
        self._info = _info(field, rank)
        self._ends: list[int] | None = None
        self._at = 0

    def copy(self) -> _Matcher:
        copied = _Matcher(self._field, self._rank, self._term, self.format, self.scorer)
        copied._at = self._at
        return copied

    def replace(self, minquality: float = 0) -> _Matcher:
        return self

    def is_active(self) -> bool:
        return self._at < len(self._documents)

    def reset(self) -> None:
        self._at = 0

    def id(self) -> int:
        return self._documents[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._documents)

    def next(self) -> bool:
        self._at += 1
        return not self.is_active()

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        at = int(np.searchsorted(self._documents, id))
        self._at = max(self._at, at)

    def weight(self) -> float:
        return float(self._frequencies[self._at])

    def value(self) -> bytes:
        """The posting's payload as Whoosh would have stored it: made, not kept."""
        if self.supports("positions"):
            return bytes(self.format.encode(self._positions()))
        if isinstance(self.format, Existence):
            return b""
        return bytes(pack_uint(self._frequencies[self._at]))

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return self._positions()
        if astype == "frequency":
            return self._frequencies[self._at]
        return super().value_as(astype)

    def _positions(self) -> list[int]:
        if self._ends is None:
            self._ends = np.cumsum(self._frequencies).tolist()
        end = self._ends[self._at]
        start = end - self._frequencies[self._at]
        found: list[int] = self._field.positions(self._rank)[start:end].tolist()
        return found

    def block_min_length(self) -> int:
        return int(self._info.min_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())

    def skip_to_quality(self, minquality: float) -> int:
        return 0

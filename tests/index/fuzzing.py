"""Input that nobody meant: arbitrary bytes, and files with a few bytes changed."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st

from index.errors import RejectedDocument
from index.readers import Guess, Options, Record, Rejection, draft_of
from index.readers.sources import Source, read

_SPICE = [
    b"", b"<", b">", b"&", b"\x00", b"\xff", b"]]>", b"<![CDATA[", b"<!--", b"</item>", b"<item>",
    b"-1", b"WARC/1.0\r\n", b"\r\n\r\n", b"\x1f\x8b\x08", b"PK\x03\x04", b"<REUTERS ", b"9" * 20,
]  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn, *seeds: bytes) -> bytes:
    """One of ``seeds`` with some bytes changed, cut out, doubled or put in."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 4, 60, 2000])))
        middle = draw(
            st.sampled_from(_SPICE) | st.binary(max_size=4) | st.just(data[start:end] * 2)
        )
        data = data[:start] + middle + data[end:]
    return data


def arbitrary(*starts: bytes) -> st.SearchStrategy[bytes]:
    """Any bytes at all, also behind the start of a format."""
    return st.builds(bytes.__add__, st.sampled_from([b"", *starts]), st.binary(max_size=400))


def survives(data: bytes, format: str) -> list[Record]:
    """Read ``data`` as a file and every record of it as an article: nothing but rejections."""
    records = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "input.xml")
        path.write_bytes(data)
        for found in read(Source(path, len(data)), Options(), format):
            assert isinstance(found, Record | Rejection | Guess)
            assert "\n" not in found.location
            if isinstance(found, Rejection):
                assert found.reason
                assert "\n" not in found.reason
            elif isinstance(found, Record):
                records.append(found)
                with suppress(RejectedDocument):
                    draft_of(found)
    return records

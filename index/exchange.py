"""Taking an archive elsewhere: JSON Lines that any program can read, and ``add`` reads back whole.

Each line is an article as it reads; under ``microfiche`` it has the record as it came, from which
an archive makes the same article again, with its removals, its history, and what people put back.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from index import account
from index.archive import Archive
from index.readers import Record
from index.readers.exchange import KEY


def lines(archive: Archive) -> Iterator[str]:
    """Every version of every article, in the order in which they came."""
    for article, record in archive.versions():
        origin = {
            "format": record.format,
            "location": record.location,
            "mapping": [list(pair) for pair in record.mapping],
            "source": record.source,
            "restored": [
                [passage.exact, passage.prefix, passage.suffix]
                for passage in archive.decisions.restored(article.id)
            ],
            **_payload(record),
        }
        yield json.dumps({KEY: origin, **account.of_article(article)})


def _payload(record: Record) -> dict[str, str]:
    """The bytes of a record: as text where they are UTF-8, else in base 64."""
    try:
        return {"record": record.payload.decode()}
    except UnicodeDecodeError:
        return {"record_base64": base64.b64encode(record.payload).decode()}

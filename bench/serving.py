"""The whole way of a page under load, beside Datasette on the same articles.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install datasette
    python -m bench.serving ARCHIVE --datasette /tmp/peer/bin/datasette [--seconds 60]

Needs wrk. Both servers run on this machine with the settings they come with and are asked, in turn
at each number of connections, the same 200 queries of two words from headlines. What is compared
is a page of HTML for people: ten hits with snippets, the total, and counts by source and by
author. Ours is the results page, which has more to it (six facets, a timeline, marks in titles,
one result a story); Datasette's is a canned query on SQLite's FTS5 with snippet(), best first. Its
database is opened as immutable, its fastest way, and its limit of a second for a query stays; what
it cannot answer in that time is an error, as what we turn away is. The queries come again and
again: ours keeps answers, as it does by default, and stands here a second time without, every page
searched and made anew.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_PROGRAM = Path(sys.executable).parent / "microfiche"
_CONNECTIONS = (1, 8, 32, 128)
_QUERIES = 200
_PAGE = """
select * from (
  select 'hit' as kind, a.title, snippet(found, 1, '<b>', '</b>', '…', 40) as text,
         a.source, a.author, a.published, 0 as articles
  from found join articles a on a.number = found.rowid
  where found match :q order by rank limit 10)
union all select 'total', '', '', '', '', '', count(*) from found where found match :q
union all select * from (
  select 'source', source, '', '', '', '', count(*) as articles from articles
  where number in (select rowid from found where found match :q)
  group by source order by articles desc limit 10)
union all select * from (
  select 'author', author, '', '', '', '', count(*) as articles from articles
  where number in (select rowid from found where found match :q)
  group by author order by articles desc limit 10)
"""
# wrk tells the 95th percentile only to a script.
_SCRIPT = """
local paths = {%s}
local next = 0
request = function()
  next = next %% #paths + 1
  return wrk.format("GET", paths[next])
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second, milliseconds, and how many requests had no answer or a wrong one."""

    rate: float
    middle: float
    late: float
    errors: int


def exported(archive: Path, database: Path) -> list[str]:
    """Fill ``database`` with the articles of ``archive``; gives the queries to ask."""
    titles: list[str] = []
    command = [str(_PROGRAM), "export", "--archive", str(archive)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as export,
        closing(sqlite3.connect(database)) as connection,
    ):
        assert export.stdout is not None
        connection.execute(
            "create table articles (number integer primary key, title, body, source, author,"
            " published)"
        )
        for line in export.stdout:
            article = json.loads(line)
            titles.append(article["title"])
            published = (article.get("published") or {}).get("at", "")
            connection.execute(
                "insert into articles values (null, ?, ?, ?, ?, ?)",
                (
                    article["title"],
                    article["text"],
                    article["source"],
                    "; ".join(article["authors"]),
                    published,
                ),
            )
        connection.execute(
            "create virtual table found using fts5(title, body, content='articles',"
            " content_rowid='number', tokenize='porter unicode61')"
        )
        connection.execute("insert into found(found) values ('rebuild')")
        connection.execute("insert into found(found) values ('optimize')")
        connection.commit()
    return queries(titles)


def queries(titles: Sequence[str]) -> list[str]:
    """Two words each from a headline, the same on every run."""
    chance = random.Random(1)
    chosen: list[str] = []
    while len(chosen) < _QUERIES:
        words = re.findall(r"[A-Za-z]{4,}", chance.choice(titles).lower())
        if len(words) >= 2:
            chosen.append(" ".join(chance.sample(words, 2)))
    return chosen


@contextmanager
def running(command: list[str], address: str) -> Iterator[str]:
    """A server, as soon as it answers at ``address``; its own words are not ours to read."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                try:
                    with urllib.request.urlopen(address, timeout=10):
                        break
                except OSError:
                    time.sleep(0.1)
            yield address
        finally:
            server.terminate()


def measured(site: str, paths: Sequence[str], connections: int, seconds: int) -> Measured:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % ",".join(json.dumps(path) for path in paths))
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
        told = subprocess.run(
            [*command, "-s", script.name, site], capture_output=True, text=True, check=True
        ).stdout
    result = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", told)
    assert result is not None, told
    requests, duration, middle, late, errors = map(int, result.groups())
    return Measured(requests / duration * 1e6, middle / 1000, late / 1000, errors)


def main() -> None:
    parser = argparse.ArgumentParser(description="A page under load, beside Datasette.")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--datasette", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--port", type=int, default=8790)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="microfiche-serving-") as temporary:
        folder = Path(temporary)
        words = exported(asked.archive, folder / "news.db")
        _compare(asked.archive, asked.datasette, folder, words, asked.seconds, asked.port)


def _compare(
    archive: Path, datasette: Path, folder: Path, words: Sequence[str], seconds: int, port: int
) -> None:
    (folder / "metadata.json").write_text(
        json.dumps({"databases": {"news": {"queries": {"search": {"sql": _PAGE}}}}})
    )
    ours = f"http://127.0.0.1:{port}"
    theirs = f"http://127.0.0.1:{port + 1}"
    our_paths = [f"/search?q={quote(q)}" for q in words]
    their_paths = [f"/news/search?q={quote(q)}" for q in words]
    anew = f"http://127.0.0.1:{port + 2}"
    serve_ours = [str(_PROGRAM), "serve", "--archive", str(archive), "--port", str(port)]
    serve_anew = [*serve_ours[:-1], str(port + 2), "--keep-megabytes", "0"]
    serve_theirs = [
        str(datasette), "serve", "-i", str(folder / "news.db"), "-p", str(port + 1),
        "-m", str(folder / "metadata.json"),
    ]  # fmt: skip
    print("| connections | server | requests/s | p50 ms | p95 ms | errors | requests/s, ratio |")
    print("|---|---|---|---|---|---|---|")
    with (
        running(serve_ours, f"{ours}/readyz"),
        running(serve_anew, f"{anew}/readyz"),
        running(serve_theirs, f"{theirs}/-/versions.json"),
    ):
        servers = [
            ("Datasette", theirs, their_paths),
            ("Microfiche", ours, our_paths),
            ("Microfiche, nothing kept", anew, our_paths),
        ]
        for _, site, paths in servers:  # all have read their files
            measured(site, paths, 4, 3)
        for connections in _CONNECTIONS:
            base = 0.0
            for name, site, paths in servers:
                told = measured(site, paths, connections, seconds)
                base = base or told.rate
                print(_row(connections, name, told, base), flush=True)


def _row(connections: int, name: str, told: Measured, base: float) -> str:
    ratio = f"{told.rate / base:.2f}" if base else "-"
    return (
        f"| {connections} | {name} | {told.rate:,.1f} | {told.middle:,.1f} | {told.late:,.1f}"
        f" | {told.errors} | {ratio} |"
    )


if __name__ == "__main__":
    main()

"""Feeds: RSS and Atom in all their ages, whole and broken, and entries that stay what they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.readers import Draft, Record, draft_of
from index.reading import read
from tests.conftest import Program
from tests.index.fuzzing import arbitrary, mutations, survives
from tests.index.taking import take

ITEM = """<item><title>Kite stuck on the weathercock</title>
<link>https://www.vane.example/2020/kite</link>
<guid isPermaLink="false">vane-17</guid>
<dc:creator>Pia Loft</dc:creator>
<pubDate>Tue, 03 Mar 2020 18:20:00 +0100</pubDate>
<category>kites</category><category>churches</category>
<description>A red kite hangs there.</description>
{more}</item>"""
FULL = """<content:encoded><![CDATA[<p>A red kite has hung on the weathercock since Monday.</p>
<p>Nobody owns a ladder that long, &amp; the <b>wind</b> will not help.</p><script>no()</script>]]>
</content:encoded>"""
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Vane</title><link>https://www.vane.example/</link><language>en-gb</language>
<lastBuildDate>{built}</lastBuildDate>
<image><title>The Vane's cockerel</title><url>https://www.vane.example/cock.png</url></image>
{items}
</channel></rss>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://wetter.example/">
<title>Wetterfahne</title><author><name>Ute Sturm</name></author>
<updated>2021-01-01T00:00:00Z</updated>
<entry><title type="html">Drachen &amp;amp; &lt;i&gt;Turm&lt;/i&gt;</title>
<link rel="alternate" href="/2021/drachen"/><id>tag:wetter.example,2021:9</id>
<published>2021-02-03T09:00:00+01:00</published><updated>2021-02-04T10:30:00+01:00</updated>
<category term="drachen" label="Drachen"/><summary>Ein Drachen hängt.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Drachen hängt am Turm.</p>
<p>Niemand hat eine Leiter.</p></div></content></entry></feed>"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>The Old Vane</title>
<items><rdf:Seq><rdf:li resource="y"/></rdf:Seq></items></channel>
<item rdf:about="y"><title>Kite free</title><link>https://old.example/free</link>
<description>It fell down by itself.</description><dc:date>2004-05-06T07:08:09Z</dc:date></item>
</rdf:RDF>"""


def rss(*items: str, built: str = "Tue, 03 Mar 2020 19:00:00 GMT") -> str:
    return RSS.format(built=built, items="\n".join(items))


def item(number: int, more: str = "") -> str:
    return (
        ITEM.replace("kite</link>", f"kite-{number}</link>")
        .replace("vane-17", f"vane-{number}")
        .format(more=more)
    )


def drafts(path: Path) -> list[Draft]:
    return [draft_of(record) for record in take(path).records]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_with_its_full_text_is_an_article(tmp_path: Path) -> None:
    path = write(tmp_path / "feed.xml", rss(item(17, FULL)))
    (article,) = take(path).articles
    assert article.title == "Kite stuck on the weathercock"
    assert article.url == "https://www.vane.example/2020/kite-17"
    assert (article.authors, article.source) == (("Pia Loft",), "The Vane")
    assert (article.tags, article.language) == (("kites", "churches"), "en")
    assert article.published is not None
    assert article.published.text() == "2020-03-03T18:20:00+01:00"
    assert read(article.raw_text, article.removals).text == (
        "A red kite has hung on the weathercock since Monday.\n\n"
        "Nobody owns a ladder that long, & the wind will not help."
    )
    (draft,) = drafts(path)
    assert (draft.id, draft.partial, draft.standfirst) == ("vane-17", "", "A red kite hangs there.")


def test_a_summary_says_that_it_is_one(tmp_path: Path) -> None:
    (draft,) = drafts(write(tmp_path / "feed.xml", rss(item(17))))
    assert (draft.text, draft.partial) == ("A red kite hangs there.", "summary of a feed entry")


def test_an_entry_without_a_link_is_complete_in_itself(tmp_path: Path) -> None:
    (draft,) = drafts(
        write(tmp_path / "f.xml", rss("<item><description>The kite is gone.</description></item>"))
    )
    assert (draft.text, draft.partial) == ("The kite is gone.", "")


def test_an_entry_with_only_a_headline_says_so(tmp_path: Path) -> None:
    (draft,) = drafts(write(tmp_path / "f.xml", rss("<item><title>Kite gone</title></item>")))
    assert (draft.title, draft.text, draft.partial) == ("Kite gone", "", "headline of a feed entry")


def test_atom_gives_all_its_fields(tmp_path: Path) -> None:
    (article,) = take(write(tmp_path / "feed.atom", ATOM)).articles
    assert article.title == "Drachen & Turm"
    assert article.url == "https://wetter.example/2021/drachen"
    assert (article.authors, article.source) == (("Ute Sturm",), "Wetterfahne")
    assert (article.tags, article.language) == (("Drachen",), "de")
    assert article.published is not None
    assert article.updated is not None
    assert article.published.text() == "2021-02-03T09:00:00+01:00"
    assert article.updated.text() == "2021-02-04T10:30:00+01:00"
    assert article.raw_text == "Der Drachen hängt am Turm.\n\nNiemand hat eine Leiter."


def test_rss_1_whose_items_stand_beside_the_channel(tmp_path: Path) -> None:
    (draft,) = drafts(write(tmp_path / "feed.rdf", RDF))
    assert (draft.title, draft.source) == ("Kite free", "The Old Vane")
    assert draft.published == "2004-05-06T07:08:09Z"


def test_the_feed_title_is_found_behind_the_items_too(tmp_path: Path) -> None:
    text = f"<rss><channel>{item(1)}<title>Late Vane</title></channel></rss>"
    assert drafts(write(tmp_path / "feed.xml", text))[0].source == "Late Vane"


def test_an_aggregator_names_where_an_entry_comes_from(tmp_path: Path) -> None:
    more = '<source url="https://gust.example/feed">The Gust</source>'
    assert drafts(write(tmp_path / "feed.xml", rss(item(1, more))))[0].source == "The Gust"


def test_a_new_entry_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    old = take(write(tmp_path / "feed.xml", rss(item(1, FULL), item(2)))).records
    new = take(
        write(tmp_path / "feed.xml", rss(item(3), item(1, FULL), item(2), built="today"))
    ).records
    assert [record.fingerprint for record in new[1:]] == [record.fingerprint for record in old]


def test_add_takes_only_the_new_entry(tmp_path: Path, program: Program) -> None:
    feed = write(tmp_path / "feed.xml", rss(item(1, FULL), item(2, FULL)))
    archive = tmp_path / "archive"
    assert program("add", feed, archive=archive).stdout.startswith("added 2, updated 0")
    write(feed, rss(item(3, FULL), item(1, FULL), item(2, FULL), built="today"))
    done = program("add", feed, archive=archive)
    assert done.stdout.startswith("added 1, updated 0, unchanged 2, failed 0")


KITE = "Kite stuck on the weathercock"
QUOTED = "<x><![CDATA[</item><item><title>No</title>]]></x>"
PREFIXED = (
    "<a:feed xmlns:a='http://www.w3.org/2005/Atom'>"
    "<a:entry><a:title>Kite</a:title></a:entry></a:feed>"
)
BROKEN = {
    "an ampersand alone": (rss(item(1).replace("on the w", "&-")), ["Kite stuck &-eathercock"]),
    "an entity of HTML": (rss(item(1).replace("on the w", "&eacute;")), ["Kite stuck éeathercock"]),
    "an end that is missing": (rss(item(1), item(2))[:-60], [KITE, KITE]),
    "an item not closed": (rss(item(1).replace("</item>", ""), item(2)), [KITE, KITE]),
    "a namespace nobody declared": (rss(item(1, "<itunes:x>y</itunes:x>")), [KITE]),
    "a warning printed before it": ("Warning: kite in line 3\n" + rss(item(1)), [KITE]),
    "an item quoted in another": (rss(item(1, QUOTED)), [KITE]),
    "a comment with an item": (rss("<!-- <item><title>No</title></item> -->", item(1)), [KITE]),
    "a prefix before every name": (PREFIXED, ["Kite"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_feed_gives_its_readable_entries(name: str, tmp_path: Path) -> None:
    text, titles = BROKEN[name]
    taken = take(write(tmp_path / "feed.xml", text))
    assert taken.titles == titles
    assert taken.rejections == ()


def test_a_broken_entry_breaks_no_other(tmp_path: Path) -> None:
    broken = "<item><title>Half <description>a < b & <![CDATA[ </item>"
    taken = take(write(tmp_path / "feed.xml", rss(item(1, FULL), broken, item(2))))
    assert len(taken.records) >= 2
    assert taken.articles[0].title == "Kite stuck on the weathercock"


def test_latin_1_is_read_where_it_is_declared(tmp_path: Path) -> None:
    text = rss(item(1)).replace("utf-8", "iso-8859-1").replace("Pia", "Piä")
    (tmp_path / "feed.xml").write_bytes(text.encode("latin-1"))
    assert drafts(tmp_path / "feed.xml")[0].authors == ("Piä Loft",)


def test_no_entity_and_no_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the combination of the safe")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret"><!ENTITY y "zzz">]>'
    text = rss(item(1, "<x>&x;</x>").replace("Kite", "&x;&y;Kite")).replace(
        "<rss", doctype + "<rss"
    )
    for draft in drafts(write(tmp_path / "feed.xml", text)):
        assert "combination" not in repr(draft)
        assert "zzz" not in repr(draft)


def test_a_feed_without_entries_is_no_failure(tmp_path: Path) -> None:
    assert take(write(tmp_path / "feed.xml", rss())) == take()


def test_what_is_no_feed_is_told(tmp_path: Path) -> None:
    taken = take(write(tmp_path / "page.txt", "No feed at all"), format="feed")
    assert taken.reasons == {"page.txt": "is no feed: it has no <item> and no <entry>"}


@pytest.mark.parametrize("name", ["feed.xml", "feed.html", "feed", "feed.txt", "feed.json"])
def test_the_content_decides_not_the_suffix(name: str, tmp_path: Path) -> None:
    page = "<![CDATA[<html><body><p>A page inside.</p></body></html>]]>"
    text = rss(item(1, f"<content:encoded>{page}</content:encoded>"))
    assert take(write(tmp_path / name, text)).formats == ["feed"]


def test_xml_of_another_kind_is_told_by_its_root(tmp_path: Path) -> None:
    write(
        tmp_path / "a.xml",
        '<?xml version="1.0"?><!-- <rss> -->\n<opml><body><p>x</p></body></opml>',
    )
    write(tmp_path / "b.xml", "<m:menu xmlns:m='x'><m:item2/></m:menu>")
    write(tmp_path / "c.html", '<?xml version="1.0"?><html><body><p>A page.</p></body></html>')
    taken = take(tmp_path)
    assert taken.reasons["a.xml"] == "is XML of a kind that is not read: root element <opml>"
    assert taken.reasons["b.xml"] == "is XML of a kind that is not read: root element <menu>"
    assert taken.formats == ["html"]


def test_real_feeds_give_every_entry_that_feedparser_knows(real: Path) -> None:
    taken = take(real / "feeds")
    whole = [record for record in taken.records if "feedparser" not in record.location]
    assert len(taken.records) >= 340
    assert len(whole) >= 100
    refused = {rejection.location for rejection in taken.rejections}
    assert not {record.location for record in whole} & refused
    assert sum("root element" in rejection.reason for rejection in taken.rejections) == 3


def test_real_feeds_raise_nothing(real: Path) -> None:
    for path in sorted((real / "feeds").rglob("*.xml")):
        survives(path.read_bytes(), "feed")


@settings(max_examples=150, deadline=None)
@given(mutations(rss(item(1, FULL), item(2)).encode(), ATOM.encode(), RDF.encode()))
def test_mutated_feeds_raise_nothing(data: bytes) -> None:
    survives(data, "auto")


@settings(max_examples=50, deadline=None)
@given(arbitrary(b"<rss><channel><item>", b"<feed><entry>"))
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    survives(data, "feed")


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&]"), max_size=80)
)
def test_no_character_of_a_title_is_lost(title: str) -> None:
    # Latin-1 that reads as UTF-8 was encoded twice, thinks feedparser, and mends it.
    assume(title.strip() and not _is_utf_8_twice(title))
    payload = f"<rss><channel><item><title>{title}</title><link>x</link></item></channel></rss>"
    draft = draft_of(Record("feed", payload.encode(), "x"))
    assert draft.title == " ".join(title.split())


def _is_utf_8_twice(text: str) -> bool:
    try:
        return not text.isascii() and bool(text.encode("latin-1").decode())
    except UnicodeError:
        return False

"""NewsML-G2 and NITF: what is an article among the items, and all that is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from index.readers import Draft, draft_of
from tests.index.fuzzing import arbitrary, mutations, survives
from tests.index.taking import take

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = """<nitf{ns} xml:lang="en"><head><title>Ferry bell</title>
<tobject><tobject.subject tobject.subject.type="transport"/></tobject>
<docdata><doc-id id-string="ferry-3"/><date.issue norm="20110405T060000Z"/>
<key-list><keyword key="bells"/></key-list>
<identified-content><location>Quay Head</location><classifier>Top/News/Harbour</classifier>
</identified-content><doc.copyright holder="The Bollard"/></docdata>
<pubdata name="The Bollard" ex-ref="https://bollard.example/bell" position.section="Harbour"
 date.publication="20110406T000000"/></head>
<body><body.head><hedline><hl1>Ferry bell rings by itself</hl1>
<hl2>Nobody was on board</hl2></hedline>
<byline>By <person>Moss Tarn</person>, <byttl>Night Editor</byttl></byline>
<dateline><location>QUAY HEAD</location>, April 5</dateline>
<abstract><p>A bell rang at night.</p></abstract></body.head>
<body.content><p>The bell of the ferry rang <em>three</em> times, and <q>then</q> it stopped.</p>
<media media-type="image"><media-caption>A bell.</media-caption></media>
<hl2>What the mate says</hl2><p>The mate heard it &amp; went back to sleep.</p>
<table><tr><td>first</td><td>03:10</td></tr><tr><td>last</td><td>03:12</td></tr></table>
</body.content></body></nitf>"""
TEXT = (
    "The bell of the ferry rang three times, and then it stopped.\n\n"
    "What the mate says\n\nThe mate heard it & went back to sleep.\n\nfirst 03:10\n\nlast 03:12"
)
ITEM = """<newsItem {nar} guid="urn:newsml:bollard.example:ferry-3" version="2" xml:lang="en-GB">
<rightsInfo><copyrightHolder><name>Bollard Holdings</name></copyrightHolder></rightsInfo>
<itemMeta><itemClass qcode="ninat:{kind}"/>
<provider qcode="nprov:BOL"><name>Bollard News</name></provider>
<versionCreated>2011-04-07T09:00:00Z</versionCreated><firstCreated>2011-04-05T07:00:00Z</firstCreated>
<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><urgency>5</urgency><contentCreated>2011-04-05T06:30:00+01:00</contentCreated>
<creator><name>Moss Tarn</name></creator><language tag="en-GB"/>
<subject qcode="m:1"><name>ferries</name></subject><subject qcode="m:2"/>
<subject><mainConcept><name>bells</name></mainConcept></subject>
<slugline>FERRY-BELL</slugline><headline>Bell rings by itself</headline>
<dateline>QUAY HEAD, Tuesday</dateline>
<description role="drol:summary">A bell rang.</description></contentMeta>
<contentSet>{content}</contentSet>
<assert qcode="m:2"><name>Quay Head</name></assert></newsItem>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>No</title></head><body><h2>Bell</h2><p>The bell rang.</p><script>no()</script>
<figure><figcaption>A bell.</figcaption></figure><div>It stopped.<br/>Then it rained.</div>
</body></html>
</inlineXML>"""


def nitf(ns: str = ' xmlns="http://iptc.org/std/NITF/2006-10-18/"') -> str:
    return NITF.format(ns=ns)


def item(content: str, *, kind: str = "text", status: str = "usable", nar: str = NAR) -> str:
    return '<?xml version="1.0"?>\n' + ITEM.format(
        content=content, kind=kind, status=status, nar=nar
    )


def inline(content: str) -> str:
    return f"<inlineXML>{content}</inlineXML>"


def draft(tmp_path: Path, text: str) -> Draft:
    (tmp_path / "item.xml").write_text(text, encoding="utf-8")
    (record,) = take(tmp_path / "item.xml").records
    return draft_of(record)


def reason(tmp_path: Path, text: str) -> str:
    (tmp_path / "item.xml").write_text(text, encoding="utf-8")
    (rejection,) = take(tmp_path / "item.xml").rejections
    return rejection.reason


@pytest.mark.parametrize("ns", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'])
def test_nitf_alone_gives_all_its_fields(ns: str, tmp_path: Path) -> None:
    assert draft(tmp_path, nitf(ns)) == Draft(
        text=TEXT,
        id="ferry-3",
        url="https://bollard.example/bell",
        title="Ferry bell rings by itself",
        standfirst="A bell rang at night.",
        authors=("Moss Tarn",),
        published="20110406T000000",
        source="The Bollard",
        section="Harbour",
        tags=("bells", "Quay Head", "Harbour", "transport"),
        language="en",
        dateline="QUAY HEAD, April 5",
    )


def test_a_full_text_is_not_doubled_by_its_first_paragraph(tmp_path: Path) -> None:
    text = nitf().replace(
        "<body.content>",
        '<body.content><block class="lead_paragraph"><p>The bell.</p></block>'
        '<block class="full_text"><p>The bell.</p><p>It rang.</p></block>',
    )
    assert draft(tmp_path, text).text == "The bell.\n\nIt rang."


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Moss Tarn, <byttl>Editor</byttl>", ("By Moss Tarn,",)),
        ("<person>Moss Tarn <function>Editor</function></person> and <person>Ida Cleat</person>",
         ("Moss Tarn", "Ida Cleat")),
        ("<byttl>Bollard News</byttl>", ()),
    ],
)  # fmt: skip
def test_a_byline_is_read_without_its_titles(
    byline: str, authors: tuple[str, ...], tmp_path: Path
) -> None:
    old = "By <person>Moss Tarn</person>, <byttl>Night Editor</byttl>"
    assert draft(tmp_path, nitf().replace(old, byline)).authors == authors


def test_a_news_item_outranks_the_nitf_in_it(tmp_path: Path) -> None:
    found = draft(tmp_path, item(inline(nitf())))
    assert found.text == TEXT
    assert (found.id, found.title) == ("urn:newsml:bollard.example:ferry-3", "Bell rings by itself")
    assert (found.source, found.language) == ("Bollard News", "en-GB")
    assert found.published == "2011-04-05T06:30:00+01:00"
    assert found.updated == "2011-04-07T09:00:00Z"
    assert found.tags == ("ferries", "Quay Head", "bells")
    assert (found.dateline, found.slug) == ("QUAY HEAD, Tuesday", "FERRY-BELL")
    assert (found.authors, found.standfirst) == (("Moss Tarn",), "A bell rang.")


def test_the_article_of_a_news_item_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "item.xml").write_text(item(inline(nitf())))
    (article,) = take(tmp_path / "item.xml").articles
    assert (article.title, article.authors) == ("Bell rings by itself", ("Moss Tarn",))
    assert article.published is not None
    assert article.published.text() == "2011-04-05T06:30:00+01:00"
    assert article.raw_text == TEXT


@pytest.mark.parametrize("nar", ["", NAR, 'xmlns:x="y"'])
def test_xhtml_and_plain_text_are_content_too(nar: str, tmp_path: Path) -> None:
    assert draft(tmp_path, item(XHTML, nar=nar)).text == (
        "Bell\n\nThe bell rang.\n\nIt stopped.\n\nThen it rained."
    )
    bare = inline("<p>The bell.</p><p>It rang.</p>")
    assert draft(tmp_path, item(bare, nar=nar)).text == "The bell.\n\nIt rang."
    plain = '<inlineData contenttype="text/plain">The bell.\n\nIt rang.</inlineData>'
    assert draft(tmp_path, item(plain, nar=nar)).text == "The bell.\n\nIt rang."
    escaped = '<inlineData contenttype="text/html">&lt;p>The bell.&lt;/p></inlineData>'
    assert draft(tmp_path, item(escaped, nar=nar)).markup == "<p>The bell.</p>"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (item("", kind="picture"), "is a newsItem of the class picture, not text"),
        (item(""), "is a newsItem without text"),
        (item(inline("<events/>")), "is a newsItem that carries <events>, not text"),
        (item("<remoteContent href='x'/>"), "is a newsItem whose text lies elsewhere"),
        (
            item(inline(nitf()), status="canceled"),
            "was withdrawn by its provider (status: canceled)",
        ),
        (f"<packageItem {NAR}/>", "is a package that refers to other items, not an article"),
        (f"<knowledgeItem {NAR}/>", "is a list of concepts, not an article"),
        (f"<planningItem {NAR}/>", "is a plan of coverage to come, not an article"),
        (f"<newsMessage {NAR}/>", "is a newsMessage without items"),
        ("<nitf><body/></nitf>", "is NITF without text"),
        (
            "<?xml version='1.0'?><newsML/>",
            "is XML of a kind that is not read: root element <newsML>",
        ),
    ],
)
def test_what_is_no_article_is_told_as_what_it_is(text: str, told: str, tmp_path: Path) -> None:
    assert reason(tmp_path, text) == told


def test_a_message_gives_its_items_one_by_one(tmp_path: Path) -> None:
    bare = item(inline(nitf()), nar="").partition("\n")[2]
    other = bare.replace("ferry-3", "ferry-4").replace("Bell rings", "Horn blows")
    text = (
        f"<newsMessage {NAR}><header/><itemSet>{bare}<packageItem/>{other}</itemSet></newsMessage>"
    )
    (tmp_path / "message.xml").write_text(text)
    taken = take(tmp_path / "message.xml")
    assert taken.titles == ["Bell rings by itself", "Horn blows by itself"]
    assert [Path(record.location).name for record in taken.records] == [
        f"message.xml:{number}" for number in (1, 2, 3)
    ]
    assert "package" in taken.reasons["message.xml:2"]
    (tmp_path / "message.xml").write_text(text.replace("<header/>", "<header>later</header>"))
    again = take(tmp_path / "message.xml")
    assert [r.fingerprint for r in again.records] == [r.fingerprint for r in taken.records]


def test_entities_of_html_are_read_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the combination of the safe")
    doctype = f"<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file://{tmp_path}/secret'><!ENTITY y 'zzz'>]>"
    text = nitf().replace("The mate", "M&eacute;t&nbsp;&x;&y;")
    found = draft(tmp_path, doctype + text)
    assert "Mét\xa0heard" in found.text or "Mét heard" in found.text
    assert "combination" not in repr(found)
    assert "zzz" not in repr(found)


def test_a_bomb_of_entities_stays_small(tmp_path: Path) -> None:
    names = [f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)]
    doctype = f"<!DOCTYPE nitf [<!ENTITY a0 'bell'>{''.join(names)}]>"
    found = draft(tmp_path, doctype + nitf().replace("The mate", "&a9;"))
    assert len(found.text) < 1_000


def test_broken_xml_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path) -> None:
    found = draft(tmp_path, nitf().partition("<table>")[0])
    assert found.text.endswith("went back to sleep.")
    assert found.partial == "what can be read of broken XML"
    assert draft(tmp_path, nitf()).partial == ""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_declared_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + nitf().replace("mate", "maté")
    (tmp_path / "item.xml").write_bytes(text.encode(encoding))
    (article,) = take(tmp_path / "item.xml").articles
    assert "The maté heard it" in article.raw_text


def test_real_examples_are_articles_or_told_as_what_they_are(real: Path) -> None:
    taken = take(*sorted((real / "newsml").rglob("*.xml")))
    assert len(taken.records) == 35
    assert len(taken.articles) == 5
    assert {article.language for article in taken.articles} <= {"en", "la"}
    unread = [told for told in taken.reasons.values() if "root element" in told]
    assert len(unread) == 4
    assert not any("Error" in told for told in taken.reasons.values())


SEEDS = (item(inline(nitf())).encode(), nitf().encode(), item(XHTML).encode())


@settings(max_examples=150, deadline=None)
@given(mutations(*SEEDS))
def test_mutated_items_raise_nothing(data: bytes) -> None:
    survives(data, "auto")


@settings(max_examples=50, deadline=None)
@given(arbitrary(b"<newsMessage><itemSet><newsItem>", b"<newsItem>", b"<nitf>"))
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    survives(data, "newsml")

"""Saved pages: what the markup around a line says of it, and what is put back."""

from __future__ import annotations

import json
import time

import pytest
from lxml import html

from index.errors import RejectedDocument
from index.markup import parse
from index.surroundings import reason
from tests.index.saved import HEADLINE, PARAGRAPHS, article_of, clean, page, paragraphs

WHOLE = list(PARAGRAPHS)
A_BOX = "Get the harbour letter every morning, with the tides and the birds that were seen."

FURNITURE = {
    "a caption of a figure": "<figure><img src='a.jpg'><figcaption><p>The heron on the rim of"
    " the tank, seen from the quay on Tuesday.</p></figcaption></figure>",
    "a caption by its class": "<div class='photo-caption'><p>The heron on the rim of the tank,"
    " seen from the quay on Tuesday.</p></div>",
    "a caption by the picture beside it": "<div class='x1'><img src='a.jpg'><p>The heron on the"
    " rim of the tank, seen from the quay on Tuesday.</p></div>",
    "a newsletter box": f"<div class='inlineSignup__content'><h3>The letter</h3><p>{A_BOX}</p>"
    "</div>",
    "a notice for screen readers": "<p class='visually-hidden'>Article content continues here</p>",
    "a poll": "<div class='articlePoll' id='poll-1'><p>Should the tank stay where it is, or"
    " should it go to the museum as well?</p></div>",
    "a box beside the text": "<x-factbox class='q'><h3>The tank</h3><p>The tank was built by the"
    " gas company and has been empty ever since.</p></x-factbox>",
    "the teaser of another article": "<article><h4><a href='/b'>Otter at the lock</a></h4><p>An"
    " otter sat on the lock gate on Sunday, and would not be moved.</p></article>",
    "a text that CSS cuts off": "<div class='line-clamp-2'><p>An otter sat on the lock gate on"
    " Sunday, and would not be moved by anybody.</p></div>",
    "a label and a link": "<p>Lesen Sie auch: <a href='/b'>Otter sat on the lock gate and would"
    " not move</a></p>",
    "a link and a label in brackets": "<p><a href='/b'>Otter sat on the lock gate and would not"
    " move</a> [VIDEO]</p>",
    "an address to write to": "<form><p>Write to the desk about the heron, the tank, or anything"
    " else that you saw.</p></form>",
}


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE.keys())
def test_furniture_between_paragraphs_is_set_aside(furniture: str) -> None:
    body = paragraphs(*PARAGRAPHS[:2]) + furniture + paragraphs(*PARAGRAPHS[2:])
    assert clean(page(body)) == WHOLE


PROSE = {
    "a sentence that ends in a link": "<p>She has told the story before, in <a href='/b'>a letter"
    " to the harbour board of last year</a>.</p>",
    "a sentence before a link to a source": "<p>The board’s own figures say the opposite of what"
    " the mayor has said: <a href='/b'>forty ladders a year</a>.</p>",
    "a class that only begins like one of furniture": "<p class='subscribed-content readable'>The"
    " keeper has kept his own list since the lamp was taken away.</p>",
    "a sentence that ends in the words of the headline": "<p>They say that the heron returns to"
    " the gasworks.</p>",
    "a quotation": "<blockquote><p>There is no ladder that this town would not pay for, said the"
    " keeper, and no bird.</p></blockquote>",
}


@pytest.mark.parametrize("prose", PROSE.values(), ids=PROSE.keys())
def test_prose_that_looks_like_furniture_stays(prose: str) -> None:
    body = paragraphs(*PARAGRAPHS[:2]) + prose + paragraphs(*PARAGRAPHS[2:])
    kept = clean(page(body))
    assert len(kept) == len(WHOLE) + 1
    assert set(WHOLE) < set(kept)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("image-caption", "caption"),
        ("ImageCaption_root__x1", "caption"),
        ("block has-caption", ""),
        ("with-newsletter", ""),
        ("subscribed-content", ""),
        ("Newsletter-title--small", "newsletter"),
        ("relatedposttitle", "other stories"),
        ("c-article-text correlated", ""),
    ],
)
def test_a_class_is_read_word_by_word(names: str, kind: str) -> None:
    tree = html.fromstring(f"<div><p class='{names}'>The heron.</p></div>")
    assert reason(tree[0], tree)[0] == kind


def test_a_figure_may_hold_more_than_a_caption() -> None:
    tree = html.fromstring("<div><figure><blockquote><p>No ladder.</p></blockquote></figure></div>")
    assert reason(tree[0][0][0], tree) == ("", "")


def test_an_article_made_of_one_kind_keeps_it() -> None:
    captions = "".join(f"<p class='caption'>{text}</p>" for text in PARAGRAPHS)
    assert clean(page(captions)) == WHOLE


def test_a_class_of_the_body_says_nothing_of_its_lines() -> None:
    markup = page(paragraphs()).replace("story-text", "story-text newsletter-theme no-captions")
    assert clean(markup) == WHOLE


def test_furniture_is_kept_in_the_ledger_with_its_evidence() -> None:
    box = "<div class='newsletter-box'><p>Get the harbour letter every morning.</p></div>"
    article = article_of(page(paragraphs(*PARAGRAPHS[:2]) + box + paragraphs(*PARAGRAPHS[2:])))
    for removal in article.removals:
        assert article.raw_text[removal.start : removal.end] == removal.text
        assert removal.evidence


@pytest.mark.parametrize("tag", ["div", "section"])
def test_what_stands_behind_the_article_is_no_part_of_it(tag: str) -> None:
    after = f"<{tag} class='wide-block'><p>Two weeks of the paper for nothing.</p></{tag}>"
    assert clean(page(paragraphs(), after=after)) == WHOLE


def test_the_second_half_of_an_article_is_a_part_of_it() -> None:
    halves = (
        f"<div class='part'>{paragraphs(*PARAGRAPHS[:2])}</div><div class='ad-slot'></div>"
        f"<div class='part'>{paragraphs(*PARAGRAPHS[2:])}</div>"
    )
    assert clean(page(halves)) == WHOLE


def test_what_stands_under_a_heading_of_other_stories_is_no_part_of_the_article() -> None:
    others = "".join(f"<p>A story of another day, number {n}, about an otter.</p>" for n in "123")
    after = f"<h3 class='related-posts-title'>You may like</h3>{others}"
    assert clean(page(paragraphs() + after)) == WHOLE


def test_a_short_paragraph_with_a_link_comes_back() -> None:
    """The engine drops it from pages in which each paragraph has an element of its own."""
    short = "Its <a href='/b'>box</a> is in the <a href='/c'>museum</a> now, with the lamp."
    texts = [PARAGRAPHS[0], short, *PARAGRAPHS[1:]]
    body = "".join(f"<div class='element'><p>{text}</p></div>" for text in texts)
    assert clean(page(body))[1] == "Its box is in the museum now, with the lamp."


def test_a_heading_between_paragraphs_comes_back() -> None:
    heading = "<div class='pf_subheadline'>Who pays for a new ladder?</div>"
    body = paragraphs(*PARAGRAPHS[:2]) + heading + paragraphs(*PARAGRAPHS[2:])
    assert clean(page(body)) == [*WHOLE[:2], "Who pays for a new ladder?", *WHOLE[2:]]


def test_a_headline_in_the_text_is_not_the_text() -> None:
    markup = page(f"<h1>{HEADLINE}</h1>{paragraphs()}")
    assert clean(markup) == WHOLE


STANDFIRST = "The bird that was thought to have left the harbour for good stood on the old tank"
STANDFIRSTS = {
    "by its class": (f"<p class='article__dek'>{STANDFIRST}</p>", ""),
    "by the description of the page": (
        f"<div class='q7'>{STANDFIRST}</div>",
        f"<meta name='description' content='{STANDFIRST}'>",
    ),
    "by its place": (f"<p class='css-1x'>{STANDFIRST}.</p>", ""),
    "behind a date": (f"<p>2 May 2021, 10:14</p><p class='css-1x'>{STANDFIRST}.</p>", ""),
}


@pytest.mark.parametrize(("before", "head"), STANDFIRSTS.values(), ids=STANDFIRSTS.keys())
def test_a_standfirst_is_known(before: str, head: str) -> None:
    article = article_of(page(paragraphs(), before=before, head=head))
    assert article.standfirst.rstrip(".") == STANDFIRST
    assert STANDFIRST not in clean(page(paragraphs(), before=before, head=head))


@pytest.mark.parametrize(
    "before",
    [
        "<p class='byline'>By Odile Marsh, who counts the birds of the harbour every day.</p>",
        "<figure><figcaption>The heron on the rim of the tank, on Tuesday.</figcaption></figure>",
        "<p>By Odile Marsh, The Sluice, with pictures by the keeper and the harbour board.</p>",
        "<p><a href='/b'>Get the harbour letter every morning, with tides and birds.</a></p>",
    ],
)
def test_what_is_under_a_headline_is_not_always_a_standfirst(before: str) -> None:
    assert article_of(page(paragraphs(), before=before)).standfirst == ""


def test_the_first_paragraph_is_no_standfirst() -> None:
    head = f"<meta name='description' content='{PARAGRAPHS[0]}'>"
    assert article_of(page(paragraphs(), head=head)).standfirst == ""
    assert clean(page(paragraphs(), head=head)) == WHOLE


def test_an_article_that_is_only_data_for_a_script_is_read() -> None:
    state = json.dumps({"story": {"html": paragraphs()}}).replace("<", "\\u003c")
    markup = f"<html><body><div id='app'></div><script>window.s = {state};</script></body></html>"
    assert clean(markup) == WHOLE


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(RejectedDocument):
        article_of("<html><head><title>Heron</title></head><body><img src='a.jpg'></body></html>")


BROKEN = {
    "a document behind a document": "<html><body><p>Not here.</p></body></html>"
    + page(paragraphs()),
    "a root that closes itself": page(paragraphs()).replace("<html>", "<html lang='en' />"),
    "a quotation mark left open": page(paragraphs()).replace(
        "<header>", '<header><a href="/a>Home</a>'
    ),
}


@pytest.mark.parametrize("markup", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_page_is_read_to_its_end(markup: str) -> None:
    filler = "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in range(60))
    assert clean(markup.replace("</article>", f"</article><ul>{filler}</ul>"))[-4:] == WHOLE


def test_a_picture_inside_an_attribute_costs_no_time() -> None:
    picture = "A" * 500_000
    markup = page(f"<p data-src='data:image/png;base64,{picture}'></p>{paragraphs()}")
    began = time.process_time()
    parse(markup)
    assert time.process_time() - began < 2


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    markup = page("<script>var city = 'İİİİİİİİİİ';</script>" + paragraphs())
    assert clean(markup) == WHOLE


def test_what_an_outlet_marks_up_is_known_only_there() -> None:
    card = "<div data-component='rich-link'><p>An otter sat on the lock gate for hours.</p></div>"
    body = paragraphs(*PARAGRAPHS[:2]) + card + paragraphs(*PARAGRAPHS[2:])
    assert clean(page(body), "https://www.theguardian.com/a") == WHOLE
    assert len(clean(page(body), "https://sluice.example/a")) == len(WHOLE) + 1


def test_a_body_that_an_outlet_names_is_the_body() -> None:
    markup = page(paragraphs()).replace("class='story-text'", "id='storytext'")
    assert clean(markup, "https://www.npr.org/a") == WHOLE

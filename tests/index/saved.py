"""A saved page to test with: enough of an article that the body engine finds it."""

from __future__ import annotations

from index.article import Article
from index.extraction import extract
from index.readers import Draft
from index.reading import read

PARAGRAPHS = (
    "The heron came back to the gasworks on Tuesday, and stood on the rim of the old tank until"
    " the evening tide had gone out.",
    "Nobody had kept its box. The box had been given to the museum in spring, with the lamp and"
    " the two photographs of the keeper.",
    "“It is a patient bird, and we are a patient town,” said Odile Marsh, who has counted the birds"
    " of the harbour for thirty years.",
    "The council will decide in May whether the tank stays, and who would pay for a new ladder if"
    " it does.",
)
HEADLINE = "Heron returns to the gasworks"


def page(body: str, *, head: str = "", before: str = "", after: str = "") -> str:
    """A page with the headline, ``body`` as the inside of the element of its text, and the rest."""
    return (
        f"<html><head><title>{HEADLINE}</title>{head}</head><body><header><nav><a href='/'>Home</a>"
        f"</nav></header><main><article><h1>{HEADLINE}</h1>{before}<div class='story-text'>{body}"
        f"</div>{after}</article></main></body></html>"
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or PARAGRAPHS)


def article_of(markup: str, url: str = "") -> Article:
    return extract(Draft(markup=markup, is_page=True, url=url))


def text_of(article: Article) -> str:
    return read(article.raw_text, article.removals).text


def clean(markup: str, url: str = "") -> list[str]:
    """The paragraphs of the clean text of a page."""
    return text_of(article_of(markup, url)).split("\n\n")

"""The JSON of searches as types: what ``account`` returns, and what the API's document is made of.

The text beside a type says in the document what the key means.
"""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from index import answers
from index.answers import Stamp
from search.request import Counting, Interval
from search.suggestions import Kind

Range = Annotated[tuple[int, int], "Where a match begins, and where it has ended, in characters."]


class Clause(TypedDict):
    """A part of the query as it was typed."""

    text: str
    matches: Annotated[int, "Articles that match this part alone."]


class Repair(TypedDict):
    """Another search that would find more."""

    text: Annotated[str, "What it changes, in words."]
    q: str
    matches: Annotated[int, "Results that it has."]
    link: Annotated[str, "Its page."]


Query = TypedDict(
    "Query",
    {
        "q": Annotated[str, "The query as it was asked."],
        "understood": Annotated[str, "In a sentence, what it was taken to mean."],
        "clauses": list[Clause],
        "notes": Annotated[list[str], "What was not, or not quite, understood."],
        "did_you_mean": Annotated[str | None, "The query with slips of spelling mended."],
        "emptied_by": Annotated[str | None, "What leaves no result, where there is none."],
        "repairs": Annotated[list[Repair], "What to ask instead, where there is no result."],
        "from": Annotated[str | None, "The first day that is searched."],
        "to": Annotated[str | None, "The last day that is searched."],
        "counting": Counting,
        "counted_from": Annotated[
            str | None, "The day that dates such as “last week” were counted from, and why."
        ],
    },
)
Query.__doc__ = "What was asked, and what it was taken to mean."


class Snippet(TypedDict):
    """A passage of the text with what was found in it."""

    text: str
    ranges: Annotated[list[Range], "The matches in the text."]
    html: Annotated[str, "The text, escaped, with a mark element around each match."]
    hit: Annotated[int | None, "The number of its first match among all of the article."]


class Copy(TypedDict):
    """Another article of the same story."""

    id: str
    title: str
    source: str
    slug: str | None
    published: Stamp | None
    url: str | None


class Duplicates(TypedDict):
    """The other articles of a story, the first published first."""

    count: int
    ids: list[str]
    articles: list[Copy]


class ArticleLinks(TypedDict):
    """Where an article is."""

    self: Annotated[str, "Its page."]
    api: Annotated[str, "Its JSON."]


class Share(TypedDict):
    """What one word in one field gives to a score: boost × rarity × saturation."""

    field: str
    term: str
    score: float
    boost: float
    rarity: NotRequired[float]
    saturation: NotRequired[float]
    frequency: NotRequired[int]
    length: NotRequired[int]
    average_length: NotRequired[float]
    counted: NotRequired[
        Annotated[float, "Frequencies beside the lengths of all fields that count as one text."]
    ]


class ExplainedClause(TypedDict):
    """A part of the query and what it gives to a score."""

    text: Annotated[str, "Empty for what every article gets."]
    score: float
    shares: list[Share]


class Explanation(TypedDict):
    """Where a score comes from: the sum over the clauses, times the factor for recency."""

    score: float
    recency: float
    clauses: list[ExplainedClause]


class Result(TypedDict):
    """One result: an article, or the first published of a story's articles that match."""

    id: str
    rank: Annotated[int, "Its place among all results, from 1."]
    score: float
    url: Annotated[str | None, "Its address at the publisher."]
    title: str
    title_ranges: Annotated[list[Range], "The matches in the title."]
    slug: str | None
    authors: list[str]
    author_ranges: Annotated[list[list[Range]], "The matches in each of the authors."]
    source: str
    section: str
    tags: list[str]
    lang: str
    words: Annotated[int, "The length of its text."]
    published: Stamp | None
    updated: Stamp | None
    snippets: list[Snippet]
    hits: Annotated[int, "Places in its text that match."]
    duplicates: Duplicates
    set_aside: Annotated[int, "Passages that were set aside."]
    links: ArticleLinks
    explain: NotRequired[Annotated[Explanation, "With explain=1."]]


class Value(TypedDict):
    """A value of a facet."""

    value: str
    count: Annotated[int, "Results that have it, or would have it without this facet's filter."]
    selected: bool
    excluded: bool


class Bucket(TypedDict):
    """A stretch of a histogram."""

    start: Annotated[str, "Its first day."]
    count: Annotated[int, "Articles that match."]
    total: Annotated[int, "All articles of the archive in it."]


class Undated(TypedDict):
    """The articles of no known day."""

    count: int
    total: int


class Peak(TypedDict):
    """A stretch that stands out, and the article that says best what happened in it."""

    start: Annotated[str, "The first day of its stretch."]
    title: Annotated[str, "The article's headline."]
    links: ArticleLinks


class Histogram(TypedDict):
    """Matching articles over time."""

    interval: Interval
    buckets: list[Bucket]
    undated: Undated
    peaks: Annotated[list[Peak], "Up to three, in their order in time."]


class SearchLinks(TypedDict, total=False):
    """The same search elsewhere."""

    self: str
    next: Annotated[str | None, "The next page; null on the last that can be had."]
    prev: Annotated[str | None, "The page before; null on the first, and in a harvest by cursor."]
    first: Annotated[str, "The first page."]
    html: Annotated[str, "As a page for people."]
    atom: Annotated[str, "As a feed."]
    csv: Annotated[str, "All results as CSV."]
    jsonl: Annotated[str, "All results as JSON Lines."]


class Search(TypedDict):
    """A page of results."""

    query: Query
    total: Annotated[int, "Results in all."]
    total_is_exact: bool
    partial: Annotated[bool, "Whether the search was ended early, and there may be more."]
    folded: Annotated[int, "Matching articles that are in another's result."]
    page: int
    per_page: int
    pages: int
    took_ms: float
    results: list[Result]
    facets: Annotated[dict[str, list[Value]], "The most frequent values of each facet."]
    facet_values: Annotated[dict[str, int], "How many values each facet has in all."]
    histogram: Histogram | None
    links: SearchLinks


class ValuesLinks(TypedDict):
    """The same values elsewhere."""

    self: str
    next: str | None
    prev: str | None
    first: str
    html: str


class Values(TypedDict):
    """A page of the values of one facet, the most frequent first."""

    facet: str
    contains: Annotated[str, "What the values have in their name."]
    understood: str
    notes: list[str]
    total: int
    page: int
    per_page: int
    pages: int
    values: list[Value]
    links: ValuesLinks


class Suggestion(TypedDict):
    """What the typed text may become."""

    text: str
    kind: Kind
    count: Annotated[int, "Articles that it would find."]
    q: Annotated[str, "The query that it stands for."]
    link: Annotated[str, "Where choosing it leads."]


class Suggestions(TypedDict):
    """Suggestions, the best first."""

    suggestions: list[Suggestion]


class SimilarArticle(TypedDict):
    """An article about the same as another."""

    id: str
    title: str
    source: str
    published: Stamp | None
    url: str | None
    links: ArticleLinks


class Similar(TypedDict):
    """Articles about the same as one, the most alike first."""

    terms: Annotated[list[str], "The words they were found by."]
    articles: list[SimilarArticle]


class WholeLinks(TypedDict):
    """Where an article is, and what belongs to it."""

    self: Annotated[str, "This JSON."]
    html: Annotated[str, "Its page."]
    similar: str
    versions: str
    cite: Annotated[str, "The page that says how to cite it."]
    bibtex: str
    csl: Annotated[str, "Its citation as CSL-JSON."]


class WholeArticle(answers.Article):
    """An article as the archive holds it."""

    version: Annotated[int, "Which version of it this is; the first is 1."]
    taken: Annotated[str, "When this version came into the archive."]
    links: WholeLinks


class VersionLinks(TypedDict):
    """Where a version of an article is."""

    self: Annotated[str, "Its page."]
    api: Annotated[str, "Its JSON."]


class Version(TypedDict):
    """One version of an article."""

    version: int
    taken: Annotated[str, "When it came into the archive."]
    title: str
    words: int
    slug: str | None
    partial: str | None
    published: Stamp | None
    updated: Stamp | None
    current: Annotated[bool, "Whether it is the one that is searched and shown."]
    links: VersionLinks


class VersionsLinks(TypedDict):
    """Where the versions and their article are."""

    self: str
    article: str


class Versions(TypedDict):
    """The versions of an article that the archive keeps, the newest first."""

    id: str
    total: Annotated[int, "Versions in all; the oldest of very many are not listed."]
    versions: list[Version]
    links: VersionsLinks


class Stats(TypedDict):
    """What is searched."""

    articles: int
    generation: Annotated[str, "Another one as soon as an answer could differ."]
    segments: Annotated[int, "The parts of the index."]
    fallbacks: Annotated[
        dict[str, int], "How often a part of a query took a slower way, by its kind."
    ]

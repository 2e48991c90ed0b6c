"""What the API answers at which address: the table that its document is made of.

The parameters are those that the addresses are read with, the types those of the answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search import answers
from search.request import FACETS
from web.kinds import Parameter
from web.parameters import CONTAINS, NARROWING, PAGE, SEARCHING, VERSION

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: ``type`` is the type of JSON, None for what is none. ``headers`` come
    beside those that every answer has."""

    about: str
    media: str = JSON
    type: type | None = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that is read with GET. ``errors`` are statuses beside those of every address."""

    path: str
    name: str
    group: str
    summary: str
    answer: Answer
    about: str = ""
    parameters: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = ()


_PAGE = Answer(
    "A page of results; nothing found is a page without any.",
    type=answers.Search,
    headers=("Link", "X-Total-Count", "X-Partial"),
)
_VALUES = Answer("A page of values.", type=answers.Values, headers=("Link", "X-Total-Count"))
_WHOLE = Answer("The article.", type=answers.WholeArticle)
_TAKEN = ("X-Total-Count", "X-Partial", "Content-Disposition")
_ALL = "All results in their order, however many, as they are made; page and cursor do not matter."

_SEARCH, _ARTICLES, _TWINS = "Search", "Articles", "The same in other forms"
_OF_SUBJECTS = "Authors, sources and days"
# What a page is about, and the parameters of a search that its path stands for.
SUBJECTS = {"author": ("author",), "source": ("source",), "day": ("from", "to")}

_ALL_BUT_SUBJECTS = (
    Operation(
        "/api/v1/search",
        "search",
        _SEARCH,
        "Search the archive",
        _PAGE,
        "Results with snippets, the most frequent values of each facet, and a histogram. Turn pages"
        " with page, or take all results with cursor.",
        SEARCHING,
        (400,),
    ),
    Operation(
        "/api/v1/facets/{facet}",
        "values",
        _SEARCH,
        "List all values of a facet among the results",
        _VALUES,
        parameters=(*NARROWING, CONTAINS, PAGE),
        errors=(400, 404),
    ),
    Operation(
        "/api/v1/suggest",
        "suggest",
        _SEARCH,
        "Suggest words, authors and headlines for what is being typed",
        Answer("At most ten suggestions.", type=answers.Suggestions),
        "All of them, and their counts, are of the articles that the filters and days leave.",
        NARROWING,
        errors=(400,),
    ),
    Operation(
        "/api/v1/articles/{id}",
        "article",
        _ARTICLES,
        "Read one article",
        _WHOLE,
        parameters=(VERSION,),
        errors=(400, 404, 410),
    ),
    Operation(
        "/api/v1/articles/{id}/similar",
        "similar",
        _ARTICLES,
        "List articles about the same",
        Answer("At most ten, without the copies of its own story.", type=answers.Similar),
        errors=(404, 410),
    ),
    Operation(
        "/api/v1/articles/{id}/versions",
        "versions",
        _ARTICLES,
        "List the versions of an article that the archive keeps",
        Answer("The newest hundred, the newest first.", type=answers.Versions),
        errors=(404, 410),
    ),
    Operation(
        "/api/v1/stats",
        "stats",
        _SEARCH,
        "Say what is searched",
        Answer("Counts of what is searched.", type=answers.Stats),
    ),
    Operation(
        "/api/v1/openapi.json",
        "openapi",
        _SEARCH,
        "Describe this API",
        Answer("This document.", type=dict),
    ),
    Operation(
        "/search.json",
        "search_json",
        _TWINS,
        "The page of results as JSON",
        _PAGE,
        parameters=SEARCHING,
        errors=(400,),
    ),
    Operation(
        "/search.csv",
        "search_csv",
        _TWINS,
        "All results as CSV",
        Answer("A header, then a row a result.", "text/csv", headers=_TAKEN),
        _ALL,
        SEARCHING,
        (400,),
    ),
    Operation(
        "/search.jsonl",
        "search_jsonl",
        _TWINS,
        "All results as JSON Lines",
        Answer("On each line a Result.", "application/jsonl", headers=_TAKEN),
        _ALL,
        SEARCHING,
        (400,),
    ),
    Operation(
        "/search.atom",
        "search_atom",
        _TWINS,
        "The results as a feed, the newest first",
        Answer("A feed with OpenSearch elements.", "application/atom+xml"),
        parameters=SEARCHING,
        errors=(400,),
    ),
    Operation(
        "/search.svg",
        "search_svg",
        _TWINS,
        "The timeline of the results, drawn",
        Answer("A drawing that fits light and dark pages.", "image/svg+xml"),
        parameters=SEARCHING,
        errors=(400,),
    ),
    Operation(
        "/watch/{name}.atom",
        "watch",
        _TWINS,
        "What a saved search found last, as a feed",
        Answer("A feed.", "application/atom+xml"),
        errors=(404,),
    ),
    Operation(
        "/facets/{facet}.json",
        "values_json",
        _TWINS,
        "The page of a facet's values as JSON",
        _VALUES,
        parameters=(*NARROWING, CONTAINS, PAGE),
        errors=(400, 404),
    ),
    Operation(
        "/a/{id}.json",
        "article_json",
        _TWINS,
        "The page of an article as JSON",
        _WHOLE,
        parameters=(VERSION,),
        errors=(400, 404, 410),
    ),
    Operation(
        "/a/{id}.bib",
        "article_bibtex",
        _TWINS,
        "How to cite an article, as BibTeX",
        Answer("One entry, in UTF-8.", "application/x-bibtex"),
        errors=(404, 410),
    ),
    Operation(
        "/a/{id}.csl.json",
        "article_csl",
        _TWINS,
        "How to cite an article, as CSL-JSON",
        Answer("A list of one item.", "application/vnd.citationstyles.csl+json", list),
        errors=(404, 410),
    ),
)


def _of_subjects(operations: Iterable[Operation]) -> Iterable[Operation]:
    """The forms of a search, narrowed to the subject of a page."""
    for subject, own in SUBJECTS.items():
        for search in operations:
            name, dot, form = search.path.rpartition(".")
            if (name, dot) == ("/search", "."):
                yield replace(
                    search,
                    path=f"/{subject}/{{{subject}}}.{form}",
                    name=f"{subject}_{form}",
                    group=_OF_SUBJECTS,
                    summary=f"Of one {subject}: {search.summary[0].lower()}{search.summary[1:]}",
                    parameters=tuple(one for one in search.parameters if one.name not in own),
                    errors=(*search.errors, 404),
                )


OPERATIONS = (*_ALL_BUT_SUBJECTS, *_of_subjects(_ALL_BUT_SUBJECTS))

# What stands in the braces of a path.
IN_PATHS: dict[str, tuple[str, dict[str, object]]] = {
    "id": (
        "The id of an article, as results give it.",
        {"type": "string", "pattern": "^[a-z2-7]{16}$"},
    ),
    "facet": ("The facet.", {"type": "string", "enum": list(FACETS)}),
    "name": ("The name of a saved search.", {"type": "string", "minLength": 1}),
    "author": ("The name of an author.", {"type": "string", "minLength": 1}),
    "source": ("The name of a source.", {"type": "string", "minLength": 1}),
    "day": ("A day, such as 2021-03-04.", {"type": "string", "format": "date"}),
}

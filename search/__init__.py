"""Searching: from a question to a page of results.

``open_archive(address)`` gives an engine; ``engine.search(SearchRequest(q="ferry strike"))`` a
``SearchPage``. The language people type is in ``language``, what it finds in ``translation``.
"""

from search.engine import Engine, open_archive
from search.request import Filter, SearchRequest
from search.results import Hit, SearchPage, Snippet

__all__ = ["Engine", "Filter", "Hit", "SearchPage", "SearchRequest", "Snippet", "open_archive"]

"""Indexing: from a pile of files to a committed index.

``pipeline.add`` takes files in; ``Archive`` holds every article as it came and as it reads, and
is the truth; ``FullText`` is the index, which can always be made again from it. The readers of
formats are in ``readers``, the rules that set clutter aside in ``cleaning``.
"""

from index.archive import Archive
from index.article import Article, HeldArticle, Removal, Stamp
from index.errors import MicroficheError

__all__ = ["Archive", "Article", "HeldArticle", "MicroficheError", "Removal", "Stamp"]

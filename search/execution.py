"""Runs Whoosh query trees on arrays: a node at a time over whole posting lists.

``Execution.run`` gives for each query what Whoosh's own matchers would give, one Python call a
document, from the same index: the same documents, the same scores. Each node becomes
``Matches`` of one segment: sorted document numbers, and a score beside each where one is asked
for. What this module does not know is left to Whoosh's matchers, node by node, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from whoosh import query as whoosh
from whoosh.query import spans as whoosh_spans

from index.arrays.container import Array
from index.arrays.view import Leaf, View
from search import running_joined as joined
from search import running_places as near
from search import running_words as words
from search.evaluation import Budget, Evaluation, Rule, WorkExceeded
from search.expansion import Expansion
from search.field_queries import Across
from search.place_queries import Repeated, SameSentence, Window
from search.request import MOST_SECONDS
from search.translation import Without
from search.word_queries import Beginning, Fitting, Similar

# What one query may read of postings and positions before it is answered in part: 40 million are
# half a second to a second of work, twenty times what any query over 100,000 articles has needed.
MOST_WORK = 40_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """All that matched: document numbers in ascending order, and the score of each.

    ``partial`` says that the bound on work was met: some segments were not looked at.
    """

    documents: Array
    scores: Array
    partial: bool = False

    def __len__(self) -> int:
        return len(self.documents)

    def only(self, chosen: Array) -> Found:
        """Those of the matches for which ``chosen`` is true."""
        if chosen.all():
            return self
        return replace(self, documents=self.documents[chosen], scores=self.scores[chosen])


class Execution:
    """Runs the queries of one request over one view; they share their bound and what they found."""

    def __init__(
        self,
        view: View,
        *,
        leaves: Sequence[Leaf] | None = None,
        most_work: int = MOST_WORK,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        """With ``leaves`` only these segments of the view are looked at."""
        self._view = view
        self._leaves = view.leaves if leaves is None else leaves
        self._budget = Budget(most_work, most_seconds)
        self._expansion = Expansion(view, self._budget.spend)

    @property
    def fallbacks(self) -> Counter[str]:
        """How often a part of a query was left to Whoosh's own matchers, by its class."""
        return self._budget.fallbacks

    def run(self, query: Any, *, scored: bool = True) -> Found:
        """Everything that matches ``query``; without ``scored`` every score is nought."""
        documents: list[Array] = []
        scores: list[Array] = []
        partial = False
        for leaf in self._leaves:
            try:
                matches = self._on(leaf).of(query, scored=scored)
            except WorkExceeded:
                partial = True
                break
            documents.append(matches.documents + leaf.base)
            scores.append(matches.dense_scores())
        if not documents:
            return Found(np.zeros(0, np.int64), np.zeros(0), partial)
        if len(documents) == 1:
            return Found(documents[0], scores[0], partial)
        return Found(np.concatenate(documents), np.concatenate(scores), partial)

    def stands_for_more(self, query: Beginning | Fitting | Similar) -> bool:
        """Whether ``query`` fits more words than are looked for."""
        try:
            return self._expansion.group(query).more
        except WorkExceeded:  # the search itself comes to that as well, and says so
            return False

    def _on(self, leaf: Leaf) -> Evaluation:
        return Evaluation(self._budget, self._expansion, self._view, leaf, _RULES)


_RULES: dict[type[Any], Rule] = {
    whoosh.Term: words.term,
    Across: words.across,
    whoosh.And: joined.conjunction,
    whoosh.Or: joined.disjunction,
    whoosh.AndMaybe: joined.and_maybe,
    whoosh.AndNot: joined.and_not,
    Without: joined.and_not,
    whoosh.Require: joined.require,
    whoosh.Otherwise: joined.otherwise,
    whoosh.Not: joined.negation,
    whoosh.Every: words.every,
    whoosh.Phrase: near.phrase,
    whoosh.Sequence: near.sequence,
    whoosh_spans.SpanNear: near.span_near,
    whoosh_spans.SpanNear2: near.span_near,
    Window: near.placed,
    SameSentence: near.placed,
    Repeated: near.placed,
    whoosh.Prefix: words.prefix,
    Fitting: words.grouped,
    Similar: words.grouped,
    Beginning: words.grouped,
    whoosh.Wildcard: words.expanded,
    whoosh.FuzzyTerm: words.expanded,
    whoosh.TermRange: words.expanded,
    whoosh.NumericRange: words.number_range,
    whoosh.ConstantScoreQuery: joined.constant,
}

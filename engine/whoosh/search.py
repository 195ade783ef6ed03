"""Answering a request on one generation: one evaluation, then arrays.

query -> lookup -> evaluate (within the budget): documents and scores
      -> dates, filters -> facets, groups, order: all matches, exactly -> one page of hits
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.cursor import following, window
from engine.facets import others
from engine.highlight import Highlighter
from engine.matching import DEFAULT, words_of
from engine.model import Article, Filter, Fragment, Hit, SearchRequest, SearchResult
from engine.suggest import most_frequent, start_of, suggest
from engine.whoosh.columns import Groups, Numbers, between
from engine.whoosh.cost import Cost
from engine.whoosh.counting import count_facets
from engine.whoosh.evaluate import Found, evaluate, score
from engine.whoosh.limits import Budget, Limits
from engine.whoosh.lookup import Lookup
from engine.whoosh.neighbours import with_bonus
from engine.whoosh.ranking import order, rank
from engine.whoosh.snapshot import Snapshot


def search(snapshot: Snapshot, request: SearchRequest, limits: Limits) -> SearchResult:
    """Answer a request that `engine.checks` has passed."""
    started = time.perf_counter()
    asked = _Asked(snapshot, request, limits, ranked=request.sort == "relevance" and request.limit > 0)
    start = window(request.after, request.offset, snapshot.build)
    found = asked.found()
    total = len(found.documents)
    columns = snapshot.index.columns
    stories, copies = _groups(columns.story, found), _groups(columns.copies, found)
    results = {"none": total, "story": stories, "copies": copies}[request.group]
    results = total if results is None else results
    page = slice(start, min(start + request.limit, results))
    return SearchResult(
        hits=asked.hits(found, page),
        total=total,
        facets=count_facets(columns, request, asked.under),
        total_stories=stories,
        total_copies=copies,
        total_relation="gte" if asked.budget.warnings else "eq",
        partial=bool(asked.budget.warnings),
        warnings=tuple(asked.budget.warnings),
        suggestion=suggest(request.query, total, _Vocabulary(asked.lookup)),
        next=following(snapshot.build, start, request.limit, results),
        build=snapshot.build,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def scan(snapshot: Snapshot, request: SearchRequest, limits: Limits) -> Iterator[Article]:
    """Stream every match in order; the request is evaluated at the first article."""
    found = _Asked(snapshot, request, limits, ranked=request.sort == "relevance").found()
    scores = found.known_scores()
    for place in order(snapshot.index.columns, found.documents, scores, request.sort).tolist():
        yield snapshot.index.article(int(found.documents[place]))


def complete(snapshot: Snapshot, typed: str, limit: int) -> tuple[str, ...]:
    """Return words that begin like the last one typed, the most frequent first."""
    start = start_of(typed)
    if not start or limit < 1:
        return ()
    lookup = Lookup(snapshot.index, snapshot.languages, Budget(Limits()))
    return most_frequent(lookup.starting(start, limit, DEFAULT), limit)


class _Asked:
    """A request being answered: what was found under which filters is worked out once.

    When a condition leaves fewer articles, or none needs a score to be put in order, the query is evaluated
    without scores first, and only what is left, or shown, is scored.
    """

    def __init__(self, snapshot: Snapshot, request: SearchRequest, limits: Limits, *, ranked: bool) -> None:
        self._index = snapshot.index
        self._request = request
        self._highlighter = Highlighter(request.query)
        self.budget = Budget(limits)
        self.lookup = Lookup(snapshot.index, snapshot.languages, self.budget)
        self._ranked = ranked
        self._narrowed = bool(request.filters or request.date_from or request.date_to)
        scored = self._ranked and not self._narrowed
        self.budget.spend(Cost(self.lookup).of(request.query) * (1 + self._narrowed))
        self._all = evaluate(self._index, self.lookup, request.query, scored=scored)
        self._known: dict[tuple[Filter, ...], Numbers] = {(): self._in_time(self._all.documents)}

    def _in_time(self, documents: Numbers) -> Numbers:
        start, end = self._request.date_from, self._request.date_to
        if start is None and end is None:
            return documents
        moments = self._index.columns.moments.take(documents)
        return documents.take(np.flatnonzero(between(moments, start, end)))

    def under(self, field: str) -> Numbers:
        """Return what is found under all filters but those on a field."""
        return self._under(others(self._request.filters, field))

    def _under(self, filters: tuple[Filter, ...]) -> Numbers:
        if filters not in self._known:
            found = self._under(filters[:-1])
            mask = self._index.columns.filtered(filters[-1])
            self._known[filters] = found.take(np.flatnonzero(mask.take(found)))
        return self._known[filters]

    def found(self) -> Found:
        """Return what is found under all filters, with scores if the order needs them."""
        if not self._ranked:
            return Found(self._under(self._request.filters))
        found = self._scored(self._under(self._request.filters)) if self._narrowed else self._all
        scores = with_bonus(self.lookup, self._request.query, found.documents, found.known_scores())
        return Found(found.documents, scores)

    def _scored(self, documents: Numbers) -> Found:
        return score(self._index, self.lookup, self._request.query, np.sort(documents))

    def hits(self, found: Found, page: slice) -> tuple[Hit, ...]:
        """Return the hits of a page."""
        heads = list(rank(self._index.columns, found, self._request, page))
        scores = {number: worth for number, worth, _ in heads}
        if not self._ranked and heads:
            known = self._scored(np.array([number for number, _, _ in heads]))
            scores = dict(zip(known.documents.tolist(), known.known_scores().tolist(), strict=True))
        return tuple(self._hit(number, scores[number], size) for number, _, size in heads)

    def _hit(self, number: int, worth: float, size: int) -> Hit:
        card, show = self._index.card(number), self._highlighter
        title = Fragment(card.title, show.hits(card.title, card.language, "title"))
        wanted = self._request.snippets
        lines = show.snippets(self._index.body(number), card.language) if wanted else ()
        return Hit(card, worth, title, lines, size)


def _groups(groups: Groups, found: Found) -> int | None:
    return groups.count(found.documents) if groups.known else None


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of a generation, for suggestions."""

    lookup: Lookup

    def frequency(self, word: str) -> int:
        """About how many articles the word finds."""
        return sum(
            len(one) for term in words_of(word) for lists in self.lookup.word(term, DEFAULT) for one in lists
        )

    def similar(self, word: str, limit: int) -> Iterable[tuple[str, int]]:
        """Return the words of titles and bodies like a word, and in about how many articles they stand."""
        return self.lookup.similar(word, limit, DEFAULT).items()

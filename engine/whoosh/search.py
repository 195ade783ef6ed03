"""Answering a request on one generation: one evaluation, then arrays.

query -> lookup -> evaluate (within the budget): documents and scores
      -> dates, filters -> facets, groups, order: all matches, exactly -> one page of hits
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.cursor import following, window
from engine.facets import others
from engine.highlight import hits, snippets
from engine.matching import DEFAULT, words_of
from engine.model import Article, Filter, Fragment, Hit, SearchRequest, SearchResult
from engine.suggest import suggest
from engine.whoosh.columns import Columns, Groups, Numbers
from engine.whoosh.counting import count_facets
from engine.whoosh.evaluate import evaluate
from engine.whoosh.limits import Budget, Limits
from engine.whoosh.lookup import Lookup
from engine.whoosh.ranking import order, rank
from engine.whoosh.snapshot import Index, Snapshot

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """What matches: numbers of documents, each once, and their scores."""

    documents: Numbers
    scores: Floats

    def where(self, mask: NDArray[np.bool_]) -> Found:
        """Keep the documents in a mask."""
        kept = np.flatnonzero(mask.take(self.documents))
        return (
            self
            if len(kept) == len(self.documents)
            else Found(self.documents.take(kept), self.scores.take(kept))
        )


def search(snapshot: Snapshot, request: SearchRequest, limits: Limits) -> SearchResult:
    """Answer a request that `engine.checks` has passed."""
    started = time.perf_counter()
    index, budget = snapshot.index, Budget(limits)
    columns = index.columns
    start = window(request.after, request.offset, snapshot.build)
    lookup = Lookup(index, snapshot.languages, budget)
    under = _Filtered(find(index, lookup, request, budget), columns)
    found = under.all(request.filters)
    total = len(found.documents)
    stories, copies = _groups(columns.story, found), _groups(columns.copies, found)
    results = {"none": total, "story": stories, "copies": copies}[request.group]
    results = total if results is None else results
    page = slice(start, min(start + request.limit, results))
    heads = rank(columns, found.documents, found.scores, request, page)
    return SearchResult(
        hits=tuple(_hit(index, request, *head) for head in heads),
        total=total,
        facets=count_facets(
            columns, request, lambda field: under.all(others(request.filters, field)).documents
        ),
        total_stories=stories,
        total_copies=copies,
        total_relation="gte" if budget.warnings else "eq",
        partial=bool(budget.warnings),
        warnings=tuple(budget.warnings),
        suggestion=suggest(request.query, total, _Vocabulary(lookup)),
        next=following(snapshot.build, start, request.limit, results),
        build=snapshot.build,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def scan(snapshot: Snapshot, request: SearchRequest, limits: Limits) -> Iterator[Article]:
    """Stream every match in order; the request is evaluated at the first article."""
    index, budget = snapshot.index, Budget(limits)
    found = find(index, Lookup(index, snapshot.languages, budget), request, budget)
    found = _Filtered(found, index.columns).all(request.filters)
    for place in order(index.columns, found.documents, found.scores, request.sort).tolist():
        yield index.article(int(found.documents[place]))


def find(index: Index, lookup: Lookup, request: SearchRequest, budget: Budget) -> Found:
    """Evaluate query and dates; the filters stay apart, since facets count without their own."""
    found = Found(*evaluate(index, lookup, request.query, budget))
    if request.date_from is None and request.date_to is None:
        return found
    return found.where(index.columns.between(request.date_from, request.date_to))


class _Filtered:
    """What is found under different sets of filters; each is worked out once."""

    def __init__(self, found: Found, columns: Columns) -> None:
        self._columns = columns
        self._known: dict[tuple[Filter, ...], Found] = {(): found}

    def all(self, filters: tuple[Filter, ...]) -> Found:
        """Return what passes all these filters."""
        if filters not in self._known:
            mask = self._columns.filtered(filters[-1])
            self._known[filters] = self.all(filters[:-1]).where(mask)
        return self._known[filters]


def _groups(groups: Groups, found: Found) -> int | None:
    return groups.count(found.documents) if groups.known else None


def _hit(index: Index, request: SearchRequest, number: int, score: float, size: int) -> Hit:
    query, card = request.query, index.card(number)
    title = Fragment(card.title, hits(card.title, query, card.language, "title"))
    lines = snippets(index.body(number), query, card.language) if request.snippets else ()
    return Hit(card, score, title, lines, size)


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

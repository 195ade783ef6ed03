"""Answering a request on one generation: one evaluation, then arrays.

query -> compile -> expand (within the budget) -> collect: documents and scores
      -> filters, dates: masks -> facets, groups, order: all matches, exactly -> one page of hits
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.cursor import following, window
from engine.dates import UNDATED
from engine.facets import facet, others
from engine.highlight import hits, snippets
from engine.matching import DEFAULT
from engine.model import Article, Facet, FacetRequest, Filter, Fragment, Hit, SearchRequest, SearchResult
from engine.query import All, Query, Term
from engine.suggest import suggest
from engine.whoosh.collect import Matches, Numbers, Scores, collect
from engine.whoosh.columns import Columns, Mask, Ordinals
from engine.whoosh.compile import compile as compile_query
from engine.whoosh.expand import Expansion
from engine.whoosh.limits import Limits
from engine.whoosh.snapshot import Session, Snapshot


@dataclass(frozen=True, slots=True)
class Found:
    """What matches the query and the dates: a mask, the scores, and what the budget left out."""

    mask: Mask
    scores: Scores
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """All matches in order, one per group: `heads` are documents, `sizes` how many members match."""

    heads: Numbers
    sizes: Numbers


def search(snapshot: Snapshot, request: SearchRequest, limits: Limits) -> SearchResult:
    """Answer a request that `engine.checks` has passed."""
    started = time.perf_counter()
    columns = snapshot.columns
    start = window(request.after, request.offset, snapshot.build)
    with snapshot.session() as session:
        found = find(session.searcher, columns, request, snapshot.languages, limits)
        mask = passing(found.mask, columns, request.filters)
        ranking = rank(columns, mask, found.scores, request)
        total = int(np.count_nonzero(mask))
        vocabulary = _Vocabulary(session.searcher, columns, snapshot.languages, limits)
        return SearchResult(
            hits=tuple(_page(session, ranking, found.scores, request, start)),
            total=total,
            facets=tuple(_facet(columns, found.mask, request, asked) for asked in request.facets),
            total_stories=_groups(columns.story, mask) if columns.has_stories else None,
            total_copies=_groups(columns.copies, mask) if columns.has_copies else None,
            total_relation="gte" if found.warnings else "eq",
            partial=bool(found.warnings),
            warnings=found.warnings,
            suggestion=suggest(request.query, total, vocabulary),
            next=following(snapshot.build, start, request.limit, len(ranking.heads)),
            build=snapshot.build,
            took_ms=(time.perf_counter() - started) * 1000,
        )


def scan(snapshot: Snapshot, request: SearchRequest, limits: Limits) -> Iterator[Article]:
    """Stream every match in order; the request is evaluated at the first article."""
    columns = snapshot.columns
    with snapshot.session() as session:
        found = find(session.searcher, columns, request, snapshot.languages, limits)
        mask = passing(found.mask, columns, request.filters)
        for number in order(columns, mask, found.scores, request.sort):
            yield session.article(int(number))


# --- the set ---------------------------------------------------------------------------------


def find(
    searcher: Any, columns: Columns, request: SearchRequest, languages: tuple[str, ...], limits: Limits
) -> Found:
    """Evaluate query and dates; the filters stay apart, since facets count without their own."""
    found = _evaluate(searcher, columns, request.query, languages, limits)
    if request.date_from is None and request.date_to is None:
        return found
    dated = columns.between(request.date_from, request.date_to)
    return Found(found.mask & dated, found.scores, found.warnings)


def _evaluate(
    searcher: Any, columns: Columns, query: Query, languages: tuple[str, ...], limits: Limits
) -> Found:
    if isinstance(query, All):
        return Found(columns.live, np.zeros(columns.size))
    expansion = Expansion.on(searcher.reader(), limits)
    matches = collect(searcher, expansion.of(compile_query(query, languages)), limits.seconds)
    warnings = list(expansion.warnings)
    if not matches.complete:
        warnings.append(f"The search was stopped after {limits.seconds:g} seconds; there is more to find.")
    mask, scores = _spread(matches, columns.size)
    return Found(mask & columns.live, scores, tuple(warnings))  # Whoosh's NOT lets deleted ones through


def _spread(matches: Matches, size: int) -> tuple[Mask, Scores]:
    """Turn lists of documents into arrays over all documents."""
    mask = np.zeros(size, np.bool_)
    scores = np.zeros(size)
    mask[matches.documents] = True
    scores[matches.documents] = matches.scores
    return mask, scores


def passing(mask: Mask, columns: Columns, filters: tuple[Filter, ...]) -> Mask:
    """Keep the documents of `mask` that pass all filters."""
    for chosen in filters:
        mask = mask & columns.filtered(chosen)
    return mask


def _facet(columns: Columns, mask: Mask, request: SearchRequest, asked: FacetRequest) -> Facet:
    under = passing(mask, columns, others(request.filters, asked.field))
    return facet(asked, columns.keywords[asked.field].counts(under), request.filters)


# --- the order -------------------------------------------------------------------------------


def order(columns: Columns, mask: Mask, scores: Scores, sort: str) -> Numbers:
    """Return the matches in order: undated ones last by date, ties by id."""
    found = np.flatnonzero(mask)
    if sort == "relevance":
        keys: tuple[Numbers | Scores, ...] = (columns.rank[found], -scores[found])
    else:
        moments = columns.moments[found]
        keys = (columns.rank[found], moments if sort == "date" else -moments, moments == UNDATED)
    return found[np.lexsort(keys)]


def rank(columns: Columns, mask: Mask, scores: Scores, request: SearchRequest) -> Ranking:
    """Return the matches in order, gathered by group at the place of the first member."""
    ordered = order(columns, mask, scores, request.sort)
    if request.group == "none":
        return Ranking(ordered, np.ones(len(ordered), np.int64))
    groups = columns.copies if request.group == "copies" else columns.story
    _, first, sizes = np.unique(groups[ordered], return_index=True, return_counts=True)
    place = np.argsort(first)
    return Ranking(ordered[first[place]], sizes[place])


def _groups(ordinals: Ordinals, mask: Mask) -> int:
    return len(np.unique(ordinals[mask]))


# --- the page --------------------------------------------------------------------------------


def _page(
    session: Session, ranking: Ranking, scores: Scores, request: SearchRequest, start: int
) -> Iterator[Hit]:
    page = slice(start, start + request.limit)
    for number, size in zip(ranking.heads[page], ranking.sizes[page], strict=True):
        yield _hit(session.article(int(number)), float(scores[number]), int(size), request)


def _hit(article: Article, score: float, size: int, request: SearchRequest) -> Hit:
    query = request.query
    title = Fragment(article.title, hits(article.title, query, article.language, "title"))
    lines = snippets(article.body, query, article.language) if request.snippets else ()
    return Hit(article, score, title, lines, size)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of a generation, for suggestions."""

    searcher: Any
    columns: Columns
    languages: tuple[str, ...]
    limits: Limits

    def frequency(self, word: str) -> int:
        """How many articles the word finds."""
        found = _evaluate(self.searcher, self.columns, Term(word), self.languages, self.limits)
        return int(np.count_nonzero(found.mask))

    def words(self, first: str) -> Iterator[tuple[str, int]]:
        """Yield the words of titles and bodies that begin with a letter, and in about how many articles."""
        reader = self.searcher.reader()
        for field in DEFAULT:
            for data in reader.expand_prefix(field.name, first):
                yield data.decode("utf-8", "surrogatepass"), reader.doc_frequency(field.name, data)

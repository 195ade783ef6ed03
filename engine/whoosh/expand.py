"""Prefixes and fuzzy words become the terms of an index, within a budget.

The whole index is looked at, not segment by segment, so that what a budget leaves out is the same
for every article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from typing import Any

from engine.distance import similar
from engine.whoosh import stock
from engine.whoosh.limits import Limits
from engine.whoosh.queries import AnyOf, Filter, Without


@dataclass(slots=True)
class Expansion:
    """Replaces patterns by terms; `warnings` says what the budget left out."""

    reader: Any
    limits: Limits
    postings: int
    warnings: list[str]

    @classmethod
    def on(cls, reader: Any, limits: Limits) -> Expansion:
        """Start with the full budget on a Whoosh reader."""
        return cls(reader, limits, limits.postings, [])

    def of(self, query: Any) -> Any:
        """Return the query with every pattern replaced."""
        if isinstance(query, stock.Prefix):
            return self._terms(query, f"{query.text}*", lambda _: True, query.text)
        if isinstance(query, stock.FuzzyTerm):
            return self._terms(query, f"{query.text}~", _alike(query), query.text[:1])
        if isinstance(query, Without):
            return Without(self.of(query.a), self.of(query.b))
        if isinstance(query, stock.Not):
            return stock.Not(self.of(query.query))
        if isinstance(query, stock.And | stock.DefaultOr | Filter):
            return query.apply(self.of)
        return query

    def _terms(self, query: Any, shown: str, wanted: Callable[[str], bool], prefix: str) -> Any:
        """Return the most frequent terms of the pattern that the budget allows."""
        words = self.reader.expand_prefix(query.fieldname, prefix)
        scanned = list(islice(words, self.limits.scanned + 1))
        decoded = (word.decode("utf-8", "surrogatepass") for word in scanned[: self.limits.scanned])
        field = query.fieldname
        frequencies = [(self.reader.doc_frequency(field, word), word) for word in decoded if wanted(word)]
        best = nlargest(self.limits.terms, frequencies, key=lambda pair: (pair[0], pair[1]))
        kept = list(self._within_budget(best))
        if len(scanned) > self.limits.scanned or len(kept) < len(frequencies):
            self._warn(
                f"“{shown}” stands for too many words; only the {len(kept)} most frequent were searched."
            )
        return AnyOf(field, tuple(kept), query.boost)

    def _within_budget(self, terms: Iterable[tuple[int, str]]) -> Iterator[str]:
        for frequency, word in terms:
            if frequency > self.postings:
                return
            self.postings -= frequency
            yield word

    def _warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)


def _alike(query: Any) -> Callable[[str], bool]:
    return lambda word: similar(query.text, word, query.maxdist)

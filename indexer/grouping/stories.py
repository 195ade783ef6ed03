"""Stories: which articles tell of the same event.

    sign    article -> its weightiest terms          (`stories_terms`)
    group   all signatures -> story of each row:
              weigh terms by how rare they are       (`stories_vectors`)
              link what is alike on near days        (`stories_links`)
              join links, the strongest first, as long as the two sides are alike as a whole

Two clusters are joined when the mean likeness of their members, each with each, reaches `ENOUGH`: one article
between two events can not pull them together. Copies, and originals with their translations, are one
story from the start.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.grouping.stories_links import UNDATED, Links, faded, links
from indexer.grouping.stories_terms import sign
from indexer.grouping.stories_vectors import Floats, Ints, Terms, Vectors
from indexer.ragged import Ragged

__all__ = ["UNDATED", "group", "sign"]

ENOUGH = 0.17
"""The mean likeness from which two clusters are one story."""

_KEPT = 96
"""How many terms of a cluster are remembered."""


def group(
    vectors: Ragged,
    days: Ints,
    copies: Ints,
    pairs: Sequence[tuple[int, int]],
    languages: Ints,
) -> Ints:
    """Return for each row the row of its story's first member in reading order: itself when alone.

    Args:
        vectors: the signatures (`sign`) in reading order, items of 32 bits.
        days: the day each was published, as a number of days; `UNDATED` when it is not known.
        copies: the copy cluster of each row; rows with equal numbers are copies of one text.
        pairs: rows that are original and translation.
        languages: a number for the language of each row.

    """
    _, heads, text = np.unique(copies, return_index=True, return_inverse=True)
    order = np.argsort(heads)
    heads, text = heads[order], np.argsort(order)[text]
    archive = Vectors.of(_rows(vectors, heads), languages[heads])
    day = _earliest(days, text, len(heads))
    clusters = _Clusters(archive, day)
    for first, second in pairs:
        clusters.pair(int(text[first]), int(text[second]))
    clusters.follow(links(archive, day))
    stories = clusters.roots()
    return heads[stories][text]


def _rows(vectors: Ragged, rows: Ints) -> Ragged:
    """Return some of the rows."""
    lengths = vectors.lengths[rows]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    places = np.arange(starts[-1]) + np.repeat(vectors.starts[rows] - starts[:-1], lengths)
    return Ragged(vectors.values[places], starts)


def _earliest(days: Ints, text: Ints, count: int) -> Ints:
    """Return the first known day of each text."""
    latest = np.iinfo(np.int64).max
    first = np.full(count, latest)
    np.minimum.at(first, text, np.where(days == UNDATED, latest, days))
    return np.where(first == latest, UNDATED, first)


class _Clusters:
    """Texts being joined to stories: each cluster has its smallest row as root."""

    def __init__(self, archive: Vectors, days: Ints) -> None:
        self._archive = archive
        self._root = list(range(len(archive)))
        self._size = [1] * len(archive)
        self._sums: dict[int, tuple[Terms, Floats]] = {}
        self._days: list[float] = days.tolist()

    def find(self, row: int) -> int:
        """Return the root of the cluster of a row."""
        while self._root[row] != row:
            self._root[row] = row = self._root[self._root[row]]
        return row

    def roots(self) -> Ints:
        """Return the root of every row."""
        return np.array([self.find(row) for row in range(len(self._root))], np.int64)

    def pair(self, a: int, b: int) -> None:
        """Make two texts one: what they say is one thing said twice."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._merge(a, b)
            root = min(a, b)
            terms, weights = self._sums[root]
            self._sums[root] = terms, weights / np.sqrt(np.dot(weights, weights))
            self._size[root] = 1

    def follow(self, found: Links) -> None:
        """Join clusters along the links, the strongest first, where they are alike as a whole."""
        order = np.lexsort((found.second, found.first, -found.likeness))
        pairs = zip(found.first[order].tolist(), found.second[order].tolist(), strict=True)
        for (first, second), likeness in zip(pairs, found.likeness[order].tolist(), strict=True):
            a, b = self.find(first), self.find(second)
            if a == b:
                continue
            alone = a not in self._sums and b not in self._sums
            if (likeness if alone else self._likeness(a, b)) >= ENOUGH:
                self._merge(a, b)

    def _likeness(self, a: int, b: int) -> float:
        """Return the mean likeness of the members of two clusters."""
        terms, weights = self._sum(a)
        others, other_weights = self._sum(b)
        places = np.minimum(np.searchsorted(terms, others), len(terms) - 1)
        same = terms[places] == others
        total = float(np.dot(weights[places[same]], other_weights[same]))
        return total / (self._size[a] * self._size[b]) * faded(self._days[a], self._days[b])

    def _sum(self, root: int) -> tuple[Terms, Floats]:
        if root in self._sums:
            return self._sums[root]
        terms, weights = self._archive.rows(np.array([root]))
        order = np.argsort(terms[0])
        return terms[0][order], weights[0][order]

    def _merge(self, a: int, b: int) -> None:
        root, gone = min(a, b), max(a, b)
        (terms, weights), (others, other_weights) = self._sum(root), self._sum(gone)
        union, inverse = np.unique(np.concatenate((terms, others)), return_inverse=True)
        total = np.bincount(inverse, np.concatenate((weights, other_weights))).astype(np.float32)
        kept = np.sort(np.argsort(-total, kind="stable")[:_KEPT])
        self._sums.pop(gone, None)
        self._sums[root] = union[kept], total[kept]
        self._day(root, gone)
        self._size[root] += self._size[gone]
        self._root[gone] = root

    def _day(self, root: int, gone: int) -> None:
        """Set the day of a cluster: the mean of its members', as far as known."""
        if self._days[root] == UNDATED:
            self._days[root] = self._days[gone]
        elif self._days[gone] != UNDATED:
            n, m = self._size[root], self._size[gone]
            self._days[root] = (n * self._days[root] + m * self._days[gone]) / (n + m)

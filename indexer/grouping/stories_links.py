"""Which articles may tell of one event: an inverted index with bounded postings, then exact cosines.

A pair is looked at when the two share one of their `KEYS` weightiest terms, no more than `NEAR` postings
apart in the order of days, within `WINDOW` days. It becomes a link when its likeness reaches `LEAST`: the
cosine, weakened by the days between. All of it is done for many rows at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.grouping.stories_vectors import Floats, Ints, Vectors, cosines

UNDATED = -(1 << 31)
"""The day of an article without a date."""

KEYS = 16
"""By how many of its terms an article is looked up."""

NEAR = 24
"""How far apart two postings of a term may stand."""

WINDOW = 7
"""How many days apart two articles may be."""

FADE = 10.0
"""After how many days a likeness has faded to 1/e."""

NO_DATE = 0.8
"""What a likeness is worth when one of the two has no date: a story it is placed in by its text alone."""

LEAST = 0.12
"""The likeness from which a pair is kept."""

_HOPE = 0.4
"""A pair is measured when the terms it was found by give this part of `LEAST`."""

_ROWS = 1 << 13
_LATE = 1 << 40


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of rows with their likeness."""

    first: Ints
    second: Ints
    likeness: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Postings:
    """One posting for each key of each row, sorted by term, then by day; undated rows come last.

    `mine` lists the postings row by row: those of the n-th row in the order of days are
    `mine[n * KEYS:(n + 1) * KEYS]`.
    """

    term: NDArray[np.uint32]
    place: NDArray[np.int32]
    weight: Floats
    mine: Ints


def fade(days: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
    """Return what the days between weaken a likeness to: 0 beyond the window."""
    apart = np.abs(days - other)
    dated = np.where(apart <= WINDOW, np.exp(-apart / FADE), 0)
    faded: Floats = np.where((days == UNDATED) | (other == UNDATED), NO_DATE, dated).astype(np.float32)
    return faded


def faded(day: float, other: float) -> float:
    """Return what `fade` does for one pair of days."""
    if UNDATED in (day, other):
        return NO_DATE
    apart = abs(day - other)
    return math.exp(-apart / FADE) if apart <= WINDOW else 0.0


def links(vectors: Vectors, days: Ints) -> Links:
    """Return the pairs of rows that are alike, each once."""
    order = np.argsort(np.where(days == UNDATED, _LATE, days), kind="stable")
    postings = _invert(vectors, order)
    found = [_measure(vectors, order[a], order[b], days) for a, b in _candidates(postings, days[order])]
    parts = list(zip(*found, strict=True)) or [(np.zeros(0),)] * 3
    first, second, likeness = (np.concatenate(part) for part in parts)
    return Links(first.astype(np.int64), second.astype(np.int64), likeness.astype(np.float32))


def _invert(vectors: Vectors, order: Ints) -> _Postings:
    terms, weights = [np.zeros(0, np.uint32)], [np.zeros(0, np.float32)]
    for start in range(0, len(order), _ROWS):
        some_terms, some_weights = vectors.rows(order[start : start + _ROWS])
        best = np.argpartition(-some_weights, KEYS, axis=1)[:, :KEYS]
        terms.append(np.take_along_axis(some_terms, best, axis=1).ravel())
        weights.append(np.take_along_axis(some_weights, best, axis=1).ravel())
    term, weight = np.concatenate(terms), np.concatenate(weights)
    by_term = np.argsort(term, kind="stable")
    mine = np.empty(len(term), np.int64)
    mine[by_term] = np.arange(len(term))
    return _Postings(term[by_term], (by_term // KEYS).astype(np.int32), weight[by_term], mine)


def _candidates(postings: _Postings, days: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of places in the order of days, those of some rows at a time."""
    count = len(days)
    for start in range(0, count, _ROWS):
        mine = postings.mine[start * KEYS : (start + _ROWS) * KEYS]
        mine = mine[postings.weight[mine] > 0]
        pairs, parts = [], []
        for distance in range(1, NEAR + 1):
            here = mine[mine + distance < len(postings.term)]
            there = here + distance
            a, b = postings.place[here].astype(np.int64), postings.place[there].astype(np.int64)
            near = (days[b] - days[a] <= WINDOW) | (days[b] == UNDATED)
            near &= postings.term[here] == postings.term[there]
            pairs.append((a * count + b)[near])
            parts.append((postings.weight[here] * postings.weight[there])[near])
        yield _promising(np.concatenate(pairs), np.concatenate(parts), count)


def _promising(pairs: Ints, parts: Floats, count: int) -> tuple[Ints, Ints]:
    """Add up what each pair was found by; return the pairs worth measuring."""
    order = np.argsort(pairs, kind="stable")
    pairs, parts = pairs[order], parts[order]
    heads = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))[: len(pairs)])
    sums = np.add.reduceat(parts, heads) if len(heads) else parts
    chosen = pairs[heads[sums >= _HOPE * LEAST]]
    return chosen // count, chosen % count


def _measure(vectors: Vectors, first: Ints, second: Ints, days: Ints) -> tuple[Ints, Ints, Floats]:
    likeness = np.zeros(len(first), np.float32)
    for start in range(0, len(first), _ROWS):
        part = slice(start, start + _ROWS)
        likeness[part] = cosines(vectors.rows(first[part]), vectors.rows(second[part]))
    likeness *= fade(days[first], days[second])
    kept = likeness >= LEAST
    return first[kept], second[kept], likeness[kept]

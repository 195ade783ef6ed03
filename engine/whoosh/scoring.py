"""What the words of a query are worth in the documents that have them, for many documents at once.

                 Together (ours)                              Apart (Whoosh's)
    amounts      sum over fields of                           sum over fields of
                 weight * tf / norm                           weight * idf * (K1 + 1) * tf / (tf + norm)
    worth        idf of the word in any field, less for       -
                 function words
    scores       worth * (K1 + 1) * amount / (amount + K1)    the amounts

`Together` is `engine.ranking`, which says why. `Apart` is BM25F as Whoosh 2.7.4 has it: the tests hold
every evaluation to Whoosh's own by it, and `benchmarks/relevance.py` shows what changing it brought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine import ranking
from engine.whoosh.numbers import Capped

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Counts = NDArray[np.integer[Any]]

_SELDOM = 4
"""A field that has a word in a smaller part of its documents is looked at only there."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a field contributes to the postings of a word: `holding` of them have it in this field."""

    often: Capped
    norms: Floats
    factor: float
    holding: int


@dataclass(frozen=True, slots=True)
class Posted:
    """The postings of one word in some documents: its part, and how often it stands in each."""

    part: Part
    often: Counts


class Scoring(Protocol):
    """One way to rank. Scores are sums over the words and phrases of a query."""

    adjacent: float
    """How much words count that stand together as they do in the query; 0 for not at all."""

    def norms(self, lengths: Counts, average: float) -> Floats:
        """Return what the lengths of a field in all documents do to a frequency."""

    def factor(self, weight: float, articles: int, holding: int) -> float:
        """Return the factor of a field, when `holding` of the articles have the word in it."""

    def worth(self, articles: int, having: int, *, quiet: bool) -> float:
        """Return the worth of a word that `having` articles have; `quiet` for a function word."""

    def word(self, posted: Sequence[Posted], documents: Numbers) -> Floats:
        """Return the amounts of a word in documents, all its fields together."""

    def phrase(self, posted: Sequence[Posted], occurrences: Counts, documents: Numbers) -> Floats:
        """Return the amounts of a phrase in documents, by its words in one field."""

    def scores(self, amounts: Floats, worth: float) -> Floats:
        """Return the scores for amounts, which are overwritten."""


class Together:
    """The fields of a word are added up before saturation; a phrase counts as one word."""

    adjacent = ranking.ADJACENT

    def norms(self, lengths: Counts, average: float) -> Floats:
        """Return by what to multiply a frequency."""
        return (1 / (1 - ranking.B + lengths * (ranking.B / average))).astype(np.float32)

    def factor(self, weight: float, articles: int, holding: int) -> float:  # noqa: ARG002  # the protocol's
        """Return the weight alone: how rare the word is, is told by its worth."""
        return weight

    def worth(self, articles: int, having: int, *, quiet: bool) -> float:
        """Return the idf of the word."""
        return ranking.idf(articles, having) * (ranking.FUNCTION_WEIGHT if quiet else 1.0)

    def word(self, posted: Sequence[Posted], documents: Numbers) -> Floats:
        """Return the weighted frequencies as they would be in fields of average length."""
        return added(posted, documents, _weighted)

    def phrase(self, posted: Sequence[Posted], occurrences: Counts, documents: Numbers) -> Floats:
        """Return the same of the phrase's own frequency."""
        return _weighted(Posted(posted[0].part, occurrences), documents)

    def scores(self, amounts: Floats, worth: float) -> Floats:
        """Saturate."""
        below = amounts + np.float32(ranking.K1)
        amounts /= below
        amounts *= np.float32(worth * (ranking.K1 + 1))
        return amounts


class Apart:
    """Every word of every field is a term of its own, saturated by itself."""

    adjacent = 0.0
    K1, B = 1.2, 0.75

    def norms(self, lengths: Counts, average: float) -> Floats:
        """Return what is added to a frequency in the denominator."""
        return (lengths * (self.K1 * self.B / average) + self.K1 * (1 - self.B)).astype(np.float32)

    def factor(self, weight: float, articles: int, holding: int) -> float:
        """Return weight, rarity and the constant of the numerator."""
        return weight * (log(max(1, articles) / (holding + 1)) + 1) * (self.K1 + 1)

    def worth(self, articles: int, having: int, *, quiet: bool) -> float:  # noqa: ARG002  # the protocol's
        """Return nothing: the factors say it."""
        return 1.0

    def word(self, posted: Sequence[Posted], documents: Numbers) -> Floats:
        """Return the sum over the fields."""
        return added(posted, documents, _bm25)

    def phrase(self, posted: Sequence[Posted], occurrences: Counts, documents: Numbers) -> Floats:  # noqa: ARG002
        """Return the sum over the words, however often they stand in sequence."""
        return added(posted, documents, _bm25)

    def scores(self, amounts: Floats, worth: float) -> Floats:  # noqa: ARG002  # the protocol's
        """Return the amounts."""
        return amounts


RANKING: Scoring = Together()


class _Amount(Protocol):
    def __call__(self, posted: Posted, documents: Numbers, /) -> Floats: ...


def added(posted: Sequence[Posted], documents: Numbers, amount: _Amount) -> Floats:
    """Add up what fields contribute; one that has the word seldom, only where it has it."""
    first, *others = sorted(posted, key=lambda one: -one.part.holding)
    total = amount(first, documents)
    for one in others:
        if one.part.holding * _SELDOM < len(documents):
            places = np.flatnonzero(one.often != 0)
            total[places] += amount(Posted(one.part, one.often.take(places)), documents.take(places))
        else:
            total += amount(one, documents)
    return total


def _weighted(posted: Posted, documents: Numbers) -> Floats:
    result = posted.part.norms.take(documents)
    result *= posted.often
    if posted.part.factor != 1:
        result *= np.float32(posted.part.factor)
    return result


def _bm25(posted: Posted, documents: Numbers) -> Floats:
    result = posted.often.astype(np.float32)
    below = posted.part.norms.take(documents)
    below += result
    result /= below
    result *= np.float32(posted.part.factor)
    return result

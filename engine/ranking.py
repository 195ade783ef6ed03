"""How relevant an article is to some words: BM25F over title and body, and a bonus for neighbours.

For a word w of the query and an article d

    t(w, d)     = sum over fields f of  weight(f) * tf(w, d, f) / (1 - B + B * length(d, f) / average(f))
    score(w, d) = m(w) * idf(w) * (K1 + 1) * t / (t + K1)
    idf(w)      = ln(1 + (N - n + 1/2) / (n + 1/2)),  n of the N articles have w in any of the fields

and m(w) is FUNCTION_WEIGHT for a function word of the article's language ("the", "of"), else 1. The
fields meet *before* saturation, so a word in title and body counts as one word said more often, and
each field is measured by its own average length. That is BM25F as Robertson, Zaragoza and Taylor
gave it ("Simple BM25 extension to multiple weighted fields", CIKM 2004); adding up the scores of
separate fields instead lets the title outshout the other words of the query.

The HEAD best articles are then ranked anew with a bonus for each pair of neighbouring words (x, y) of the
query, function words left out, that the article has next to each other too, in either order:

    bonus(x, y, d) = ADJACENT * (idf(x) + idf(y)) / 2 * (K1 + 1) * a / (a + K1)

where a counts the places, weighted by field like t but without lengths, and words are unstemmed.
It is the ordered part of the sequential dependence model (Metzler and Croft, SIGIR 2005), written in BM25.

The constants were chosen once for four collections together (`benchmarks/relevance.py`). A lower
FUNCTION_WEIGHT would serve long questions a little better, a higher one those who remember the very
words of an article.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.analysis import fold

K1 = 1.2
B = 0.6
FUNCTION_WEIGHT = 0.1
ADJACENT = 0.2
HEAD = 50

Amount = TypeVar("Amount", float, NDArray[np.float64])
"""One article's, or an array over articles."""


def idf(articles: int, having: int) -> float:
    """Return what a word is worth that `having` of `articles` articles have; never negative."""
    return math.log1p((articles - having + 0.5) / (having + 0.5))


def normal(frequency: Amount, length: Amount, average: float) -> Amount:
    """Return a frequency in a field of `length` words as it would be in one of `average` words."""
    return frequency / (1 - B + B * length / (average or 1.0))


def saturated(frequency: Amount) -> Amount:
    """Return how much a (weighted) frequency says: 0 for none, 1 for one, never K1 + 1."""
    return (K1 + 1) * frequency / (frequency + K1)


def bonus(adjacent: Amount, left: float, right: float) -> Amount:
    """Return the bonus of two words that stand together at `adjacent` (weighted) places.

    `left` and `right` are the idf of the unstemmed words.
    """
    return ADJACENT * (left + right) / 2 * saturated(adjacent)


def pairs(words: Sequence[str], languages: Iterable[str]) -> list[tuple[str, str]]:
    """Return the neighbours among the folded words of a query, each pair once, function words left out."""
    known = tuple(languages)
    content = [word for word in words if not any(is_function_word(word, language) for language in known)]
    return list(dict.fromkeys((left, right) for left, right in pairwise(content) if left != right))


def is_function_word(term: str, language: str | None) -> bool:
    """Whether a folded word says nothing by itself in a language; False in languages we have no list of."""
    return term in _function_words(language)


@cache
def _function_words(language: str | None) -> frozenset[str]:
    """Fold the Snowball project's list, which Whoosh carries for fourteen languages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh.lang.stopwords import stoplists
    return frozenset(map(fold, stoplists.get(language, ())))

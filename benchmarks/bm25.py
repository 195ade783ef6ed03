"""BM25 in memory: Lucene's, the baseline; and the steps from what Whoosh does to `engine.ranking`.

Small and slow, so that it can be seen to be right; nothing here is used by the engine.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import Stemmer
from numpy.typing import NDArray

from benchmarks.judged import DEPTH, Document
from engine import ranking
from engine.analysis import stem_term, tokenize

Scores = NDArray[np.float64]
Idf = Callable[[int, int], float]

STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these"
    " they this to was will with".split()
)
"""The thirty-three of Lucene's English analyzer."""

TITLE = 2.0


def whoosh_idf(articles: int, having: int) -> float:
    """Return the idf of Whoosh 2.7.4, at which no word is worth less than 1."""
    return math.log(articles / (having + 1)) + 1


class Postings:
    """One field of all documents: for each term where it stands."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._places: dict[str, dict[int, list[int]]] = defaultdict(dict)
        lengths = []
        for number, text in enumerate(texts):
            lengths.append(len(text))
            for place, term in enumerate(text):
                self._places[term].setdefault(number, []).append(place)
        self.lengths = np.array(lengths, np.float64)
        self.average = float(self.lengths.mean())

    def frequencies(self, term: str) -> Scores:
        """Count a term in every document."""
        counts = np.zeros(len(self.lengths))
        for number, places in self._places.get(term, {}).items():
            counts[number] = len(places)
        return counts

    def adjacent(self, left: str, right: str, number: int) -> int:
        """Count the places of a document where two terms stand together, in either order."""
        after = set(self._places.get(right, {}).get(number, ()))
        return sum((p + 1 in after) + (p - 1 in after) for p in self._places.get(left, {}).get(number, ()))


class Lucene:
    """BM25 as Lucene scores title and text as one field: k1 1.2, b 0.75, Porter, English stop words."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._stem = Stemmer.Stemmer("porter").stemWord
        self._ids = [document.id for document in documents]
        self._postings = Postings(self._terms(f"{document.title} {document.text}") for document in documents)

    def _terms(self, text: str) -> list[str]:
        return [self._stem(word) for word in re.findall(r"\w+", text.lower()) if word not in STOP_WORDS]

    def search(self, query: str) -> list[str]:
        """Return the ids of the best documents; a word said twice in the query counts twice."""
        scores = np.zeros(len(self._ids))
        for term in self._terms(query):
            scores += bm25(self._postings, term, 1.2, 0.75, ranking.idf)
        return best(self._ids, scores)


def bm25(postings: Postings, term: str, k1: float, b: float, idf: Idf) -> Scores:
    """Score a term in one field by itself."""
    counts = postings.frequencies(term)
    norms = 1 - b + b * postings.lengths / postings.average if postings.average else 1.0
    return idf(len(counts), int(np.count_nonzero(counts))) * (k1 + 1) * counts / (counts + k1 * norms)


def best(ids: Sequence[str], scores: Scores) -> list[str]:
    """Return the ids with a score, the best first."""
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [ids[number] for number in order.tolist() if scores[number] > 0]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to rank: each switch is one of the steps to `engine.ranking`."""

    idf: Idf = ranking.idf
    k1: float = ranking.K1
    b: float = ranking.B
    title: float = TITLE
    together: bool = True
    function_weight: float = ranking.FUNCTION_WEIGHT
    adjacent: float = ranking.ADJACENT


_LUCENE_IDF = Variant(b=0.75, together=False, function_weight=1.0, adjacent=0.0)
VARIANTS: dict[str, Variant] = {
    "as Whoosh does": replace(_LUCENE_IDF, idf=whoosh_idf),
    "+ Lucene's idf": _LUCENE_IDF,
    "+ fields together": Variant(b=0.75, function_weight=1.0, adjacent=0.0),
    "+ function words count little": Variant(b=0.75, adjacent=0.0),
    "+ b 0.6": Variant(adjacent=0.0),
    "+ neighbours (engine.ranking)": Variant(),
    "the same, title 1": Variant(title=1.0),
    "the same, title 3": Variant(title=3.0),
    "the same, k1 0.9": Variant(k1=0.9),
    "the same, k1 1.5": Variant(k1=1.5),
    "the same, b 0.5": Variant(b=0.5),
    "the same, neighbours 0.4": Variant(adjacent=0.4),
}


@dataclass(slots=True)
class Fields:
    """Title and text of all documents under our analysis, stemmed and not."""

    documents: Sequence[Document]
    ids: list[str] = field(init=False)
    stems: tuple[Postings, Postings] = field(init=False)
    words: tuple[Postings, Postings] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = [document.id for document in self.documents]
        titles = [_words(document.title) for document in self.documents]
        texts = [_words(document.text) for document in self.documents]
        self.words = Postings(titles), Postings(texts)
        self.stems = Postings(map(_stems, titles)), Postings(map(_stems, texts))

    def search(self, query: str, variant: Variant) -> list[str]:
        """Return the ids of the best documents."""
        words = list(dict.fromkeys(_words(query)))
        scores = np.zeros(len(self.ids))
        for stem in dict.fromkeys(map(_stem, words)):
            of_stem = [word for word in words if _stem(word) == stem]
            quiet = all(ranking.is_function_word(word, "en") for word in of_stem)
            scores += self._score(stem, variant) * (variant.function_weight if quiet else 1.0)
        if variant.adjacent:
            self._add_neighbours(scores, words, variant)
        return best(self.ids, scores)

    def _score(self, stem: str, variant: Variant) -> Scores:
        k1, b, idf = variant.k1, variant.b, variant.idf
        if not variant.together:
            title, text = (bm25(postings, stem, k1, b, idf) for postings in self.stems)
            return variant.title * title + text
        counts = np.zeros(len(self.ids))
        for postings, weight in zip(self.stems, (variant.title, 1.0), strict=True):
            norms = 1 - b + b * postings.lengths / (postings.average or 1.0)
            counts += weight * postings.frequencies(stem) / norms
        return idf(len(counts), int(np.count_nonzero(counts))) * (k1 + 1) * counts / (counts + k1)

    def _add_neighbours(self, scores: Scores, words: list[str], variant: Variant) -> None:
        head = [n for n in np.argsort(-scores, kind="stable")[: ranking.HEAD].tolist() if scores[n] > 0]
        for left, right in ranking.pairs(words, ("en",)):
            worth = (self._worth(left), self._worth(right))
            for number in head:
                title, text = (postings.adjacent(left, right, number) for postings in self.words)
                bonus = ranking.bonus(variant.title * title + text, *worth)
                scores[number] += bonus * variant.adjacent / ranking.ADJACENT

    def _worth(self, word: str) -> float:
        having = sum(postings.frequencies(word) for postings in self.words)
        return ranking.idf(len(self.ids), int(np.count_nonzero(having)))


def _words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def _stem(word: str) -> str:
    return stem_term(word, "en")


def _stems(words: Iterable[str]) -> list[str]:
    return [_stem(word) for word in words]

"""From the words of a query to posting lists: which there are, in which segment, and what they weigh.

Statistics are those of the whole index, so that a score does not depend on how articles happened to
fall into segments. They count dead documents too, as Whoosh's do, until a merge drops them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from math import log

import numpy as np
from numpy.typing import NDArray

from engine.analysis import stem_variants
from engine.fields import Field
from engine.whoosh.build import STEMMED, words_name
from engine.whoosh.fuzzy import alike
from engine.whoosh.lexicon import decode, encode
from engine.whoosh.limits import Budget
from engine.whoosh.numbers import Capped
from engine.whoosh.segment import Terms, Words
from engine.whoosh.snapshot import K1, Index

_COMPARISON = 40
"""How many postings could be read while one word is compared with a fuzzy one."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """What a field contributes to the score of a list: `factor * often / (often + norm)`."""

    often: Capped
    norms: Floats
    factor: float
    holding: int
    """In how many documents of the list the term stands in this field."""


@dataclass(frozen=True, slots=True)
class PostingList:
    """The postings of one term in one segment, from `start` up to `end` of `terms`."""

    terms: Terms
    start: int
    end: int
    parts: tuple[Part, ...]
    whole: bool = True
    """Whether the term stands in one of the parts' fields in every document of the list."""

    def __len__(self) -> int:
        return self.end - self.start


Lists = tuple[PostingList, ...]


class Lookup:
    """Finds the posting lists of one search; each word is looked up once for all segments."""

    def __init__(self, index: Index, languages: tuple[str, ...], budget: Budget) -> None:
        self.index = index
        self._languages = languages
        self._budget = budget
        self._known: dict[object, tuple[Lists, ...]] = {}

    def word(self, word: str, fields: tuple[Field, ...]) -> tuple[Lists, ...]:
        """Return for each segment the lists of a word: by its stems where fields have them."""
        return self._once(("word", word, fields), lambda: self._word(word, fields))

    def exact(self, word: str, field: Field) -> tuple[Lists, ...]:
        """Return for each segment the list of an unstemmed word in a field."""
        return self._once(("exact", word, field), lambda: self._exact(word, field))

    def prefix(self, prefix: str, field: Field) -> tuple[Lists, ...]:
        """Return for each segment the lists of all words with a prefix, several words to a list."""
        return self._once(("prefix", prefix, field), lambda: self._prefix(prefix, field))

    def fuzzy(self, word: str, distance: int, field: Field) -> tuple[Lists, ...]:
        """Return for each segment the lists of all words like a word."""
        return self._once(("fuzzy", word, distance, field), lambda: self._fuzzy(word, distance, field))

    def _once(self, key: object, find: Callable[[], tuple[Lists, ...]]) -> tuple[Lists, ...]:
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]

    # --- single words ---------------------------------------------------------------------

    def _word(self, word: str, fields: tuple[Field, ...]) -> tuple[Lists, ...]:
        stemmed = tuple(field for field in fields if field.stemmed)
        found = [self.exact(word, field) for field in fields if not field.stemmed]
        if stemmed:
            found += [self._stem(encode(term), stemmed) for term in stem_variants(word, self._languages)]
        return _by_segment(found, len(self.index.segments))

    def _stem(self, term: bytes, fields: tuple[Field, ...]) -> tuple[Lists, ...]:
        """Return for each segment the list of a stem; it serves all stemmed fields."""
        segments = self.index.segments
        places = [segment.stems.lexicon.find(term) for segment in segments]
        if max(places, default=-1) < 0:
            return ()
        ranges = [s.stems.range(p) if p >= 0 else (0, 0) for s, p in zip(segments, places, strict=True)]
        counts = [
            [int(np.count_nonzero(s.stems.often[f.name].between(*r))) for f in fields]
            for s, r in zip(segments, ranges, strict=True)
        ]
        factors = [self._factor(field, int(sum(c[k] for c in counts))) for k, field in enumerate(fields)]
        norms = [self.index.norms(field.name) for field in fields]
        lists = []
        for number, (segment, (start, end)) in enumerate(zip(segments, ranges, strict=True)):
            parts = tuple(
                Part(segment.stems.often[f.name], norms[k][number], factors[k], counts[number][k])
                for k, f in enumerate(fields)
                if counts[number][k]
            )
            whole = len(fields) == len(STEMMED) or any(part.holding == end - start for part in parts)
            lists.append((PostingList(segment.stems, start, end, parts, whole),) if parts else ())
        return tuple(lists)

    def _exact(self, word: str, field: Field) -> tuple[Lists, ...]:
        fields = self._fields(field)
        places = [words.lexicon.find(encode(word)) for words in fields]
        counts = [
            words.count(place) if place >= 0 else 0 for words, place in zip(fields, places, strict=True)
        ]
        factor = self._factor(field, sum(counts))
        norms = self.index.norms(words_name(field))
        return tuple(
            (PostingList(words, *words.range(place), (Part(words.often, norm, factor, count),)),)
            if count
            else ()
            for words, place, count, norm in zip(fields, places, counts, norms, strict=True)
        )

    def _factor(self, field: Field, holding: int) -> float:
        """Return weight, rarity and the constant of BM25F's numerator."""
        rarity = log(max(1, self.index.columns.size) / (holding + 1)) + 1
        return (field.weight or 1.0) * rarity * (K1 + 1)

    def _fields(self, field: Field) -> list[Words]:
        return [segment.words[words_name(field)] for segment in self.index.segments]

    # --- patterns -------------------------------------------------------------------------

    def _prefix(self, prefix: str, field: Field) -> tuple[Lists, ...]:
        """Words with a prefix stand side by side, and so do their postings."""
        fields = self._fields(field)
        ranges = [words.lexicon.starting(encode(prefix)) for words in fields]
        spans = [(w.first[low], w.first[high]) for w, (low, high) in zip(fields, ranges, strict=True)]
        if sum(end - start for start, end in spans) <= self._budget.limits.pattern:
            return tuple(
                (PostingList(words, start, end, ()),) if end > start else ()
                for words, (start, end) in zip(fields, spans, strict=True)
            )
        found = [np.arange(low, high) for low, high in ranges]
        return self._most_frequent(fields, found, f"{prefix}*")

    def _fuzzy(self, word: str, distance: int, field: Field) -> tuple[Lists, ...]:
        fields = self._fields(field)
        found = []
        for words in fields:
            low, high = words.lexicon.starting(encode(word[:1]))
            if high - low > self._budget.limits.scanned:
                self._warn(f"{word}~", "only a part of them was searched")
                high = low + self._budget.limits.scanned
            self._budget.spend((high - low) * _COMPARISON)
            found.append(alike(words.lexicon, low, high, word, distance))
        return self._most_frequent(fields, found, f"{word}~")

    def _most_frequent(self, fields: list[Words], found: list[Numbers], shown: str) -> tuple[Lists, ...]:
        """Return the lists of those terms, the most frequent in the whole index, that the budget allows."""
        counts: dict[bytes, int] = {}
        for words, places in zip(fields, found, strict=True):
            for place in places.tolist():
                term = words.lexicon[place]
                counts[term] = counts.get(term, 0) + words.count(place)
        kept = set(_affordable(counts, self._budget.limits.pattern))
        if len(kept) < len(counts):
            self._warn(shown, f"only the {len(kept)} most frequent were searched")
        return tuple(
            tuple(
                PostingList(words, *words.range(place), ())
                for place in places.tolist()
                if words.lexicon[place] in kept
            )
            for words, places in zip(fields, found, strict=True)
        )

    def _warn(self, shown: str, consequence: str) -> None:
        self._budget.warn(f"“{shown}” stands for too many words; {consequence}.")

    # --- the dictionary -------------------------------------------------------------------

    def similar(self, word: str, distance: int, fields: Iterable[Field]) -> dict[str, int]:
        """Return the unstemmed words like `word` and in about how many articles they stand."""
        counts: dict[str, int] = {}
        for field in fields:
            for words in self._fields(field):
                low, high = words.lexicon.starting(encode(word[:1]))
                high = min(high, low + self._budget.limits.scanned)
                for place in alike(words.lexicon, low, high, word, distance).tolist():
                    term = decode(words.lexicon[place])
                    counts[term] = counts.get(term, 0) + words.count(place)
        return counts


def _by_segment(found: list[tuple[Lists, ...]], segments: int) -> tuple[Lists, ...]:
    """Join what was found for several terms, segment by segment."""
    return tuple(
        tuple(one for lists in found if lists for one in lists[number]) for number in range(segments)
    )


def _affordable(counts: dict[bytes, int], room: int) -> Iterable[bytes]:
    """Yield the most frequent terms as long as their postings fit."""
    for term in nlargest(len(counts), counts, key=lambda term: (counts[term], term)):
        room -= counts[term]
        if room < 0:
            return
        yield term

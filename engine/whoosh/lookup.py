"""From the words of a query to posting lists: which there are, in which segment, and what they weigh.

Statistics are those of the whole index, so that a score does not depend on how articles happened to
fall into segments. They count dead documents too, as Whoosh's do, until a merge drops them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from engine.analysis import stem_term
from engine.fields import Field
from engine.matching import literal_start, wildcard
from engine.ranking import is_function_word
from engine.whoosh.build import STEMMED, words_name
from engine.whoosh.fuzzy import alike
from engine.whoosh.lexicon import decode, encode
from engine.whoosh.limits import Budget
from engine.whoosh.scoring import Part, Posted
from engine.whoosh.segment import Terms, Words
from engine.whoosh.snapshot import Index

_COMPARISON = 40
_SHAPE = 100
"""How many postings could be read while one word is compared with a fuzzy one, or with a shape."""

_SPARE = 8
"""How many times as many words of each dictionary are compared as completions are wanted."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class PostingList:
    """The postings of one term in one segment, from `start` up to `end` of `terms`."""

    terms: Terms
    start: int
    end: int
    parts: tuple[Part, ...] = ()
    worth: float = 0.0
    whole: bool = True
    """Whether the term stands in one of the parts' fields in every document of the list."""

    def __len__(self) -> int:
        return self.end - self.start

    @cached_property
    def documents(self) -> Numbers:
        """The documents; they rise unless the list is of several terms."""
        return self.terms.documents[self.start : self.end]

    @property
    def positions(self) -> int:
        """In how many places the term stands in all documents; of unstemmed words only."""
        if not isinstance(self.terms, Words):
            return 0
        term = self.terms.at(self.start)
        return self.terms.place_first[term + 1] - self.terms.place_first[term]

    def posted(self, places: Numbers | None = None) -> list[Posted]:
        """Return how often the term stands in the fields of all its documents, or those at some places."""
        if places is None:
            return [Posted(part, part.often.between(self.start, self.end)) for part in self.parts]
        return [Posted(part, part.often.at(places + self.start)) for part in self.parts]


Lists = tuple[PostingList, ...]


class Lookup:
    """Finds the posting lists of one search; each word is looked up once for all segments."""

    def __init__(self, index: Index, languages: tuple[str, ...], budget: Budget) -> None:
        self.index = index
        self.languages = languages
        self._budget = budget
        self._known: dict[object, tuple[Lists, ...]] = {}
        self._unscanned = budget.limits.scanned

    def word(self, word: str, fields: tuple[Field, ...]) -> tuple[Lists, ...]:
        """Return for each segment the lists of a word: by its stems where fields have them."""
        return self._once(("word", word, fields), lambda: self._word(word, fields))

    def exact(self, word: str, field: Field) -> tuple[Lists, ...]:
        """Return for each segment the list of an unstemmed word in a field."""
        return self._once(("exact", word, field), lambda: self._exact(word, field))

    def prefix(self, prefix: str, field: Field) -> tuple[Lists, ...]:
        """Return for each segment the lists of all words with a prefix, several words to a list."""
        return self._once(("prefix", prefix, field), lambda: self._prefix(prefix, field))

    def wildcard(self, text: str, field: Field) -> tuple[Lists, ...]:
        """Return for each segment the lists of all words that a word with `?` and `*` stands for."""
        return self._once(("wildcard", text, field), lambda: self._wildcard(text, field))

    def fuzzy(self, word: str, distance: int, field: Field) -> tuple[Lists, ...]:
        """Return for each segment the lists of all words like a word."""
        return self._once(("fuzzy", word, distance, field), lambda: self._fuzzy(word, distance, field))

    def _once(self, key: object, find: Callable[[], tuple[Lists, ...]]) -> tuple[Lists, ...]:
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]

    # --- single words ---------------------------------------------------------------------

    def worth(self, word: str, fields: tuple[Field, ...]) -> float:
        """Return the worth of an unstemmed word, by the field that has it most often."""
        having = max(sum(map(len, self._exact_lists(word, field))) for field in fields)
        return self._worth(word, having, self.languages)

    def _worth(self, word: str, having: int, languages: Iterable[str | None]) -> float:
        quiet = any(is_function_word(word, language) for language in languages)
        return self.index.scoring.worth(self.index.columns.size, having, quiet=quiet)

    def _word(self, word: str, fields: tuple[Field, ...]) -> tuple[Lists, ...]:
        stemmed = tuple(field for field in fields if field.stemmed)
        found = [self.exact(word, field) for field in fields if not field.stemmed]
        if stemmed:
            found += self._stems(word, stemmed)
        return _by_segment(found, len(self.index.segments))

    def _stems(self, word: str, fields: tuple[Field, ...]) -> list[tuple[Lists, ...]]:
        """Return for each form the word may have its lists; they serve all stemmed fields."""
        forms: dict[str, list[str | None]] = {word: [None]}
        for language in self.languages:
            forms.setdefault(stem_term(word, language), []).append(language)
        found = [
            (languages, stem)
            for form, languages in forms.items()
            if (stem := _Stem(self.index, encode(form), fields)).having
        ]
        having = sum(stem.having for _, stem in found)
        return [stem.lists(self._worth(word, having, languages)) for languages, stem in found]

    def _exact(self, word: str, field: Field) -> tuple[Lists, ...]:
        lists = self._exact_lists(word, field)
        worth = self._worth(word, sum(map(len, lists)), self.languages)
        factor = self.index.factor(field, sum(map(len, lists)))
        norms = self.index.norms(words_name(field))
        return tuple(
            (PostingList(words, span.start, span.stop, (Part(words.often, norm, factor, len(span)),), worth),)
            if span
            else ()
            for words, span, norm in zip(self._fields(field), lists, norms, strict=True)
        )

    def _exact_lists(self, word: str, field: Field) -> list[range]:
        """Return for each segment where the postings of an unstemmed word stand."""
        term = encode(word)
        places = [(words, words.lexicon.find(term)) for words in self._fields(field)]
        return [range(*words.range(place)) if place >= 0 else range(0) for words, place in places]

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
                (PostingList(words, start, end),) if end > start else ()
                for words, (start, end) in zip(fields, spans, strict=True)
            )
        found = [np.arange(low, high) for low, high in ranges]
        return self._most_frequent(fields, found, f"{prefix}*")

    def _wildcard(self, text: str, field: Field) -> tuple[Lists, ...]:
        shape = wildcard(text)
        fields, found = self._fields(field), []
        for words in fields:
            low, high = self._scanned(words, literal_start(text), text, _SHAPE)
            terms = enumerate(words.lexicon.between(low, high), low)
            found.append(np.array([n for n, term in terms if shape.fullmatch(decode(term))], np.int64))
        return self._most_frequent(fields, found, text)

    def _fuzzy(self, word: str, distance: int, field: Field) -> tuple[Lists, ...]:
        fields, found = self._fields(field), []
        for words in fields:
            low, high = self._scanned(words, word[:1], f"{word}~", _COMPARISON)
            found.append(alike(words.lexicon, low, high, word, distance))
        return self._most_frequent(fields, found, f"{word}~")

    def _scanned(self, words: Words, start: str, shown: str, each: int) -> tuple[int, int]:
        """Return the stretch of a dictionary that begins so, as far as it may be compared with a pattern."""
        low, high = words.lexicon.starting(encode(start))
        if high - low > self._budget.limits.scanned:
            self._warn(shown, "only a part of them was searched")
            high = low + self._budget.limits.scanned
        self._budget.spend((high - low) * each)
        return low, high

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
                PostingList(words, *words.range(place))
                for place in places.tolist()
                if words.lexicon[place] in kept
            )
            for words, places in zip(fields, found, strict=True)
        )

    def _warn(self, shown: str, consequence: str) -> None:
        self._budget.warn(f"“{shown}” stands for too many words; {consequence}.")

    # --- the dictionary -------------------------------------------------------------------

    def starting(self, start: str, limit: int, fields: Iterable[Field]) -> dict[str, int]:
        """Return the most frequent words that begin so, and in about how many articles they stand."""
        dictionaries = [words for field in fields for words in self._fields(field)]
        found = {
            term for words in dictionaries for term in _most_common(words, encode(start), limit * _SPARE)
        }
        places = {term: [(words, words.lexicon.find(term)) for words in dictionaries] for term in found}
        return {
            decode(term): sum(words.count(place) for words, place in at if place >= 0)
            for term, at in places.items()
        }

    def similar(self, word: str, distance: int, fields: Iterable[Field]) -> dict[str, int]:
        """Return the unstemmed words like `word`, as far as may be scanned, and their numbers of articles."""
        counts: dict[str, int] = {}
        for field in fields:
            for words in self._fields(field):
                low, high = words.lexicon.starting(encode(word[:1]))
                high = min(high, low + self._unscanned)
                self._unscanned -= high - low
                for place in alike(words.lexicon, low, high, word, distance).tolist():
                    term = decode(words.lexicon[place])
                    counts[term] = counts.get(term, 0) + words.count(place)
        return counts


class _Stem:
    """A stem in all segments, as far as some fields have it."""

    def __init__(self, index: Index, term: bytes, fields: tuple[Field, ...]) -> None:
        self._index = index
        self._fields = fields
        places = [segment.stems.lexicon.find(term) for segment in index.segments]
        self._spans = [
            range(*segment.stems.range(place)) if place >= 0 else range(0)
            for segment, place in zip(index.segments, places, strict=True)
        ]
        self._everywhere = len(fields) == len(STEMMED)
        self._holding = [self._count(number, (field,)) for number in range(len(places)) for field in fields]
        self.having = sum(
            len(span) if self._everywhere else self._count(number, fields)
            for number, span in enumerate(self._spans)
        )

    def _count(self, number: int, fields: tuple[Field, ...]) -> int:
        """Count the documents of a segment that have it in any of some fields."""
        span, stems = self._spans[number], self._index.segments[number].stems
        if not span:
            return 0
        often = [stems.often[field.name].between(span.start, span.stop) != 0 for field in fields]
        return int(np.count_nonzero(np.logical_or.reduce(often) if len(often) > 1 else often[0]))

    def lists(self, worth: float) -> tuple[Lists, ...]:
        """Return for each segment the list, none where it has nothing."""
        width = len(self._fields)
        factors = [self._index.factor(f, sum(self._holding[k::width])) for k, f in enumerate(self._fields)]
        lists = []
        for number, (segment, span) in enumerate(zip(self._index.segments, self._spans, strict=True)):
            holding = self._holding[number * width : (number + 1) * width]
            parts = tuple(
                Part(segment.stems.often[f.name], self._index.norms(f.name)[number], factor, count)
                for f, factor, count in zip(self._fields, factors, holding, strict=True)
                if count
            )
            whole = self._everywhere or len(span) in holding
            one = PostingList(segment.stems, span.start, span.stop, parts, worth, whole)
            lists.append((one,) if parts else ())
        return tuple(lists)


def _by_segment(found: list[tuple[Lists, ...]], segments: int) -> tuple[Lists, ...]:
    """Join what was found for several terms, segment by segment."""
    return tuple(
        tuple(one for lists in found if lists for one in lists[number]) for number in range(segments)
    )


def _most_common(words: Words, start: bytes, limit: int) -> Iterable[bytes]:
    """Return the terms of a dictionary that begin so and stand in the most documents."""
    low, high = words.lexicon.starting(start)
    counts = np.diff(words.firsts[low : high + 1].astype(np.int64))
    best = np.argpartition(-counts, limit)[:limit] if len(counts) > limit else np.arange(len(counts))
    return (words.lexicon[low + place] for place in best.tolist())


def _affordable(counts: dict[bytes, int], room: int) -> Iterable[bytes]:
    """Yield the most frequent terms as long as their postings fit."""
    for term in nlargest(len(counts), counts, key=lambda term: (counts[term], term)):
        room -= counts[term]
        if room < 0:
            return
        yield term

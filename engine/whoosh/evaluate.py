"""Evaluating our query tree on one segment after the other, all documents of a posting list at once.

    And(Term("army"), Phrase("red line"), Value("lang", ("fr",)))
     │
     ├─ the documents of the rarest word, unscored
     ├─ of those, the ones that meet what is true or false: Value, DateRange, Not, as masks
     ├─ of those, the ones with the other words     Term    <── posting lists (engine.whoosh.lookup)
     │                                              Phrase  <── and positions (engine.whoosh.sequence)
     └─ scores of what is left (engine.whoosh.scoring)

What it may cost was told before (engine.whoosh.cost). Scores are sums over the words and phrases of the
query; a pattern scores the weight of its field, a condition nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.fields import Field
from engine.matching import fields_of, words_of
from engine.model import Filter
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Query, Term, Value, Wildcard
from engine.whoosh.columns import between
from engine.whoosh.cost import Cost
from engine.whoosh.hits import NO_HITS, SPARSE, Documents, Floats, Hits, marked, meet, places_in, unite
from engine.whoosh.lookup import Lists, Lookup, PostingList
from engine.whoosh.segment import StemWords
from engine.whoosh.sequence import in_sequence
from engine.whoosh.snapshot import Index

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of living documents, each once, and their scores; None stands for all zero."""

    documents: Numbers
    scores: Floats | None = None

    def known_scores(self) -> Floats:
        """Return the scores, zeros when there are none."""
        return np.zeros(len(self.documents), np.float32) if self.scores is None else self.scores


def evaluate(index: Index, lookup: Lookup, query: Query, *, scored: bool = True) -> Found:
    """Return what matches, in any order, with scores if they are wanted."""
    parts = []
    for number, segment in enumerate(index.segments):
        for hits in _Evaluation(index, number, lookup, scored=scored).pieces(query):
            living = hits
            if segment.dead is not None:
                living = hits.take(np.flatnonzero(~segment.dead.take(hits.documents)))
            parts.append(_numbered(living, index.columns.offsets[number]))
    return _joined(parts)


def score(index: Index, lookup: Lookup, query: Query, found: Numbers) -> Found:
    """Return documents that are known to match, rising, with their scores."""
    ends = np.searchsorted(found, index.columns.offsets)
    parts = []
    for number in range(len(index.segments)):
        offset = index.columns.offsets[number]
        within = Hits(found[ends[number] : ends[number + 1]] - offset)
        if len(within.documents):
            hits = _Evaluation(index, number, lookup, scored=True).hits(query, within)
            parts.append(_numbered(hits, offset))
    return _joined(parts)


def _numbered(hits: Hits, offset: int) -> Found:
    return Found(hits.documents + offset if offset else hits.documents, hits.scores)


def _joined(parts: Sequence[Found]) -> Found:
    if len(parts) == 1:
        return parts[0]
    documents = np.concatenate([NO_HITS.documents, *(part.documents for part in parts)])
    if all(part.scores is None for part in parts):
        return Found(documents)
    return Found(documents, np.concatenate([part.known_scores() for part in parts]))


class _Evaluation:
    """The evaluation of one query on one segment."""

    def __init__(self, index: Index, number: int, lookup: Lookup, *, scored: bool) -> None:
        self._index = index
        self._columns = index.columns
        self._number = number
        self._lookup = lookup
        self._size = index.segments[number].size
        self._scored = scored

    def _unscored(self) -> _Evaluation:
        """Return an evaluation that only says what matches."""
        if not self._scored:
            return self
        return _Evaluation(self._index, self._number, self._lookup, scored=False)

    def pieces(self, query: Query) -> list[Hits]:
        """Return what matches in pieces without a document in common: a word's languages need no merging."""
        if isinstance(query, Term) and len(words := words_of(query.text)) == 1:
            lists = self._lookup.word(words[0], fields_of(query))[self._number]
            if all(isinstance(one.terms, StemWords) for one in lists):
                return [self._list(one) for one in lists]
        return [self.hits(query)]

    def hits(self, query: Query, within: Hits | None = None) -> Hits:
        """Return what matches; among the hits `within`, whose scores are added to, if they are given."""
        match query:
            case And(children):
                return self._all_of(children, within)
            case Or(children):
                return meet(within, self._any_of(children, within), self._size)
            case All() | Value() | DateRange() | Not():
                return self._condition(query, within)
            case Prefix() | Wildcard() | Fuzzy():
                return meet(within, self._pattern(query), self._size)
            case _:
                return self._words(query, within)

    # --- and, or, not ---------------------------------------------------------------------

    def _all_of(self, children: tuple[Query, ...], within: Hits | None) -> Hits:
        scoring = sorted(
            (child for child in children if not _is_condition(child)), key=Cost(self._lookup).found
        )
        if within is None and len(children) > 1 and scoring and self._is_one_word(scoring[0]):
            # What the rarest word is worth is worked out last, for the few documents that have all.
            within = self._unscored().hits(scoring[0])
            scoring = [*scoring[1:], scoring[0]] if self._scored else scoring[1:]
        elif scoring:
            within = self.hits(scoring.pop(0), within)
        for child in children:
            if _is_condition(child):
                within = self._condition(child, within)
        for child in scoring:
            within = self.hits(child, within)
            if not len(within.documents):
                break
        return self._condition(All(), within) if within is None else within

    def _is_one_word(self, query: Query) -> bool:
        return isinstance(query, Term) and len(words_of(query.text)) == 1

    def _any_of(self, children: tuple[Query, ...], within: Hits | None) -> Hits:
        """Unite what the children match; among few hits each looks for itself."""
        inside = None if within is None else Hits(within.documents)
        if inside is None:
            parts = [piece for child in children for piece in self.pieces(child)]
        else:
            parts = [self.hits(child, inside) for child in children]
        return self._united(parts)

    def _united(self, parts: Sequence[Hits]) -> Hits:
        return unite(parts, self._size)

    def _condition(self, query: Query, within: Hits | None) -> Hits:
        if within is None:
            return Hits(np.flatnonzero(self._mask(query)))
        if isinstance(query, All):
            return within
        if isinstance(query, DateRange):
            offset = self._columns.offsets[self._number]
            moments = self._columns.moments.take(within.documents + np.int64(offset))
            return within.take(np.flatnonzero(between(moments, query.start, query.end)))
        return within.take(np.flatnonzero(self._mask(query).take(within.documents)))

    def _mask(self, query: Query) -> Mask:
        """Mark the documents that match."""
        start, end = self._columns.offsets[self._number : self._number + 2]
        match query:
            case All():
                return np.ones(self._size, np.bool_)
            case Value(field, values):
                chosen = Filter(field, values)
                return self._columns.filtered(chosen)[start:end] if values else np.zeros(self._size, np.bool_)
            case DateRange(first, last):
                return self._columns.between(first, last)[start:end]
            case Not(child):
                return ~self._mask(child)
            case _:
                return marked(self._unscored().hits(query).documents, self._size)

    # --- words ----------------------------------------------------------------------------

    def _words(self, leaf: Term | Phrase, within: Hits | None) -> Hits:
        words, fields = words_of(leaf.text), fields_of(leaf)
        if not words:
            return NO_HITS
        if isinstance(leaf, Term) and len(words) == 1:
            return self._word(self._lookup.word(words[0], fields)[self._number], within)
        slop = leaf.slop if isinstance(leaf, Phrase) else 1
        return meet(within, self._phrase(words, slop, fields, within), self._size)

    def _word(self, lists: Lists, within: Hits | None) -> Hits:
        """Unite the lists of a word: those of several languages, or of several fields."""
        if within is None:
            return self._united([self._list(one) for one in lists])
        return meet(
            within, self._united([self._list_within(one, within.documents) for one in lists]), self._size
        )

    def _list(self, one: PostingList) -> Hits:
        if one.whole and not self._scored:
            return Hits(one.documents)
        return self._worth(one, one.documents, None)

    def _list_within(self, one: PostingList, wanted: Documents) -> Hits:
        """Return the hits of a list among some documents; only those are scored."""
        places = self._places(one, wanted)
        documents = one.documents.take(places)
        return Hits(documents) if one.whole and not self._scored else self._worth(one, documents, places)

    def _worth(self, one: PostingList, documents: Documents, places: Numbers | None) -> Hits:
        """Score documents of a list; those where the term stands only in another field are left out."""
        scoring = self._index.scoring
        amounts = scoring.word(one.posted(places), documents)
        if not one.whole:
            kept = np.flatnonzero(amounts > 0)
            documents, amounts = documents.take(kept), amounts.take(kept)
        return Hits(documents, scoring.scores(amounts, one.worth) if self._scored else None)

    def _places(self, one: PostingList, wanted: Documents) -> Numbers:
        """Return where in a list those of the wanted documents stand that are in it."""
        return places_in(one.documents, wanted, self._size)

    # --- patterns -------------------------------------------------------------------------

    def _pattern(self, leaf: Prefix | Wildcard | Fuzzy) -> Hits:
        """Return the documents with any word of a pattern, all with the weight of the field."""
        words = words_of(leaf.text)
        if not words:
            return NO_HITS
        return self._united([self._any_word(leaf, words[-1], field) for field in fields_of(leaf)])

    def _any_word(self, leaf: Prefix | Wildcard | Fuzzy, word: str, field: Field) -> Hits:
        if isinstance(leaf, Prefix):
            lists = self._lookup.prefix(word, field)[self._number]
        elif isinstance(leaf, Wildcard):
            lists = self._lookup.wildcard(leaf.text, field)[self._number]
        else:
            lists = self._lookup.fuzzy(word, leaf.distance, field)[self._number]
        total = sum(map(len, lists))
        found = np.concatenate([NO_HITS.documents, *(one.documents for one in lists)])
        if total * SPARSE < self._size:
            found.sort()
            documents = found.take(np.flatnonzero(np.diff(found, prepend=-1)))
        else:
            documents = np.flatnonzero(marked(found, self._size))
        weight = np.full(len(documents), field.weight or 1.0, np.float32) if self._scored else None
        return Hits(documents, weight)

    # --- phrases --------------------------------------------------------------------------

    def _phrase(
        self, words: tuple[str, ...], slop: int, fields: tuple[Field, ...], within: Hits | None
    ) -> Hits:
        """Return the documents with the words in sequence in any of the fields."""
        found = self._united([self._phrase_in(words, slop, field, within) for field in fields])
        if found.scores is None or not len(found.documents):
            return found
        worth = sum(self._lookup.worth(word, fields) for word in dict.fromkeys(words))
        return replace(found, scores=self._index.scoring.scores(found.scores, worth))

    def _phrase_in(self, words: tuple[str, ...], slop: int, field: Field, within: Hits | None) -> Hits:
        """Return the documents with the words in sequence in a field, and the amounts of the phrase."""
        if len(words) == 1:
            return self._united([self._alone(one, within) for one in self._exact(words[0], field)])
        different = tuple(dict.fromkeys(words))
        found = [self._exact(word, field) for word in different]
        if not all(found):
            return NO_HITS
        lists = [one for (one,) in found]
        documents = self._in_all(lists, within)
        places = [self._places(one, documents) for one in lists]
        kept, often = in_sequence(lists, [different.index(word) for word in words], places, slop)
        documents = documents.take(kept)
        if not self._scored:
            return Hits(documents)
        posted = [one.posted(place.take(kept))[0] for one, place in zip(lists, places, strict=True)]
        return Hits(documents, self._index.scoring.phrase(posted, often, documents))

    def _exact(self, word: str, field: Field) -> Lists:
        return self._lookup.exact(word, field)[self._number]

    def _alone(self, one: PostingList, within: Hits | None) -> Hits:
        """Return the documents of a phrase of one word."""
        places = None if within is None else self._places(one, within.documents)
        documents = one.documents if places is None else one.documents.take(places)
        if not self._scored:
            return Hits(documents)
        posted = one.posted(places)
        return Hits(documents, self._index.scoring.phrase(posted, posted[0].often, documents))

    def _in_all(self, lists: Sequence[PostingList], within: Hits | None) -> Documents:
        """Return the documents that are in all lists, beginning with the shortest."""
        first, *others = sorted(lists, key=len)
        documents = first.documents
        if within is not None:
            documents = documents.take(self._places(first, within.documents))
        for one in others:
            documents = one.documents.take(self._places(one, documents))
        return documents


def _is_condition(query: Query) -> bool:
    return isinstance(query, All | Value | DateRange | Not)

"""Evaluating our query tree on one segment after the other, all documents of a posting list at once.

    And(Term("army"), Phrase("red line"), Value("lang", ("fr",)))
     │
     ├─ what has a score, the smallest first; the next ones look only at what is left
     │     Term    documents, scores   <── posting lists (engine.whoosh.lookup)
     │     Phrase  documents, scores   <── and positions (engine.whoosh.sequence)
     └─ what is true or false, as masks over all documents
           Value, DateRange, Not

Every step pays from the budget before it reads. Scores are those of Whoosh's BM25F: a sum over the
fields of a word, over the words of a phrase, over the parts of AND and OR; a pattern scores the weight
of its field, a condition nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.fields import Field
from engine.matching import fields_of, words_of
from engine.model import Filter
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Query, Term, Value
from engine.whoosh.columns import between
from engine.whoosh.limits import Budget
from engine.whoosh.lookup import Lists, Lookup, Part, PostingList
from engine.whoosh.segment import StemWords
from engine.whoosh.sequence import in_sequence
from engine.whoosh.snapshot import Index

Documents = NDArray[np.uint32]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Often = NDArray[np.integer[Any]]

_SPARSE = 16
"""Lists whose lengths differ by this factor are searched, others spread over the segment."""

_NOWHERE = np.empty(0, np.uint32)


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents of a segment in rising order with their scores; None stands for all zero."""

    documents: Documents
    scores: Floats | None = None

    def take(self, places: Numbers) -> Hits:
        """Return the hits at these places."""
        return Hits(self.documents.take(places), None if self.scores is None else self.scores.take(places))

    def plus(self, scores: Floats | None) -> Hits:
        """Add scores to those there are."""
        if scores is None or self.scores is None:
            return Hits(self.documents, self.scores if scores is None else scores)
        return Hits(self.documents, self.scores + scores)


NO_HITS = Hits(_NOWHERE)


def evaluate(index: Index, lookup: Lookup, query: Query, budget: Budget) -> tuple[Numbers, Floats]:
    """Return the numbers of the living articles that match, each once, in any order, and their scores."""
    found, scored = [], []
    for number, segment in enumerate(index.segments):
        for hits in _Evaluation(index, number, lookup, budget).pieces(query):
            living = hits
            if segment.dead is not None:
                living = hits.take(np.flatnonzero(~segment.dead.take(hits.documents)))
            found.append(living.documents + np.int64(index.columns.offsets[number]))
            scored.append(_zeros(living) if living.scores is None else living.scores)
    if len(found) == 1:
        return found[0], scored[0]
    return np.concatenate([np.empty(0, np.int64), *found]), np.concatenate([np.empty(0, np.float32), *scored])


def _zeros(hits: Hits) -> Floats:
    return np.zeros(len(hits.documents), np.float32)


class _Evaluation:
    """The evaluation of one query on one segment."""

    def __init__(self, index: Index, number: int, lookup: Lookup, budget: Budget) -> None:
        self._columns = index.columns
        self._number = number
        self._lookup = lookup
        self._budget = budget
        self._size = index.segments[number].size

    def pieces(self, query: Query) -> list[Hits]:
        """Return what matches in pieces without a document in common: a word's languages need no merging."""
        if isinstance(query, Term) and len(words := words_of(query.text)) == 1:
            lists = self._word(query, words[0], fields_of(query))
            if all(isinstance(one.terms, StemWords) for one in lists):
                return [self._list(one) for one in lists]
        return [self.hits(query)]

    def hits(self, query: Query, within: Hits | None = None) -> Hits:
        """Return what matches; among the hits `within`, whose scores are added to, if they are given."""
        match query:
            case And(children):
                return self._all_of(children, within)
            case Or(children):
                parts = [piece for child in children for piece in self.pieces(child)]
                return _meet(within, self._any_of(parts))
            case All() | Value() | DateRange() | Not():
                return self._condition(query, within)
            case _:
                return self._leaf(query, within)

    # --- and, or, not ---------------------------------------------------------------------

    def _all_of(self, children: tuple[Query, ...], within: Hits | None) -> Hits:
        scoring = sorted((child for child in children if not _is_condition(child)), key=self._estimate)
        if within is None and len(scoring) > 1 and (found := self._documents(scoring[0])) is not None:
            # What the rarest word is worth is worked out last, for the few documents that have all.
            within = Hits(found)
            scoring = [*scoring[1:], scoring[0]]
        for child in scoring:
            within = self.hits(child, within)
            if not len(within.documents):
                return within
        for child in children:
            if _is_condition(child):
                within = self._condition(child, within)
        return self._condition(All(), within) if within is None else within

    def _documents(self, query: Query) -> Documents | None:
        """Return, unscored, the documents of a word that is looked for by its stems in all fields."""
        words = words_of(query.text) if isinstance(query, Term) else ()
        if not isinstance(query, Term) or len(words) != 1:
            return None
        lists = self._word(query, words[0], fields_of(query))
        if not all(isinstance(one.terms, StemWords) and one.whole for one in lists):
            return None
        self._budget.spend(sum(map(len, lists)))
        parts = [one.terms.documents[one.start : one.end] for one in lists]
        return parts[0] if len(parts) == 1 else np.sort(np.concatenate([_NOWHERE, *parts]), kind="stable")

    def _any_of(self, parts: Sequence[Hits]) -> Hits:
        """Unite hits: few by sorting, few with many by inserting, many by spreading them over the segment."""
        parts = sorted((part for part in parts if len(part.documents)), key=lambda part: -len(part.documents))
        if len(parts) < 2:
            return parts[0] if parts else NO_HITS
        total = sum(len(part.documents) for part in parts)
        largest = len(parts[0].documents)
        self._budget.spend(total)
        if total * _SPARSE < self._size:
            return _sorted_union(parts)
        if (total - largest) * _SPARSE < largest:
            return _inserted(parts[0], _sorted_union(parts[1:]))
        return self._spread(parts)

    def _spread(self, parts: Sequence[Hits]) -> Hits:
        """Add up the scores in an array over all documents of the segment."""
        scores = np.zeros(self._size, np.float32)
        for part in parts:
            if part.scores is not None:
                scores[part.documents] = scores.take(part.documents) + part.scores
        mask = scores > 0
        for part in parts:
            # A condition inside a part scores zero, and its documents are found all the same.
            if part.scores is None or not part.scores.all():
                mask[part.documents] = True
        documents = np.flatnonzero(mask)
        return Hits(documents.astype(np.uint32), scores.take(documents))

    def _condition(self, query: Query, within: Hits | None) -> Hits:
        if within is None:
            self._budget.spend(self._size // _SPARSE)
            return Hits(np.flatnonzero(self._mask(query)).astype(np.uint32))
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
                return self._columns.filtered(Filter(field, values))[start:end] if values else self._nobody()
            case DateRange(first, last):
                return self._columns.between(first, last)[start:end]
            case Not(child):
                return ~self._mask(child)
            case _:
                mask = self._nobody()
                mask[self.hits(query).documents] = True
                return mask

    def _nobody(self) -> Mask:
        return np.zeros(self._size, np.bool_)

    # --- leaves ---------------------------------------------------------------------------

    def _leaf(self, leaf: Term | Phrase | Prefix | Fuzzy, within: Hits | None) -> Hits:
        words = words_of(leaf.text)
        if not words:
            return NO_HITS
        fields = fields_of(leaf)
        if isinstance(leaf, Prefix | Fuzzy):
            return _meet(within, self._any_of([self._pattern(leaf, words[-1], field) for field in fields]))
        if len(words) > 1:
            slop = leaf.slop if isinstance(leaf, Phrase) else 1
            found = self._any_of([self._phrase(words, slop, field, within) for field in fields])
            return _meet(within, found)
        return self._lists(self._word(leaf, words[0], fields), within)

    def _word(self, leaf: Term | Phrase, word: str, fields: tuple[Field, ...]) -> Lists:
        if isinstance(leaf, Term):
            return self._lookup.word(word, fields)[self._number]
        return tuple(one for field in fields for one in self._lookup.exact(word, field)[self._number])

    def _lists(self, lists: Lists, within: Hits | None) -> Hits:
        """Unite the lists of a word: those of several languages, or of several fields."""
        if within is None:
            return self._any_of([self._list(one) for one in lists])
        return _meet(within, self._any_of([self._list_within(one, within.documents) for one in lists]))

    def _list(self, one: PostingList) -> Hits:
        self._budget.spend(len(one) * max(1, len(one.parts)))
        documents = one.terms.documents[one.start : one.end]
        scores = _sum(one.parts, [part.often.between(one.start, one.end) for part in one.parts], documents)
        return Hits(documents, scores) if one.whole else _scored(documents, scores)

    def _list_within(self, one: PostingList, wanted: Documents) -> Hits:
        """Return the hits of a list among some documents; only those are scored."""
        places = self._places(one, wanted)
        documents = one.terms.documents[one.start : one.end].take(places)
        scores = _sum(one.parts, [part.often.at(places + one.start) for part in one.parts], documents)
        return Hits(documents, scores) if one.whole else _scored(documents, scores)

    def _places(self, one: PostingList, wanted: Documents) -> Numbers:
        """Return where in a list those of the wanted documents stand that are in it."""
        documents = one.terms.documents[one.start : one.end]
        if len(wanted) * _SPARSE < len(documents):
            self._budget.spend(len(wanted) * 2)
            return _common(documents, wanted)
        if len(documents) * _SPARSE < len(wanted):
            self._budget.spend(len(documents) * 2)
            found = np.searchsorted(wanted, documents)
            return np.flatnonzero(wanted.take(np.minimum(found, len(wanted) - 1)) == documents)
        self._budget.spend(len(documents) * 3 // 4 + len(wanted) // 2 + self._size // _SPARSE)
        spread = np.zeros(self._size, np.uint32)
        spread[documents] = np.arange(1, len(documents) + 1, dtype=np.uint32)
        places = spread.take(wanted)
        return places.take(np.flatnonzero(places)).astype(np.int64) - 1

    def _pattern(self, leaf: Prefix | Fuzzy, word: str, field: Field) -> Hits:
        """Return the documents with any word of a pattern, all with the weight of the field."""
        if isinstance(leaf, Prefix):
            lists = self._lookup.prefix(word, field)[self._number]
        else:
            lists = self._lookup.fuzzy(word, leaf.distance, field)[self._number]
        total = sum(map(len, lists))
        self._budget.spend(total // 2)
        parts = [one.terms.documents[one.start : one.end] for one in lists]
        if total * _SPARSE < self._size:
            documents = np.sort(np.concatenate([_NOWHERE, *parts]))
            documents = documents.take(np.flatnonzero(np.diff(documents, prepend=-1)))
        else:
            mask = self._nobody()
            for part in parts:
                mask[part] = True
            documents = np.flatnonzero(mask).astype(np.uint32)
        return Hits(documents, np.full(len(documents), field.weight or 1.0, np.float32))

    # --- phrases --------------------------------------------------------------------------

    def _phrase(self, words: tuple[str, ...], slop: int, field: Field, within: Hits | None) -> Hits:
        """Return the documents with the words in sequence, scored as all of them together."""
        different = tuple(dict.fromkeys(words))
        found = [self._lookup.exact(word, field)[self._number] for word in different]
        if not all(found):
            return NO_HITS
        lists = [one for (one,) in found]
        documents = self._in_all(lists, within)
        places = [self._places(one, documents) for one in lists]
        self._budget.spend(sum(_occurrences(one, place) for one, place in zip(lists, places, strict=True)))
        kept = in_sequence(lists, [different.index(word) for word in words], places, slop)
        documents = documents.take(kept)
        parts = [one.parts[0] for one in lists]
        often = [o.parts[0].often.at(p.take(kept) + o.start) for o, p in zip(lists, places, strict=True)]
        return Hits(documents, _sum(parts, often, documents))

    def _in_all(self, lists: Sequence[PostingList], within: Hits | None) -> Documents:
        """Return the documents that are in all lists, beginning with the shortest."""
        ordered = sorted(lists, key=len)
        documents: Documents | None = None if within is None else within.documents
        for one in ordered:
            everything = one.terms.documents[one.start : one.end]
            documents = everything if documents is None else everything.take(self._places(one, documents))
        return _NOWHERE if documents is None else documents

    # --- what it may cost -----------------------------------------------------------------

    def _estimate(self, query: Query) -> int:
        """Return about how many documents a query matches, to begin with the fewest."""
        match query:
            case And(children):
                return min((self._estimate(child) for child in children), default=self._size)
            case Or(children):
                return sum(self._estimate(child) for child in children)
            case Term() | Phrase():
                words = words_of(query.text)
                sizes = [sum(map(len, self._word(query, word, fields_of(query)))) for word in words]
                return min(sizes, default=0)
            case _:
                return self._size


def _is_condition(query: Query) -> bool:
    return isinstance(query, All | Value | DateRange | Not)


def _scored(documents: Documents, scores: Floats) -> Hits:
    """Leave out what has no score: the term stands in another field there."""
    kept = np.flatnonzero(scores > 0)
    return Hits(documents.take(kept), scores.take(kept))


def _sum(parts: Sequence[Part], often: Sequence[Often], documents: Documents) -> Floats:
    """Add up what fields contribute; one that has the term seldom, only where it has it."""
    scores: Floats | None = None
    ordered = sorted(zip(parts, often, strict=True), key=lambda pair: -pair[0].holding)
    for part, counts in ordered:
        if scores is None:
            scores = _bm25(part, counts, documents)
        elif part.holding * 4 < len(documents):
            places = np.flatnonzero(counts > 0)
            scores[places] += _bm25(part, counts.take(places), documents.take(places))
        else:
            scores += _bm25(part, counts, documents)
    return np.zeros(len(documents), np.float32) if scores is None else scores


def _bm25(part: Part, often: Often, documents: Documents) -> Floats:
    result = often.astype(np.float32)
    below = part.norms.take(documents)
    below += result
    result /= below
    result *= np.float32(part.factor)
    return result


def _common(documents: Documents, wanted: Documents) -> Numbers:
    """Return the places in `documents` of those of `wanted` that are there."""
    found = np.searchsorted(documents, wanted)
    found = np.minimum(found, len(documents) - 1)
    return np.compress(documents.take(found) == wanted, found)


def _meet(within: Hits | None, hits: Hits) -> Hits:
    """Return what is in both, with the scores of both; `hits` alone when there is nothing to be within."""
    if within is None:
        return hits
    if len(within.documents) == len(hits.documents) and np.array_equal(within.documents, hits.documents):
        return hits.plus(within.scores)
    if not len(within.documents) or not len(hits.documents):
        return NO_HITS
    few, many = sorted((within, hits), key=lambda one: len(one.documents))
    found = np.minimum(np.searchsorted(many.documents, few.documents), len(many.documents) - 1)
    kept = np.flatnonzero(many.documents.take(found) == few.documents)
    return few.take(kept).plus(many.take(found.take(kept)).scores)


def _inserted(many: Hits, few: Hits) -> Hits:
    """Unite many hits with a few: add to the scores of those that are there, sort the others in."""
    places = np.minimum(np.searchsorted(many.documents, few.documents), len(many.documents) - 1)
    there = many.documents.take(places) == few.documents
    scores = _zeros(many) if many.scores is None else many.scores.copy()
    added = _zeros(few) if few.scores is None else few.scores
    scores[places[there]] += added[there]
    documents = np.concatenate((many.documents, few.documents[~there]))
    order = np.argsort(documents, kind="stable")
    return Hits(documents.take(order), np.concatenate((scores, added[~there])).take(order))


def _sorted_union(parts: Sequence[Hits]) -> Hits:
    """Unite few hits by sorting them."""
    documents = np.concatenate([part.documents for part in parts])
    scores = np.concatenate([_zeros(part) if part.scores is None else part.scores for part in parts])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    starts = np.flatnonzero(np.diff(documents, prepend=np.uint32(documents[0] + 1)))
    return Hits(documents[starts], np.add.reduceat(scores[order], starts))


def _occurrences(one: PostingList, places: Numbers) -> int:
    """Return about how many positions a phrase has to look at."""
    return int(one.parts[0].often.at(places + one.start).sum(dtype=np.int64)) * 3 + len(one) // 2

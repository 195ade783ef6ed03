"""The slow road: our query tree on Whoosh's own queries, matchers and BM25F, over our packs.

What `engine.whoosh.evaluate` finds for many documents at a time, this finds one document after the other
with stock code; `test_native_is_stock` holds the one to the other. Four kinds of node our tree needs
and Whoosh has not, or not right, take part in its query and matcher trees.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

from whoosh import query as stock
from whoosh.matching import AndNotMatcher, ListMatcher, NullMatcher, WrappingMatcher
from whoosh.query.compound import DefaultOr
from whoosh.query.wrappers import WrappingQuery
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from engine.analysis import stem_variants
from engine.dates import in_range
from engine.distance import similar
from engine.fields import Field
from engine.matching import Leaf, fields_of, words_of
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Query, Value, Wildcard
from engine.whoosh.build import words_name
from engine.whoosh.segments import open_index
from engine.whoosh.snapshot import Index


def search(folder: Path, index: Index, query: Query, languages: tuple[str, ...]) -> dict[str, float]:
    """Return the ids of the articles that match, with their scores."""
    searcher = Searcher(open_index(folder).reader(), weighting=BM25F())
    compiled = _Compiler(languages, index).compile(query)
    found = {}
    for leaf, offset in searcher.leaf_searchers():
        matcher = compiled.matcher(leaf, searcher.context(needs_current=False, weighting=searcher.weighting))
        while matcher.is_active():
            if not leaf.reader().is_deleted(matcher.id()):  # Whoosh's NOT lets deleted ones through
                found[index.article(offset + matcher.id()).id] = matcher.score()
            matcher.next()
    return found


class _Compiler:
    """Our tree as a tree of Whoosh's queries."""

    def __init__(self, languages: tuple[str, ...], index: Index) -> None:
        self._languages = languages
        self._index = index

    def compile(self, query: Query) -> Any:  # noqa: PLR0911  # one for each kind of node
        match query:
            case And(children):
                return self._all_of([self.compile(child) for child in children])
            case Or(children):
                return any_of(self.compile(child) for child in children)
            case Not(child):
                return Filter(stock.Not(self.compile(child)))
            case All():
                return Filter(stock.Every())
            case Value(field, values):
                return Filter(any_of(stock.Term(field, value) for value in values))
            case DateRange(start, end):
                return Filter(Dated(self._index, start, end))
            case _:
                return self._leaf(query)

    def _all_of(self, parts: list[Any]) -> Any:
        wrong = [part.child.query for part in parts if _is_not(part)]
        right = [part for part in parts if not _is_not(part)] or [Filter(stock.Every())]
        found = right[0] if len(right) == 1 else stock.And(right)
        return Without(found, any_of(wrong)) if wrong else found

    def _leaf(self, leaf: Leaf) -> Any:
        words = words_of(leaf.text)
        if not words:
            return stock.NullQuery
        return any_of(self._builder(leaf, words)(field) for field in fields_of(leaf))

    def _builder(self, leaf: Leaf, words: tuple[str, ...]) -> Callable[[Field], Any]:
        """Return the function that makes the query of one field."""
        if isinstance(leaf, Phrase):
            return partial(_sequence, words, leaf.slop)
        if isinstance(leaf, Prefix):
            return partial(self._words, lambda word: word.startswith(words[-1]))
        if isinstance(leaf, Wildcard):
            return partial(self._words, lambda word: fnmatchcase(word, leaf.text.lower()))
        if isinstance(leaf, Fuzzy):
            return partial(self._words, lambda word: similar(words[-1], word, leaf.distance))
        return partial(_sequence, words, 1) if len(words) > 1 else partial(self._word, words[0])

    def _word(self, word: str, field: Field) -> Any:
        if not field.stemmed:
            return stock.Term(words_name(field), word, boost=_weight(field))
        variants = stem_variants(word, self._languages)
        return any_of(
            stock.Term(f"{field.name}_stems", variant, boost=_weight(field)) for variant in variants
        )

    def _words(self, wanted: Callable[[str], bool], field: Field) -> Any:
        name = words_name(field)
        decoded = {
            data.decode("utf-8", "surrogatepass")
            for segment in self._index.segments
            for data in segment.words[name].lexicon
        }
        return AnyOf(name, tuple(filter(wanted, decoded)), _weight(field))


def any_of(queries: Iterable[Any]) -> Any:
    """Join queries by OR."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return DefaultOr(parts) if parts else stock.NullQuery


def _is_not(part: Any) -> bool:
    return isinstance(part, Filter) and isinstance(part.child, stock.Not)


def _sequence(words: tuple[str, ...], slop: int, field: Field) -> Any:
    if len(words) == 1:
        return stock.Term(words_name(field), words[0], boost=_weight(field))
    return Sequence(words_name(field), list(words), slop=slop, boost=_weight(field))


def _weight(field: Field) -> float:
    return field.weight or 1.0


# --- nodes -----------------------------------------------------------------------------------


class Dated(stock.Query):
    """Matches documents by their date."""

    def __init__(self, index: Index, start: str | None, end: str | None) -> None:
        self.index = index
        self.bounds = (start, end)
        self.boost = 1.0

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count_all())

    def matcher(self, searcher: Any, _: Any = None) -> Any:
        """Return a matcher of the segment's documents that are in the range."""
        found = [n for n, moment in enumerate(self._moments(searcher)) if in_range(moment, *self.bounds)]
        return ListMatcher(array("I", found)) if found else NullMatcher()

    def _moments(self, searcher: Any) -> list[int]:
        segment = searcher.reader().segment()
        name = f"{segment.segment_id()}.pack" if segment else None
        return next((s.moments.tolist() for s in self.index.segments if s.pack.path.name == name), [])


class Filter(WrappingQuery):
    """Matches what its child matches and adds nothing to the score."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.child == other.child

    def __hash__(self) -> int:
        return hash(("Filter", self.child))

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002  # scores are not wanted
        """Return the child's matcher with every score set to 0."""
        return WrappingMatcher(self.child.matcher(searcher, searcher.boolean_context()), boost=0.0)


class Without(stock.AndNot):
    """Matches what `a` matches and `b` does not.

    Whoosh's own lets the first document of `a` through whenever `b` begins before it.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the difference, with the scores of `a`."""
        right = self.a.matcher(searcher, context)
        return WithoutMatcher(right, self.b.matcher(searcher, searcher.boolean_context()))


class WithoutMatcher(AndNotMatcher):
    """Looks at the first document, and at one skipped to, as at any other."""

    def _find_first(self) -> None:
        if self.a.is_active():
            self._find_next()

    def skip_to(self, id: int) -> None:  # noqa: A002  # Whoosh's name
        """Go to the first document of the difference from `id` on."""
        self.a.skip_to(id)
        self._find_first()


class Sequence(stock.Phrase):
    """Words in order, each at most `slop` positions after the one before.

    Whoosh's own phrase makes an object for every pair of positions; a text that repeats a word a
    million times would occupy it for minutes. This one is linear in the positions.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents that hold the sequence."""
        words = stock.And([stock.Term(self.fieldname, word) for word in dict.fromkeys(self.words)])
        leaves = [
            stock.Term(self.fieldname, word).matcher(searcher, context) for word in dict.fromkeys(self.words)
        ]
        if any(isinstance(leaf, type(NullMatcher())) for leaf in leaves):
            return NullMatcher()
        both = words.matcher(searcher, context)
        found = SequenceMatcher(both, dict(zip(dict.fromkeys(self.words), leaves, strict=True)), self)
        return found if self.boost == 1.0 else WrappingMatcher(found, boost=self.boost)


class SequenceMatcher(WrappingMatcher):
    """Stops only at documents of `child` in which the leaves stand in sequence."""

    def __init__(self, child: Any, leaves: dict[str, Any], phrase: Any) -> None:
        super().__init__(child)
        self._leaves = leaves
        self._phrase = phrase
        self._find()

    def next(self) -> None:
        """Go to the next document with the sequence."""
        self.child.next()
        self._find()

    def skip_to(self, id: int) -> None:  # noqa: A002  # Whoosh's name
        """Go to the first such document from `id` on."""
        self.child.skip_to(id)
        self._find()

    def all_ids(self) -> Any:
        """Yield the documents left."""
        while self.is_active():
            yield self.id()
            self.next()

    def _find(self) -> None:
        while self.child.is_active() and not self._here():
            self.child.next()

    def _here(self) -> bool:
        positions = {word: self._positions(leaf) for word, leaf in self._leaves.items()}
        return in_sequence([positions[word] for word in self._phrase.words], self._phrase.slop)

    def _positions(self, leaf: Any) -> list[int]:
        leaf.skip_to(self.child.id())
        places: list[int] = leaf.value_as("positions")
        return places


def in_sequence(positions: list[list[int]], slop: int) -> bool:
    """Whether one can step through the lists, each time forward by at most `slop`; the lists rise."""
    reached = positions[0]
    for places in positions[1:]:
        starts = ((place, bisect_left(reached, place - slop)) for place in places)
        reached = [place for place, i in starts if i < len(reached) and reached[i] < place]
    return bool(reached)


class AnyOf(stock.Query):
    """Matches documents with any of many terms of a field, all with the same score."""

    def __init__(self, field: str, terms: tuple[str, ...], boost: float = 1.0) -> None:
        self.field_name = field
        self.terms_given = terms
        self.boost = boost

    def __repr__(self) -> str:
        return f"AnyOf({self.field_name!r}, {self.terms_given!r}, boost={self.boost})"

    def is_leaf(self) -> bool:
        """Say that this node has no children."""
        return True

    def estimate_size(self, reader: Any) -> int:
        """Return how many documents it may match."""
        return int(sum(stock.Term(self.field_name, term).estimate_size(reader) for term in self.terms_given))

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher over the united documents."""
        found: set[int] = set()
        for term in self.terms_given:
            found.update(stock.Term(self.field_name, term).matcher(searcher, context).all_ids())
        return ListMatcher(array("I", sorted(found)), all_weights=self.boost) if found else NullMatcher()

"""Four kinds of node our query tree needs and Whoosh has not, or not right.

They take part in Whoosh's own query and matcher trees.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import Any

from engine.whoosh.stock import (
    And,
    AndNot,
    AndNotMatcher,
    ListMatcher,
    NullMatcher,
    Phrase,
    Query,
    Term,
    WrappingMatcher,
    WrappingQuery,
)


class Filter(WrappingQuery):  # type: ignore[misc]  # Whoosh publishes no types
    """Matches what its child matches and adds nothing to the score."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.child == other.child

    def __hash__(self) -> int:
        return hash(("Filter", self.child))

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002  # scores are not wanted
        """Return the child's matcher with every score set to 0."""
        return WrappingMatcher(self.child.matcher(searcher, searcher.boolean_context()), boost=0.0)


class Without(AndNot):  # type: ignore[misc]
    """Matches what `a` matches and `b` does not.

    Whoosh's own lets the first document of `a` through whenever `b` begins before it.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the difference, with the scores of `a`."""
        right = self.a.matcher(searcher, context)
        return WithoutMatcher(right, self.b.matcher(searcher, searcher.boolean_context()))


class WithoutMatcher(AndNotMatcher):  # type: ignore[misc]
    """Looks at the first document, and at one skipped to, as at any other."""

    def _find_first(self) -> None:
        if self.a.is_active():
            self._find_next()

    def skip_to(self, id: int) -> None:  # noqa: A002  # Whoosh's name
        """Go to the first document of the difference from `id` on."""
        self.a.skip_to(id)
        self._find_first()


class Sequence(Phrase):  # type: ignore[misc]
    """Words in order, each at most `slop` positions after the one before.

    Whoosh's own phrase makes an object for every pair of positions; a text that repeats a word a
    million times would occupy it for minutes. This one is linear in the positions.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents that hold the sequence."""
        words = And([Term(self.fieldname, word) for word in dict.fromkeys(self.words)])
        leaves = [Term(self.fieldname, word).matcher(searcher, context) for word in dict.fromkeys(self.words)]
        if any(isinstance(leaf, type(NullMatcher())) for leaf in leaves):
            return NullMatcher()
        both = words.matcher(searcher, context)
        found = SequenceMatcher(both, dict(zip(dict.fromkeys(self.words), leaves, strict=True)), self)
        return found if self.boost == 1.0 else WrappingMatcher(found, boost=self.boost)


class SequenceMatcher(WrappingMatcher):  # type: ignore[misc]
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


class AnyOf(Query):  # type: ignore[misc]
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
        return int(sum(Term(self.field_name, term).estimate_size(reader) for term in self.terms_given))

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher over the united documents."""
        found: set[int] = set()
        for term in self.terms_given:
            found.update(Term(self.field_name, term).matcher(searcher, context).all_ids())
        return ListMatcher(array("I", sorted(found)), all_weights=self.boost) if found else NullMatcher()

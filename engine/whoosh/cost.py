"""What a query will cost, told from document frequencies before anything is evaluated.

Costs are counted in postings: one is a number read from a list and looked at once.

    word       its list, and twice each of its fields for every document that is scored
    phrase     the lists of its words, and their positions in the documents of the rarest, `_POSITION` each;
               of words that follow at once only those of the rarest two, before few documents are left
    and        its parts, of which only the documents of the rarest are scored
    or         its parts, and twice what each finds, to unite it
    pattern    the lists of its words, `_SCATTERED` each: they come in no order
    condition  a part of the size of the index
"""

from __future__ import annotations

from engine.fields import Field
from engine.matching import fields_of, words_of
from engine.query import And, Fuzzy, Not, Or, Phrase, Prefix, Query, Term, Wildcard
from engine.whoosh.hits import SPARSE
from engine.whoosh.lookup import Lists, Lookup

_SCATTERED = 3
_POSITION = 12
_APART = 3
"""How many times as much positions cost when words may stand between."""
_LATER = 8
"""By how much less is expected to be read of the third and rarer words of a phrase."""


class Cost:
    """Costs of queries on one index."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._size = lookup.index.columns.size

    def of(self, query: Query, most: int | None = None) -> int:
        """Return about how many postings the evaluation reads, if `most` documents are left to score."""
        limit = self._size if most is None else most
        match query:
            case And(children):
                fewest = min([limit, *map(self.found, children)])
                return sum(self.of(child, fewest) for child in children)
            case Or(children):
                united = sum(min(self.found(child), limit) for child in children) if len(children) > 1 else 0
                return 2 * united + sum(self.of(child, limit) for child in children)
            case Not(child):
                return self._size // SPARSE + self.of(child, 0)
            case Term() | Phrase():
                return self._words(query, limit)
            case Prefix() | Wildcard() | Fuzzy():
                return _SCATTERED * sum(_postings(lists) for lists in self._pattern(query))
            case _:
                return self._size // SPARSE

    def found(self, query: Query) -> int:
        """Return how many documents a query finds at most."""
        match query:
            case And(children):
                return min((self.found(child) for child in children), default=self._size)
            case Or(children):
                return min(self._size, sum(map(self.found, children)))
            case Term() | Phrase():
                words = words_of(query.text)
                return min((self._having(query, word) for word in words), default=0)
            case Prefix() | Wildcard() | Fuzzy():
                return min(self._size, sum(_postings(lists) for lists in self._pattern(query)))
            case _:
                return self._size

    def _having(self, leaf: Term | Phrase, word: str) -> int:
        fields = fields_of(leaf)
        if isinstance(leaf, Term) and len(words_of(leaf.text)) == 1:
            return _postings(self._lookup.word(word, fields))
        return min(self._size, sum(_postings(self._lookup.exact(word, field)) for field in fields))

    def _words(self, leaf: Term | Phrase, most: int) -> int:
        words, fields = words_of(leaf.text), fields_of(leaf)
        if not words:
            return 0
        if isinstance(leaf, Term) and len(words) == 1:
            having = self._having(leaf, words[0])
            return having + 2 * len(fields) * min(having, most)
        slop = leaf.slop if isinstance(leaf, Phrase) else 1
        return sum(self._phrase(words, field, most, slop) for field in fields)

    def _phrase(self, words: tuple[str, ...], field: Field, most: int, slop: int) -> int:
        lists = sorted((self._lookup.exact(word, field) for word in dict.fromkeys(words)), key=_postings)
        having = [_postings(one) for one in lists]
        rarest = min(most, having[0])
        positions = [
            sum(one.positions for part in some for one in part) * rarest // max(1, count)
            for some, count in zip(lists, having, strict=True)
        ]
        if slop > 1:
            return sum(having) + _POSITION * _APART * sum(positions)
        return sum(having) + _POSITION * (sum(positions[:2]) + sum(positions[2:]) // _LATER)

    def _pattern(self, leaf: Prefix | Wildcard | Fuzzy) -> list[tuple[Lists, ...]]:
        words = words_of(leaf.text)
        if not words:
            return []
        if isinstance(leaf, Prefix):
            return [self._lookup.prefix(words[-1], field) for field in fields_of(leaf)]
        if isinstance(leaf, Wildcard):
            return [self._lookup.wildcard(leaf.text, field) for field in fields_of(leaf)]
        return [self._lookup.fuzzy(words[-1], leaf.distance, field) for field in fields_of(leaf)]


def _postings(segments: tuple[Lists, ...]) -> int:
    return sum(len(one) for lists in segments for one in lists)

"""Did you mean: a better spelling for words that find nothing; and completions of a word being typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nsmallest
from typing import Protocol

from engine.distance import distance
from engine.matching import leaves, words_of
from engine.query import And, Not, Or, Query, Term
from engine.query_text import to_text

_RARE = 2
"""A word found in fewer articles than this may be a slip."""

_COMMONER = 10
"""How many times commoner a better spelling must be, when the word was found at all."""

_WORDS = 8


def start_of(typed: str) -> str:
    """Return the last word of what is being typed, folded; "" when it ends with none."""
    terms = words_of(typed) if typed[-1:].strip() else ()
    return terms[-1] if terms else ""


def most_frequent(counts: Mapping[str, int], limit: int) -> tuple[str, ...]:
    """Return the words with the highest counts; ties go by the alphabet."""
    return tuple(nsmallest(limit, counts, key=lambda word: (-counts[word], word)))


class Vocabulary(Protocol):
    """What an engine must tell about its words."""

    def frequency(self, word: str) -> int:
        """How many articles the word finds, its other forms included."""

    def similar(self, word: str, limit: int) -> Iterable[tuple[str, int]]:
        """The unstemmed terms of titles and bodies that `distance.similar` finds, with their articles."""


def suggest(query: Query, total: int, vocabulary: Vocabulary) -> str | None:
    """Return the query with its doubtful words corrected, None when there is nothing to correct.

    Only single words that name no field and stand under no `NOT` are doubted, only when the whole
    query found next to nothing, and only the first few. The first letter is taken to be right.
    """
    if total >= _RARE:
        return None
    doubted = [leaf.text for leaf in leaves(query) if isinstance(leaf, Term) and leaf.field is None]
    better = {word: _better(word, vocabulary) for word in dict.fromkeys(doubted[:_WORDS])}
    changes = {word: found for word, found in better.items() if found}
    return to_text(_replace(query, changes)) if changes else None


def _better(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the nearest much commoner word; among equally near ones the commonest."""
    terms = words_of(word)
    if len(terms) != 1 or not 4 <= len(terms[0]) <= 32 or not terms[0].isalpha():
        return None
    term = terms[0]
    frequency = vocabulary.frequency(term)
    if frequency >= _RARE:
        return None
    limit = 1 if len(term) < 6 else 2
    near = [
        (apart, -count, candidate)
        for candidate, count in vocabulary.similar(term, limit)
        if count > frequency * _COMMONER and (apart := distance(term, candidate, limit))
    ]
    return min(near)[2] if near else None


def _replace(query: Query, changes: dict[str, str]) -> Query:
    """Return the query with the words in `changes` exchanged, wherever they stand."""
    if isinstance(query, And | Or):
        return type(query)(tuple(_replace(child, changes) for child in query.children))
    if isinstance(query, Not):
        return query
    if isinstance(query, Term) and query.field is None:
        return Term(changes.get(query.text, query.text))
    return query

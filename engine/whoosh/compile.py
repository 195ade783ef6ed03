"""Our query tree as a tree of Whoosh queries: a pure function, without an index at hand.

Prefixes and fuzzy words stay what they are; `engine.whoosh.expand` replaces them by the terms of
an index, within a budget.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from engine.analysis import stem_variants
from engine.dates import first_moment, last_moment
from engine.fields import Field
from engine.matching import Leaf, fields_of, words_of
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Query, Value
from engine.whoosh import stock
from engine.whoosh.queries import Filter, Sequence, Without

_LAST_MOMENT = 99999999999999


def compile(query: Query, languages: tuple[str, ...]) -> Any:  # noqa: A001  # its name in every engine
    """Return the Whoosh query with the meaning of `query`.

    Args:
        query: our tree.
        languages: those of the index; a word is looked for by its stem in each.

    """
    match query:
        case And(children):
            return _all_of([compile(child, languages) for child in children])
        case Or(children):
            return any_of(compile(child, languages) for child in children)
        case Not(child):
            return Filter(stock.Not(compile(child, languages)))
        case All() | Value() | DateRange():
            return Filter(_condition(query))
        case _:
            return _leaf(query, languages)


def any_of(queries: Iterable[Any]) -> Any:
    """Join queries by OR."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return stock.DefaultOr(parts) if parts else stock.NullQuery


def _all_of(parts: list[Any]) -> Any:
    """Join by AND; what must not match is taken away at the end, which Whoosh does faster."""
    wrong = [part.child.query for part in parts if _is_not(part)]
    right = [part for part in parts if not _is_not(part)] or [Filter(stock.Every())]
    found = right[0] if len(right) == 1 else stock.And(right)
    return Without(found, any_of(wrong)) if wrong else found


def _is_not(part: Any) -> bool:
    return isinstance(part, Filter) and isinstance(part.child, stock.Not)


def _condition(query: All | Value | DateRange) -> Any:
    """Return the query of a leaf that is true or false and has no score."""
    if isinstance(query, All):
        return stock.Every()
    if isinstance(query, Value):
        return any_of(stock.Term(query.field, value) for value in query.values)
    first = first_moment(query.start)
    last = _LAST_MOMENT if query.end is None else last_moment(query.end)
    return stock.NumericRange("published", first, last) if first <= last else stock.NullQuery


def _leaf(leaf: Leaf, languages: tuple[str, ...]) -> Any:
    words = words_of(leaf.text)
    if not words:
        return stock.NullQuery
    build = _builder(leaf, words, languages)
    return any_of(build(field) for field in fields_of(leaf))


def _builder(leaf: Leaf, words: tuple[str, ...], languages: tuple[str, ...]) -> Any:
    """Return the function that makes the query of one field."""
    if isinstance(leaf, Phrase):
        return partial(_sequence, words, leaf.slop)
    if isinstance(leaf, Prefix):
        return lambda field: stock.Prefix(unstemmed(field), words[-1], boost=_weight(field))
    if isinstance(leaf, Fuzzy):
        return lambda field: stock.FuzzyTerm(unstemmed(field), words[-1], _weight(field), leaf.distance, 1)
    return partial(_sequence, words, 1) if len(words) > 1 else partial(_word, words[0], languages)


def _sequence(words: tuple[str, ...], slop: int, field: Field) -> Any:
    if len(words) == 1:
        return stock.Term(unstemmed(field), words[0], boost=_weight(field))
    return Sequence(unstemmed(field), list(words), slop=slop, boost=_weight(field))


def _word(word: str, languages: tuple[str, ...], field: Field) -> Any:
    if not field.stemmed:
        return stock.Term(unstemmed(field), word, boost=_weight(field))
    variants = stem_variants(word, languages)
    return any_of(stock.Term(f"{field.name}_stems", variant, boost=_weight(field)) for variant in variants)


def unstemmed(field: Field) -> str:
    """Return the Whoosh field that holds the unstemmed words of a field."""
    return f"{field.name}_words" if field.words else field.name


def _weight(field: Field) -> float:
    return field.weight or 1.0

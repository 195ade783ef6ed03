"""Words of a query -> clauses of the cluster's query language.

A clause finds exactly what `engine.matching` says, which is why Lucene's own sloppy phrases (they take words
in either order) and its fuzzy search of short words (it leaves some out) are not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from math import prod
from typing import Any

from engine.analysis import stem_term
from engine.errors import QueryLimitError
from engine.fields import Field
from engine.matching import DEFAULT, Leaf, fields_of, folded_pattern, words_of
from engine.opensearch.schema import HOLE, words_name
from engine.query import Fuzzy, Phrase, Prefix, Term, Wildcard
from engine.ranking import ADJACENT, FUNCTION_WEIGHT, K1, is_function_word, pairs

Clause = dict[str, Any]

NOTHING: Clause = {"match_none": {}}

_MOST_SPACINGS = 1024
_SHORT = 4
"""Lucene finds no word that is as short as the edits are many; for words up to this length it matters."""


def leaf(query: Leaf, languages: tuple[str, ...]) -> Clause:  # noqa: PLR0911 - one for each kind of leaf
    """Return the clause of a leaf; `languages` are those of the index, which decide the stems."""
    words = words_of(query.text)
    if not words:
        return NOTHING
    fields = fields_of(query)
    if isinstance(query, Prefix):
        return any_of(_prefix(words[-1], field) for field in fields)
    if isinstance(query, Wildcard):
        return any_of(_wildcard(query.text, field) for field in fields)
    if isinstance(query, Fuzzy):
        return any_of(_fuzzy(words[-1], query.distance, field) for field in fields)
    if len(words) > 1:
        slop = query.slop if isinstance(query, Phrase) else 1
        return any_of(_phrase(words, slop, field) for field in fields)
    if isinstance(query, Term):
        return _word(words[0], fields, languages)
    return any_of(_exact(words[0], field) for field in fields)


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Return a clause that at least one of some must match; scores add up.

    Unlike a `bool` it does not count against the depth to which the cluster lets clauses nest.
    """
    found = [clause for clause in clauses if clause != NOTHING]
    if len(found) < 2:
        return found[0] if found else NOTHING
    return {"dis_max": {"tie_breaker": 1.0, "queries": found}}


def neighbours(words: Sequence[str], languages: tuple[str, ...]) -> list[Clause]:
    """Return what articles are ranked higher for: neighbours in the query that are neighbours there too."""
    return [
        {"match_phrase": {field.name: {"query": phrase, "boost": ADJACENT / 2 * field.weight}}}
        for left, right in pairs(words, languages)
        for phrase in (f"{left} {right}", f"{right} {left}")
        for field in DEFAULT
    ]


# --- single words ------------------------------------------------------------------------------


def _word(word: str, fields: tuple[Field, ...], languages: tuple[str, ...]) -> Clause:
    """Find a word by its stems where fields have them; in all weighted fields at once if it names none."""
    names = ["stems"] if fields == DEFAULT else [f"{field.name}_stems" for field in fields if field.stemmed]
    plain = [_exact(word, field) for field in fields if not field.stemmed]
    return any_of([*(_stem(word, name, languages) for name in names), *plain])


def _stem(word: str, name: str, languages: tuple[str, ...]) -> Clause:
    stems = {stem_term(word, language): language for language in languages} | {word: None}
    return any_of(
        {"term": {name: {"value": stem, "boost": _worth(word, language)}}} for stem, language in stems.items()
    )


def _worth(word: str, language: str | None) -> float:
    return FUNCTION_WEIGHT if is_function_word(word, language) else 1.0


def _exact(word: str, field: Field) -> Clause:
    return {"term": {words_name(field): {"value": word, "boost": field.weight or 1.0}}}


def _prefix(word: str, field: Field) -> Clause:
    return {"prefix": {words_name(field): {"value": word, "boost": _flat(field)}}}


def _wildcard(text: str, field: Field) -> Clause:
    return {"wildcard": {words_name(field): {"value": folded_pattern(text), "boost": _flat(field)}}}


def _fuzzy(word: str, distance: int, field: Field) -> Clause:
    weight = _flat(field)
    if len(word) <= _SHORT:
        spelt = "|".join(sorted(set(_spellings(word, distance))))
        return {"regexp": {words_name(field): {"value": spelt, "flags": "NONE", "boost": weight}}}
    wanted = {"value": word, "fuzziness": distance, "prefix_length": 1, "rewrite": "constant_score"}
    return {"fuzzy": {words_name(field): {**wanted, "boost": weight}}}


def _flat(field: Field) -> float:
    """Return what a match without frequencies counts; Lucene leaves the factor K1 + 1 out of all others."""
    return (field.weight or 1.0) / (K1 + 1)


def _spellings(word: str, distance: int) -> Iterator[str]:
    """Yield expressions for the words so many edits from `word` that begin like it."""
    for end in _edited(word[1:], distance):
        yield _escaped(word[0]) + end


def _edited(letters: str, left: int) -> Iterator[str]:
    if not letters:
        yield ".?" * left
        return
    for end in _edited(letters[1:], left):
        yield _escaped(letters[0]) + end
    if not left:
        return
    for end in _edited(letters, left - 1):
        yield "." + end
    for end in _edited(letters[1:], left - 1):
        yield end
        yield "." + end
    if len(letters) > 1:
        swapped = _escaped(letters[1]) + _escaped(letters[0])
        for end in _edited(letters[2:], left - 1):
            yield swapped + end


def _escaped(letter: str) -> str:
    return letter if letter.isalnum() else f"\\{letter}"


# --- several words -----------------------------------------------------------------------------


def _phrase(words: tuple[str, ...], slop: int, field: Field) -> Clause:
    name, weight = words_name(field), field.weight or 1.0
    if slop <= 1:
        return {"match_phrase": {name: {"query": " ".join(words), "boost": weight}}}
    if any(left == right for left, right in pairwise(words)):
        return any_of(
            {"match_phrase": {name: {"query": text, "analyzer": "spaced", "boost": weight}}}
            for text in _spacings(words, slop)
        )
    return _chain(words, slop, name, weight)


def _chain(words: Sequence[str], slop: int, name: str, weight: float) -> Clause:
    """Find words each at most `slop` positions after the one before.

    The cluster can say which places of a word have *no* other word shortly before them; taking those away
    from all its places leaves the ones that have.
    """
    first, *rest = ({"span_term": {name: {"value": word}}} for word in words)
    place: Clause = first
    for word in rest:
        alone = {"span_not": {"include": word, "exclude": place, "pre": slop, "post": 0}}
        place = {"span_not": {"include": word, "exclude": alone}}
    return {"span_not": {**place["span_not"], "boost": weight}}


def _spacings(words: Sequence[str], slop: int) -> Iterator[str]:
    """Yield the phrase with every number of words between its words: a word can not stand before itself."""
    gaps = [range(slop)] * (len(words) - 1)
    if prod(map(len, gaps)) > _MOST_SPACINGS:
        raise QueryLimitError(
            "The phrase repeats a word and allows too many words between; leave the repetition out.", "slop"
        )
    for chosen in product(*gaps):
        holes = ("", *(f"{HOLE} " * gap for gap in chosen))
        yield " ".join(hole + word for hole, word in zip(holes, words, strict=True))

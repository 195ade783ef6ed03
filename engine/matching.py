"""What a leaf of the query matches in a run of tokens: the definition every engine must meet.

The reference engine and the highlighter both use it; the other engines are tested against it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from engine.analysis import Token, iter_tokens, stem_term, term_of, tokenize
from engine.distance import similar
from engine.fields import BY_NAME, TEXT, Field
from engine.model import Article
from engine.query import And, Fuzzy, Or, Phrase, Prefix, Query, Term, Wildcard

Leaf = Term | Phrase | Prefix | Wildcard | Fuzzy

GAP = 1000
"""Positions left free between two values of a field, so that no phrase spans them."""

DEFAULT: tuple[Field, ...] = tuple(field for field in TEXT if field.weight > 0)
"""The fields searched when a word names none."""


def field_tokens(field: Field, article: Article) -> Iterator[Token]:
    """Yield the tokens of a field: what an engine indexes, in this order, at these positions."""
    base = 0
    for value in field.values(article):
        position = -1
        for token in iter_tokens(value):
            position = token.position
            yield token._replace(position=base + position)
        base += position + GAP


def fields_of(leaf: Leaf) -> tuple[Field, ...]:
    """Return the fields a leaf is looked for in; it matches when any of them does."""
    return (BY_NAME[leaf.field],) if leaf.field else DEFAULT


def words_of(text: str) -> tuple[str, ...]:
    """Return the terms of a query word or phrase."""
    return tuple(token.text for token in tokenize(text))


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves that may make an article match: all that stand under no `Not`."""
    if isinstance(query, And | Or):
        for child in query.children:
            yield from leaves(child)
    elif isinstance(query, Leaf):
        yield query


def loose_words(query: Query) -> list[str]:
    """Return, in order, the words of a query that stand in no phrase, name no field and are not excluded."""
    return [
        word
        for leaf in leaves(query)
        if isinstance(leaf, Term) and leaf.field is None
        for word in words_of(leaf.text)
    ]


def matched(leaf: Leaf, tokens: Sequence[Token], field: Field, language: str | None) -> list[int]:
    """Return the indices of all tokens that take part in a match; a leaf matches if there are any.

    Args:
        leaf: what to look for; without a single letter or digit it matches nothing.
        tokens: the tokens of the field.
        field: which field; only a `Term` cares, whether it is stemmed.
        language: the language of the article.

    """
    words = words_of(leaf.text)
    if not words:
        return []
    if isinstance(leaf, Phrase):
        return _in_sequence(words, tokens, leaf.slop)
    if isinstance(leaf, Term) and len(words) > 1:
        return _in_sequence(words, tokens, 1)
    test = word_test(leaf, field, language)
    found = {text for text in {token.text for token in tokens} if test(text)}
    return [index for index, token in enumerate(tokens) if token.text in found]


def word_test(leaf: Leaf, field: Field, language: str | None) -> Callable[[str], bool]:
    """Return the condition a token must meet to take part in a match; of several words it is one."""
    words = words_of(leaf.text)
    if not words:
        return lambda _: False
    if isinstance(leaf, Prefix):
        return lambda text: text.startswith(words[-1])
    if isinstance(leaf, Wildcard):
        shape = wildcard(leaf.text)
        return lambda text: shape.fullmatch(text) is not None
    if isinstance(leaf, Fuzzy):
        return lambda text: similar(words[-1], text, leaf.distance)
    if isinstance(leaf, Term) and field.stemmed and len(words) == 1:
        stem = stem_term(words[0], language)
        return lambda text: stem_term(text, language) == stem
    return lambda text: text in words


def folded_pattern(text: str) -> str:
    """Return a word with `?` and `*` folded between its signs."""
    return "".join(piece if piece in ("?", "*") else term_of(piece) for piece in re.split(r"([?*])", text))


def literal_start(text: str) -> str:
    """Return the letters before the first `?` or `*` of a word, folded."""
    return term_of(re.split(r"[?*]", text, maxsplit=1)[0])


@lru_cache(maxsize=256)
def wildcard(text: str) -> re.Pattern[str]:
    """Return what terms must match whole to be like a word with `?` and `*` in it.

    What stands between two `*` is looked for once, as far to the front as can be, so that no term takes
    much longer than its length.
    """
    first, *others = (re.escape(part).replace(r"\?", ".") for part in folded_pattern(text).split("*"))
    between = "".join(f"(?>.*?{part})" for part in others[:-1] if part)
    return re.compile(first + between + "".join(f".*{part}" for part in others[-1:]), re.DOTALL)


def occurrences(words: Sequence[str], tokens: Sequence[Token], slop: int) -> int:
    """Count the places where words end that stand one after the other, at most `slop` positions apart."""
    return len(_reached(words, tokens, slop)[-1])


def _in_sequence(words: Sequence[str], tokens: Sequence[Token], slop: int) -> list[int]:
    """Find the words one after the other, each at most `slop` positions after the one before."""
    layers = _reached(words, tokens, slop)
    for i in reversed(range(len(layers) - 1)):
        layers[i] = _near(layers[i], layers[i + 1], 1, slop)
    part = set().union(*layers)
    return [index for index, token in enumerate(tokens) if token.position in part]


def _reached(words: Sequence[str], tokens: Sequence[Token], slop: int) -> list[list[int]]:
    """Return for each word the places that are reached from the first."""
    places: dict[str, list[int]] = {word: [] for word in words}
    for token in tokens:
        if token.text in places:
            places[token.text].append(token.position)
    layers = [places[words[0]]]
    for word in words[1:]:
        layers.append(_near(places[word], layers[-1], -slop, -1))
    return layers


def _near(places: list[int], others: list[int], low: int, high: int) -> list[int]:
    """Keep the places that have one of `others` between `low` and `high` positions away."""
    starts = ((place, bisect_left(others, place + low)) for place in places)
    return [place for place, i in starts if i < len(others) and others[i] <= place + high]

"""A query tree as text again, and as an explanation of what each word was taken for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.analysis import stem
from engine.fields import BY_NAME
from engine.lexer import WILDCARD
from engine.matching import Leaf, fields_of, words_of
from engine.operators import NAMES, STATES
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Query, Term, Value, Wildcard

RESERVED = frozenset({"AND", "OR", "NOT"})

_EDITS = re.compile(r"~\d*$")


def to_text(query: Query) -> str:  # noqa: PLR0911 - one for each kind of node
    """Return a query in the query language; parsing it gives the same query.

    A tree the language can not say exactly (a `Value` of a field without operator) is said as
    nearly as possible.
    """
    match query:
        case All():
            return "*"
        case And(children):
            return " ".join(_grouped(child) for child in children) or "*"
        case Or(children):
            return " OR ".join(_grouped(child) for child in children) or "-*"
        case Not(child):
            return f"-{_grouped(child)}"
        case Value():
            return _value(query)
        case DateRange(start, end):
            return f"date:{start}" if start == end and start else f"date:{start or ''}..{end or ''}"
        case _:
            return _operator(query.field) + _leaf(query)


def _grouped(query: Query) -> str:
    text = to_text(query)
    return f"({text})" if isinstance(query, And | Or) and len(query.children) > 1 else text


def _operator(field: str | None) -> str:
    if field is None:
        return ""
    operator = BY_NAME[field].operator
    return f"{operator}:" if operator else f"in:{field} "


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Phrase(text, _, slop):
            return '"{}"'.format(text.replace('"', " ")) + (f"~{slop}" if slop > 1 else "")
        case Prefix(text):
            return f"{text}*"
        case Wildcard(text):
            return text
        case Fuzzy(text, _, distance):
            return f"{text}~" if distance == 1 else f"{text}~{distance}"
        case Term(text):
            return _harmless(text)


def _harmless(text: str) -> str:
    """Write a word so that no part of it is taken for an operator or a sign."""
    name, colon, value = text.partition(":")
    if WILDCARD.match(text) or (colon and (name.lower() in NAMES or value.startswith('"'))):
        text = f".{text}"
    if _EDITS.search(text):
        text = f"{text}."
    return text.lower() if text in RESERVED else text


def _value(value: Value) -> str:
    for name, meaning in STATES.items():
        if meaning == value:
            return f"is:{name}"
    operator = BY_NAME[value.field].operator or value.field
    one_each = [f'{operator}:"{text}"' if " " in text else f"{operator}:{text}" for text in value.values]
    return one_each[0] if len(one_each) == 1 else f"({' OR '.join(one_each)})"


def explain(query: Query, languages: Iterable[str | None]) -> list[tuple[str, str]]:
    """Say what each part of a query was taken for: `("U.N.", "un")`, `("running", "running (en: run)")`.

    Args:
        query: the query as parsed.
        languages: those of the index, which decide what stems are looked for.

    """
    return [(to_text(leaf), _meaning(leaf, tuple(languages))) for leaf in _all_leaves(query)]


def _all_leaves(query: Query) -> Iterator[Query]:
    if isinstance(query, And | Or):
        for child in query.children:
            yield from _all_leaves(child)
    elif isinstance(query, Not):
        yield from _all_leaves(query.child)
    else:
        yield query


def _meaning(leaf: Query, languages: Iterable[str | None]) -> str:  # noqa: PLR0911 - one for each kind of leaf
    match leaf:
        case All():
            return "every article"
        case Value(field, values):
            return f"{BY_NAME[field].label}: {' or '.join(values)}"
        case DateRange(start, end):
            return f"published {start or '…'} to {end or '…'}"
        case Prefix(text):
            return f"{' '.join(words_of(text))}…"
        case Wildcard(text):
            return text.replace("*", "…").replace("?", "·").lower()
        case Fuzzy(text, _, distance):
            return f"{' '.join(words_of(text))} ±{distance}"
        case Term(text):
            return " ".join(words_of(text)) + _stems(leaf, languages)
        case Phrase(text):
            return " ".join(words_of(text))
    return to_text(leaf)


def _stems(term: Term, languages: Iterable[str | None]) -> str:
    """Say the stems of a single word that differ from it, by language."""
    words = words_of(term.text)
    if len(words) != 1 or not any(field.stemmed for field in fields_of(term)):
        return ""
    stems = {language: stem(words[0], language) for language in languages if language}
    said = ", ".join(f"{language}: {found}" for language, found in stems.items() if found != words[0])
    return f" ({said})" if said else ""

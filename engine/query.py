"""Our query language as a small tree; engines compile it, no engine's own syntax is ever used.

Leaves carry the words as the user typed them: analysis (folding, stems) is the engine's part, with
`engine.analysis`, so that index, query and highlighter can not disagree.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, matched by its stem in the article's language.

    Without a field it is looked for in title and body. A word that analysis splits (`Ould-Ali`,
    Chinese) is matched as a phrase of its parts.
    """

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, unstemmed; each at most `slop` positions after the one before."""

    text: str
    field: str | None = None
    slop: int = 1


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`, unstemmed (`kid*`)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words like `text`, unstemmed, where `?` stands for one letter and `*` for any, or none (`k?dal`)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within `distance` edits (Damerau-Levenshtein, first letter fixed) of `text`."""

    text: str
    field: str | None = None
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Value:
    """Articles whose keyword `field` holds one of `values` exactly (`lang:fr`, `is:truncated`)."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles published from `start` to `end`: ISO dates, both inclusive, None = open.

    A bound may be a year, a month or a day and then means the whole of it. An article known only
    to the month or year counts as its first instant. Undated articles never match.
    """

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of it; contributes no score."""

    child: Query


Query = All | Term | Phrase | Prefix | Wildcard | Fuzzy | Value | DateRange | And | Or | Not

"""The Whoosh schema, derived from `engine.fields.FIELDS`.

For a field of FIELDS named x:

    x           text: unstemmed terms with positions      keyword: exact values
    x_stems     stemmed text: stems in the article's language, with frequencies
    x_words     keyword with words=True: the terms of its values, with positions

Beside them stands `id`. Postings, columns and stored articles are kept in packs (`engine.whoosh.build`).
"""

from __future__ import annotations

import hashlib
from typing import Any

from engine.analysis import signature
from engine.fields import FIELDS
from engine.matching import GAP
from engine.whoosh.lexicon import decode, encode
from engine.whoosh.stock import Existence, FieldType, Format, Frequency, Schema

LAYOUT = 4
"""Raised whenever what is written changes in a way FIELDS does not show."""


class _Field(FieldType):  # type: ignore[misc]  # Whoosh publishes no types
    """A field whose values arrive analysed; terms may hold any str, lone surrogates included."""

    indexed = True
    stored = unique = False
    multitoken_query = "default"
    analyzer = vector = column_type = None

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as it is stored."""
        return value if isinstance(value, bytes) else encode(value)

    def from_bytes(self, data: bytes) -> str:
        """Undo `to_bytes`."""
        return decode(data)


class Positional(_Field):
    """Terms with positions."""

    scorable = True

    def __init__(self) -> None:
        self.format = Format()


class Counted(_Field):
    """Terms with frequencies."""

    scorable = True

    def __init__(self) -> None:
        self.format = Frequency()


class Exact(_Field):
    """Whole values."""

    scorable = False

    def __init__(self) -> None:
        self.format = Existence()


def build() -> Any:
    """Return the Whoosh schema."""
    schema = Schema(id=Exact())
    for field in FIELDS:
        schema.add(field.name, Positional() if field.kind == "text" else Exact())
        if field.stemmed:
            schema.add(f"{field.name}_stems", Counted())
        if field.words:
            schema.add(f"{field.name}_words", Positional())
    return schema


def digest() -> str:
    """Name the schema: an index of another digest can not be read and must be rebuilt."""
    rows = [(f.name, f.kind, f.stemmed, f.words, f.facet) for f in FIELDS]
    return hashlib.sha256(repr((LAYOUT, GAP, rows, signature())).encode()).hexdigest()[:16]

"""The Whoosh schema, derived from `engine.fields.FIELDS`, and an article as a row of it.

For a field of FIELDS named x:

    x           text: unstemmed terms with positions      keyword: exact values, and a column of them
    x_stems     stemmed text: stems in the article's language, with frequencies
    x_words     keyword with words=True: the terms of its values, with positions

Beside them stand `id` and `path` (exact), `published` (the number of `engine.dates`, indexed for
ranges) and the columns `moment` (the same number), `copies`, `story` (group ids, JSON) and `article`
(the stored article). Nothing is kept in Whoosh's pickled stored fields.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from typing import Any

from engine.analysis import signature, stem_term
from engine.dates import UNDATED, first_moment
from engine.fields import FIELDS, Field
from engine.matching import GAP, field_tokens
from engine.model import Article
from engine.whoosh.packing import dump, pack
from engine.whoosh.stock import (
    COLUMN,
    NUMERIC,
    Existence,
    FieldType,
    Format,
    Frequency,
    NumericColumn,
    Schema,
    VarBytesColumn,
)

LAYOUT = 1
"""Raised whenever what is written changes in a way FIELDS does not show."""

Posting = tuple[bytes, int, float, bytes]
"""Term, frequency, weight, posting value: what Whoosh indexes."""

Postings = Mapping[str, list[int]]
"""Terms of a field of one article with the positions of each."""


class _Field(FieldType):  # type: ignore[misc]  # Whoosh publishes no types
    """A field whose values arrive analysed; terms may hold any str, lone surrogates included."""

    indexed = True
    stored = unique = False
    multitoken_query = "default"
    analyzer = vector = column_type = None

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as it is stored."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, data: bytes) -> str:
        """Undo `to_bytes`."""
        return data.decode("utf-8", "surrogatepass")


class PositionsFormat(Format):  # type: ignore[misc]
    """Positions as an array of differences: smaller and quicker than Whoosh's pickles."""

    def encode(self, positions: list[int]) -> bytes:
        """Return the posting value of rising positions."""
        steps = (b - a for a, b in pairwise((0, *positions)))
        return array("I", steps).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Undo `encode`."""
        return list(accumulate(array("I", value)))

    def decode_frequency(self, value: bytes) -> int:
        """Count the positions."""
        return len(value) // array("I").itemsize

    def decode_weight(self, value: bytes) -> float:
        """Count the positions, as Whoosh's scorers want it."""
        return float(self.decode_frequency(value))


class Positional(_Field):
    """Terms with positions; indexes `Postings`."""

    scorable = True

    def __init__(self) -> None:
        self.format = PositionsFormat()

    def index(self, value: Postings, **_: Any) -> Iterator[Posting]:
        """Yield (term, frequency, weight, posting value)."""
        encode = self.format.encode
        for term, positions in value.items():
            yield self.to_bytes(term), len(positions), float(len(positions)), encode(positions)


class Counted(_Field):
    """Terms with frequencies; indexes a mapping of counts."""

    scorable = True

    def __init__(self) -> None:
        self.format = Frequency()

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[Posting]:
        """Yield (term, frequency, weight, posting value)."""
        for term, count in value.items():
            yield self.to_bytes(term), count, float(count), count.to_bytes(4, "big")


class Exact(_Field):
    """Whole values; indexes a tuple of them and keeps the tuple in a column."""

    scorable = False

    def __init__(self) -> None:
        self.format = Existence()
        self.column_type = VarBytesColumn()

    def index(self, value: tuple[str, ...], **_: Any) -> Iterator[Posting]:
        """Yield (term, frequency, weight, posting value)."""
        for item in dict.fromkeys(value):
            yield self.to_bytes(item), 1, 1.0, b""

    def to_column_value(self, value: tuple[str, ...]) -> bytes:
        """Return all values as one cell of the column."""
        return dump(value)


def build() -> Any:
    """Return the Whoosh schema."""
    schema = Schema(id=Exact(), path=Exact())
    for field in FIELDS:
        schema.add(field.name, Positional() if field.kind == "text" else Exact())
        if field.stemmed:
            schema.add(f"{field.name}_stems", Counted())
        if field.words:
            schema.add(f"{field.name}_words", Positional())
    schema.add("published", NUMERIC(int, bits=64, shift_step=8))
    schema.add("moment", COLUMN(NumericColumn("q", default=UNDATED)))
    for name in ("copies", "story", "article"):
        schema.add(name, COLUMN(VarBytesColumn()))
    return schema


def digest() -> str:
    """Name the schema: an index of another digest can not be read and must be rebuilt."""
    rows = [(f.name, f.kind, f.stemmed, f.words, f.facet) for f in FIELDS]
    return hashlib.sha256(repr((LAYOUT, GAP, rows, signature())).encode()).hexdigest()[:16]


def postings(field: Field, article: Article) -> Postings:
    """Analyse the values of a field."""
    result: dict[str, list[int]] = defaultdict(list)
    for term, _, _, position in field_tokens(field, article):
        result[term].append(position)
    return result


def stems(terms: Postings, language: str | None) -> Mapping[str, int]:
    """Count the stems of analysed text."""
    counts: Counter[str] = Counter()
    for term, positions in terms.items():
        counts[stem_term(term, language)] += len(positions)
    return counts


def row(article: Article) -> dict[str, Any]:
    """Return what Whoosh's writer adds for an article."""
    fields = {name: value for field in FIELDS for name, value in _cells(field, article)}
    moment = first_moment(article.published.value)
    return {
        **fields,
        "id": (article.id,),
        "path": (article.path,),
        "published": None if moment == UNDATED else moment,
        "moment": moment,
        "copies": dump(article.copies.group_id if article.copies else None),
        "story": dump(article.story.id if article.story else None),
        "article": pack(article),
    }


def _cells(field: Field, article: Article) -> Iterator[tuple[str, Any]]:
    if field.kind == "keyword":
        yield field.name, field.values(article)
        if field.words:
            yield f"{field.name}_words", postings(field, article)
        return
    terms = postings(field, article)
    yield field.name, terms
    if field.stemmed:
        yield f"{field.name}_stems", stems(terms, article.language)

"""One row per field. Index schema, filters, facets, query operators and the API follow from it.

To add a facet or a searchable field, add a row here; nothing else lists fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.model import Article

NONE = "none"
"""The keyword of an article that has no value in a facet: it can be counted and selected too."""


@dataclass(frozen=True, slots=True)
class Field:
    """How one aspect of an article is indexed.

    - text: analysed words with positions; `stemmed` adds stems in the article's language;
      `weight` > 0 puts it into searches that name no field.
    - keyword: exact values; `facet` counts and filters them; `words` also indexes the values'
      words, so that `source:monde` finds "Le Monde".

    `operator` is how a query names the field (`author:`), `label` how a page does.
    """

    name: str
    kind: Literal["text", "keyword"]
    values: Callable[[Article], tuple[str, ...]]
    label: str
    operator: str | None = None
    stemmed: bool = False
    weight: float = 0.0
    words: bool = False
    facet: bool = False


def _one(value: str | None) -> tuple[str, ...]:
    return (value or NONE,)


def _date(article: Article, length: int) -> tuple[str, ...]:
    value = article.published.value or ""
    return (value[:length] if len(value) >= length else NONE,)


def _removed(article: Article) -> tuple[str, ...]:
    return tuple(article.raw[e.start : e.end] for e in article.edits if e.kind == "remove")


FIELDS: tuple[Field, ...] = (
    Field("title", "text", lambda a: (a.title,), "Title", operator="title", stemmed=True, weight=2.0),
    Field("body", "text", lambda a: (a.body,), "Text", stemmed=True, weight=1.0),
    Field("removed", "text", _removed, "Removed text"),
    Field("author", "text", lambda a: a.byline.people, "Author", operator="author"),
    Field("place", "text", lambda a: (a.dateline_place or "",), "Place", operator="place"),
    Field("source", "keyword", lambda a: _one(a.source.value), "Source", "source", words=True, facet=True),
    Field(
        "agency", "keyword", lambda a: _one(a.agency.value), "Wire agency", "agency", words=True, facet=True
    ),
    Field("lang", "keyword", lambda a: _one(a.language), "Language", "lang", facet=True),
    Field("translated", "keyword", lambda a: (a.translated.verdict,), "Translation", facet=True),
    Field(
        "access",
        "keyword",
        lambda a: ("truncated" if a.access.truncated else "complete",),
        "Access",
        facet=True,
    ),
    Field("year", "keyword", lambda a: _date(a, 4), "Year", facet=True),
    Field("month", "keyword", lambda a: _date(a, 7), "Month", facet=True),
    Field("day", "keyword", lambda a: _date(a, 10), "Day", facet=True),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
BY_OPERATOR: dict[str, Field] = {field.operator: field for field in FIELDS if field.operator}
TEXT: tuple[Field, ...] = tuple(f for f in FIELDS if f.kind == "text")
FACETS: tuple[Field, ...] = tuple(f for f in FIELDS if f.facet)

GROUPS: dict[str, Callable[[Article], str | None]] = {
    "copies": lambda article: article.copies.group_id if article.copies else None,
    "story": lambda article: article.story.id if article.story else None,
}
"""What articles are grouped by: a filter selects the members of a group by its id."""

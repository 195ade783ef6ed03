"""What the API answers, as pydantic models: they build the JSON and the OpenAPI document alike."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.fields import NONE
from engine.model import FacetValue, Hit, SearchResult
from webapp.params import DATE, SearchParams
from webapp.similar import Similar
from webapp.text import marked


class Highlights(BaseModel):
    """HTML fragments: hits in `<mark>`, everything else escaped."""

    title: list[str]
    body: list[str]


class GroupOut(BaseModel):
    """The group of copies an article belongs to."""

    id: str
    size: int
    role: str


class HitOut(BaseModel):
    """One found article."""

    id: str
    title: str
    url: str | None
    source: str | None
    lang: str | None
    date: str | None
    date_precision: str | None
    score: float
    highlights: Highlights
    flags: list[str] = Field(description="What is special: truncated, translated, translated_probable, …")
    group: GroupOut | None


class ValueOut(BaseModel):
    """How many matching articles have this value, under all filters but those of its own facet."""

    value: str
    count: int
    selected: bool


class FacetOut(BaseModel):
    """One facet; `total` counts its distinct values before the cut to `facet_size`."""

    total: int
    values: list[ValueOut]


class CalendarOut(BaseModel):
    """Articles of each month, in order of time."""

    interval: Literal["month"] = "month"
    values: list[ValueOut]


class SearchOut(BaseModel):
    """The answer to a search."""

    q: str
    total: int
    total_relation: Literal["eq", "gte"]
    total_stories: int | None
    page: int | None = Field(description="Null when the page was reached with a cursor.")
    per_page: int
    pages: int
    next: str | None = Field(description="Address of the next page.")
    prev: str | None
    next_cursor: str | None = Field(description="Good for this build only; afterwards the answer is 410.")
    took_ms: float
    partial: bool
    suggestion: str | None
    warnings: list[str]
    build: str
    hits: list[HitOut]
    facets: dict[str, FacetOut | CalendarOut]


class SimilarOut(BaseModel):
    """An article that shares telling words with another."""

    id: str
    title: str
    source: str | None
    date: str | None
    score: float
    shared: list[str] = Field(description="Words both have, as the other writes them.")


class SourceOut(BaseModel):
    """What one source contributes, as the build report has it."""

    model_config = ConfigDict(extra="allow")

    source: str
    articles: int


class SourcesOut(BaseModel):
    """Every source."""

    build: str
    sources: list[SourceOut]


class HealthOut(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class ReadyOut(BaseModel):
    """Searches are answered."""

    status: Literal["ready"]
    build: str
    articles: int


class ErrorOut(BaseModel):
    """Which parameter is wrong, and why."""

    param: str
    detail: str


class Problem(BaseModel):
    """An error as RFC 9457 has it."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str = ""
    errors: list[ErrorOut] = []


def hit_out(hit: Hit) -> HitOut:
    """Describe one hit."""
    article = hit.article
    copies = article.copies
    return HitOut(
        id=article.id,
        title=article.title,
        url=article.url,
        source=article.source.value,
        lang=article.language,
        date=article.published.value,
        date_precision=article.published.precision,
        score=round(hit.score, 4),
        highlights=Highlights(
            title=[str(marked(hit.title))] if hit.title.hits else [],
            body=[str(marked(snippet)) for snippet in hit.snippets],
        ),
        flags=_flags(hit),
        group=GroupOut(id=copies.group_id, size=copies.size, role=copies.role) if copies else None,
    )


def _flags(hit: Hit) -> list[str]:
    article = hit.article
    verdicts = {"translated": "translated", "probable": "translated_probable"}
    said = ["truncated"] if article.access.truncated else []
    if article.translated.verdict in verdicts:
        said.append(verdicts[article.translated.verdict])
    return [*said, *article.flags]


def similar_out(found: Similar) -> SimilarOut:
    """Describe one similar article."""
    card = found.article
    return SimilarOut(
        id=card.id,
        title=card.title,
        source=card.source.value,
        date=card.published.value,
        score=round(found.score, 4),
        shared=list(found.shared),
    )


def facets_out(params: SearchParams, result: SearchResult) -> dict[str, FacetOut | CalendarOut]:
    """The facets that were asked for, under the names they were asked by."""
    counted = {facet.field: facet for facet in result.facets}
    answer: dict[str, FacetOut | CalendarOut] = {}
    for name in params.facet:
        facet = counted["month" if name == DATE else name]
        if name == DATE:
            dated = sorted((v for v in facet.values if v.value != NONE), key=lambda v: v.value)
            answer[name] = CalendarOut(values=[_value(v) for v in dated])
        else:
            answer[name] = FacetOut(total=facet.total, values=[_value(v) for v in facet.values])
    return answer


def _value(value: FacetValue) -> ValueOut:
    return ValueOut(value=value.value, count=value.count, selected=value.selected)

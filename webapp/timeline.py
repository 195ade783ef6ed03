"""The histogram of a search: all the archive by month or year, or one year or month drawn closer.

It draws closer when both dates lie within one month, or within one year of an archive that is too long
for months; so each bar leads a step in, down to the single day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from engine.fields import NONE
from engine.model import FacetRequest, Filter, SearchRequest, SearchResult
from engine.query import All
from webapp import charts
from webapp.addresses import search_url
from webapp.charts import Bucket
from webapp.params import SearchParams
from webapp.site import EVERY_MONTH, month_counts, months_of, site
from webapp.wording import gettext

STACKED = 4
"""Sources with a shade of their own in a divided bar."""

_PLACE = "\uffff"
"""Stands for a date in the address that is written once for all bars."""
_ENCODED = quote(_PLACE)

Unit = Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars, what one bar is, how many articles have no such date, and the way out of a closer view.

    `outward` are (label, address) pairs: the whole archive first, then the year; `span` is what is
    drawn closer, "" for the whole archive. `sources` name the parts of the bars, the last the rest of them.
    """

    buckets: tuple[Bucket, ...]
    unit: Unit
    undated: int
    span: str = ""
    outward: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


def timeline(params: SearchParams, request: SearchRequest, result: SearchResult, stack: str = "") -> Timeline:
    """Articles over time under all filters but the dates; hatched where the archive holds nothing.

    `result` must have counted the months; it is asked anew when there are dates. The bars are divided
    by source when `stack` says so, and links into the chart keep to that.
    """
    drawn = _drawn(params, request, result, stack)
    return _stacked(drawn, request, result) if stack == "source" else drawn


def _drawn(params: SearchParams, request: SearchRequest, result: SearchResult, stack: str) -> Timeline:
    held = site().calendar.months(result.build)
    months = charts.months(held)
    crowded = len(months) > charts.MONTHS_SHOWN
    span = _span(params, crowded=crowded)
    if span:
        return _closer(params, request, span, stack, crowded=crowded)
    if request.date_from or request.date_to:
        result = site().engine.search(months_of(replace(request, date_from=None, date_to=None)))
    names = charts.years(held) if crowded else months
    found = month_counts(result)
    bars = _bars(params, names, found, held, stack)
    return Timeline(bars, "year" if crowded else "month", found.get(NONE, 0))


def _span(params: SearchParams, *, crowded: bool) -> str:
    """The month, or else the year, that both dates lie in; "" when there is nothing to draw closer."""
    start, end = params.from_ or "", params.to or ""
    if len(start) >= 7 and start[:7] == end[:7]:
        return start[:7]
    return start[:4] if crowded and start[:4] == end[:4] else ""


def _closer(
    params: SearchParams, request: SearchRequest, span: str, stack: str, *, crowded: bool
) -> Timeline:
    unit: Unit = "day" if len(span) == 7 else "month"
    found = _counts(replace(request, date_from=span, date_to=span), unit)
    held = _counts(SearchRequest(All(), date_from=span, date_to=span), unit)
    outward = [(gettext("all dates"), search_url(params.changed(from_=None, to=None), stack=stack))]
    if unit == "day" and crowded:
        year = span[:4]
        outward.append((year, search_url(params.changed(from_=year, to=year), stack=stack)))
    bars = _bars(params, _parts(span), found, held, stack)
    return Timeline(bars, unit, found.get(NONE, 0), span, tuple(outward))


def _stacked(drawn: Timeline, request: SearchRequest, result: SearchResult) -> Timeline:
    """Divide the bars: a part for each of the largest sources found, from the foot up, then the rest."""
    unit: Unit = "month" if drawn.unit == "year" else drawn.unit
    names = _largest(request, result)
    others = tuple(f for f in request.filters if f.field != "source")
    found = [
        _counts(
            replace(
                request,
                filters=(*others, Filter("source", (name,))),
                date_from=drawn.span or None,
                date_to=drawn.span or None,
            ),
            unit,
        )
        for name in names
    ]
    bars = (replace(b, parts=_divided(b.count, [_in(f, b.label) for f in found])) for b in drawn.buckets)
    return replace(drawn, buckets=tuple(bars), sources=tuple(names))


def _divided(whole: int, parts: list[int]) -> tuple[int, ...]:
    return (*parts, whole - sum(parts))


def _largest(request: SearchRequest, result: SearchResult) -> list[str]:
    """The sources with most matches, among those the filters let through."""
    chosen = next((f for f in request.filters if f.field == "source"), Filter("source"))
    counted = next((f.values for f in result.facets if f.field == "source"), ())
    allowed = [
        v.value
        for v in counted
        if v.count and v.value not in chosen.exclude and (v.value in chosen.include or not chosen.include)
    ]
    return allowed[:STACKED]


def _counts(request: SearchRequest, unit: Unit) -> dict[str, int]:
    """The articles of each month or day, `none` among them."""
    asked = replace(months_of(request), facets=(FacetRequest(unit, EVERY_MONTH),))
    return {v.value: v.count for facet in site().engine.search(asked).facets for v in facet.values}


def _parts(span: str) -> list[str]:
    """Every month of a year, every day of a month."""
    if len(span) == 4:
        return [f"{span}-{month:02d}" for month in range(1, 13)]
    return [f"{span}-{day:02d}" for day in range(1, monthrange(int(span[:4]), int(span[5:]))[1] + 1)]


def _bars(
    params: SearchParams,
    names: list[str],
    found: Mapping[str, int],
    held: Mapping[str, int],
    stack: str,
) -> tuple[Bucket, ...]:
    address = search_url(params.changed(from_=_PLACE, to=_PLACE), stack=stack)
    return tuple(
        Bucket(
            name,
            _in(found, name),
            address.replace(_ENCODED, name),
            gap=not _in(held, name),
            inside=_inside(params, name),
        )
        for name in names
    )


def _in(found: Mapping[str, int], name: str) -> int:
    return found.get(name, 0) if len(name) > 4 else sum(n for m, n in found.items() if m.startswith(name))


def _inside(params: SearchParams, name: str) -> bool:
    """Whether some day of this year, month or day is within the dates asked for."""
    start, end = params.from_, params.to
    early = start is not None and name < start[: len(name)]
    late = end is not None and name[: len(end)] > end[: len(name)]
    return not (early or late)

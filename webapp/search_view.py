"""A search answer as a page: facets, chips, pager, ways out of an empty answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from engine.analysis.folding import fold
from engine.fields import FACETS, NONE
from engine.model import Facet, FacetRequest, FacetValue, Filter, SearchRequest, SearchResult
from engine.parser import Limits, explain
from engine.protocol import SearchEngine
from engine.query import All, Query
from webapp import labels
from webapp.addresses import search_url
from webapp.page_state import PageState
from webapp.params import CALENDAR, SearchParams
from webapp.search_service import Answer, listed, pages, total
from webapp.wording import gettext

PAGE_FACETS = tuple(f.name for f in FACETS if f.name not in CALENDAR)
ROWS_SHOWN = 8
WAYS_OUT = 6
EVERY_VALUE = 100_000
VALUES_SHOWN = 200
"""Values listed of a facet that is shown whole; narrowing finds the others."""


@dataclass(frozen=True, slots=True)
class FacetView:
    """One list of boxes: those always shown, and those behind "Show more".

    `open` is a list shown whole, `find` the words it is narrowed to, `matching` how many values have them.
    """

    name: str
    heading: str
    total: int
    first: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...] = ()
    open: bool = False
    find: str = ""
    matching: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter and the search without it."""

    label: str
    href: str
    excluded: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Page links around the present one; None stands for a gap."""

    page: int
    numbers: tuple[int | None, ...]
    previous: str | None
    next: str | None
    first_hit: int
    last_hit: int
    listed: int


@dataclass(frozen=True, slots=True)
class WayOut:
    """A search with one thing less, and how much it finds."""

    label: str
    value: str
    href: str
    count: int


def facet_views(result: SearchResult) -> tuple[FacetView, ...]:
    """The facets of the page, in the order of the fields."""
    found = {facet.field: facet for facet in result.facets}
    return tuple(_facet(found[name]) for name in PAGE_FACETS if name in found)


def _facet(facet: Facet) -> FacetView:
    values = sorted(facet.values, key=lambda v: v.value == NONE)  # the missing value comes last
    chosen = [v for v in values[ROWS_SHOWN:] if v.selected or v.excluded]
    first = (*values[:ROWS_SHOWN], *chosen)
    more = tuple(v for v in values[ROWS_SHOWN:] if v not in chosen)
    return FacetView(facet.field, labels.heading(facet.field), facet.total, first, more)


def opened(
    views: tuple[FacetView, ...], engine: SearchEngine, request: SearchRequest, state: PageState
) -> tuple[FacetView, ...]:
    """Show the facet that the page has open whole, or those of its values whose name has `find` in it."""
    return tuple(
        _whole(view, engine, request, state.find) if view.name == state.open else view for view in views
    )


def _whole(view: FacetView, engine: SearchEngine, request: SearchRequest, find: str) -> FacetView:
    asked = replace(request, limit=0, offset=0, after=None, snippets=False, group="none")
    counted = engine.search(replace(asked, facets=(FacetRequest(view.name, EVERY_VALUE),))).facets[0].values
    wanted = [fold(word) for word in find.split()]
    found = [v for v in counted if _has(labels.value(view.name, v.value), wanted)]
    chosen = [v for v in counted if (v.selected or v.excluded) and v not in found[:VALUES_SHOWN]]
    first = (*chosen, *found[:VALUES_SHOWN])
    return replace(view, first=first, more=(), open=True, find=find, matching=len(found))


def _has(label: str, wanted: list[str]) -> bool:
    words = " ".join(map(fold, label.split()))
    return all(word in words for word in wanted)


def groupings(result: SearchResult) -> list[tuple[str, str]]:
    """The ways this index can list the hits: name and label, every article first."""
    known = [
        ("none", True),
        ("copies", result.total_copies is not None),
        ("story", result.total_stories is not None),
    ]
    return [(name, labels.grouping(name)) for name, there in known if there]


def chips(answer: Answer) -> tuple[tuple[str, tuple[Chip, ...]], ...]:
    """Every active filter, removable, under the heading of its facet."""
    params = answer.params
    found = {f.field: f for f in answer.result.facets}
    groups = [
        (labels.heading(chosen.field), tuple(_chips(params, chosen, found.get(chosen.field))))
        for chosen in params.filters
    ]
    if params.from_ or params.to:
        groups.append(
            (gettext("Date"), (Chip(_span(params), search_url(params.changed(from_=None, to=None))),))
        )
    return tuple(groups)


def _chips(params: SearchParams, chosen: Filter, facet: Facet | None) -> Iterator[Chip]:
    counts = {v.value: v.count for v in facet.values} if facet else {}
    for value in chosen.include:
        empty = counts.get(value) == 0
        label = labels.value(chosen.field, value) + (", 0" if empty else "")
        yield Chip(label, search_url(params.without(chosen.field, value)), empty=empty)
    for value in chosen.exclude:
        label = gettext("not {value}").format(value=labels.value(chosen.field, value))
        yield Chip(label, search_url(params.without(chosen.field, value)), excluded=True)


def _span(params: SearchParams) -> str:
    if params.from_ == params.to:
        return str(params.from_)
    if params.from_ and params.to:
        return gettext("{first} to {last}").format(first=params.from_, last=params.to)
    if params.from_:
        return gettext("from {first}").format(first=params.from_)
    return gettext("until {last}").format(last=params.to)


def reading(query: Query, languages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What each part of a query was taken for; nothing when that is just what was typed."""
    said = explain(query, languages)
    if isinstance(query, All) or all(typed == meaning for typed, meaning in said):
        return ()
    return tuple(said)


# --- paging and ways out -------------------------------------------------------------------------


def pager(answer: Answer, reach: int) -> Pager:
    """Links to the pages near this one, the first and the last; the cursor beyond `reach`."""
    params, result = answer.params, answer.result
    last = min(pages(params, result), max(1, reach // params.per_page))
    page = params.page
    to = partial(_page_url, params)
    onward = to(page + 1) if page < last and params.cursor is None else None
    if onward is None and result.next:
        onward = search_url(params.changed(cursor=result.next))
    first = (page - 1) * params.per_page
    return Pager(
        page=page,
        numbers=tuple(_numbers(page, last)) if params.cursor is None else (),
        previous=to(page - 1) if page > 1 and params.cursor is None else None,
        next=onward,
        first_hit=first + 1,
        last_hit=first + len(result.hits),
        listed=listed(params, result),
    )


def _page_url(params: SearchParams, page: int) -> str:
    return search_url(params.changed(page=page))


def _numbers(page: int, last: int) -> Iterator[int | None]:
    near = {1, last, *range(max(1, page - 2), min(last, page + 2) + 1)}
    if page <= 3:
        near |= set(range(1, min(last, 5) + 1))
    before = 0
    for number in sorted(near):
        if number - before > 1:
            yield None
        yield number
        before = number


def ways_out(engine: SearchEngine, answer: Answer, limits: Limits) -> tuple[WayOut, ...]:
    """Searches with one filter less that find something, and one without any."""
    params = answer.params
    found = []
    for chosen in params.filters[:WAYS_OUT]:
        values = ", ".join(labels.value(chosen.field, v) for v in (*chosen.include, *chosen.exclude))
        label = gettext("the {facet} filter").format(facet=labels.heading(chosen.field).lower())
        found.append((label, values, params.with_selection(Filter(chosen.field))))
    if params.from_ or params.to:
        found.append((gettext("the dates"), _span(params), params.changed(from_=None, to=None)))
    if len(found) > 1:
        found.append((gettext("all filters"), "", params.unfiltered()))
    ways = (WayOut(label, value, search_url(p), total(engine, p, limits)) for label, value, p in found)
    return tuple(way for way in ways if way.count)

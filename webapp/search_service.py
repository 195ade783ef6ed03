"""From parameters to an answer: read the query, ask the engine, say what was done differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.errors import QuerySyntaxError
from engine.model import FacetRequest, Filter, SearchRequest, SearchResult
from engine.parser import Limits, literal, parse
from engine.protocol import SearchEngine
from engine.query import All, Query
from webapp import labels
from webapp.params import DATE, STORY, SearchParams
from webapp.site import EVERY_MONTH
from webapp.wording import gettext


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was understood; after a syntax error, its words taken literally."""

    query: Query
    warnings: tuple[str, ...] = ()
    error: QuerySyntaxError | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked in the end, and what came back.

    `params.page` is the page shown, which is the last one when a later one was asked for.
    `relaxed` says that no article has all the words, so that any of them was enough.
    """

    params: SearchParams
    reading: Reading
    request: SearchRequest
    result: SearchResult
    warnings: tuple[str, ...] = ()
    relaxed: bool = False


def interpret(params: SearchParams, limits: Limits) -> Reading:
    """Read the query. Raises `QueryLimitError` when it is larger than allowed."""
    try:
        parsed = parse(params.q, params.match or "all", limits)
    except QuerySyntaxError as error:
        literally = gettext("The words were searched literally.")
        said = f"{error} {literally}"
        return Reading(literal(params.q, limits), (said,), error)
    return Reading(parsed.query, parsed.warnings)


def request_for(params: SearchParams, query: Query) -> SearchRequest:
    """Translate parameters for the engine."""
    sizes = dict.fromkeys(params.facet, params.facet_size)
    if sizes.pop(DATE, None):
        sizes["month"] = EVERY_MONTH
    return SearchRequest(
        query=query,
        filters=params.filters,
        date_from=params.from_,
        date_to=params.to,
        sort=params.sort,
        group=params.group,
        offset=(params.page - 1) * params.per_page,
        limit=params.per_page,
        after=params.cursor,
        facets=tuple(FacetRequest(field, size) for field, size in sizes.items()),
    )


def run(engine: SearchEngine, params: SearchParams, limits: Limits, warnings: tuple[str, ...] = ()) -> Answer:
    """Answer a search; a page beyond the last becomes the last, with a warning."""
    reading = interpret(params, limits)
    request = request_for(params, reading.query)
    result = engine.search(request)
    last = pages(params, result)
    if not result.hits and params.cursor is None and 0 < last < params.page:
        beyond = gettext("There is no page {page}; this is page {last}, the last.")
        warnings = (*warnings, beyond.format(page=params.page, last=last))
        params = params.changed(page=last)
        request = request_for(params, reading.query)
        result = engine.search(request)
    said = (*warnings, *reading.warnings, *result.warnings, *_ungrouped(params, result))
    return Answer(params, reading, request, result, (*said, *_unknown_values(engine, params, result)))


def _ungrouped(params: SearchParams, result: SearchResult) -> Iterator[str]:
    if params.group != "none" and groups(params, result) is None:
        yield gettext("This index has no such groups, so every article is listed.")


def _unknown_values(engine: SearchEngine, params: SearchParams, result: SearchResult) -> Iterator[str]:
    """Name the values asked for that no article has: slips, most likely."""
    seen = {(facet.field, value.value) for facet in result.facets for value in facet.values if value.count}
    for chosen in params.filters:
        doubted = tuple(value for value in chosen.include if (chosen.field, value) not in seen)
        if not doubted:
            continue
        if chosen.field == STORY:
            if not result.total:
                yield gettext("The present build has no such story, or nothing in it matches.")
            continue
        counts = FacetRequest(chosen.field, 0)
        asked = SearchRequest(All(), (Filter(chosen.field, doubted),), limit=0, facets=(counts,))
        for value in engine.search(asked).facets[0].values:
            if not value.count:
                yield _unknown_value(value.value, labels.heading(chosen.field).lower())


def _unknown_value(value: str, heading: str) -> str:
    said = gettext("No article at all has “{value}” as {facet}.")
    return said.format(value=value, facet=heading)


def relax(engine: SearchEngine, answer: Answer, limits: Limits) -> Answer:
    """When no article has all the words, find those that have any; else give back the same answer.

    Nothing is relaxed when the choice was made in the URL, or when only the filters stand in the way.
    """
    params = answer.params
    if answer.result.total or params.match or answer.reading.error:
        return answer
    loose = params.changed(match="any")
    if interpret(loose, limits).query == answer.reading.query:
        return answer
    if params.filtered and total(engine, params.unfiltered(), limits):
        return answer
    found = run(engine, loose, limits)
    if not found.result.total:
        return answer
    return replace(found, relaxed=True, result=replace(found.result, suggestion=answer.result.suggestion))


def total(engine: SearchEngine, params: SearchParams, limits: Limits) -> int:
    """How many articles match."""
    request = request_for(params.changed(facet=()), interpret(params, limits).query)
    return engine.search(replace(request, limit=0, snippets=False)).total


def listed(params: SearchParams, result: SearchResult) -> int:
    """How many entries the list of hits has over all pages: articles, or groups of them."""
    found = groups(params, result)
    return result.total if found is None else found


def groups(params: SearchParams, result: SearchResult) -> int | None:
    """How many groups of the kind asked for match; None when none is asked for, or the index has none."""
    return {"copies": result.total_copies, "story": result.total_stories}.get(params.group)


def pages(params: SearchParams, result: SearchResult) -> int:
    """How many pages there are."""
    return -(-listed(params, result) // params.per_page)

"""A request -> the body of one search. Pure: no cluster is asked, and no syntax of its own is used.

`query` is what facets count under; filters on facets stand in `post_filter`, and each facet counts under
those of the other facets. A second `groups` aggregation counts stories and copies under all filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.dates import first_moment, last_moment
from engine.facets import others
from engine.fields import GROUPS
from engine.matching import loose_words
from engine.model import Filter, SearchRequest, Sort
from engine.opensearch.leaves import NOTHING, Clause, any_of, leaf, neighbours
from engine.opensearch.schema import MOST_GROUPS, MOST_VALUES, keyword
from engine.query import All, And, DateRange, Not, Or, Query, Value

EVERYTHING: Clause = {"match_all": {}}

_UNDATED = {"missing": "_last", "unmapped_type": "long"}
_ORDER: dict[Sort, list[dict[str, Any]]] = {
    "relevance": [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}],
    "date": [{"moment": {"order": "asc", **_UNDATED}}, {"id": {"order": "asc"}}],
    "-date": [{"moment": {"order": "desc", **_UNDATED}}, {"id": {"order": "asc"}}],
}
_ABOUT = 40_000
"""Up to about so many groups the cluster's estimate of their number is within a percent."""


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known of an index to compile a request: its languages, and which groups it has."""

    languages: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()


def compile_query(query: Query, known: Known) -> Clause:  # noqa: PLR0911 - one for each kind of node
    """Return the clause of a query tree."""
    match query:
        case All():
            return EVERYTHING
        case And(children):
            return _all_of(children, known)
        case Or(children):
            return any_of(compile_query(child, known) for child in children)
        case Not(child):
            return {"bool": {"must_not": [compile_query(child, known)]}}
        case Value(field, values):
            return _value(field, values)
        case DateRange(start, end):
            return _dates(start, end)
        case _:
            return leaf(query, known.languages)


def _all_of(children: Sequence[Query], known: Known) -> Clause:
    """Put words where they score and conditions where they do not."""
    parts: dict[str, list[Clause]] = {"must": [], "filter": [], "must_not": []}
    for child in children:
        if isinstance(child, Not):
            parts["must_not"].append(compile_query(child.child, known))
        else:
            condition = isinstance(child, All | Value | DateRange)
            parts["filter" if condition else "must"].append(compile_query(child, known))
    return {"bool": {name: clauses for name, clauses in parts.items() if clauses}} if children else EVERYTHING


def _value(field: str, values: Iterable[str]) -> Clause:
    found = [keyword(value) for value in values]
    return {"constant_score": {"filter": {"terms": {field: found}}}} if found else NOTHING


def _dates(start: str | None, end: str | None) -> Clause:
    bounds = {
        **({"gte": first_moment(start)} if start is not None else {}),
        **({"lte": last_moment(end)} if end is not None else {}),
    }
    found: Clause = {"range": {"moment": bounds}} if bounds else {"exists": {"field": "moment"}}
    return {"constant_score": {"filter": found}}


def _filter(chosen: Filter) -> list[Clause]:
    clauses: list[Clause] = []
    if chosen.include:
        clauses.append(_held(chosen.field, chosen.include))
    if chosen.exclude:
        clauses.append({"bool": {"must_not": [_held(chosen.field, chosen.exclude)]}})
    return clauses


def _held(field: str, values: Iterable[str]) -> Clause:
    """Find documents with any of some values, or in any of some groups."""
    sign = "=" if field in GROUPS else ""
    return {"terms": {field: [keyword(f"{sign}{value}") for value in values]}}


def _filters(filters: Iterable[Filter]) -> Clause:
    clauses = [clause for chosen in filters for clause in _filter(chosen)]
    return {"bool": {"filter": clauses}} if clauses else EVERYTHING


# --- the body ----------------------------------------------------------------------------------


def compile_request(request: SearchRequest, known: Known) -> dict[str, Any]:
    """Return the body of the search, all but which page of it."""
    later, sooner = _divided(request)
    body = {
        "query": _scored(request, sooner, known),
        "sort": _ORDER[request.sort],
        "track_total_hits": True,
        "_source": ["article"],
    }
    if later:
        body["post_filter"] = _filters(later)
    if request.group != "none":
        body["collapse"] = {"field": request.group, "inner_hits": {"name": "members", "size": 0}}
    counts = _facets(request, later) | _groups(later, known)
    return {**body, "aggs": counts} if counts else body


def compile_scan(request: SearchRequest, known: Known) -> dict[str, Any]:
    """Return the body of a search for every match, in order."""
    return {
        "query": _scored(request, request.filters, known),
        "sort": _ORDER[request.sort],
        "track_total_hits": False,
        "_source": ["article"],
    }


def _divided(request: SearchRequest) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """Tell the filters of facets, which must not narrow their own counts, from the others."""
    counted = {asked.field for asked in request.facets}
    later = tuple(chosen for chosen in request.filters if chosen.field in counted)
    return later, tuple(chosen for chosen in request.filters if chosen.field not in counted)


def _scored(request: SearchRequest, filters: Iterable[Filter], known: Known) -> Clause:
    query = compile_query(request.query, known)
    conditions = [clause for chosen in filters for clause in _filter(chosen)]
    if request.date_from is not None or request.date_to is not None:
        conditions.append(_dates(request.date_from, request.date_to))
    bonus = neighbours(loose_words(request.query), known.languages) if request.sort == "relevance" else []
    if not conditions and not bonus:
        return query
    parts = {"must": [query], "filter": conditions, "should": bonus}
    return {"bool": {name: clauses for name, clauses in parts.items() if clauses}}


def _facets(request: SearchRequest, later: tuple[Filter, ...]) -> dict[str, Any]:
    return {
        f"facet.{asked.field}": {
            "filter": _filters(others(later, asked.field)),
            "aggs": {"values": {"terms": {"field": asked.field, "size": MOST_VALUES}}},
        }
        for asked in request.facets
    }


def _groups(later: tuple[Filter, ...], known: Known) -> dict[str, Any]:
    """Count groups exactly by listing them on the cluster; an estimate serves when there are too many."""
    if not known.groups:
        return {}
    counts: dict[str, Any] = {}
    for name in sorted(known.groups):
        counts[name] = {"terms": {"field": name, "size": MOST_GROUPS}}
        counts[f"{name}.count"] = {"stats_bucket": {"buckets_path": f"{name}>_count"}}
        counts[f"{name}.about"] = {"cardinality": {"field": name, "precision_threshold": _ABOUT}}
    return {"groups": {"filter": _filters(later), "aggs": counts}}

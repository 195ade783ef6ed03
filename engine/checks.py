"""Checks a request before an engine sees it, so that all engines refuse the same things."""

from __future__ import annotations

from engine.errors import UnknownFieldError
from engine.fields import BY_NAME, GROUPS, Field
from engine.model import SearchRequest
from engine.query import And, Fuzzy, Not, Or, Phrase, Prefix, Query, Term, Value, Wildcard


def check(request: SearchRequest) -> None:
    """Raise `UnknownFieldError` when a filter, a facet or the query names a field wrongly."""
    for chosen in request.filters:
        if chosen.field not in GROUPS:
            _keyword(chosen.field)
    for asked in request.facets:
        _keyword(asked.field)
    _check_query(request.query)


def _check_query(query: Query) -> None:
    if isinstance(query, And | Or):
        for child in query.children:
            _check_query(child)
    elif isinstance(query, Not):
        _check_query(query.child)
    elif isinstance(query, Value):
        _keyword(query.field)
    elif isinstance(query, Term | Phrase | Prefix | Wildcard | Fuzzy) and query.field:
        _words(query.field)


def _known(name: str) -> Field:
    field = BY_NAME.get(name)
    if field is None:
        raise UnknownFieldError(f"There is no field “{name}”; the fields are {', '.join(BY_NAME)}.")
    return field


def _keyword(name: str) -> None:
    if _known(name).kind != "keyword":
        raise UnknownFieldError(f"The field “{name}” holds running text; it can not be filtered or counted.")


def _words(name: str) -> None:
    field = _known(name)
    if field.kind != "text" and not field.words:
        raise UnknownFieldError(f"The field “{name}” holds whole values; its words can not be searched.")

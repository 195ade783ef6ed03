"""Facets: all matches counted by value, several fields in one pass.

Fields that are counted under the same filters share one array of joint ordinals as long as the
combinations of their values fit sixteen bits: source 50 x month 121 x language 8 = 48 400.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from engine.facets import facet
from engine.model import Facet, FacetRequest, Filter, SearchRequest
from engine.whoosh.columns import Columns, Numbers

_COMBINATIONS = 1 << 16


def count_facets(
    columns: Columns, request: SearchRequest, under: Callable[[str], Numbers]
) -> tuple[Facet, ...]:
    """Return the facets of a request.

    Args:
        columns: of the generation.
        request: which facets, and which values are chosen.
        under: the documents found under all filters but those on a field.

    """
    counts: dict[str, Numbers] = {}
    filtered = {chosen.field for chosen in request.filters}
    names = dict.fromkeys(asked.field for asked in request.facets)
    for name in names:
        if name in filtered or (name in columns.keywords and columns.keywords[name].holders is not None):
            counts[name] = _one(columns, name, under(name))
    for together in _fitting(columns, [name for name in names if name not in counts]):
        counts |= _joint(columns, together, under(together[0]))
    return tuple(_facet(columns, asked, counts[asked.field], request.filters) for asked in request.facets)


def _one(columns: Columns, name: str, found: Numbers) -> Numbers:
    return columns.keywords[name].counts(found, columns.size) if columns.size else np.empty(0, np.int64)


def _fitting(columns: Columns, names: list[str]) -> Iterator[tuple[str, ...]]:
    """Divide fields into groups whose combinations of values fit, each as large as it may be."""
    together: list[str] = []
    combinations = 1
    for name in names:
        size = max(1, len(columns.keywords[name].values)) if columns.size else 1
        if together and combinations * size > _COMBINATIONS:
            yield tuple(together)
            together, combinations = [], 1
        together.append(name)
        combinations *= size
    if together:
        yield tuple(together)


def _joint(columns: Columns, names: tuple[str, ...], found: Numbers) -> dict[str, Numbers]:
    if len(names) == 1 or not columns.size:
        return {name: _one(columns, name, found) for name in names}
    sizes = [len(columns.keywords[name].values) for name in names]
    counts = np.bincount(columns.joint(names).take(found), minlength=int(np.prod(sizes))).reshape(sizes)
    axes = range(len(names))
    return {name: counts.sum(axis=tuple(a for a in axes if a != axis)) for axis, name in enumerate(names)}


def _facet(columns: Columns, asked: FacetRequest, counts: Numbers, filters: tuple[Filter, ...]) -> Facet:
    """Give `facet` only what may be listed: the most frequent values, ties included, and chosen ones."""
    values = columns.keywords[asked.field].values if columns.size else ()
    found = np.flatnonzero(counts)
    listed = found
    if len(found) > asked.size > 0:
        least = np.partition(counts[found], -asked.size)[-asked.size]
        listed = found[counts[found] >= least]
    shown = {values[n]: int(counts[n]) for n in listed.tolist()}
    chosen = {value for one in filters if one.field == asked.field for value in (*one.include, *one.exclude)}
    shown |= {values[n]: int(counts[n]) for n in found.tolist() if values[n] in chosen} if chosen else {}
    return replace(facet(asked, shown, filters), total=len(found))

"""Facets and filters, told apart from any engine: counts in, `Facet` out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.model import Facet, FacetRequest, FacetValue, Filter


def passes(values: Iterable[str], chosen: Filter) -> bool:
    """Whether an article with these values of `chosen.field` passes the filter."""
    held = frozenset(values)
    wanted = not chosen.include or not held.isdisjoint(chosen.include)
    return wanted and held.isdisjoint(chosen.exclude)


def others(filters: Iterable[Filter], field: str) -> tuple[Filter, ...]:
    """Return the filters on other fields: those a count of `field` is made under."""
    return tuple(chosen for chosen in filters if chosen.field != field)


def facet(request: FacetRequest, counts: Mapping[str, int], filters: Iterable[Filter]) -> Facet:
    """Order and cut the counts of a field; chosen values stay, even at zero and beyond the size.

    Args:
        request: which field and how many values.
        counts: matching articles by value, under all filters but those on this field.
        filters: all filters of the search.

    """
    own = [chosen for chosen in filters if chosen.field == request.field]
    selected = {value for chosen in own for value in chosen.include}
    excluded = {value for chosen in own for value in chosen.exclude}
    found = sorted((value for value in counts if counts[value]), key=lambda value: (-counts[value], value))
    kept = found[: request.size]
    kept += sorted((selected | excluded).difference(kept), key=lambda value: (-counts.get(value, 0), value))
    values = (FacetValue(v, counts.get(v, 0), v in selected, v in excluded) for v in kept)
    return Facet(request.field, len(found), tuple(values))

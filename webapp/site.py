"""What every view needs: the engine, the settings, the state of the index. Made once by `create_app`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

from flask import current_app, g
from prometheus_client import CollectorRegistry, Counter, Histogram

from engine.errors import OperatorError
from engine.model import FacetRequest, IndexInfo, SearchRequest, SearchResult
from engine.protocol import SearchEngine
from engine.query import All
from webapp.settings import WebSettings

EXTENSION = "dateline"
EVERY_MONTH = 1200
"""Facet size of the date histogram: a hundred years."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Counters of one app, in a registry of their own."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram

    @classmethod
    def new(cls) -> Metrics:
        """Start from zero."""
        registry = CollectorRegistry()
        return cls(
            registry,
            Counter("dateline_requests", "Answers by page.", ["page", "status"], registry=registry),
            Histogram("dateline_request_seconds", "Time to answer, by page.", ["page"], registry=registry),
        )

    def count(self, page: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self.requests.labels(page, status).inc()
        self.seconds.labels(page).observe(seconds)


class Calendar:
    """How many articles the archive holds of each month, counted once for each build.

    Threads that race to count come to the same end.
    """

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._counted: tuple[str, dict[str, int]] = ("", {})

    def months(self, build: str) -> dict[str, int]:
        """The counts by month, `none` among them."""
        known, counts = self._counted
        if known != build:
            counts = month_counts(self._engine.search(months_of(SearchRequest(All()))))
            self._counted = (build, counts)
        return counts


def months_of(request: SearchRequest) -> SearchRequest:
    """The same search, asked only for its articles by month."""
    facets = (FacetRequest("month", EVERY_MONTH),)
    return replace(request, offset=0, limit=0, after=None, snippets=False, group="none", facets=facets)


def month_counts(result: SearchResult) -> dict[str, int]:
    """The articles of each month in an answer that counted them."""
    return {v.value: v.count for facet in result.facets if facet.field == "month" for v in facet.values}


@dataclass(frozen=True, slots=True)
class Site:
    """One app's engine and settings."""

    engine: SearchEngine
    settings: WebSettings
    calendar: Calendar
    metrics: Metrics = field(default_factory=Metrics.new)


def site() -> Site:
    """The site of the app that answers this request."""
    return cast("Site", current_app.extensions[EXTENSION])


def index_info() -> IndexInfo:
    """The state of the index, read once per request. Raises `IndexMissingError` before the first build."""
    if "index_info" not in g:
        g.index_info = site().engine.info()
    return cast("IndexInfo", g.index_info)


def index_info_or_none() -> IndexInfo | None:
    """The state of the index, or None when there is none to describe."""
    try:
        return index_info()
    except OperatorError:
        return None


def build_report() -> Mapping[str, Any]:
    """What the indexer reported of the last build; empty when it said nothing."""
    return _read(index_info().report)


@lru_cache(maxsize=2)  # a report is as long as the archive has sources; it changes with the build only
def _read(report: str) -> Mapping[str, Any]:
    try:
        read = json.loads(report)
    except ValueError:
        return {}
    return MappingProxyType(read) if isinstance(read, dict) else {}

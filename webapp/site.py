"""What every view needs: the engine, the settings, the state of the index. Made once by `create_app`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app, g
from prometheus_client import CollectorRegistry, Counter, Histogram

from engine.errors import OperatorError
from engine.model import IndexInfo
from engine.protocol import SearchEngine
from webapp.settings import WebSettings

EXTENSION = "dateline"


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


@dataclass(frozen=True, slots=True)
class Site:
    """One app's engine and settings."""

    engine: SearchEngine
    settings: WebSettings
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


def build_report() -> dict[str, Any]:
    """What the indexer reported of the last build; empty when it said nothing."""
    try:
        report = json.loads(index_info().report)
    except ValueError:
        return {}
    return report if isinstance(report, dict) else {}

"""Putting the app together."""

from __future__ import annotations

import time
from urllib.parse import quote

from flask import Flask, Response, g, request
from werkzeug.routing import BaseConverter

from engine.protocol import SearchEngine
from webapp import api, export, pages
from webapp.caching import conditional
from webapp.errors import handle_errors
from webapp.security import protect
from webapp.settings import WebSettings
from webapp.site import EXTENSION, Calendar, Site, site
from webapp.templating import dress


class ArticleId(BaseConverter):
    """An article id in a path: any text, `https://…` included, so every special character is encoded.

    Slashes too: browsers would resolve `/../` inside an id before they ask for it.
    """

    part_isolating = False
    regex = "(?s:.+)"

    def to_url(self, value: str) -> str:
        """Encode an id."""
        return quote(value, safe="", errors="replace")


def create_app(engine: SearchEngine, settings: WebSettings = WebSettings()) -> Flask:  # noqa: B008 - frozen
    """Make the web app that searches `engine`."""
    app = Flask("webapp")
    app.extensions[EXTENSION] = Site(engine, settings, Calendar(engine))
    app.url_map.merge_slashes = False  # ids hold "//"
    app.url_map.converters["article"] = ArticleId
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    handle_errors(app)
    conditional(app)
    protect(app)
    dress(app)
    _measure(app)
    for part in (pages.blueprint, api.blueprint, export.blueprint):
        app.register_blueprint(part)
    return app


def _measure(app: Flask) -> None:
    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        page = request.endpoint or "unknown"
        metrics = site().metrics
        metrics.requests.labels(page, response.status_code).inc()
        metrics.seconds.labels(page).observe(time.perf_counter() - g.get("started", time.perf_counter()))
        return response

"""Putting the app together."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter

from engine.protocol import SearchEngine
from webapp import api, export, pages, pair_pages, story_pages
from webapp.caching import conditional
from webapp.compression import compress
from webapp.errors import handle_errors
from webapp.guard import guard
from webapp.logs import observe
from webapp.security import protect
from webapp.settings import WebSettings
from webapp.site import EXTENSION, Calendar, Site
from webapp.templating import dress
from webapp.wording import speak


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
    observe(app, settings)  # first to see a request, last to see the answer
    handle_errors(app)
    guard(app, settings)
    compress(app)
    conditional(app)
    protect(app, settings)
    speak(app)
    dress(app)
    _behind(app, settings.proxies)
    for part in (pages, story_pages, pair_pages, api, export):
        app.register_blueprint(part.blueprint)
    return app


def _behind(app: Flask, proxies: int) -> None:
    """Believe what so many proxies in front say of the client; without any, nobody is believed."""
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )

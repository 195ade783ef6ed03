"""The pages and the API of an archive: `create_app(engine, settings)` gives a WSGI application.

It knows the engine by `engine.protocol` alone, and no indexer.
"""

from __future__ import annotations

from webapp.app import create_app
from webapp.settings import WebSettings

__all__ = ["WebSettings", "create_app"]

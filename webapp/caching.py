"""Conditional requests: the build, the URL, the theme and the language decide an answer and make its ETag.

A client that has the answer gets 304 before anything is searched.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from flask import Flask, Response, request

from webapp.site import index_info_or_none
from webapp.wording import interface

SAME_FOR_ONE_BUILD = ("pages.", "api.", "export.")
ALWAYS_FRESH = ("api.healthz", "api.readyz", "api.metrics", "pages.theme", "pages.language")


@cache  # reading it takes a millisecond, and it can not change while the program runs
def release() -> str:
    """The version of this program."""
    try:
        return version("dateline-search")
    except PackageNotFoundError:
        return "development"


def conditional(app: Flask) -> None:
    """Answer `If-None-Match`, and tag what may be asked for again."""

    @app.before_request
    def _not_modified() -> Response | None:
        tag = _tag()
        if tag is None or not request.if_none_match.contains_weak(tag):
            return None
        return _tagged(Response(status=304), tag)

    @app.after_request
    def _add_tag(response: Response) -> Response:
        tag = _tag() if response.status_code == 200 else None
        return response if tag is None else _tagged(response, tag)


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(("Cookie", "Accept-Language"))  # the theme, the language of the page
    return response


def _tag() -> str | None:
    endpoint = request.endpoint or ""
    if request.method not in ("GET", "HEAD") or endpoint in ALWAYS_FRESH:
        return None
    info = index_info_or_none() if endpoint.startswith(SAME_FOR_ONE_BUILD) else None
    if info is None:
        return None
    theme = request.cookies.get("theme", "")
    parts = (release(), info.build, request.full_path, theme, interface().code)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]

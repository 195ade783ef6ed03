"""Addresses of pages: a search, and an article with the search that led to it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import url_for

from webapp.params import SearchParams


def search_url(params: SearchParams, **state: str) -> str:
    """The page of a search; `state` is what the page shows besides (`webapp.page_state`)."""
    shown = urlencode({name: value for name, value in state.items() if value}, errors="replace")
    return _with_query(url_for("pages.search"), params.query_string(), shown)


def article_url(article_id: str, query: str = "", at: int | None = None) -> str:
    """An article, with the query string of the search that found it, as its `at`-th hit (from 1)."""
    if at is not None:
        query += f"&at={at}" if query else f"at={at}"
    return _with_query(url_for("pages.article", article_id=article_id), query)


def _with_query(path: str, *queries: str) -> str:
    """Add query strings to a path, which may have one already."""
    query = "&".join(filter(None, queries))
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path

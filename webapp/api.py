"""The JSON endpoint: the same parameters as the search page, the same numbers, no pages to scrape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from werkzeug.exceptions import NotFound

from engine.article_json import to_dict
from engine.model import Article, SearchRequest
from engine.query import All
from webapp.article_parts import copies_out, quotes_out
from webapp.openapi import document
from webapp.params import ParamError, read
from webapp.schema import SearchOut, facets_out, hit_out, similar_out
from webapp.search_service import Answer, pages, run
from webapp.similar import similar
from webapp.site import build_report, index_info, site

blueprint = Blueprint("api", __name__)

INCLUDE = {"removed": "edits", "evidence": "evidence"}
"""What `include` may name, and the key that carries it; all of these are given without `include`."""
ASKED = ("similar", "copies", "quotes")
"""What `include` may name besides: each costs searches, so it is given only when it is asked for."""


@blueprint.get("/api/v1/search")
def search() -> Response:
    """Answer a search."""
    params, warnings = read(request.args.to_dict(flat=False), site().settings)
    answer = run(site().engine, params, site().settings.query, warnings)
    out = search_out(answer)
    response = jsonify(out.model_dump())  # escapes lone surrogates, which pydantic's own JSON refuses
    for relation, address in (("next", out.next), ("prev", out.prev)):
        if address:
            response.headers.add("Link", f'<{address}>; rel="{relation}"')
    return response


def search_out(answer: Answer) -> SearchOut:
    """Describe an answer."""
    params, result = answer.params, answer.result
    by_cursor = params.cursor is not None
    last = pages(params, result)
    return SearchOut(
        q=params.q,
        total=result.total,
        total_relation=result.total_relation,
        total_stories=result.total_stories,
        page=None if by_cursor else params.page,
        per_page=params.per_page,
        pages=last,
        next=_next(answer),
        prev=None if by_cursor or params.page == 1 else _address(answer, page=params.page - 1),
        next_cursor=result.next,
        took_ms=round(result.took_ms, 2),
        partial=result.partial,
        suggestion=result.suggestion,
        warnings=list(answer.warnings),
        build=result.build,
        hits=[hit_out(hit) for hit in result.hits],
        facets=facets_out(params, result),
    )


def _next(answer: Answer) -> str | None:
    params, result = answer.params, answer.result
    reachable = site().settings.reach // params.per_page
    if params.cursor is None and params.page < min(reachable, pages(params, result)):
        return _address(answer, page=params.page + 1)
    return _address(answer, cursor=result.next) if result.next else None


def _address(answer: Answer, **changes: Any) -> str:
    return f"{url_for('api.search')}?{answer.params.changed(**changes).query_string()}"


@blueprint.get("/api/v1/articles/<article:article_id>")
def article(article_id: str) -> Response:
    """Give one article whole."""
    found = site().engine.get(article_id)
    if found is None:
        raise NotFound("There is no article with this id or path in the present build.")
    included = _included()
    out = article_out(found, included)
    _add(out, found, included)
    return jsonify(out)


def _add(out: dict[str, Any], found: Article, included: frozenset[str]) -> None:
    """Add the parts that cost searches, of those `included`."""
    engine = site().engine
    if "similar" in included:
        out["similar"] = _plain(similar_out(one) for one in similar(engine, found))
    if "copies" in included and found.copies is not None:
        out["copies"]["articles"] = _plain(copies_out(engine, found))
    if "quotes" in included:
        out["quotes"] = _plain(quotes_out(engine, found))


def _plain(models: Iterable[BaseModel]) -> list[dict[str, Any]]:
    return [model.model_dump() for model in models]


def _included() -> frozenset[str]:
    unknown = set(request.args) - {"include"}
    asked = {name for value in request.args.getlist("include") for name in value.split(",") if name}
    if unknown or asked - {*INCLUDE, *ASKED}:
        name = "include" if not unknown else min(unknown)
        known = ", ".join((*INCLUDE, *ASKED))
        raise ParamError([(name, f"The only parameter is include, with any of: {known}.")])
    return frozenset(asked or INCLUDE)


def article_out(found: Article, included: frozenset[str]) -> dict[str, Any]:
    """Describe an article with its build, and of edits and evidence only what is `included`."""
    drop = {key for name, key in INCLUDE.items() if name not in included}
    whole = {**to_dict(found, full=False), "build": index_info().build}
    return {
        key: {k: v for k, v in value.items() if k not in drop} if isinstance(value, dict) else value
        for key, value in whole.items()
        if key not in drop
    }


@blueprint.get("/api/v1/sources")
def sources() -> Response:
    """Report what each source contributes and what was removed from it."""
    return jsonify({"build": index_info().build, "sources": build_report().get("sources", [])})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this API."""
    return jsonify(document(site().settings))


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """Say that the process answers, index or not."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> dict[str, Any]:
    """Say that searches are answered, by answering one. Fails like any search when there is no index."""
    result = site().engine.search(SearchRequest(All(), limit=0, snippets=False))
    return {"status": "ready", "build": result.build, "articles": result.total}


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the counters in the Prometheus text format."""
    return Response(generate_latest(site().metrics.registry), content_type=CONTENT_TYPE_LATEST)

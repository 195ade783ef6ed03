"""The OpenAPI 3.1 document, from the models that check requests and build answers."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from webapp.article_parts import CopyOut, QuoteOut
from webapp.article_schema import article_schemas
from webapp.caching import release
from webapp.labels import heading
from webapp.params import SELECTABLE, SearchParams
from webapp.schema import HealthOut, Problem, ReadyOut, SearchOut, SimilarOut, SourcesOut
from webapp.settings import WebSettings
from webapp.story_schema import StoryOut

_REF = "#/components/schemas/{model}"
_ANYWHERE = ("401", "429", "503")
_PROBLEMS = {
    "400": "A parameter is refused; `errors` names it.",
    "401": "The operator asks for an API key, and it is missing or wrong.",
    "404": "There is no such article.",
    "410": "The cursor belongs to an earlier build; start again from the first page.",
    "414": "The address is longer than the operator allows.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
    "503": "There is no index, or it can not be read.",
}
_EXPORTS = {
    "csv": ("text/csv", "one row for each article"),
    "jsonl": ("application/jsonl", "one article on each line, with the hash of its text"),
    "ris": ("application/x-research-info-systems", "references for Zotero or EndNote"),
    "atom": ("application/atom+xml", "the newest matches, as a feed"),
}
_ABOUT = (
    "Search a news archive. Every answer of a build has an `ETag`, so `If-None-Match` gets 304 until the next"
    " build. Errors are `application/problem+json`."
)
_KEY = "Needed only where the operator has set keys; `X-API-Key: KEY` does as well."
_HEADERS = {
    "Link": {"description": "`next` and `prev` pages.", "schema": {"type": "string"}},
    "ETag": {"description": "Changes with the build and the address.", "schema": {"type": "string"}},
    "X-Request-ID": {"description": "What the log calls this request.", "schema": {"type": "string"}},
}
_CITATIONS = {"ris": "application/x-research-info-systems", "bib": "application/x-bibtex"}


def document(settings: WebSettings) -> dict[str, Any]:
    """Describe every address that answers programs."""
    models: list[type[BaseModel]] = [
        SearchOut,
        SimilarOut,
        CopyOut,
        QuoteOut,
        StoryOut,
        SourcesOut,
        HealthOut,
        ReadyOut,
        Problem,
    ]
    _, schemas = models_json_schema([(m, "serialization") for m in models], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": release(), "description": _ABOUT},
        "paths": _paths(settings),
        "components": {
            "schemas": {**schemas["$defs"], **article_schemas(_REF)},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": _KEY}},
        },
        "security": [{"key": []}] if settings.api_keys else [],
    }


def _paths(settings: WebSettings) -> dict[str, Any]:
    search = _get("Search", search_parameters(settings), "SearchOut", ("400", "410", "414"))
    search["get"]["responses"]["200"]["headers"] = _HEADERS
    return {
        "/api/v1/search": search,
        "/api/v1/articles/{id}": _get("One article", _ARTICLE, "Article", ("400", "404")),
        "/api/v1/stories/{id}": _get("One story", _STORY, "StoryOut", ("404",)),
        "/api/v1/sources": _get("What each source contributes", [], "SourcesOut", ()),
        **{f"/search.{form}": _open(_export(form, settings)) for form in _EXPORTS},
        **{f"/cite.{form}/{{id}}": _open(_citation(media)) for form, media in _CITATIONS.items()},
        "/healthz": _open(_get("Whether the process answers", [], "HealthOut", ())),
        "/readyz": _open(_get("Whether searches are answered", [], "ReadyOut", ())),
        "/metrics": _operation("Counters for Prometheus", [], _text("text/plain"), ()),
    }


def _open(operation: dict[str, Any]) -> dict[str, Any]:
    """Mark what needs no key."""
    operation["get"]["security"] = []
    return operation


_STORY: list[dict[str, Any]] = [
    {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "Id of the story, as articles name it.",
        "schema": {"type": "string"},
    }
]
_ARTICLE: list[dict[str, Any]] = [
    {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "Id or path of the article, percent-encoded, slashes too.",
        "schema": {"type": "string"},
    },
    {
        "name": "include",
        "in": "query",
        "description": "Only these parts, separated by commas: `removed` are the edits, `evidence` is what"
        " claims rest on, `similar` are articles that share its telling words, `copies` those with its text,"
        " `quotes` its quotations and who else has them. Without it `removed` and `evidence` are given.",
        "schema": {"type": "string"},
    },
]


def search_parameters(settings: WebSettings) -> list[dict[str, Any]]:
    """Every parameter of a search, as OpenAPI lists them."""
    schema = SearchParams.model_json_schema(by_alias=True)
    limits = {
        "q": {"maxLength": settings.query.characters},
        "page": {"minimum": 1},
        "per_page": {"minimum": 1, "maximum": settings.per_page_max, "default": settings.per_page},
        "facet_size": {"minimum": 1, "maximum": settings.facet_size_max},
    }
    plain = [
        _parameter(name, {**body, **limits.get(name, {})})
        for name, body in schema["properties"].items()
        if name != "filters"
    ]
    return plain + [row for name in SELECTABLE for row in _selection(name)]


def _parameter(name: str, body: dict[str, Any]) -> dict[str, Any]:
    description = body.pop("description", "")
    body.pop("title", None)
    if name == "facet":
        body = {"type": "string", "examples": ["source,lang,date"]}
    return {"name": name, "in": "query", "description": description, "schema": body}


def _selection(name: str) -> list[dict[str, Any]]:
    label = heading(name)
    values = {"type": "array", "items": {"type": "string"}}
    said = {
        name: f"{label}: only these values; repeat it for more than one.",
        f"-{name}": f"{label}: none of these.",
    }
    return [
        {"name": key, "in": "query", "description": text, "schema": values, "explode": True}
        for key, text in said.items()
    ]


def _get(
    summary: str, parameters: list[dict[str, Any]], model: str, problems: tuple[str, ...]
) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": _REF.format(model=model)}}}
    return _operation(summary, parameters, content, problems)


def _export(form: str, settings: WebSettings) -> dict[str, Any]:
    media, what = _EXPORTS[form]
    parameters = search_parameters(settings)
    return _operation(f"Every match: {what}", parameters, _text(media), ("400", "410", "414"))


def _citation(media: str) -> dict[str, Any]:
    return _operation("One article as a reference", _ARTICLE[:1], _text(media), ("404",))


def _text(media: str) -> dict[str, Any]:
    return {media: {"schema": {"type": "string"}}}


def _operation(
    summary: str, parameters: list[dict[str, Any]], content: dict[str, Any], problems: tuple[str, ...]
) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    known = sorted((*problems, *_ANYWHERE))
    errors = {status: {"description": _PROBLEMS[status], "content": problem} for status in known}
    responses = {"200": {"description": summary, "content": content}, **errors}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}

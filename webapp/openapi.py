"""The OpenAPI 3.1 document, from the models that check requests and build answers."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from engine.fields import BY_NAME
from webapp.caching import release
from webapp.params import SELECTABLE, SearchParams
from webapp.schema import Problem, SearchOut
from webapp.settings import WebSettings

_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    "400": "A parameter is refused; `errors` names it.",
    "404": "There is no such article.",
    "410": "The cursor belongs to an earlier build; start again from the first page.",
    "503": "There is no index, or it can not be read.",
}
_EXPORTS = {
    "csv": ("text/csv", "one row for each article"),
    "jsonl": ("application/jsonl", "one article on each line, with the hash of its text"),
    "ris": ("application/x-research-info-systems", "references for Zotero or EndNote"),
    "atom": ("application/atom+xml", "the newest matches, as a feed"),
}
_CITATIONS = {"ris": "application/x-research-info-systems", "bib": "application/x-bibtex"}


def document(settings: WebSettings) -> dict[str, Any]:
    """Describe every address that answers programs."""
    models: list[type[BaseModel]] = [SearchOut, Problem]
    _, schemas = models_json_schema([(m, "serialization") for m in models], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": release(), "description": "Search a news archive."},
        "paths": {
            "/api/v1/search": _get("Search", search_parameters(settings), "SearchOut", ("400", "410", "503")),
            "/api/v1/articles/{id}": _get("One article", _ARTICLE, None, ("400", "404", "503")),
            "/api/v1/sources": _get("What each source contributes", [], None, ("503",)),
            **{f"/search.{form}": _export(form, settings) for form in _EXPORTS},
            **{f"/cite.{form}/{{id}}": _citation(media) for form, media in _CITATIONS.items()},
        },
        "components": {"schemas": schemas["$defs"]},
    }


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
        " claims rest on. Without it the article is given whole.",
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
    label = BY_NAME[name].label
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
    summary: str, parameters: list[dict[str, Any]], model: str | None, problems: tuple[str, ...]
) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=model)} if model else {"type": "object"}
    return _operation(summary, parameters, {"application/json": {"schema": schema}}, problems)


def _export(form: str, settings: WebSettings) -> dict[str, Any]:
    media, what = _EXPORTS[form]
    content = {media: {"schema": {"type": "string"}}}
    return _operation(f"Every match: {what}", search_parameters(settings), content, ("400", "503"))


def _citation(media: str) -> dict[str, Any]:
    content = {media: {"schema": {"type": "string"}}}
    return _operation("One article as a reference", _ARTICLE[:1], content, ("404", "503"))


def _operation(
    summary: str, parameters: list[dict[str, Any]], content: dict[str, Any], problems: tuple[str, ...]
) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    errors = {status: {"description": _PROBLEMS[status], "content": problem} for status in problems}
    responses = {"200": {"description": summary, "content": content}, **errors}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}

"""The JSON schema of an article, from the dataclass that is indexed: what `engine.article_json` writes.

A value that is not known has no key, so nothing that may be None is required, nor what `include` leaves out.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from engine.article_json import STORED_ONLY
from engine.model import Article

_DROPPED = (*STORED_ONLY, "signature")
_RENAMED = {"from_language": "from"}
_OPTIONAL = ("edits", "evidence", "reasons", "similar", "quotes", "articles")
_NULL = {"type": "null"}


def article_schemas(template: str) -> dict[str, Any]:
    """Describe an article and its parts, by name; `template` forms references to them."""
    whole = TypeAdapter(Article).json_schema(mode="serialization", ref_template=template)
    parts: dict[str, Any] = whole.pop("$defs")
    parts["Edit"]["properties"]["removed"] = {"type": "string"}
    whole["properties"] = {k: v for k, v in whole["properties"].items() if k not in _DROPPED}
    whole["properties"]["build"] = {"type": "string"}
    whole["properties"]["similar"] = _list_of("SimilarOut", template)
    whole["properties"]["quotes"] = _list_of("QuoteOut", template)
    parts["Copies"]["properties"]["articles"] = _list_of("CopyOut", template)
    return {name: _public(schema) for name, schema in {**parts, "Article": whole}.items()}


def _list_of(model: str, template: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": template.format(model=model)}}


def _public(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out the Nones, and the defaults, which the reader of an answer does not need."""
    fields = schema["properties"]
    required = [name for name, body in fields.items() if not _may_be_none(body) and name not in _OPTIONAL]
    return {
        "type": "object",
        "title": schema["title"],
        "description": schema.get("description", "").partition("\n\n")[0],
        "properties": {_RENAMED.get(name, name): _known(body) for name, body in fields.items()},
        "required": required,
    }


def _may_be_none(body: dict[str, Any]) -> bool:
    return _NULL in body.get("anyOf", ())


def _known(body: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in body.items() if key not in ("default", "anyOf", "title")}
    choices = [choice for choice in body.get("anyOf", ()) if choice != _NULL]
    return {**kept, **(choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {})}

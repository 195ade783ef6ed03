"""Writes the generated part of docs/api.md from the OpenAPI document: `python -m webapp.api_reference FILE`.

A test fails when the file and the API differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from webapp.openapi import document
from webapp.settings import WebSettings

BEGIN = "<!-- from here on: make docs -->\n"


def reference() -> str:
    """Describe every address and every answer in Markdown."""
    whole = document(WebSettings())
    return "\n".join([*_addresses(whole["paths"]), *_answers(whole["components"]["schemas"])])


def written(text: str) -> str:
    """Put the reference below the mark in a document, in place of what is there."""
    head, mark, _ = text.partition(BEGIN)
    return f"{head}{mark or BEGIN}\n{reference()}"


def _addresses(paths: dict[str, Any]) -> Iterator[str]:
    yield "## Addresses\n"
    seen: list[Any] = []
    for path, methods in paths.items():
        operation = methods["get"]
        statuses = ", ".join(operation["responses"])
        yield f"### `GET {path}`\n\n{operation['summary']}. Answers {statuses}.\n"
        parameters = operation["parameters"]
        if parameters in seen and len(parameters) > 2:
            yield "The parameters of `/api/v1/search`.\n"
        elif parameters:
            seen.append(parameters)
            rows = ((f"`{p['name']}`", _kind(p["schema"]), p["description"]) for p in parameters)
            yield _table(("parameter", "type", "meaning"), rows)


def _answers(schemas: dict[str, Any]) -> Iterator[str]:
    yield "## Answers\n\nA field marked ○ may be absent.\n"
    for name, schema in sorted(schemas.items()):
        yield f"### {name}\n\n{schema.get('description', '')}\n"
        required = schema.get("required", ())
        rows = (
            (f"`{field}`{'' if field in required else ' ○'}", _kind(body), body.get("description", ""))
            for field, body in schema["properties"].items()
        )
        yield _table(("field", "type", "meaning"), rows)


def _kind(schema: dict[str, Any]) -> str:
    """Name a type as people do."""
    if "$ref" in schema:
        return _link(schema["$ref"])
    if "anyOf" in schema:
        return " or ".join(map(_kind, schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_kind(schema['additionalProperties'])}"
    return str(schema.get("type", "any"))


def _link(reference_: str) -> str:
    name = reference_.rpartition("/")[2]
    return f"[{name}](#{name.lower()})"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("-",) * len(head), *rows]
    cells = (
        "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in row) + " |" for row in lines
    )
    return "\n".join(cells) + "\n"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(written(file.read_text(encoding="utf-8")), encoding="utf-8")

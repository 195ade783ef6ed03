"""An article as JSON: one form for the index, `show --json`, the API and the export.

Absent means unknown: a key whose value is None is left out; empty lists stay. Every key:

    id                stable identity: canonical URL if known, else the path
    path              where the article was read, relative to the corpus (`file.jsonl#17`)
    url               canonical address
    title             headline; title_derived: true when taken from the first sentence
    body              clean text: raw[body_start:body_end] with the edits applied
    words             number of words of the body
    language          ISO 639 code; section: the outlet's rubric
    source agency     {value certainty evidence[]}: outlet and wire service
    published         {value precision certainty evidence[]}: ISO 8601, cut to its precision
    dateline_place    place named before the first sentence
    byline            {authors[] reporting[] writing[] editing[] desk}
    access            {truncated percent_left reasons[]}: reasons are evidence
    translated        {verdict from evidence[] original_id}
    flags             doubts to show beside the article
    edits             [{start end replacement kind rule label pack_version evidence confidence removed}]:
                      every change to the text; `removed` is the text it took
    foreign           [{start end language}]: runs of the body in another language
    copies story      {group_id size role}, {id size}: near-identical texts, articles on one event
    sha256            digest of the raw text

Evidence is `{kind text start end}`. All offsets are code points of the raw text. The stored form
adds what is needed to have the article back: `raw`, `body_start`, `body_end`, `fingerprint`. The `signature`
is in neither: it is kept with the entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from engine.model import (
    Access,
    Article,
    Byline,
    Claim,
    Copies,
    Edit,
    Evidence,
    Paragraph,
    Published,
    Story,
    Translated,
)

STORED_ONLY = ("raw", "body_start", "body_end", "fingerprint")
"""Keys of the stored form that the public form leaves out."""

_RENAMED = {"from_language": "from"}


def to_dict(article: Article, *, full: bool = True) -> dict[str, Any]:
    """Return the article as JSON values: the stored form if `full`, else the public one."""
    data: dict[str, Any] = _plain(article)
    del data["signature"]
    for edit in data["edits"]:
        edit["removed"] = article.raw[edit["start"] : edit["end"]]
    if not full:
        for key in STORED_ONLY:
            del data[key]
    return data


def _plain(value: Any) -> Any:
    """Turn dataclasses into dicts without their Nones, and tuples into lists."""
    kind: Any = type(value)
    if kind in _SIMPLE:
        return value
    if kind is tuple:
        return [_plain(item) for item in value]
    named = ((name, getattr(value, attribute)) for attribute, name in _names(kind))
    return {name: item if type(item) in _SIMPLE else _plain(item) for name, item in named if item is not None}


_SIMPLE = frozenset({str, int, float, bool, type(None)})


@cache
def _names(kind: Any) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a dataclass with their names in JSON."""
    return tuple((field.name, _RENAMED.get(field.name, field.name)) for field in fields(kind))


def from_dict(data: Mapping[str, Any]) -> Article:
    """Return the article that `to_dict(article)` described.

    Raises KeyError or TypeError when `data` is not the stored form of an article.
    """
    parts = {
        **data,
        "source": Claim(**_evident(data["source"])),
        "agency": Claim(**_evident(data["agency"])),
        "published": Published(**_evident(data["published"])),
        "byline": _byline(data["byline"]),
        "access": _access(data["access"]),
        "translated": _translated(data["translated"]),
        "flags": tuple(data["flags"]),
        "edits": edits(data),
        "foreign": tuple(Paragraph(**item) for item in data["foreign"]),
        "copies": Copies(**data["copies"]) if "copies" in data else None,
        "story": Story(**data["story"]) if "story" in data else None,
    }
    return Article(**parts)


def _evidence(items: list[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**item) for item in items)


def _evident(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {**claim, "evidence": _evidence(claim["evidence"])}


def _byline(data: Mapping[str, Any]) -> Byline:
    parts: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}
    return Byline(**parts)


def _access(data: Mapping[str, Any]) -> Access:
    return Access(**{**data, "reasons": _evidence(data["reasons"])})


def _translated(data: Mapping[str, Any]) -> Translated:
    rest = _evident(data)
    return Translated(from_language=rest.pop("from", None), **rest)


def edits(data: Mapping[str, Any]) -> tuple[Edit, ...]:
    """Return the edits of an article's stored form."""
    return tuple(
        Edit(**{name: value for name, value in item.items() if name != "removed"}) for item in data["edits"]
    )

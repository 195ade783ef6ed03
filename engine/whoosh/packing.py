"""Our own data as bytes: JSON, so that opening an index runs nobody's code.

An article is an array of its values in the order of `engine.model.Article`, nested ones likewise; first
comes the body, null when it follows from the raw text and the edits; the signature is kept elsewhere:

    [body, id, path, raw, body_start, ..., [value, certainty, [[kind, text, start, end], ...]], ...]
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from engine.edits import apply, body_of
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
from engine.whoosh.records import unreadable

_NAMES = tuple(field.name for field in fields(Article) if field.name not in ("body", "signature"))
_values = attrgetter(*_NAMES)
_AT = {name: place for place, name in enumerate(_NAMES, 1)}

_PARTS = (Access, Byline, Claim, Copies, Edit, Evidence, Paragraph, Published, Story, Translated)
_ROWS: dict[type, Callable[[Any], Any]] = {
    kind: attrgetter(*(field.name for field in fields(kind))) for kind in _PARTS
}

_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    separators=(",", ":"),
    default=lambda part: _ROWS[type(part)](part),
)


def dump(value: Any) -> bytes:
    """Return compact JSON on one line; any str survives, lone surrogates of odd paths included."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Any:
    """Undo `dump`."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def stored_line(article: Article) -> bytes:
    """Return an article on one line, without a body that follows from the rest."""
    body = None if body_of(article) == article.body else article.body
    return dump((body, *_values(article)))


def from_line(line: bytes) -> Article:
    """Undo `stored_line`; raises IndexDamagedError when it is not an article."""
    try:
        body, *values = load(line)
        parts: dict[str, Any] = dict(zip(_NAMES, values, strict=True))
        for name, read in _READ.items():
            parts[name] = read(parts[name])
        article = Article(body=body or "", **parts)
    except (ValueError, TypeError, IndexError) as error:
        raise unreadable(error) from error
    return article if body is not None else replace(article, body=body_of(article))


def body_of_line(line: bytes) -> str:
    """Return the body of a stored article; raises IndexDamagedError when it is not an article."""
    try:
        row = load(line)
        if row[0] is not None:
            return str(row[0])
        raw, edits, start, end = (row[_AT[name]] for name in ("raw", "edits", "body_start", "body_end"))
        return apply(raw, _edits(edits), start, end)
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise unreadable(error) from error


# --- the parts of an article -----------------------------------------------------------------


def _evidence(rows: list[Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence(*row) for row in rows)


def _claim(row: list[Any]) -> Claim:
    value, certainty, evidence = row
    return Claim(value, certainty, _evidence(evidence))


def _published(row: list[Any]) -> Published:
    value, certainty, evidence, precision = row
    return Published(value, certainty, _evidence(evidence), precision)


def _byline(row: list[Any]) -> Byline:
    authors, reporting, writing, editing, desk = row
    return Byline(tuple(authors), tuple(reporting), tuple(writing), tuple(editing), desk)


def _access(row: list[Any]) -> Access:
    truncated, percent_left, reasons = row
    return Access(truncated, percent_left, _evidence(reasons))


def _translated(row: list[Any]) -> Translated:
    verdict, language, evidence, original = row
    return Translated(verdict, language, _evidence(evidence), original)


def _edits(rows: list[Any]) -> tuple[Edit, ...]:
    return tuple(Edit(*row) for row in rows)


_READ: dict[str, Callable[[Any], Any]] = {
    "source": _claim,
    "agency": _claim,
    "published": _published,
    "byline": _byline,
    "access": _access,
    "translated": _translated,
    "flags": tuple,
    "edits": _edits,
    "foreign": lambda rows: tuple(Paragraph(*row) for row in rows),
    "copies": lambda row: row and Copies(*row),
    "story": lambda row: row and Story(*row),
}

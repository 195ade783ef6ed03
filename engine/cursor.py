"""The place where the next page begins, as an opaque string that is good for one build only.

An engine that reaches far pages faster from the last hit before them adds its place, the *anchor*.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from engine.errors import StaleCursorError

_FURTHEST = 1_000_000_000


def encode(build: str, offset: int, anchor: list[Any] | None = None) -> str:
    """Return the cursor of the page that begins after `offset` results; `anchor` is any short JSON."""
    place = _written(f"{offset}@{build}")
    return f"{place}.{_written(json.dumps(anchor))}" if anchor else place


def anchor_of(cursor: str) -> list[Any] | None:
    """Return the anchor of a cursor, None when it has none."""
    try:
        anchor = json.loads(_read(cursor.partition(".")[2]))
    except ValueError:
        return None
    return anchor if isinstance(anchor, list) else None


def _written(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(text: str) -> str:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def decode(cursor: str, build: str) -> int:
    """Return the offset a cursor stands for; `StaleCursorError` when it is not of this build."""
    try:
        text = _read(cursor.partition(".")[0])
    except ValueError:
        text = ""
    offset, _, of_build = text.partition("@")
    if of_build != build or not (offset.isascii() and offset.isdecimal()) or int(offset[:11]) > _FURTHEST:
        raise StaleCursorError("The index has changed since this page was shown; start again from the first.")
    return int(offset)


def window(after: str | None, offset: int, build: str) -> int:
    """Return where a page begins: at the cursor if there is one, else at the offset."""
    return offset if after is None else decode(after, build)


def following(build: str, start: int, limit: int, total: int) -> str | None:
    """Return the cursor of the page after this one; None on the last, and when no hits were asked for."""
    return encode(build, start + limit) if limit and start + limit < total else None

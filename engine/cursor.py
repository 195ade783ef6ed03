"""The place where the next page begins, as an opaque string that is good for one build only."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from engine.errors import StaleCursorError

_FURTHEST = 1_000_000_000


def encode(build: str, offset: int) -> str:
    """Return the cursor of the page that begins after `offset` results."""
    return urlsafe_b64encode(f"{offset}@{build}".encode()).decode().rstrip("=")


def decode(cursor: str, build: str) -> int:
    """Return the offset a cursor stands for; `StaleCursorError` when it is not of this build."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
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

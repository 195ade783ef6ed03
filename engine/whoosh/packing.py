"""Our own data as bytes: JSON, so that opening an index runs nobody's code."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from engine import article_json
from engine.edits import apply, body_of
from engine.errors import IndexDamagedError
from engine.model import Article

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: Any) -> bytes:
    """Return compact JSON on one line; any str survives, lone surrogates of odd paths included."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Any:
    """Undo `dump`."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def stored_line(article: Article) -> bytes:
    """Return the stored form of an article on one line, without a body that follows from the rest."""
    data = article_json.to_dict(article)
    if body_of(article) == article.body:
        del data["body"]
    return dump(data)


def from_line(line: bytes) -> Article:
    """Undo `stored_line`; raises IndexDamagedError when it is not an article."""
    try:
        data = load(line)
        article = article_json.from_dict({"body": "", **data})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(error) from error
    return article if "body" in data else replace(article, body=body_of(article))


def body_of_line(line: bytes) -> str:
    """Return the body of a stored article; raises IndexDamagedError when it is not an article."""
    try:
        data = load(line)
        if "body" in data:
            return str(data["body"])
        return apply(data["raw"], article_json.edits(data), data["body_start"], data["body_end"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(error) from error


def pack_lines(lines: Iterable[bytes]) -> bytes:
    """Return lines of JSON as one text; JSON of ours holds no line ends."""
    return b"\n".join(lines)


def unpack_lines(block: bytes | memoryview) -> list[bytes]:
    """Return the lines of a compressed block; raises IndexDamagedError when it is none."""
    try:
        return zlib.decompress(block).split(b"\n")
    except zlib.error as error:
        raise unreadable(error) from error


def unreadable(error: Exception) -> IndexDamagedError:
    """Say that something stored can not be read."""
    return IndexDamagedError(
        f"A stored article can not be read ({error}); run `dateline index` to rebuild the index."
    )

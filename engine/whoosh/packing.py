"""Our own data as bytes: JSON, so that opening an index runs nobody's code."""

from __future__ import annotations

import json
import zlib
from typing import Any

from engine import article_json
from engine.errors import IndexDamagedError
from engine.model import Article


def dump(value: Any) -> bytes:
    """Return compact JSON on one line; any str survives, lone surrogates of odd paths included."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Any:
    """Undo `dump`."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def pack(article: Article) -> bytes:
    """Return the stored form of an article, compressed."""
    return zlib.compress(dump(article_json.to_dict(article)), 6)


def unpack(data: bytes) -> Article:
    """Undo `pack`; raises IndexDamagedError when it is not an article."""
    try:
        return article_json.from_dict(load(zlib.decompress(data)))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(
            f"A stored article can not be read ({error}); run `dateline index` to rebuild the index."
        ) from error

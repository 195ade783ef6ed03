"""The signature of an article: its anchors in order, four bytes each.

22 bits  hash of the key
2 bits  what kind of key (`WORD`, `SOUND`, `FIGURE`)
8 bits  where it stands, from the beginning (0) to the end (255) of the body
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from compare import anchors
from compare.anchors import Anchor
from engine.model import Article

Items = NDArray[np.uint32]

WORD, SOUND, FIGURE = 0, 1, 2
LIMIT = 160
"""Anchors in a signature."""
REPEATS = 3
"""Occurrences of one key that are kept."""
THINNING = 3
"""Of long words without a capital, one in three is kept: the same ones in every language."""
READ = 40_000
"""Characters of a body that are read."""

_KINDS = {"name": WORD, "word": WORD, "sound": SOUND}


def sign(article: Article) -> bytes:
    """Return the signature of an article: nothing when its text has no anchors."""
    end = min(article.body_end, article.body_start + READ)
    return pack(anchors.of(article, READ), article.body_start, end)


def pack(found: tuple[Anchor, ...], start: int, end: int) -> bytes:
    """Write down the anchors of `text[start:end]`, the most telling ones when there are too many."""
    seen: Counter[int] = Counter()
    kept: list[tuple[int, int, int]] = []
    for anchor in found:
        key = _key(anchor.kind, anchor.key)
        seen[key] += 1
        if seen[key] <= REPEATS and (anchor.kind != "word" or key // 4 % THINNING == 0):
            rank = 0 if key % 4 == FIGURE else 2 if anchor.kind == "word" else 1
            kept.append(((rank << 2 | seen[key]) << 24 | key, anchor.start, key))
    chosen = sorted(kept)[:LIMIT]
    scale = 255 / max(end - start, 1)
    items = sorted((place, key << 8 | int((place - start) * scale)) for _, place, key in chosen)
    return np.array([item for _, item in items], "<u4").tobytes()


def key_of(anchor: Anchor) -> int:
    """Return the 24 bits an anchor's key is known by."""
    return _key(anchor.kind, anchor.key)


@lru_cache(maxsize=1 << 16)
def _key(kind: str, key: str) -> int:
    return (crc32(key.encode("utf-8", "surrogatepass")) & 0x3FFFFF) << 2 | _KINDS.get(kind, FIGURE)

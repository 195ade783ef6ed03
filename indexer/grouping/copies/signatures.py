"""The signature of a text: what near copies are found by, at most 104 bytes.

    2 x uint32   a digest of all its words: equal for texts that differ in case, punctuation or space at most
    n x uint32   a sketch: its SKETCH shingles with the smallest hashes, by their low bits

The smallest hashes of a text are a fair sample of its shingles, and the sample of a part is to be found in
the sample of the whole: a copy cut to 40 % has in its sketch four in ten of the longer one's.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.shingles import shingles_of, words_of

DTYPE = np.uint32
"""Items of a signature, for `Ragged.of`."""

SKETCH = 24
"""Shingles kept of each text."""

HEAD = 2
"""Items of the digest, before the sketch."""

FEWEST = 12
"""Texts of fewer words have no signature: `Watch the video below` is nobody's copy."""

FEWEST_ALIKE = 20
"""Texts of fewer words are copies only when they are identical."""


def sign(body: str) -> bytes:
    """Return the signature of an article's body: uint32 items in this machine's order, none for a scrap."""
    words = words_of(body)
    if len(words) < FEWEST:
        return b""
    digest = blake2b("\n".join(words).encode("utf-8", "surrogatepass"), digest_size=4 * HEAD).digest()
    sketch = _sketch(words) if len(words) >= FEWEST_ALIKE else np.zeros(0, DTYPE)
    return digest + sketch.tobytes()


def _sketch(words: list[str]) -> NDArray[Any]:
    """Choose shingles by the high bits of their hash, and keep the low bits, which are as good as new."""
    return np.unique(shingles_of(words))[:SKETCH].astype(DTYPE)

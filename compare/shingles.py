"""A text as numbers: one per run of words (shingle), the same in every process.

Case, punctuation, spacing and the form of quotation marks make no difference. Scripts written without spaces
count character by character; what combining marks divide counts as several words. Both make longer runs.
"""

from __future__ import annotations

import re
import unicodedata
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from engine.analysis.tokens import UNSPACED

Hashes = NDArray[np.uint64]

READ = 200_000
"""Code points of a text that are looked at: the rest of a hostile one does not count."""

RUN = 3
"""Words in a shingle: with a fifth of the words changed, half of the shingles are still there."""

LONG_RUN = 5
"""The same where words are single characters or parts of words."""

PARTS = 3
"""Words of fewer characters than this, on average, are characters or parts."""

_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]++")
_ODD = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    np.uint64,
)
"""Odd multipliers with well mixed bits, one per place in a shingle."""


def words_of(text: str) -> list[str]:
    """Return the words of (the beginning of) a text, folded."""
    return _WORD.findall(unicodedata.normalize("NFKC", text[:READ]).lower())


def words_and_spans(text: str) -> list[tuple[str, int, int]]:
    """Return the words with their places; folded like those of `words_of`, each by itself."""
    return [
        (unicodedata.normalize("NFKC", match[0]).lower(), *match.span())
        for match in _WORD.finditer(text[:READ])
    ]


def run_of(words: list[str]) -> int:
    """Return how many words make a shingle of this text."""
    return RUN if sum(map(len, words)) >= PARTS * len(words) else LONG_RUN


def shingles_of(words: list[str]) -> Hashes:
    """Return the hash of each run of words, in order; a text shorter than a run is one shingle."""
    if not words:
        return np.zeros(0, np.uint64)
    coded = "\n".join(words).encode("utf-8", "surrogatepass").split(b"\n")
    numbers = np.fromiter(map(crc32, coded), np.uint64, len(coded))
    run = min(run_of(words), len(words))
    count = len(words) - run + 1
    hashes = np.zeros(count, np.uint64)
    for place in range(run):
        hashes = (_mixed(hashes) + numbers[place : place + count]) * _ODD[place]
    return _mixed(hashes)


def _mixed(hashes: Hashes) -> Hashes:
    """Let the high bits of a product speak in its low bits too."""
    return hashes ^ (hashes >> np.uint64(29))

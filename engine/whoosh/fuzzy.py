"""Which terms of a stretch of a dictionary are like a word: all compared at once.

The table of `engine.distance` is filled for every candidate together; each cell is an array:

              c a n d i d a t e     (one letter of every candidate)
          0   1 2 3 ...
        w 1   . . .
        o 2   . . .
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.whoosh.lexicon import Lexicon, decode

Numbers = NDArray[np.int64]
Cells = NDArray[np.int8]

_NOT_FIRST = 0xC0
_CONTINUES = 0x80
_NOTHING = 0x110000
"""A number that is no letter: what follows the end of a word."""


def alike(lexicon: Lexicon, low: int, high: int, word: str, limit: int) -> Numbers:
    """Return the places, from `low` up to `high`, of the terms at most `limit` edits from `word`."""
    letters, starts, lengths = _letters(lexicon, low, high)
    near = np.flatnonzero(np.abs(lengths - len(word)) <= limit)
    if not len(near) or not word:
        return np.empty(0, np.int64)
    lengths = lengths[near]
    columns = starts[near, None] + np.arange(len(word) + limit)
    inside = np.arange(len(word) + limit) < lengths[:, None]
    table = np.where(inside, letters.take(np.where(inside, columns, 0)), _NOTHING)
    distances = _distances(np.ascontiguousarray(table.T), word, lengths)
    return near[distances <= limit] + low


def _letters(lexicon: Lexicon, low: int, high: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return the code points of the terms, and where each begins and how many it has."""
    data = lexicon.text(low, high)
    letters = np.frombuffer(decode(data).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    firsts = (np.frombuffer(data, np.uint8) & _NOT_FIRST) != _CONTINUES
    before = np.concatenate(([0], np.cumsum(firsts)))
    bounds = before[lexicon.ends[low : high + 1] - lexicon.ends[low]]
    return letters, bounds[:-1], np.diff(bounds)


def _distances(table: Numbers, word: str, lengths: Numbers) -> Numbers:
    """Return the distance of each candidate; `table[j]` holds the letter j of every one."""
    size = len(table) + 1
    two_above: list[Cells] = []
    above = [np.full(len(lengths), j, np.int8) for j in range(size)]
    codes = [ord(letter) for letter in word]
    for i, code in enumerate(codes):
        row = [np.full(len(lengths), i + 1, np.int8)]
        for j in range(1, size):
            best = np.minimum(above[j], row[j - 1]) + np.int8(1)
            best = np.minimum(best, above[j - 1] + (table[j - 1] != code))
            if i and j > 1:
                swapped = (table[j - 2] == code) & (table[j - 1] == codes[i - 1])
                best = np.where(swapped, np.minimum(best, two_above[j - 2] + np.int8(1)), best)
            row.append(best.astype(np.int8))
        two_above, above = above, row
    return np.array(above)[lengths, np.arange(len(lengths))].astype(np.int64)

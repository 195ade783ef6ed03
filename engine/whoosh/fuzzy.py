"""Which terms of a stretch of a dictionary are like a word: all compared at once.

Terms of another length, or with too many other letters, are told apart first: an edit changes no more than
one letter that a term has, and one that it has not. For the rest the table of `engine.distance` is filled
for every candidate together; each cell is an array:

              c a n d i d a t e     (one letter of every candidate)
          0   1 2 3 ...
        w 1   . . .
        o 2   . . .
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.whoosh.lexicon import Lexicon, decode

Numbers = NDArray[np.int64]
Cells = NDArray[np.int8]
Letters = NDArray[np.unsignedinteger[Any]]

_NOT_FIRST = 0xC0
_CONTINUES = 0x80
_NOTHING = 0x110000
"""A number that is no letter: what follows the end of a word."""


def alike(lexicon: Lexicon, low: int, high: int, word: str, limit: int) -> Numbers:
    """Return the places, from `low` up to `high`, of the terms at most `limit` edits from `word`."""
    letters, starts, lengths = _letters(lexicon, low, high)
    if not len(lengths) or not word:
        return np.empty(0, np.int64)
    near = np.flatnonzero(
        (np.abs(lengths - len(word)) <= limit) & _same_letters(letters, starts, word, limit)
    )
    if not len(near):
        return near
    lengths = lengths[near]
    columns = starts[near, None] + np.arange(len(word) + limit)
    inside = np.arange(len(word) + limit) < lengths[:, None]
    table = np.where(inside, letters.take(np.where(inside, columns, 0)).astype(np.int32), _NOTHING)
    distances = _distances(np.ascontiguousarray(table.T), word, lengths)
    return near[distances <= limit] + low


def _same_letters(letters: Letters, starts: Numbers, word: str, limit: int) -> NDArray[np.bool_]:
    """Mark the terms that lack at most `limit` letters of a word, and have at most so many others."""
    bits = np.left_shift(np.uint32(1), (letters & 31).astype(np.uint32))
    having = np.bitwise_or.reduceat(bits, starts)
    wanted = np.uint32(sum({1 << (ord(letter) & 31) for letter in word}))
    lacking = np.bitwise_count(wanted & ~having) <= limit
    others = np.bitwise_count(having & ~wanted) <= limit
    both: NDArray[np.bool_] = lacking & others
    return both


def _letters(lexicon: Lexicon, low: int, high: int) -> tuple[Letters, Numbers, Numbers]:
    """Return the code points of the terms, and where each begins and how many it has."""
    data = lexicon.text(low, high)
    if data.isascii():
        ends = lexicon.ends[low : high + 1].astype(np.int64)
        return np.frombuffer(data, np.uint8), ends[:-1] - ends[:1], np.diff(ends)
    letters = np.frombuffer(decode(data).encode("utf-32-le", "surrogatepass"), "<u4")
    firsts = (np.frombuffer(data, np.uint8) & _NOT_FIRST) != _CONTINUES
    before = np.concatenate(([0], np.cumsum(firsts)))
    bounds = before[lexicon.ends[low : high + 1] - lexicon.ends[low]]
    return letters, bounds[:-1], np.diff(bounds)


def _distances(table: NDArray[np.int32], word: str, lengths: Numbers) -> Numbers:
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

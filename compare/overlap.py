"""How much two texts have in common, word by word, and whether that makes them copies of one text.

Shared shingles are lined up. Where they follow each other in both texts with a few other words between, those
words are edits; where they do not, the text between is another. So an edited copy is covered from end to end,
and a follow-up that repeats the background of an earlier report is covered only there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.shingles import Hashes, shingles_of, words_of

Positions = NDArray[np.int64]

GAP = 16
"""Shingles further apart than so many words have another text between them."""

KEPT = 0.78
"""This much of the shorter text must be in the longer one: a fifth may be new."""

KEPT_IF_CUT = 0.9
CUT = 0.6
"""A text that makes less than CUT of the longer one must be nearly all in it: a follow-up repeats much."""

LEAST_OF_LONGER = 0.33
"""And make this much of the longer one: a copy cut to 40 %, and some lines of padding."""

SAME = 0.5
"""Of what is covered, this much must stand in shared shingles: a fifth of the words edited leaves 0.72."""

SHORT = 100
"""Texts with fewer words are easily a form filled anew: rates, dividends, what is on tonight."""

SAME_IF_SHORT = 0.85

NUMBERS = 0.5
"""A form filled anew has other numbers: both must have this much of the numbers of the one with fewer."""

NUMBERS_IF_SHORT = 0.8

FEW_NUMBERS = 4
"""With fewer numbers that proves nothing."""

NEARLY_ALL, NEARLY_THE_SAME = 0.95, 0.9
"""A text repeated to this extent is a copy even with other numbers: its counters moved on."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text ready to be compared."""

    words: list[str]
    hashes: Hashes

    @classmethod
    def of(cls, text: str) -> Words:
        """Read a text."""
        words = words_of(text)
        return cls(words, shingles_of(words))

    @property
    def run(self) -> int:
        """How many words make a shingle here."""
        return len(self.words) - len(self.hashes) + 1

    @property
    def numbers(self) -> set[str]:
        """The different numbers in it."""
        return {word for word in self.words if word[0].isdecimal()}


@dataclass(frozen=True, slots=True)
class Table:
    """A text that others are compared with: its shingles sorted, and where each stands."""

    text: Words
    hashes: Hashes
    places: Positions

    @classmethod
    def of(cls, text: str) -> Table:
        """Prepare a text; of a repeated shingle the first place counts."""
        words = Words.of(text)
        hashes, places = np.unique(words.hashes, return_index=True)
        return cls(words, hashes, places)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What `text` shares with `table`: shares from 0 to 1, and the places in the table's text."""

    text: float
    table: float
    same: float
    places: Positions


def overlap(table: Table, text: Words) -> Overlap:
    """Line two texts up."""
    if not len(table.hashes) or not len(text.hashes):
        return Overlap(0.0, 0.0, 0.0, np.zeros(0, np.int64))
    found = np.searchsorted(table.hashes, text.hashes)
    found[found == len(table.hashes)] = 0
    here = np.flatnonzero(table.hashes[found] == text.hashes)
    there = table.places[found[here]]
    if not len(here):
        return Overlap(0.0, 0.0, 0.0, there)
    steps = np.diff(there)
    covered, exact = _extent(here, (steps > 0) & (steps <= GAP), text.run)
    places = np.unique(there)
    of_table, _ = _extent(places, np.ones(len(places) - 1, bool), table.text.run)
    return Overlap(covered / len(text.words), of_table / len(table.text.words), exact / covered, places)


def _extent(places: Positions, may_close: NDArray[np.bool_], run: int) -> tuple[int, int]:
    """Return how many words shingles at `places` cover with small gaps closed, and without."""
    steps = np.diff(places)
    own = np.minimum(steps, run)
    closed = np.where(may_close & (steps <= GAP), steps, own)
    return int(closed.sum()) + run, int(own.sum()) + run


def are_copies(table: Table, text: Words, shared: Overlap) -> bool:
    """Tell whether two texts are one text up to edits, cuts and padding."""
    of_shorter, of_longer = shared.text, shared.table
    shorter, longer = text, table.text
    if len(shorter.words) > len(longer.words):
        of_shorter, of_longer, shorter, longer = of_longer, of_shorter, longer, shorter
    if of_shorter < (KEPT if of_longer >= CUT else KEPT_IF_CUT) or of_longer < LEAST_OF_LONGER:
        return False
    if of_shorter >= NEARLY_ALL and shared.same >= NEARLY_THE_SAME:
        return True
    short = len(shorter.words) < SHORT
    if shared.same < (SAME_IF_SHORT if short else SAME):
        return False
    return _same_numbers(shorter, longer, NUMBERS_IF_SHORT if short else NUMBERS)


def _same_numbers(one: Words, other: Words, least: float) -> bool:
    fewer = min(len(one.numbers), len(other.numbers))
    return fewer < FEW_NUMBERS or len(one.numbers & other.numbers) >= least * fewer

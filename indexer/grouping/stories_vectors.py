"""Signatures as vectors: how much each term of an article weighs in this archive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.grouping.stories_terms import TERMS, WEIGHT_BITS
from indexer.ragged import Ragged

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Terms = NDArray[np.uint32]

PRIOR = 100.0
"""How many articles an archive is thought to have besides its own: in a small one, no term is common."""

_SLOTS = 22
_SPREAD = np.uint32(0x9E3779B1)
_BATCH = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """The signatures of an archive, and in how many articles of a language each of their terms stands.

    Terms are counted by a table of `2**_SLOTS` slots: two that share one are taken for more common than
    they are, which costs a little of their weight. `scale` makes each vector one long.
    """

    signatures: Ragged
    language: Terms
    articles: Floats
    counts: Ints
    scale: Floats

    @classmethod
    def of(cls, signatures: Ragged, languages: Ints) -> Vectors:
        """Count the terms of an archive; `languages` has a number for the language of each row."""
        _, language = np.unique(languages, return_inverse=True)
        articles = np.log(np.bincount(language) + PRIOR).astype(np.float32)
        spread = (language.astype(np.uint32) + 1) * np.uint32(0x85EBCA6B)
        counts = np.zeros(1 << _SLOTS, np.int64)
        for rows in _batches(len(signatures)):
            some = signatures.values[signatures.starts[rows[0]] : signatures.starts[rows[-1] + 1]]
            lengths = signatures.starts[rows + 1] - signatures.starts[rows]
            owners = np.repeat(spread[rows], lengths)
            counts += np.bincount(_slots(some, owners), minlength=1 << _SLOTS)
        made = cls(signatures, spread, articles[language], counts, np.ones(len(signatures), np.float32))
        for rows in _batches(len(signatures)):
            _, weights = made.rows(rows)
            made.scale[rows] = 1 / np.maximum(np.sqrt((weights * weights).sum(axis=1)), 1e-6)
        return made

    def __len__(self) -> int:
        return len(self.signatures)

    def rows(self, rows: Ints) -> tuple[Terms, Floats]:
        """Return terms and weights of some rows as matrices of `TERMS` columns; what is empty weighs 0."""
        columns = np.arange(TERMS)
        starts = self.signatures.starts[rows][:, None]
        inside = columns < self.signatures.starts[rows + 1][:, None] - starts
        places = np.where(inside, starts + columns, 0)
        items = np.where(inside, self._items(places), 0).astype(np.uint32)
        known = np.log1p(self.counts[_slots(items, self.language[rows][:, None])]).astype(np.float32)
        rarity = np.maximum(self.articles[rows][:, None] - known, 0.1)
        steps = (items & np.uint32((1 << WEIGHT_BITS) - 1)).astype(np.float32)
        return items >> np.uint32(WEIGHT_BITS), steps * rarity * self.scale[rows][:, None]

    def _items(self, places: Ints) -> Terms:
        values: Terms = self.signatures.values if len(self.signatures.values) else np.zeros(1, np.uint32)
        return values[places]


def _slots(items: Terms, spread: Terms) -> Terms:
    """Return where in the table the terms of languages are counted."""
    slots: Terms = ((items >> np.uint32(WEIGHT_BITS)) ^ spread) * _SPREAD
    return slots >> np.uint32(32 - _SLOTS)


def _batches(count: int) -> list[Ints]:
    return [np.arange(start, min(start + _BATCH, count)) for start in range(0, count, _BATCH)]


def cosines(a: tuple[Terms, Floats], b: tuple[Terms, Floats]) -> Floats:
    """Return the cosine of each row of `a` with the same row of `b`."""
    terms = np.concatenate((a[0], b[0]), axis=1).astype(np.uint64)
    weights = np.concatenate((a[1], b[1]), axis=1, dtype=np.float32)
    keys = terms << np.uint64(32) | weights.view(np.uint32)
    keys.sort(axis=1)
    sorted_terms = (keys >> np.uint64(32)).astype(np.uint32)
    sorted_weights = keys.astype(np.uint32).view(np.float32)
    same = sorted_terms[:, 1:] == sorted_terms[:, :-1]
    likeness: Floats = np.where(same, sorted_weights[:, 1:] * sorted_weights[:, :-1], 0).sum(axis=1)
    return likeness

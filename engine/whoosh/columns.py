"""What a search needs of every document, as numpy arrays over all segments: made once per generation.

Documents are numbered through: those of segment k begin at `offsets[k]`. With one segment the arrays
are views of its pack; with more they are joined, and ordinals are renumbered. They never change.

    document   moments           rank   copies   source (ordinals)      source (values)
    0          20231114093000    2      0        1                      0 "Le Matin"
    1          0 (undated)       0      7        0                      1 "Sahel Courier"
    2          20231031000000    1      7        1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.dates import UNDATED, first_moment, last_moment
from engine.fields import GROUPS
from engine.model import Filter
from engine.whoosh.lexicon import Lexicon, decode
from engine.whoosh.pack import Array
from engine.whoosh.segment import Segment, Values

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

_MASKS = 32
"""How many filters are remembered, a byte for each document."""

_FEW = 0.05
"""Up to this part of all strings is looked up one by one in the largest dictionary; more are sorted."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """The values of a keyword field: document `holders[i]`, or i, holds `values[ordinals[i]]`."""

    values: tuple[str, ...]
    ordinals: Array
    holders: Array | None

    def counts(self, found: Numbers, size: int) -> Numbers:
        """Count the documents in `found`, of `size` in all, by ordinal."""
        if self.holders is None:
            return np.bincount(self.ordinals.take(found), minlength=len(self.values))
        mask = np.zeros(size, np.bool_)
        mask[found] = True
        return np.bincount(self.ordinals[mask[self.holders]], minlength=len(self.values))

    def having(self, wanted: tuple[str, ...], size: int) -> Mask:
        """Mark, of `size` documents, those that hold any of the wanted values."""
        among = frozenset(wanted)
        chosen = np.array([value in among for value in self.values], np.bool_)
        if self.holders is None:
            return chosen[self.ordinals] if len(chosen) else np.zeros(size, np.bool_)
        mask = np.zeros(size, np.bool_)
        mask[self.holders[chosen[self.ordinals]]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each document is in, from 1; 0 where nobody else alive is in it."""

    ordinals: Array
    size: int
    known: bool
    """Whether any living article has a group, if only its own."""

    def count(self, found: Numbers) -> int:
        """Count the groups among documents."""
        ordinals = self.ordinals.take(found).astype(np.intp)
        seen = np.zeros(self.size + 1, np.bool_)
        seen[ordinals] = True
        alone = len(found) - np.count_nonzero(ordinals)
        return int(alone + np.count_nonzero(seen[1:]))

    def keys(self, found: Numbers) -> Numbers:
        """Return a number for the group of each document: the same for the same group only."""
        keys = self.ordinals.take(found).astype(np.int64)
        alone = np.flatnonzero(keys == 0)
        keys[alone] = found[alone] + self.size + 1
        return keys


class Columns:
    """The columns of one generation.

    - live: which numbers are articles, None when all are;
    - rank: the place of each article in id order, which breaks ties;
    - moments: dates as `engine.dates` numbers them.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        sizes = [segment.size for segment in segments]
        self._segments = segments
        self.size = sum(sizes)
        self.offsets = np.cumsum([0, *sizes]).tolist()
        self.live = self._live(segments)
        self.articles = self.size if self.live is None else int(np.count_nonzero(self.live))
        self.moments: Numbers = _joined([segment.moments for segment in segments], np.int64)
        self.rank = self._rank(segments)
        self.copies = self._groups([segment.groups["copies"] for segment in segments])
        self.story = self._groups([segment.groups["story"] for segment in segments])
        names = segments[0].keywords if segments else ()
        self.keywords = {name: self._keyword([s.keywords[name] for s in segments]) for name in names}
        self.filtered = lru_cache(maxsize=_MASKS)(self._filtered)
        self.joint = lru_cache(maxsize=64)(self._joint)

    def _live(self, segments: Sequence[Segment]) -> Mask | None:
        if all(segment.dead is None for segment in segments):
            return None
        parts = [np.ones(s.size, np.bool_) if s.dead is None else ~s.dead for s in segments]
        return np.concatenate(parts)

    def _rank(self, segments: Sequence[Segment]) -> Numbers:
        """Return the places in id order: those of the largest segment are shifted by the few others."""
        rank = np.empty(self.size, np.int64)
        if not segments:
            return rank
        largest = max(range(len(segments)), key=lambda number: segments[number].size)
        others: list[tuple[bytes, int]] = []
        for number, segment in enumerate(segments):
            if number != largest:
                others += zip(segment.ids, (segment.by_id + self.offsets[number]).tolist(), strict=True)
        base, first = segments[largest], self.offsets[largest]
        if len(others) > _FEW * base.size:
            others += zip(base.ids, (base.by_id + first).tolist(), strict=True)
            rank[[document for _, document in sorted(others)]] = np.arange(self.size)
            return rank
        others.sort()
        places = np.array([base.ids.place(key) for key, _ in others], np.int64)
        order = np.arange(base.size)
        rank[base.by_id.astype(np.int64) + first] = order + np.searchsorted(places, order, "right")
        rank[[document for _, document in others]] = places + np.arange(len(others))
        return rank

    def _groups(self, groups: Sequence[Values]) -> Groups:
        """Number the groups through; those with one living member do not count as groups."""
        places, size = united([group.lexicon for group in groups])
        parts = [
            np.concatenate(([0], place + 1))[group.ordinals] if len(groups) > 1 else group.ordinals
            for place, group in zip(places, groups, strict=True)
        ]
        ordinals = _joined(parts, np.uint8)
        living = ordinals if self.live is None else ordinals[self.live]
        counts = np.bincount(living, minlength=size + 1)
        known = bool(counts[1:].any())
        lone = np.flatnonzero(counts == 1)
        if len(lone):
            kept = np.arange(size + 1, dtype=np.min_scalar_type(size))
            kept[lone] = 0
            ordinals = kept[ordinals]
        return Groups(ordinals, size, known)

    def _keyword(self, fields: Sequence[Values]) -> Keyword:
        """Number the values through; without values missing or repeated no holders are needed."""
        known: dict[bytes, int] = {}
        maps = [
            np.fromiter((known.setdefault(value, len(known)) for value in field.lexicon), np.int64)
            for field in fields
        ]
        smallest = np.min_scalar_type(len(known))
        parts = [
            place.astype(smallest)[field.ordinals] if len(fields) > 1 else field.ordinals
            for place, field in zip(maps, fields, strict=True)
        ]
        values = tuple(map(decode, known))
        ordinals = _joined(parts, np.uint8)
        if all(field.holders is None for field in fields):
            return Keyword(values, ordinals, None)
        ends = zip(fields, self.offsets, self.offsets[1:], strict=False)
        holders = [np.arange(a, b) if f.holders is None else f.holders + np.int64(a) for f, a, b in ends]
        return Keyword(values, ordinals, _joined(holders, np.int64))

    def _filtered(self, chosen: Filter) -> Mask:
        """Mark the documents that pass a filter; the last ones asked for are remembered."""
        mask = self._holding(chosen.field, chosen.include) if chosen.include else np.ones(self.size, np.bool_)
        return mask & ~self._holding(chosen.field, chosen.exclude) if chosen.exclude else mask

    def _holding(self, name: str, wanted: tuple[str, ...]) -> Mask:
        """Mark the documents that hold any of the wanted values, or are in any of the wanted groups."""
        if name in GROUPS:
            members = [segment.groups[name].members(wanted) for segment in self._segments]
            return np.concatenate([np.empty(0, np.bool_), *members])
        column = self.keywords.get(name)
        return column.having(wanted, self.size) if column else np.zeros(self.size, np.bool_)

    def between(self, start: str | None, end: str | None) -> Mask:
        """Mark the articles published from `start` to `end`, both whole and inclusive."""
        return between(self.moments, start, end)

    def _joint(self, names: tuple[str, ...]) -> Array:
        """Return one ordinal for the combination of several fields, the last one counting fastest."""
        ordinals = np.zeros(self.size, np.uint16)
        for name in names:
            column = self.keywords[name]
            ordinals *= np.uint16(max(1, len(column.values)))
            ordinals += column.ordinals.astype(np.uint16)
        return ordinals


def between(moments: Numbers, start: str | None, end: str | None) -> Mask:
    """Mark the moments from `start` to `end`, both whole and inclusive; undated ones never."""
    lowest = UNDATED + 1 if start is None else max(first_moment(start), UNDATED + 1)
    mask: Mask = moments >= lowest
    return mask if end is None else mask & (moments <= last_moment(end))


def _joined(arrays: Sequence[Array], dtype: type[np.generic]) -> Array:
    """Return the arrays as one; a single one as it is."""
    return arrays[0] if len(arrays) == 1 else np.concatenate([np.empty(0, dtype), *arrays])


def united(dictionaries: Sequence[Lexicon]) -> tuple[list[Numbers], int]:
    """Number the strings of several dictionaries alike; return each one's numbers and how many there are."""
    if not dictionaries:
        return [], 0
    largest = max(dictionaries, key=lambda dictionary: dictionary.size)
    few = sum(d.size for d in dictionaries) - largest.size <= _FEW * largest.size
    known = {} if few else {term: place for place, term in enumerate(largest)}
    extra: dict[bytes, int] = {}

    def number(term: bytes) -> int:
        place = largest.find(term) if few else known.get(term, -1)
        return place if place >= 0 else extra.setdefault(term, largest.size + len(extra))

    numbers = [
        np.arange(d.size) if d is largest else np.fromiter(map(number, d), np.int64, d.size)
        for d in dictionaries
    ]
    return numbers, largest.size + len(extra)

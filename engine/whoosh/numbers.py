"""Whole numbers in few bytes, read many at a time: three ways of writing them into a pack.

narrow   all in the smallest type that holds the largest; they are used where they lie
capped   one or two bytes each; a number too large for them stands in `NAME.exact`, its place in `NAME.at`
halves   columns of numbers, two of them to a byte, capped at 15; the first of the two in the lower half
steps    for numbers that are mostly small and read from left to right, as the steps between the documents
         of a term: a byte each; from 255 on the byte is 255 and the number stands in `.wide`, two bytes;
         from 65 535 on those are 65 535 and the number stands in `.widest`, four

    numbers   3 5 900 4 70000      NAME           u1   3 5 255 4 255
                                   NAME.wide      u2   900 65535
                                   NAME.widest    u4   70000
                                   NAME.ranks     ux   how many before the 1024th, 2048th ... are 255
                                   NAME.wide.ranks     how many before each 1024th of `.wide` are 65535
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.whoosh.pack import Array, Pack, PackWriter

Numbers = NDArray[np.int64]

_BLOCK = 1024
"""How many steps share a rank."""

_BITS = 4
_HALF = (1 << _BITS) - 1
_NONE = np.empty(0, np.int64)


def narrow(array: Array) -> Array:
    """Return whole numbers from 0 up in the smallest unsigned type that holds them all."""
    largest = int(array.max()) if array.size else 0
    return array.astype(np.min_scalar_type(largest), copy=False)


def joined(arrays: Sequence[Array], dtype: Any) -> Array:
    """Return the arrays as one; an empty one of this type when there are none."""
    return arrays[0] if len(arrays) == 1 else np.concatenate([np.empty(0, dtype), *arrays])


def firsts(counts: Array) -> Numbers:
    """Return where each of some runs begins when they stand one after the other, and where the last ends."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def spread(starts: Numbers, counts: Array) -> Numbers:
    """Return the places of runs, run by run: of `counts[i]` places from `starts[i]` on."""
    ends = np.cumsum(counts, dtype=np.int64)
    places: Numbers = np.repeat(starts - (ends - counts), counts)
    places += np.arange(len(places))
    return places


# --- capped ----------------------------------------------------------------------------------


class _Large:
    """The numbers that do not fit, on their way into a pack."""

    def __init__(self, pack: PackWriter, name: str, cap: int) -> None:
        self._pack = pack
        self._name = name
        self._cap = cap
        self._at: list[Numbers] = []
        self._exact: list[Array] = []

    def capped(self, numbers: Array, before: int) -> Array:
        """Return numbers that fit, and keep those that do not; `before` were written before these."""
        large = np.flatnonzero(numbers >= self._cap)
        self._at.append(large + before)
        self._exact.append(numbers[large])
        return np.minimum(numbers, self._cap)

    def finish(self) -> None:
        """Write those that do not fit."""
        self._pack.add(f"{self._name}.at", narrow(joined(self._at, np.int64)))
        self._pack.add(f"{self._name}.exact", narrow(joined(self._exact, np.int64)))


class CappedWriter:
    """Writes capped numbers in pieces."""

    def __init__(self, pack: PackWriter, name: str, dtype: str) -> None:
        self._section = pack.spool(name, dtype)
        self._large = _Large(pack, name, int(np.iinfo(dtype).max))

    def write(self, numbers: Array) -> None:
        """Write some more."""
        self._section.write(self._large.capped(numbers, self._section.items))

    def finish(self) -> None:
        """Write those that do not fit."""
        self._large.finish()


class HalvesWriter:
    """Writes columns of numbers in pieces: columns 0 and 1 into `NAME.0`, 2 and 3 into `NAME.1`."""

    def __init__(self, pack: PackWriter, name: str, columns: Sequence[str]) -> None:
        self._sections = [pack.spool(f"{name}.{pair}", "u1") for pair in range((len(columns) + 1) // 2)]
        self._large = [_Large(pack, f"{name}.{column}", _HALF) for column in columns]

    def write(self, columns: Sequence[Array]) -> None:
        """Write some more of every column."""
        before = self._sections[0].items
        capped = [
            large.capped(numbers, before).astype(np.uint8)
            for large, numbers in zip(self._large, columns, strict=True)
        ]
        for section, low, high in zip_longest(self._sections, capped[::2], capped[1::2]):
            section.write(low if high is None else low | high << _BITS)

    def finish(self) -> None:
        """Write those that do not fit."""
        for large in self._large:
            large.finish()


class Capped:
    """Reads capped numbers: all that `CappedWriter` wrote, or a column of a `HalvesWriter`."""

    def __init__(self, pack: Pack, name: str, columns: Sequence[str] = (), column: str = "") -> None:
        number = columns.index(column) if columns else 0
        self._numbers = pack.array(f"{name}.{number // 2}" if columns else name)
        self._half = number % 2 if columns else None
        self._cap = _HALF if columns else int(np.iinfo(self._numbers.dtype).max)
        large = f"{name}.{column}" if columns else name
        self._at, self._exact = pack.array(f"{large}.at"), pack.array(f"{large}.exact")

    def _read(self, numbers: Array) -> Array:
        if self._half is None:
            return numbers
        return numbers >> np.uint8(_BITS) if self._half else numbers & np.uint8(_HALF)

    def between(self, start: int, end: int) -> Array:
        """Return the numbers from `start` up to `end`."""
        found = self._read(self._numbers[start:end])
        if not len(self._at):
            return found
        low, high = bisect_left(self._at, start), bisect_left(self._at, end)
        if low == high:
            return found
        exact = found.astype(np.uint32)
        exact[self._at[low:high].astype(np.int64) - start] = self._exact[low:high]
        return exact

    def at(self, places: Numbers) -> Array:
        """Return the numbers at these places."""
        found = self._read(self._numbers.take(places))
        large = np.flatnonzero(found == self._cap) if len(self._at) else _NONE
        if not len(large):
            return found
        exact = found.astype(np.uint32)
        wanted = places[large].astype(self._at.dtype)
        exact[large] = self._exact[np.searchsorted(self._at, wanted)]
        return exact


# --- steps -----------------------------------------------------------------------------------

_LEVELS = (("", "u1"), (".wide", "u2"))
_LAST = (".widest", "u4")


def stepped(documents: Array, heads: Numbers) -> Array:
    """Return the steps between rising documents; those at `heads` begin anew, from 0."""
    steps = np.diff(documents, prepend=0)
    steps[heads] = documents[heads]
    return steps


class StepsWriter:
    """Writes numbers below 2 ** 32 in pieces."""

    def __init__(self, pack: PackWriter, name: str) -> None:
        self._pack = pack
        self._names = [name + suffix for suffix, _ in _LEVELS]
        self._sections = [pack.spool(name + suffix, dtype) for suffix, dtype in (*_LEVELS, _LAST)]
        self._large: list[list[tuple[int, Numbers]]] = [[] for _ in _LEVELS]

    def write(self, numbers: Array) -> None:
        """Write some more."""
        for section, counts in zip(self._sections, self._large, strict=False):
            cap = np.iinfo(section.dtype).max
            large = np.flatnonzero(numbers >= cap)
            block, begun = divmod(section.items, _BLOCK)
            counts.append((block, np.bincount((large + begun) // _BLOCK)))
            section.write(np.minimum(numbers, cap))
            numbers = numbers[large]
        self._sections[-1].write(numbers)

    def finish(self) -> None:
        """Write the ranks."""
        for name, section, counts in zip(self._names, self._sections, self._large, strict=False):
            total = np.zeros(section.items // _BLOCK + 1, np.int64)
            for block, some in counts:
                total[block : block + len(some)] += some
            self._pack.add(f"{name}.ranks", narrow(firsts(total)[:-1]))


class Steps:
    """Reads what a `StepsWriter` wrote."""

    def __init__(self, pack: Pack, name: str, level: int = 0) -> None:
        suffix, _ = _LEVELS[level]
        self._numbers = pack.array(name + suffix)
        self._cap = self._numbers.dtype.type(np.iinfo(self._numbers.dtype).max)
        self._ranks = pack.array(f"{name}{suffix}.ranks")
        last = level + 1 == len(_LEVELS)
        self._above = pack.array(name + _LAST[0]) if last else Steps(pack, name, level + 1)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, span: slice) -> NDArray[np.uint32]:
        """Return the numbers of a span, given by where it starts and ends."""
        found = self._numbers[span]
        numbers = found.astype(np.uint32)
        large = np.flatnonzero(found == self._cap)
        if len(large):
            first = self._rank(span.start)
            numbers[large] = self._above[first : first + len(large)]
        return numbers

    def _rank(self, place: int) -> int:
        """Return how many numbers before a place are large."""
        block = place // _BLOCK
        between = self._numbers[block * _BLOCK : place]
        return int(self._ranks[block]) + int(np.count_nonzero(between == self._cap))

"""Which articles may belong together: those of different languages that share rare anchors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.language.translation.pairing.archive import ROW_BITS, Archive, Codes, Floats, Ints

COMMON = 400
"""Articles that may have an anchor by which articles are found."""
FINDS = 1500
"""Articles found per article, by its rarest anchors, before the best are picked; some many times."""
CANDIDATES = 12
"""Articles that are compared with one."""
BRIEF = 30
"""Anchors added to the length of an article when finds are held against it."""
BATCH = 2_000_000
"""Finds that are counted at a time."""
SHARED = 2
"""Rare anchors two articles must share."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of rows; `first` is in the language with fewer articles."""

    first: Ints
    second: Ints


def propose(archive: Archive) -> Candidates:
    """Return pairs of articles in different languages, at most `CANDIDATES` per article of the rarer one."""
    codes = _useful(archive)
    parts = [_best(archive, *found) for found in _finds(archive, codes)]
    empty = np.zeros(0, np.int64)
    first, second = (np.concatenate(side) for side in zip((empty, empty), *parts, strict=True))
    return Candidates(first, second)


def _useful(archive: Archive) -> Codes:
    """Postings of the keys that several languages have and not too many articles."""
    kept = []
    for codes in archive.postings():
        keys = codes >> np.uint64(40)
        _, index, count = np.unique(keys, return_inverse=True, return_counts=True)
        languages = codes >> np.uint64(ROW_BITS)
        changes = (
            np.concatenate(([True], languages[1:] != languages[:-1])) if len(codes) else np.zeros(0, bool)
        )
        several = np.bincount(index, changes, minlength=len(count)) > 1
        kept.append(codes[(several & (count <= COMMON))[index]])
    return np.concatenate(kept)


def _finds(archive: Archive, codes: Codes) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield (row, row found, weight of the anchor), all of a row together."""
    one = np.uint64(1)
    keys = codes >> np.uint64(40)
    from_ = np.searchsorted(codes, (codes >> np.uint64(ROW_BITS)) + one << np.uint64(ROW_BITS))
    to = np.searchsorted(codes, keys + one << np.uint64(40))
    rows = (codes & np.uint64(0xFFFFFFFF)).astype(np.int64)
    order = np.lexsort((to - from_, rows))
    order = order[(to > from_)[order]]
    order = order[_running(rows[order], (to - from_)[order]) <= FINDS]
    for part in _batches(rows[order], (to - from_)[order]):
        chosen = order[part]
        many = (to - from_)[chosen]
        places = np.repeat(from_[chosen] - np.cumsum(many) + many, many) + np.arange(many.sum())
        said = archive.frequencies.rarity(
            np.repeat(keys[chosen], many).astype(np.uint32),
            (codes[places] >> np.uint64(ROW_BITS)).astype(np.uint8),
        )
        own = archive.frequencies.rarity(
            keys[chosen].astype(np.uint32), (codes[chosen] >> np.uint64(ROW_BITS)).astype(np.uint8)
        )
        yield np.repeat(rows[chosen], many), rows[places], np.minimum(said, np.repeat(own, many))


def _running(rows: Ints, sizes: Ints) -> Ints:
    """Add up the sizes of the items of each row, given row by row."""
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    total = np.cumsum(sizes)
    return total - np.repeat((total - sizes)[starts], np.diff(np.append(starts, len(rows))))


def _batches(rows: Ints, sizes: Ints) -> Iterator[slice]:
    """Cut where a new row begins and about `BATCH` finds are together."""
    if not len(rows):
        return
    begins = np.flatnonzero(np.diff(rows, prepend=-1))
    done = np.concatenate(([0], np.cumsum(sizes)))[begins]
    cuts = begins[np.flatnonzero(np.diff(done // BATCH, prepend=-1))]
    for start, stop in zip(cuts, [*cuts[1:], len(rows)], strict=True):
        yield slice(start, stop)


def _best(archive: Archive, rows: Ints, found: Ints, weights: Floats) -> tuple[Ints, Ints]:
    pairs, index, shared = np.unique(
        rows.astype(np.uint64) << np.uint64(ROW_BITS) | found.astype(np.uint64),
        return_inverse=True,
        return_counts=True,
    )
    score = np.bincount(index, weights**2, minlength=len(pairs))
    pairs, score = pairs[shared >= SHARED], score[shared >= SHARED]
    first = (pairs >> np.uint64(ROW_BITS)).astype(np.int64)
    second = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    score /= np.sqrt(archive.items.lengths[second] + BRIEF)
    order = np.lexsort((-score, first))
    best = np.sort(order[_running(first[order], np.ones_like(order)) <= CANDIDATES])
    return first[best], second[best]

"""Which articles share shingles: the sketches of an archive, reduced to what more than one has.

Most shingles of an archive are in one text only and say nothing about copies. They are found a part of their
range at a time and looked up a block of articles at a time, so that memory stays near that of the signatures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.grouping.copies.signatures import DTYPE, HEAD
from indexer.ragged import Array, Ragged

Rows = NDArray[np.int64]

PART_BITS = 3
"""The range of hashes is sorted in eight parts."""

BLOCK = 8192
"""Articles looked up at a time."""

HEAVY = 16
"""A shingle in more texts than this weighs no more: it may be a line of the page."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The articles with company: `rows[n]` has the shared shingles `shingles[n]`, numbered below `count`.

    `weights[n]` says how much others have of its sketch: the text at the heart of a group has most.
    """

    rows: Rows
    shingles: Ragged
    weights: Rows
    count: int


def first_of_same(signatures: Ragged) -> Rows:
    """Return for each row the first row with the same words; itself for one without a signature."""
    rows = np.arange(len(signatures))
    signed = np.flatnonzero(signatures.lengths >= HEAD)
    at = signatures.starts[signed]
    digests = signatures.values[at].astype(np.uint64) << np.uint64(32) | signatures.values[at + 1]
    _, first, inverse = np.unique(digests, return_index=True, return_inverse=True)
    rows[signed] = signed[first[inverse]]
    return rows


def shared_shingles(signatures: Ragged, rows: Rows) -> Postings:
    """Return which of `rows` share at least two shingles of their sketches with others of them.

    One shingle in common is chance or a turn of phrase.
    """
    common, holders = _repeated(signatures, rows)
    found = [np.zeros(0, np.int32)]
    lengths = np.zeros(len(rows), np.int64)
    weights = np.zeros(len(rows), np.int64)
    for sketches, places in _blocks(signatures, rows):
        numbers = np.searchsorted(common, sketches.values).astype(np.int32)
        numbers[numbers == len(common)] = 0
        shared = common[numbers] == sketches.values if len(common) else np.zeros(len(numbers), bool)
        own = np.bincount(sketches.owners()[shared], minlength=len(places))
        shared &= np.repeat(own >= 2, sketches.lengths)
        found.append(numbers[shared])
        lengths[places] = np.where(own >= 2, own, 0)
        weights[places] = np.bincount(
            sketches.owners()[shared], holders[numbers[shared]], minlength=len(places)
        )
    company = np.flatnonzero(lengths)
    starts = np.concatenate(([0], np.cumsum(lengths[company])))
    return Postings(rows[company], Ragged(np.concatenate(found), starts), weights[company], len(common))


def _repeated(signatures: Ragged, rows: Rows) -> tuple[Array, NDArray[np.int32]]:
    """Return the hashes in more than one sketch, sorted, and in how many, to HEAVY."""
    found, often = [np.zeros(0, DTYPE)], [np.zeros(0, np.int32)]
    for part in range(1 << PART_BITS):
        blocks = (sketches.values for sketches, _ in _blocks(signatures, rows))
        values = [block[block >> DTYPE(32 - PART_BITS) == part] for block in blocks]
        distinct, counts = np.unique(np.concatenate([found[0][:0], *values]), return_counts=True)
        found.append(distinct[counts > 1])
        often.append(np.minimum(counts[counts > 1], HEAVY).astype(np.int32))
    return np.concatenate(found), np.concatenate(often)


def _blocks(signatures: Ragged, rows: Rows) -> Iterator[tuple[Ragged, Rows]]:
    """Yield the sketches of some rows, a block at a time, with their places among `rows`."""
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        first = signatures.starts[block] + HEAD
        lengths = np.maximum(signatures.starts[block + 1] - first, 0)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        items = np.arange(starts[-1]) + np.repeat(first - starts[:-1], lengths)
        yield Ragged(signatures.values[items], starts), np.arange(start, start + len(block))

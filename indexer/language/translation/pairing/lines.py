"""How well two articles lie on each other: anchors that agree in order, wherever one was cut or padded.

Positions in a translation are those in its original, shifted and stretched: a copy cut to 45 % is
stretched by 1 / .45, a notice before the text shifts it. The shift and the stretch are first voted for by
all anchors two articles share, then settled where they agree most sharply.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.language.translation.pairing.archive import Archive, Floats, Ints

Bools = NDArray[np.bool_]

SCALES = np.geomspace(0.3, 1 / 0.3, 13).astype(np.float32)
NEAR = 0.08
"""How far from the line an anchor may stand, as a share of the part both articles have."""
SHARP = 0.03
"""How far from the line the anchors of a translation stand on average."""
STEPS = ((-0.12, -0.06, 0.0, 0.06, 0.12), (-0.06, -0.04, -0.02, 0.0, 0.02, 0.04, 0.06))
"""Stretches (logarithms) and shifts that are tried around the line voted for."""
WHOLE, TOGETHER = 1.6, 1.5
"""How much likelier it is that neither was cut or padded, and that both begin together, than that one
begins anywhere in the other."""


@dataclass(frozen=True, slots=True)
class Items:
    """Anchors of one side of many pairs.

    For each: the number of its pair, its key, where it stands (0 to 1), how much it says, and how often
    its article has it.
    """

    pair: Ints
    key: NDArray[np.uint32]
    at: Floats
    weight: Floats
    repeats: Ints

    @classmethod
    def of(cls, archive: Archive, rows: Ints, others: Ints) -> Items:
        """Expand rows; a key says as much as it does in the language in which it is less rare."""
        counts = archive.items.lengths[rows]
        pair = np.repeat(np.arange(len(rows)), counts)
        places = np.arange(counts.sum()) + np.repeat(
            archive.items.starts[rows] - np.cumsum(counts) + counts, counts
        )
        values = archive.items.values[places]
        key = values >> 8
        own, other = (
            archive.frequencies.rarity(key, archive.language[side][pair]) for side in (rows, others)
        )
        _, index, many = np.unique(pair << 24 | key, return_inverse=True, return_counts=True)
        return cls(pair, key, (values & 255).astype(np.float32) / 255, np.minimum(own, other), many[index])


@dataclass(frozen=True, slots=True)
class Matches:
    """Anchors with one key in both articles of a pair: `a` and `b` number them among the items of each side.

    `x` and `y` are where they stand; `unique` says that neither article repeats the key.
    """

    a: Ints
    b: Ints
    pair: Ints
    x: Floats
    y: Floats
    weight: Floats
    unique: Bools

    @classmethod
    def of(cls, first: Items, second: Items) -> Matches:
        """Join the two sides; what is repeated says less about the place."""
        codes = second.pair << 24 | second.key
        order = np.argsort(codes, kind="stable")
        wanted = first.pair << 24 | first.key
        low, high = (np.searchsorted(codes[order], wanted, side) for side in ("left", "right"))
        many = high - low
        a = np.repeat(np.arange(len(wanted)), many)
        b = order[np.repeat(low - np.cumsum(many) + many, many) + np.arange(many.sum())]
        repeats = first.repeats[a] * second.repeats[b]
        said = (first.weight[a] / np.sqrt(repeats)).astype(np.float32)
        return cls(a, b, first.pair[a], first.at[a], second.at[b], said, repeats == 1)


@dataclass(frozen=True, slots=True)
class Lines:
    """For each pair, `y = scale * x + offset`."""

    scale: Floats
    offset: Floats

    def inverted(self) -> Lines:
        """Return the lines seen from the other side."""
        return Lines(np.asarray(1 / self.scale), np.asarray(-self.offset / self.scale))

    def at(self, pair: Ints, x: Floats) -> Floats:
        """Where a place of the first article is in the second."""
        return np.asarray(self.scale[pair] * x + self.offset[pair], np.float32)

    def common(self) -> Floats:
        """How much of the second article the first one covers."""
        return np.asarray(np.clip(self.scale + self.offset, 0, 1) - np.clip(self.offset, 0, 1), np.float32)

    def late(self) -> Floats:
        """How far from its beginning the common part begins in one of the articles; in the other, at it."""
        return np.asarray(np.maximum(self.offset, -self.offset / self.scale), np.float32)

    def residuals(self, matches: Matches) -> Floats:
        """How far each match is from the line of its pair, in units of the part both have."""
        off = np.abs(matches.y - self.at(matches.pair, matches.x))
        return np.asarray(off / np.minimum(self.scale, 1)[matches.pair], np.float32)


def fit(matches: Matches, pairs: int) -> Lines:
    """Find the line on which the matches of each pair agree."""
    whole = Lines(np.ones(pairs, np.float32), np.zeros(pairs, np.float32))
    best, most = _settle(whole, matches, pairs)
    most *= WHOLE
    for start, factor in ((_together(matches, pairs), TOGETHER), (_vote(matches, pairs), 1.0)):
        line, agreed = _settle(start, matches, pairs)
        better = factor * agreed > most
        most = np.where(better, factor * agreed, most)
        best = _chosen(better, line, best)
    return best


def _chosen(which: Bools, these: Lines, those: Lines) -> Lines:
    return Lines(np.where(which, these.scale, those.scale), np.where(which, these.offset, those.offset))


def _together(matches: Matches, pairs: int) -> Lines:
    """Find the stretch at which two articles that begin together agree, as a copy that was cut does."""
    most, scale = np.full(pairs, -1.0), np.ones(pairs, np.float32)
    for stretch in SCALES:
        lines = Lines(np.full(pairs, stretch), np.zeros(pairs, np.float32))
        close = matches.weight * np.exp(-lines.residuals(matches) / NEAR)
        agreed = np.bincount(matches.pair, close, minlength=pairs)
        scale[agreed > most] = stretch
        most = np.maximum(most, agreed)
    return Lines(scale, np.zeros(pairs, np.float32))


def _vote(matches: Matches, pairs: int) -> Lines:
    most = np.full(pairs, -1.0)
    scale, offset = np.ones(pairs, np.float32), np.zeros(pairs, np.float32)
    for stretch in SCALES:
        width = 2 * NEAR * min(1.0, float(stretch))
        bins = int((1 + stretch) / width) + 3
        for half in (0.0, 0.5):
            box = ((matches.y - stretch * matches.x + stretch) / width + half).astype(np.int64)
            votes = np.bincount(matches.pair * bins + box, matches.weight, minlength=pairs * bins)
            votes = votes.reshape(pairs, bins)
            top = votes.argmax(1)
            won = votes[np.arange(pairs), top] > most
            most[won] = votes[np.arange(pairs), top][won]
            scale[won], offset[won] = stretch, ((top + 0.5 - half) * width - stretch)[won]
    return Lines(scale, offset)


def _settle(start: Lines, matches: Matches, pairs: int) -> tuple[Lines, NDArray[np.float64]]:
    """Move the lines a little to where they are sharpest; the middle of the common part stays in place."""
    low = np.clip(-start.offset / start.scale, 0, 1)
    middle = (low + np.clip((1 - start.offset) / start.scale, 0, 1)) / 2
    height = start.scale * middle + start.offset
    best, most = start, np.full(pairs, -1.0)
    for stretch in STEPS[0]:
        scale = (start.scale * np.exp(stretch)).astype(np.float32)
        for shift in STEPS[1]:
            line = Lines(scale, height + shift * np.minimum(scale, 1) - scale * middle)
            agreed = np.bincount(
                matches.pair, matches.weight * np.exp(-line.residuals(matches) / SHARP), minlength=pairs
            )
            won = agreed > most
            most = np.where(won, agreed, most)
            best = Lines(np.where(won, line.scale, best.scale), np.where(won, line.offset, best.offset))
    return best, most

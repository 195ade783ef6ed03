"""How likely two articles are one text in two languages, judged by how their anchors lie on one line.

Articles about one event share names and figures too, but not their order: what they share stands
anywhere, while in a translation it stands where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.language.translation.pairing.archive import Archive, Ints
from indexer.language.translation.pairing.lines import NEAR, SHARP, Bools, Items, Lines, Matches, fit
from indexer.language.translation.pairing.signing import FIGURE

Reals = NDArray[np.float64]

BATCH = 10_000
"""Pairs compared at a time."""
EDGE = 0.02
"""How far outside the common part an anchor is still counted."""
FIGURES = 20
"""Figures of two articles beyond which more say nothing new."""
FORWARD, BACKWARD = np.log(0.93 / 0.6), np.log(0.07 / 0.4)
"""What it says when the next anchor stands further on in both articles, and when it does not."""
LEVEL = 0.008
"""How far back the next anchor may stand and still be in order."""

LATE = 0.5
"""How far from the beginning of an article the common part may begin, before more says nothing new."""

FEATURES = (
    "covered less",
    "covered more",
    "near",
    "sharp",
    "figures",
    "many figures",
    "whole",
    "stretched",
    "order",
    "begins late",
    "uneven",
)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model of `FEATURES`; `ahead` is how far before strangers a translation is found to be."""

    weights: Reals
    bias: float
    ahead: float


ALPHABETIC = Model(
    np.array([8.53, 12.55, 12.7, -2.01, 3.77, -1.99, 16.0, -1.01, 0.82, -15.99, -3.59]), -28.43, 9.0
)
OTHER = Model(
    np.array([9.93, 4.73, 12.63, -1.97, 3.85, -2.05, 9.28, -2.17, 0.05, -15.62, -0.25]), -18.21, 8.5
)
"""Logistic regression on one half of the news in 18 languages that `benchmarks/pairs.py` reads (`FITTED`):
whole, cut, padded, without the original, and one half of a text against its other half.
"""

STRANGER, LEAST, STRANGERS = -8.0, -12.0, 4
"""What strangers reach, and reach at least; so many are added to the candidates of every article."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """For each pair: how alike, how far from strangers that has to be, how many anchors agree."""

    odds: Reals
    ahead: Reals
    agreeing: Ints


@dataclass(frozen=True, slots=True)
class Side:
    """One article of each pair: its anchors in the part both have, and how near each comes to a match."""

    items: Items
    common: Bools
    shared: Bools
    near: Bools
    closeness: Reals
    pairs: int

    @classmethod
    def of(cls, items: Items, matched: Ints, off: NDArray[np.float32], lines: Lines) -> Side:
        """Say which anchors have a match at all, and a match near the line of their pair."""
        place = lines.at(items.pair, items.at)
        common = (place >= -EDGE) & (place <= 1 + EDGE)
        shared, near = np.zeros(len(place), bool), np.zeros(len(place), bool)
        closeness = np.zeros(len(place))
        shared[matched] = True
        near[matched[off <= NEAR]] = True
        np.maximum.at(closeness, matched, np.exp(-off / SHARP))
        return cls(items, common, shared & common, near & common, closeness, len(lines.scale))

    def weight(self, chosen: Bools, factor: Reals | float = 1.0) -> Reals:
        """Add up what the chosen anchors say, per pair."""
        said = self.items.weight / np.sqrt(self.items.repeats) * factor
        return np.asarray(np.bincount(self.items.pair[chosen], said[chosen], self.pairs), float)

    def count(self, chosen: Bools) -> Reals:
        """Count the keys of the chosen anchors, per pair."""
        said = 1 / self.items.repeats
        return np.asarray(np.bincount(self.items.pair[chosen], said[chosen], self.pairs), float)


def compare(archive: Archive, first: Ints, second: Ints) -> Likeness:
    """Compare pairs of rows."""
    parts = [
        features(archive, first[i : i + BATCH], second[i : i + BATCH]) for i in range(0, len(first), BATCH)
    ]
    found = np.concatenate([np.zeros((0, len(FEATURES))), *(part for part, _ in parts)])
    agreeing = np.concatenate([np.zeros(0, np.int64), *(part for _, part in parts)])
    letters = archive.alphabetic[archive.language]
    alphabetic = letters[first] & letters[second]
    odds = np.where(alphabetic, *(found @ model.weights + model.bias for model in (ALPHABETIC, OTHER)))
    return Likeness(odds, np.where(alphabetic, ALPHABETIC.ahead, OTHER.ahead), agreeing)


def outstanding(first: Ints, like: Likeness) -> Reals:
    """Return the log-odds that each pair is a translation; `first` is sorted.

    What the worse half of the candidates of an article reach is what strangers reach: some articles are
    like everything, and short ones like nothing.
    """
    order = np.lexsort((-like.odds, first))
    _, starts, count = np.unique(first, return_index=True, return_counts=True)
    place = np.arange(len(first)) - np.repeat(starts, count)
    stranger = place >= np.repeat((count + 1) // 2, count)
    reached = np.where(stranger, np.maximum(like.odds[order], LEAST), 0.0)
    total = np.add.reduceat(reached, starts) if len(starts) else reached
    background = (total + STRANGERS * STRANGER) / (count // 2 + STRANGERS)
    return np.asarray(like.odds - np.repeat(background, count) - like.ahead)


def features(archive: Archive, rows: Ints, others: Ints) -> tuple[Reals, Ints]:
    """Measure pairs of rows by what `FEATURES` names, and count the anchors that agree."""
    first, second = Items.of(archive, rows, others), Items.of(archive, others, rows)
    matches = Matches.of(first, second)
    lines = fit(matches, len(rows))
    off = lines.residuals(matches)
    a, b = Side.of(first, matches.a, off, lines), Side.of(second, matches.b, off, lines.inverted())
    alone = matches.unique & a.common[matches.a] & b.common[matches.b]
    found = (
        *_coverage(a, b),
        (a.weight(a.near) + b.weight(b.near)) / (a.weight(a.shared) + b.weight(b.shared) + 10),
        _sharpness(matches, off, alone, len(rows)),
        *_figures(a, b),
        np.maximum(lines.common(), lines.inverted().common()),
        np.abs(np.log(lines.scale)),
        _order(matches, alone, len(rows)),
        np.minimum(lines.late(), LATE),
        _uneven(lines, archive.items.lengths[rows], archive.items.lengths[others]),
    )
    return np.stack(found, axis=1), np.minimum(a.count(a.near), b.count(b.near)).round().astype(np.int64)


def _coverage(a: Side, b: Side) -> tuple[Reals, Reals]:
    """How much of what each article says in the common part is found in the other, in its place."""
    covered = [side.weight(side.common, side.closeness) / (side.weight(side.common) + 20) for side in (a, b)]
    return np.sqrt(np.minimum(*covered)), np.sqrt(np.maximum(*covered))


def _sharpness(matches: Matches, off: NDArray[np.float32], alone: Bools, pairs: int) -> Reals:
    """How close to the line the anchors stand that neither article repeats."""
    close = np.bincount(matches.pair[alone], np.exp(-off[alone] / SHARP), minlength=pairs)
    return (close + 0.3) / (np.bincount(matches.pair[alone], minlength=pairs) + 1.5)


def _figures(a: Side, b: Side) -> tuple[Reals, Reals]:
    """How many of the figures agree, and how many there are: the more there are, the more it says."""
    figures = [side.items.key & 3 == FIGURE for side in (a, b)]
    every = sum(side.count(one & side.common) for side, one in zip((a, b), figures, strict=True))
    agreeing = sum(side.count(one & side.near) for side, one in zip((a, b), figures, strict=True))
    many = np.sqrt(np.minimum(every, FIGURES))
    return (agreeing + 1) / (every + 2) * many, many


def _uneven(lines: Lines, first: Ints, second: Ints) -> Reals:
    """How unlike the numbers of anchors are that the two articles have in the common part."""
    return np.asarray(np.abs(np.log((first * lines.inverted().common() + 1) / (second * lines.common() + 1))))


def _order(matches: Matches, alone: Bools, pairs: int) -> Reals:
    """How often the next anchor of one article comes next in the other, against chance."""
    order = np.lexsort((matches.x[alone], matches.pair[alone]))
    pair, place = matches.pair[alone][order], matches.y[alone][order]
    follows = pair[1:] == pair[:-1]
    forward = follows & (place[1:] >= place[:-1] - LEVEL)
    steps, ahead = (np.bincount(pair[1:][chosen], minlength=pairs) for chosen in (follows, forward))
    says = ahead * FORWARD + (steps - ahead) * BACKWARD
    return np.asarray(np.sign(says) * np.sqrt(np.abs(says)))

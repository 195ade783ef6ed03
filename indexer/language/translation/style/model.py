"""A linear model of style: how much a text is written as translations are.

    shapes of the text -> counts of its 1-, 2- and 3-grams -> (1 + ln count) * idf, scaled to length 1
    -> the weighted sum, plus a constant

A model file (`en.npz`, `de.npz`) holds `shapes` (the shapes in the order of their numbers), `grams` (sorted
numbers, three shapes in one), `idf` (float16), `weights` (int8) with their `scale`, `bias`, and three rows
of `thresholds` (likely, possible, unlikely), a column for each of the `lengths` in words: short originals
score higher. `benchmarks/train_style.py` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.language.translation.style.shapes import shapes

LONGEST = 3
"""Shapes in the longest n-gram."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for texts in one language; scores are log-odds, not calibrated."""

    language: str
    numbers: dict[str, int]
    grams: NDArray[np.uint32]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float
    lengths: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    def limits(self, words: int) -> tuple[float, float, float]:
        """Return the scores from which a text of so many words is likely and possibly one, and unlikely."""
        likely, possible, unlikely = (float(np.interp(words, self.lengths, row)) for row in self.thresholds)
        return likely, possible, unlikely

    def score(self, text: str) -> float:
        """Return how much the text reads like a translation."""
        found, counts = np.unique(grams(shapes(text, self.language), self.numbers), return_counts=True)
        place = np.searchsorted(self.grams, found)
        place[place == len(self.grams)] = 0
        known = self.grams[place] == found
        place, counts = place[known], counts[known]
        values = (1 + np.log(counts)) * self.idf[place]
        length = float(np.sqrt(values @ values))
        return float(values @ self.weights[place]) / length + self.bias if length else self.bias


def grams(found: list[str], numbers: dict[str, int]) -> NDArray[np.uint32]:
    """Return the 1-, 2- and 3-grams of shapes as numbers; shapes are numbered from 1."""
    one = np.array([numbers[shape] for shape in found], np.uint32)
    base = np.uint32(len(numbers) + 1)
    two = one[:-1] * base + one[1:]
    three = two[:-1] * base + one[2:]
    return np.concatenate((one, two, three))


@cache
def model(language: str) -> Model | None:
    """Load the model of a language (ISO 639-1); None when there is none."""
    path = Path(__file__).with_name(f"{language}.npz")
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as stored:
        return _model(language, stored)


def _model(language: str, stored: Any) -> Model:
    names = stored["shapes"].tobytes().decode().split("\n")
    return Model(
        language,
        {shape: number for number, shape in enumerate(names, 1)},
        stored["grams"],
        stored["idf"].astype(np.float32),
        stored["weights"].astype(np.float32) * np.float32(stored["scale"]),
        float(stored["bias"]),
        stored["lengths"],
        stored["thresholds"],
    )

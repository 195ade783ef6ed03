"""The n-gram profiles of langdetect 1.0.9, as one table. The only module that knows its inside.

langdetect draws n-grams of a text at random until one language wins, so an answer near the border
changes from run to run. Here every n-gram counts, once per occurrence. The table holds logarithms in
fixed point, and adding whole numbers gives the same sum on every machine.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray

Ints = NDArray[np.int64]

UNIT = 2048
"""Fixed point: a table entry of `-UNIT` is a log-probability of -1 (natural logarithm)."""

_SMOOTHING = Detector.ALPHA_DEFAULT / Detector.BASE_FREQ
_BMP = 0x10000
_SPACE = 0x20
_NO_GRAM = 0xFFFF
"""Stands for characters beyond the basic plane: no profile knows them, but they do end an n-gram."""


@dataclass(frozen=True)
class Profiles:
    """What langdetect knows of `languages` (its own codes, sorted).

    `keys` are the known n-grams packed into integers, sorted; `weights[i, j]` is the log-probability
    of n-gram i in language j; `typical[j]` the mean weight of an n-gram in a text of language j.
    `fold` and `upper` say, per code point, what langdetect reads and whether it is a capital.
    """

    languages: tuple[str, ...]
    keys: Ints
    weights: NDArray[np.int16]
    typical: NDArray[np.float64]
    fold: Ints
    upper: NDArray[np.bool_]

    def score(self, text: str) -> tuple[Ints, int]:
        """Return the summed weight per language and how many known n-grams `text` has."""
        rows, counts = self._rows(_code_points(_without_addresses(text)))
        weights = self.weights.take(rows, axis=0).astype(np.float64)
        sums: Ints = (counts.astype(np.float64) @ weights).astype(np.int64)  # whole numbers far below 2**53
        return sums, int(counts.sum())

    def _rows(self, codes: Ints) -> tuple[Ints, Ints]:
        """Return the rows of the n-grams that are known, each once, and how often each occurs."""
        wanted = np.sort(self._grams(self.fold[codes]))
        firsts = np.flatnonzero(np.diff(wanted, prepend=-1))
        grams, counts = wanted[firsts], np.diff(firsts, append=len(wanted))
        rows = np.searchsorted(self.keys, grams)
        rows[rows == len(self.keys)] = 0
        known = self.keys[rows] == grams
        return rows[known], counts[known]

    def _grams(self, codes: Ints) -> Ints:
        """Pack the n-grams langdetect would form: none crosses a word, none ends inside capitals."""
        codes = np.concatenate(([_SPACE], codes))
        space = codes == _SPACE
        codes = codes[np.concatenate(([True], ~(space[1:] & space[:-1])))]
        space = codes == _SPACE
        capital = self.upper[codes]
        ends = ~np.concatenate(([False], capital[1:] & capital[:-1]))
        pairs = codes[:-1] << 16 | codes[1:]
        triples = pairs[:-1] << 16 | codes[2:]
        return np.concatenate(
            (codes[ends & ~space], pairs[ends[1:]], triples[ends[2:] & ~space[1:-1]]),
        )


@functools.cache
def profiles() -> Profiles:
    """Read the profiles, once per process."""
    raw = [json.loads(path.read_bytes()) for path in _files()]
    grams = sorted({gram for profile in raw for gram in profile["freq"]}, key=_pack)
    rows = {gram: i for i, gram in enumerate(grams)}
    counts = [_column(profile, rows) for profile in raw]
    lengths = np.array([len(gram) for gram in grams])
    totals = [np.array([0, *profile["n_words"]])[lengths] for profile in raw]
    logs = np.log(np.stack([c / n for c, n in zip(counts, totals, strict=True)], axis=1) + _SMOOTHING)
    letters = [NGram.normalize(chr(code)) for code in range(_BMP)]
    return Profiles(
        languages=tuple(profile["name"] for profile in raw),
        keys=np.array([_pack(gram) for gram in grams], dtype=np.int64),
        weights=np.rint(logs * UNIT).astype(np.int16),
        typical=np.array([np.average(logs[:, j], weights=c) for j, c in enumerate(counts)]),
        fold=np.array([ord(letter) for letter in letters], dtype=np.int64),
        upper=np.array([chr(code).isupper() for code in range(_BMP)]),
    )


def _files() -> list[Path]:
    return sorted(path for path in Path(PROFILES_DIRECTORY).iterdir() if path.is_file())


def _column(profile: dict[str, Any], rows: dict[str, int]) -> NDArray[np.float64]:
    column = np.zeros(len(rows))
    column[[rows[gram] for gram in profile["freq"]]] = list(profile["freq"].values())
    return column


def _pack(gram: str) -> int:
    key = 0
    for letter in gram:
        key = key << 16 | ord(letter)
    return key


def _without_addresses(text: str) -> str:
    text = Detector.MAIL_RE.sub(" ", Detector.URL_RE.sub(" ", text))
    vietnamese: str = NGram.normalize_vi(text)
    return vietnamese


def _code_points(text: str) -> Ints:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    return np.where(codes < _BMP, codes, _NO_GRAM)

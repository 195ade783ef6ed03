"""Rows of different lengths in two arrays: how signatures of a whole archive are held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row n is `values[starts[n]:starts[n + 1]]`; `starts` has one item more than there are rows."""

    values: Array
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[bytes | Sequence[int] | Array], dtype: DTypeLike) -> Ragged:
        """Put rows together; bytes are read as items of `dtype`."""
        parts = [np.frombuffer(r, dtype) if isinstance(r, bytes) else np.asarray(r, dtype) for r in rows]
        ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
        values = np.concatenate(parts) if parts else np.zeros(0, dtype)
        return cls(values, np.concatenate(([0], ends)).astype(np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Array:
        return self.values[self.starts[row] : self.starts[row + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many items each row has."""
        return np.diff(self.starts)

    def owners(self) -> NDArray[np.int64]:
        """Return the row of each item."""
        return np.repeat(np.arange(len(self)), self.lengths)

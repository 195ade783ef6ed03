"""Rows of different lengths in two arrays: how signatures of a whole archive are held in memory."""

from __future__ import annotations

from array import array
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
        kind, values, ends = np.dtype(dtype), bytearray(), array("q", [0])
        for row in rows:
            values += row if isinstance(row, bytes) else np.asarray(row, kind).tobytes()
            ends.append(len(values))
        return cls(np.frombuffer(values, kind), np.array(ends, np.int64) // kind.itemsize)

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

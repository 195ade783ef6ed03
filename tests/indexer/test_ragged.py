"""Rows of different lengths."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.ragged import Ragged

ROWS = st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=5), max_size=6)


@given(ROWS)
def test_rows_come_back(rows: list[list[int]]) -> None:
    ragged = Ragged.of(rows, np.uint32)
    assert [ragged[n].tolist() for n in range(len(ragged))] == rows
    assert ragged.lengths.tolist() == [len(row) for row in rows]
    assert ragged.owners().tolist() == [n for n, row in enumerate(rows) for _ in row]


@given(ROWS)
def test_bytes_are_rows_too(rows: list[list[int]]) -> None:
    packed = [np.array(row, np.uint32).tobytes() for row in rows]
    assert Ragged.of(packed, np.uint32).values.tolist() == Ragged.of(rows, np.uint32).values.tolist()

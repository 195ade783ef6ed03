"""What a search needs of every document, as numpy arrays: loaded once per generation, shared by all threads.

Document numbers index the arrays. A generation never changes, so neither do they.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.dates import UNDATED, first_moment, last_moment
from engine.fields import FIELDS
from engine.model import Filter
from engine.whoosh.packing import load

Mask = NDArray[np.bool_]
Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Keyword:
    """The values of a keyword field: document `documents[i]` holds `values[ordinals[i]]`."""

    values: tuple[str, ...]
    documents: Ordinals
    ordinals: Ordinals

    def counts(self, mask: Mask) -> dict[str, int]:
        """Count the documents in `mask` by value."""
        counted = np.bincount(self.ordinals[mask[self.documents]], minlength=len(self.values))
        return {self.values[i]: int(counted[i]) for i in np.flatnonzero(counted)}

    def having(self, wanted: tuple[str, ...], size: int) -> Mask:
        """Mark, of `size` documents, those that hold any of the wanted values."""
        chosen = [i for i, value in enumerate(self.values) if value in frozenset(wanted)]
        mask = np.zeros(size, np.bool_)
        mask[self.documents[np.isin(self.ordinals, chosen)]] = True
        return mask


class Columns:
    """The columns of one generation.

    - live: which numbers are articles, not deleted ones;
    - rank: the place of each article in id order, which breaks ties;
    - moments: dates as `engine.dates` numbers them;
    - copies, story: number of the group; an article without one is its own group.
    """

    def __init__(self, reader: Any) -> None:
        self.size: int = reader.doc_count_all()
        self.live = np.array([not reader.is_deleted(n) for n in range(self.size)], np.bool_)
        self.rank = _rank([load(cell)[0] for cell in _cells(reader, "id")])
        self.moments = np.fromiter(_cells(reader, "moment"), np.int64, self.size)
        self.copies, self.has_copies = self._groups(reader, "copies")
        self.story, self.has_stories = self._groups(reader, "story")
        self.keywords = {f.name: _keyword(_cells(reader, f.name)) for f in FIELDS if f.kind == "keyword"}
        self.filtered = lru_cache(maxsize=128)(self._filtered)

    def _groups(self, reader: Any, name: str) -> tuple[Ordinals, bool]:
        """Number the groups; also say whether any live article has one."""
        numbers: dict[bytes, int] = {}
        cells = [None if cell == b"null" else cell for cell in _cells(reader, name)]
        ordinals = np.array(
            [~n if cell is None else numbers.setdefault(cell, len(numbers)) for n, cell in enumerate(cells)],
            np.int64,
        )
        return ordinals, bool((self.live & (ordinals >= 0)).any())

    @cached_property
    def dated(self) -> Mask:
        """Mark the articles that have a date."""
        mask: Mask = self.moments != UNDATED
        return mask

    def _filtered(self, chosen: Filter) -> Mask:
        """Mark the documents that pass a filter; the last ones asked for are remembered."""
        column = self.keywords[chosen.field]
        mask = column.having(chosen.include, self.size) if chosen.include else np.ones(self.size, np.bool_)
        return mask & ~column.having(chosen.exclude, self.size) if chosen.exclude else mask

    def between(self, start: str | None, end: str | None) -> Mask:
        """Mark the articles published from `start` to `end`, both whole and inclusive."""
        mask = self.dated
        if start is not None:
            mask = mask & (self.moments >= first_moment(start))
        if end is not None:
            mask = mask & (self.moments <= last_moment(end))
        return mask


def _cells(reader: Any, name: str) -> Iterator[Any]:
    """Yield the cells of a column in document order, across the segments."""
    for leaf, _ in reader.leaf_readers():
        if leaf.doc_count_all():
            yield from leaf.column_reader(name, translate=False)


def _rank(ids: list[str]) -> Ordinals:
    rank = np.empty(len(ids), np.int64)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return rank


def _keyword(cells: Iterator[bytes]) -> Keyword:
    """Number the values; a cell seen before is not decoded again."""
    numbers: dict[str, int] = {}
    known: dict[bytes, tuple[int, ...]] = {}
    documents: list[int] = []
    ordinals: list[int] = []
    for document, cell in enumerate(cells):
        if cell not in known:
            values = dict.fromkeys(load(cell))
            known[cell] = tuple(numbers.setdefault(value, len(numbers)) for value in values)
        ordinals += known[cell]
        documents += [document] * len(known[cell])
    return Keyword(tuple(numbers), np.array(documents, np.int64), np.array(ordinals, np.int64))

"""What signatures say besides the parts that are compared, as one array for each question.

Signatures lie in the working file. Each is read once for its head, and once for each part when a component
asks for that part of all: so only one part of all signatures is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.archive.rows import Rows
from indexer.archive.signature import Head, Part
from indexer.ragged import Ragged

Numbers = NDArray[np.int64]

UNDATED = -1_000_000
"""In `Columns.day`: no date is so early."""


@dataclass(frozen=True, slots=True)
class Columns:
    """By row: see `signature.About`; `templates` and `left` are those of `Signature`.

    Sources and languages are numbered as they come, -1 when unknown; both columns of languages alike.
    """

    source: Numbers
    language: Numbers
    from_language: Numbers
    words: Numbers
    left: Numbers
    day: Numbers
    shows: Numbers
    templates: Sequence[tuple[int, ...]]

    @classmethod
    def of(cls, rows: Rows) -> Columns:
        """Read the heads of all signatures."""
        languages = _unknown()
        language = _numbers((row.language for row in rows), languages)
        source = _numbers((row.source for row in rows), _unknown())
        counted = np.empty((5, len(rows)), np.int64)
        templates: list[tuple[int, ...]] = []
        for number in range(len(rows)):
            head = rows.head(number)
            counted[:, number] = *_counts(head), _number(head.about.from_language, languages)
            templates.append(head.templates)
        words, left, day, shows, translated = counted
        return cls(source, language, translated, words, left, day, shows, templates)

    def days(self, undated: int) -> Numbers:
        """Return the day of each row, `undated` for those without one."""
        return np.where(self.day == UNDATED, undated, self.day)


def column(rows: Rows, name: Part, dtype: DTypeLike) -> Ragged:
    """Return one part of all signatures."""
    return Ragged.of((rows.part(number, name) for number in range(len(rows))), dtype)


def _counts(head: Head) -> tuple[int, int, int, int]:
    about, day = head.about, head.about.day
    return about.words, head.left, UNDATED if day is None else day, about.shows


def _numbers(values: Iterable[str | None], known: dict[str | None, int]) -> Numbers:
    return np.array([_number(value, known) for value in values], np.int64)


def _number(value: str | None, known: dict[str | None, int]) -> int:
    return known.setdefault(value, len(known) - 1)


def _unknown() -> dict[str | None, int]:
    return {None: -1}

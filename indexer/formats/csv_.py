"""CSV and TSV with a header row.

Rows are numbered without the header and blank rows. A quoted field may span lines.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BufferedReader

from indexer.formats.base import Item, ReadSettings, Source
from indexer.formats.keys import BODY, field_of
from indexer.formats.opening import lines
from indexer.formats.records import MAX_LISTED, candidates, record

_DELIMITERS = ",;\t|"
_EXCEL = "sep="
"""Begins the line by which Excel names its delimiter; the header tells it as well."""

_END = "\0end of file\0"
"""Follows the last line; found inside a row, it proves that a quote was never closed."""


def read(stream: BufferedReader, source: Source) -> Iterator[Item]:
    """Read a table of records, a row at a time."""
    # The csv module has one limit for the whole process, too low for articles; _Lines holds the real one.
    csv.field_size_limit(max(csv.field_size_limit(), source.settings.max_document + 1))
    table = _Lines(stream, source.settings)
    header = table.header()
    delimiter = max(_DELIMITERS, key=lambda d: _understood(header, d))
    columns = _split(header, delimiter)
    found = candidates(dict.fromkeys(columns, ""), source.settings)
    if any(value == "" for name in BODY for value in found[name]):
        yield from _records(table, csv.reader(table, delimiter=delimiter), columns, source)
    else:
        listed = ", ".join(name[:40] for name in columns[:MAX_LISTED])
        yield source.failure(f"no column holds a text; columns: {listed or 'none'}; map one in dateline.toml")


def _records(table: _Lines, rows: Iterator[list[str]], columns: list[str], source: Source) -> Iterator[Item]:
    ordinal = 0
    while True:
        table.begin_row()
        try:
            row = next(rows, [_END])
        except csv.Error as error:
            ordinal += 1
            yield source.failure(str(error), ordinal)
            continue
        if row == [_END]:
            return
        if row:
            ordinal += 1
            yield _record(row, columns, source, ordinal)


def _record(row: list[str], columns: list[str], source: Source, ordinal: int) -> Item:
    if row[-1].endswith(_END):
        return source.failure(
            "a quote opened in this row is never closed; nothing after it was read", ordinal
        )
    return record(source, dict(zip(columns, row, strict=False)), ordinal)


def _split(header: str, delimiter: str) -> list[str]:
    return next(csv.reader([header], delimiter=delimiter), [])


def _understood(header: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter splits the header: into how many known names, into how many columns."""
    columns = _split(header, delimiter)
    return sum(field_of(name) is not None for name in columns), len(columns)


class _Lines:
    """The lines of a table for the csv module: no row may take more than the limit."""

    def __init__(self, stream: BufferedReader, settings: ReadSettings) -> None:
        self._lines = lines(stream, settings.max_document)
        self._settings = settings
        self._row_size = 0
        self._ended = False

    def header(self) -> str:
        """Consume the first line that is neither blank nor Excel's own; "" when there is none."""
        return next(
            (line for line in self._lines if line and line.strip() and not line.startswith(_EXCEL)), ""
        )

    def begin_row(self) -> None:
        """Start to measure a new row."""
        self._row_size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._ended:
            raise StopIteration
        line = next(self._lines, _END)
        self._ended = line is _END
        self._row_size += len(line or "")
        if line is None or self._row_size > self._settings.max_document:
            raise csv.Error(self._settings.too_large("the row"))
        return line

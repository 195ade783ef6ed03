"""The list of what is indexed: one file of entries in id order, kept up by merging sorted runs.

Each line of `entries.jsonl.gz` is the JSON array of an `Entry`'s values. A writer adds lines to a
spool of sorted runs, so that memory stays bounded whatever the corpus; closing it merges them over
the lines of the generation before.
"""

from __future__ import annotations

import gzip
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field, fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from engine.model import Entry
from engine.whoosh.packing import dump, load

FILE = "entries.jsonl.gz"
_RUN = 20_000

Row = tuple[str, int, Any]
"""Id, which change to it (later ones win), the entry's values or None when it was deleted."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of entries adds up to."""

    articles: int
    languages: tuple[str, ...]


def read(path: Path) -> Iterator[Entry]:
    """Stream the entries of a generation directory."""
    return map(_entry, _lines(path / FILE))


def _entry(values: list[Any]) -> Entry:
    names = (field.name for field in fields(Entry))
    parts: dict[str, Any] = dict(zip(names, values, strict=True))
    parts["flags"] = tuple(parts["flags"])
    parts["removed"] = tuple((rule, label, count) for rule, label, count in parts["removed"])
    return Entry(**parts)


def _lines(path: Path) -> Iterator[Any]:
    """Open the file at once, so that it can be read to its end even if it is removed meanwhile."""
    return _loaded(gzip.open(path, "rb"))


def _loaded(file: gzip.GzipFile) -> Iterator[Any]:
    with file:
        for line in file:
            yield load(line)


@dataclass(slots=True)
class Spool:
    """Changes to the entries, in `directory` until `finish` removes them."""

    directory: Path
    _rows: list[Row] = field(default_factory=list)
    _runs: list[Path] = field(default_factory=list)
    _count: int = 0

    def put(self, entry: Entry) -> None:
        """Add or replace an entry."""
        self._add(entry.id, astuple(entry))

    def delete(self, article_id: str) -> None:
        """Remove an entry."""
        self._add(article_id, None)

    def _add(self, article_id: str, values: Any) -> None:
        self._count += 1
        self._rows.append((article_id, self._count, values))
        if len(self._rows) >= _RUN:
            self._flush()

    def _flush(self) -> None:
        path = self.directory / f"entries.{len(self._runs)}.run"
        _write(path, sorted(self._rows, key=itemgetter(0, 1)), level=1)
        self._runs.append(path)
        self._rows = []

    def finish(self, before: Path | None) -> Summary:
        """Write the new list over that of the generation directory `before`; returns its summary."""
        old: Iterable[Row] = ((v[0], 0, v) for v in _lines(before / FILE)) if before else ()
        runs = (map(_row, _lines(path)) for path in self._runs)
        rows = heapq.merge(old, *runs, sorted(self._rows, key=itemgetter(0, 1)), key=itemgetter(0, 1))
        tally = _Tally()
        _write(self.directory / FILE, tally.watch(_latest(rows)), level=6)
        for path in self._runs:
            path.unlink()
        return Summary(tally.articles, tuple(sorted(tally.languages)))


def _row(values: list[Any]) -> Row:
    return values[0], values[1], values[2]


def _latest(rows: Iterable[Row]) -> Iterator[Any]:
    """Keep the last change of each id; leave out what was deleted."""
    for _, changes in groupby(rows, key=itemgetter(0)):
        *_, (_, _, values) = changes
        if values is not None:
            yield values


@dataclass(slots=True)
class _Tally:
    """Counts what passes."""

    articles: int = 0
    languages: set[str] = field(default_factory=set)

    def watch(self, lines: Iterable[Any]) -> Iterator[Any]:
        for values in lines:
            self.articles += 1
            language = _entry(values).language
            if language:
                self.languages.add(language)
            yield values


def _write(path: Path, lines: Iterable[Any], level: int) -> None:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", level, raw, mtime=0) as file:
        for values in lines:
            file.write(dump(values) + b"\n")

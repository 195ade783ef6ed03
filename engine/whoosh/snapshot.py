"""One generation, open for reading by any number of threads: segments and columns never change."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.fields import Field
from engine.model import Article, Card, Entry, IndexInfo
from engine.whoosh import entries
from engine.whoosh.columns import Columns
from engine.whoosh.generations import Generation
from engine.whoosh.scoring import RANKING, Scoring
from engine.whoosh.segment import Segment
from engine.whoosh.segments import FOLDER, open_segments

Stored = TypeVar("Stored", Article, Card, str)


class Index:
    """Segments with the statistics of all of them together."""

    def __init__(self, folder: Path, scoring: Scoring = RANKING) -> None:
        self.segments = open_segments(folder)
        self.columns = Columns(self.segments)
        self.scoring = scoring
        self._norms: dict[str, list[NDArray[np.float32]]] = {}

    def norms(self, name: str) -> list[NDArray[np.float32]]:
        """Return for each segment what the length of a field does to a frequency."""
        found = self._norms.get(name)
        if found is None:
            fields = [segment.words[name] for segment in self.segments]
            average = sum(field.total for field in fields) / max(1, self.columns.size) or 1.0
            found = [self.scoring.norms(field.lengths, average) for field in fields]
            self._norms[name] = found
        return found

    def factor(self, field: Field, holding: int) -> float:
        """Return the factor of a field, when `holding` of the documents have the word in it."""
        return self.scoring.factor(field.weight or 1.0, self.columns.size, holding)

    def article(self, number: int) -> Article:
        """Return the stored article of a document."""
        return self._at(number, Segment.article)

    def card(self, number: int) -> Card:
        """Return what a list of results shows of a document."""
        return self._at(number, Segment.card)

    def body(self, number: int) -> str:
        """Return the text of a document."""
        return self._at(number, Segment.body)

    def _at(self, number: int, read: Callable[[Segment, int], Stored]) -> Stored:
        segment = bisect_right(self.columns.offsets, number) - 1
        return read(self.segments[segment], number - self.columns.offsets[segment])

    def get(self, key: str) -> Article | None:
        """Return the article with this id, or else with this path."""
        for found in ([s.with_id(key) for s in self.segments], [s.with_path(key) for s in self.segments]):
            articles = [s.article(n) for s, ns in zip(self.segments, found, strict=True) for n in ns]
            if articles:
                return min(articles, key=lambda article: article.id)
        return None

    def living_values(self, name: str) -> tuple[str, ...]:
        """Return the values of a keyword field that living articles have."""
        if not self.columns.size:
            return ()
        column = self.columns.keywords[name]
        living = (
            np.arange(self.columns.size) if self.columns.live is None else np.flatnonzero(self.columns.live)
        )
        held = np.flatnonzero(column.counts(living, self.columns.size))
        return tuple(sorted(column.values[n] for n in held.tolist()))

    def entries(self) -> Iterator[Entry]:
        """Stream the entries, in id order."""
        return entries.merged(segment.entry_lines() for segment in self.segments)


class Snapshot:
    """An open generation; let go of when its owner and every user have."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._index: Index | None = Index(generation.path / FOLDER)
        self._lock = threading.Lock()
        self._users = 1

    @property
    def build(self) -> str:
        """The build id."""
        return self.generation.manifest.build

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its articles."""
        return self.generation.manifest.languages

    @property
    def index(self) -> Index:
        """The open index; only those who hold the snapshot may ask."""
        if self._index is None:
            raise RuntimeError("this snapshot was released")
        return self._index

    def info(self) -> IndexInfo:
        """Describe it."""
        manifest = self.generation.manifest
        return IndexInfo(
            manifest.build, manifest.created, manifest.articles, manifest.languages, manifest.report
        )

    # --- who holds it ---------------------------------------------------------------------

    def hold(self) -> bool:
        """Take part in keeping it open; False when it is closed already."""
        with self._lock:
            self._users += bool(self._users)
            return bool(self._users)

    def release(self) -> None:
        """Let go of it; the last one to do so closes it."""
        with self._lock:
            self._users -= 1
            last = not self._users
        if last:
            self.close()

    def close(self) -> None:
        """Drop the mapped files; memory and disk are free when the last array made of them is gone."""
        self._index = None

    # --- reading --------------------------------------------------------------------------

    def entries(self) -> Iterator[Entry]:
        """Stream the entries, in id order."""
        return self.index.entries()

    def get(self, key: str) -> Article | None:
        """Return the article with this id, or else with this path."""
        return self.index.get(key)

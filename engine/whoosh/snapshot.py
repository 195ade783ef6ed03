"""One generation, open for reading by any number of threads.

A stock searcher keeps its place in its files, so it serves one thread at a time: idle ones wait in
a pool, and a new one is opened when all are busy. Columns are shared, they never change.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from typing import Any

from engine.model import Article, Entry, IndexInfo
from engine.whoosh import entries
from engine.whoosh.columns import Columns
from engine.whoosh.generations import Generation
from engine.whoosh.packing import unpack
from engine.whoosh.segments import FOLDER, documents, open_index, open_searcher


class Session:
    """A searcher with what it needs to return articles; for one thread at a time."""

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        leaves = [(leaf, offset) for leaf, offset in self.reader.leaf_readers() if leaf.doc_count_all()]
        self._offsets = [offset for _, offset in leaves]
        self._cells = [leaf.column_reader("article", translate=False) for leaf, _ in leaves]

    def article(self, number: int) -> Article:
        """Return the stored article of a document."""
        segment = bisect_right(self._offsets, number) - 1
        return unpack(bytes(self._cells[segment][number - self._offsets[segment]]))


class Snapshot:
    """An open generation; closed when its owner and every user have let go of it."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._index = open_index(generation.path / FOLDER)
        self._idle: LifoQueue[Session] = LifoQueue()
        self._idle.put(self._open())
        self._lock = threading.Lock()
        self._users = 1
        self._loading = threading.Lock()
        self._columns: Columns | None = None

    @property
    def build(self) -> str:
        """The build id."""
        return self.generation.manifest.build

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its articles."""
        return self.generation.manifest.languages

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
        """Close what no thread uses."""
        while not self._idle.empty():
            self._idle.get_nowait().searcher.close()
        self._index.close()

    # --- reading --------------------------------------------------------------------------

    def _open(self) -> Session:
        return Session(open_searcher(self._index))

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Lend a session to this thread alone; a thread asks for one at a time."""
        session = self._idle_or_new()
        try:
            yield session
        finally:
            self._idle.put(session)

    def _idle_or_new(self) -> Session:
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        try:
            return self._open()
        except FileNotFoundError:
            # Two builds have passed and the files are gone; what is open still reads them.
            return self._idle.get()

    @property
    def columns(self) -> Columns:
        """The columns, loaded when first asked for."""
        with self._loading:
            if self._columns is None:
                with self.session() as session:
                    self._columns = Columns(session.reader)
            return self._columns

    def entries(self) -> Iterator[Entry]:
        """Stream the entries, in id order."""
        return entries.read(self.generation.path)

    def get(self, key: str) -> Article | None:
        """Return the article with this id, or else with this path."""
        with self.session() as session:
            for field in ("id", "path"):
                found = documents(session.reader, field, key)
                if found:
                    return min(map(session.article, found), key=lambda article: article.id)
        return None

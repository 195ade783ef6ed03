"""The Whoosh index of a draft: articles in, segments out, each id at most once.

Whoosh's own writer keeps a bounded pool and spills sorted runs to disk, so one writer stays open
for many articles and then becomes one segment. Two updates of one id in a batch would leave two
documents; here the last one is kept, and the others deleted, when the segment is closed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from engine.model import Article
from engine.whoosh import schema
from engine.whoosh.stock import (
    BM25F,
    EmptyIndexError,
    FileIndex,
    FileStorage,
    Searcher,
    SegmentReader,
    TermNotFound,
)

FOLDER = "whoosh"
"""Where in a generation the Whoosh files lie."""

_POOL_MB = 64
_MAX_ARTICLES = 50_000
_MAX_BYTES = 1 << 30
"""A column of a segment holds at most 2 GB, so a segment is closed before."""

_SMALL = 64 << 20
_MANY = 8
_DEAD = 0.25


class Segments:
    """Adds articles to and deletes them from the Whoosh index in `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        storage = FileStorage(str(folder))
        fields = schema.build()
        fresh = not any(folder.glob("*.toc"))
        self._index = FileIndex.create(storage, fields, "MAIN") if fresh else _open(storage, fields)
        self._before = self._index.doc_count_all()
        self._writer: Any = None
        self._bytes = 0
        self._added = 0
        self._alive: dict[str, bool] = {}
        self._repeated: set[str] = set()

    def put(self, article: Article) -> None:
        """Add an article, or replace the one with its id."""
        row = schema.row(article)
        self._touch(article.id, alive=True)
        if self._writer is None:
            self._writer = self._index.writer(limitmb=_POOL_MB)
        self._writer.add_document(**row)
        self._added += 1
        self._bytes += len(row["article"])
        if self._added >= _MAX_ARTICLES or self._bytes >= _MAX_BYTES:
            self._close_segment()

    def delete(self, article_id: str) -> None:
        """Delete the article with this id, if there is one."""
        self._touch(article_id, alive=False)

    def _touch(self, article_id: str, *, alive: bool) -> None:
        if article_id in self._alive:
            self._repeated.add(article_id)
        self._alive[article_id] = alive

    def commit(self) -> None:
        """Write everything out and tidy up the segments."""
        self._close_segment()
        self._index.writer(limitmb=_POOL_MB).commit(mergetype=_merge)
        self._index.close()
        (self._folder / "MAIN_WRITELOCK").unlink(missing_ok=True)

    def abandon(self) -> None:
        """Close files; what was written is of no use, and so is what goes wrong while closing."""
        if self._writer is not None:
            with suppress(Exception):
                self._writer.cancel()

    def _close_segment(self) -> None:
        if self._writer is not None:
            self._writer.commit(merge=False)
        changed = self._alive if self._before else self._repeated
        dead = self._superseded(changed)
        if dead:
            writer = self._index.writer(limitmb=_POOL_MB)
            for number in dead:
                writer.delete_document(number)
            writer.commit(merge=False)
        self._before += self._added
        self._writer, self._added, self._bytes = None, 0, 0
        self._alive, self._repeated = {}, set()

    def _superseded(self, ids: Iterable[str]) -> list[int]:
        """Return the document numbers of `ids` that a later change has made wrong."""
        with self._index.reader() as reader:
            dead = []
            for article_id in ids:
                numbers = documents(reader, "id", article_id)
                dead += numbers[:-1] if self._alive[article_id] else numbers
            return dead


def _open(storage: Any, fields: Any) -> Any:
    """Open a Whoosh index with our schema, so that the pickled one in it is never read."""
    return FileIndex(storage, schema=fields)


def open_index(folder: Path) -> Any:
    """Open the Whoosh index of a finished generation; raises FileNotFoundError if it is gone."""
    with _saying_gone(folder):
        return _open(FileStorage(str(folder), readonly=True), schema.build())


def open_searcher(index: Any) -> Any:
    """Open a searcher on an index of `open_index`; raises FileNotFoundError if its files are gone."""
    with _saying_gone(index.storage.folder):
        return Searcher(index.reader(), weighting=BM25F())


@contextmanager
def _saying_gone(folder: Path | str) -> Iterator[None]:
    """Call by its name what Whoosh takes for an index nobody has created."""
    try:
        yield
    except EmptyIndexError as error:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder)) from error


def documents(reader: Any, field: str, value: str) -> list[int]:
    """Return the numbers of the documents whose `field` is exactly `value`, in the order they were added."""
    try:
        return list(reader.postings(field, reader.schema[field].to_bytes(value)).all_ids())
    except TermNotFound:
        return []


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Choose what to rewrite into one segment: mostly dead ones, and small ones once there are many.

    A merge policy as Whoosh calls it: merges into `writer`, returns the segments that stay.
    """
    sizes = {s: writer.storage.file_length(f"{s.segment_id()}.seg") for s in segments}
    small = sorted((s for s in segments if sizes[s] < _SMALL), key=sizes.__getitem__)
    chosen = set(small if len(small) > _MANY else ())
    chosen |= {s for s in segments if s.deleted_count() > _DEAD * s.doc_count_all()}
    room = _MAX_BYTES
    kept = []
    for segment in segments:
        room -= sizes[segment] if segment in chosen else 0
        if segment in chosen and room >= 0:
            _rewrite(writer, segment)
        else:
            kept.append(segment)
    return kept


def _rewrite(writer: Any, segment: Any) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()

"""The segments of a draft: articles in, packs out, each id alive at most once.

Articles are gathered into batches; each batch becomes a pack, a new segment. What is replaced or
deleted is only marked dead, in `commit`; then segments that have become too many, or too dead, are
merged, and a Whoosh table of contents names those that stay. Files that were there before are never
changed: they may be linked from the generation that is being read.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.model import Article
from engine.whoosh import schema
from engine.whoosh.build import build, learned
from engine.whoosh.codec import PackSegment
from engine.whoosh.lexicon import encode
from engine.whoosh.merge import merge
from engine.whoosh.segment import Segment, write_dead
from engine.whoosh.stock import TOC, EmptyIndexError, FileIndex, FileStorage

FOLDER = "whoosh"
"""Where in a generation the files of the index lie."""

_NAME = "MAIN"
_BATCH_ARTICLES = 16_000
_BATCH_CHARACTERS = 16_000_000
_MANY = 8
"""So many segments of about one size become one."""

_DEAD = 0.25
"""A segment of which a larger part is dead is written anew."""


@dataclass(slots=True)
class _Made:
    """A segment with its description; what is `fresh` was written for this draft."""

    record: PackSegment
    segment: Segment


class Segments:
    """Adds articles to and deletes them from the index in `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._fresh = not any(folder.glob("*.toc"))
        self._before = [] if self._fresh else [_Made(r, _open(folder, r)) for r in _records(folder)]
        self._dictionary = _dictionary([one.segment for one in self._before])
        self._new: list[PackSegment] = []
        self._batch: dict[str, Article] = {}
        self._characters = 0
        self._deleted: dict[bytes, int] = {}

    def put(self, article: Article) -> None:
        """Add an article, or replace the one with its id."""
        self._batch[article.id] = article
        self._characters += len(article.raw)
        if len(self._batch) >= _BATCH_ARTICLES or self._characters >= _BATCH_CHARACTERS:
            self._close_batch()

    def delete(self, article_id: str) -> None:
        """Delete the article with this id, if there is one."""
        self._batch.pop(article_id, None)
        self._deleted[encode(article_id)] = len(self._new)

    def _close_batch(self) -> None:
        if self._batch:
            articles = tuple(self._batch.values())
            if self._dictionary is None:
                self._dictionary = learned(articles)
            record = PackSegment(_NAME)
            build(self._folder / record.pack, articles, self._dictionary)
            self._new.append(record)
        self._batch, self._characters = {}, 0

    def commit(self) -> None:
        """Write everything out, mark what is dead, tidy up, and name the segments that stay."""
        self._close_batch()
        new = [_Made(record, _open(self._folder, record)) for record in self._new]
        self._bury(new)
        made = [one for one in (*self._before, *new) if one.segment.live]
        self._write_contents(self._tidied(made))

    def abandon(self) -> None:
        """Forget everything; the files go with the draft."""
        self._batch, self._before, self._new = {}, [], []

    # --- the dead -------------------------------------------------------------------------

    def _bury(self, new: list[_Made]) -> None:
        """Mark dead, newest segment first, what a later change replaced or deleted."""
        later: set[bytes] = set()
        for number in reversed(range(len(new))):
            ids = set(new[number].segment.ids)
            later |= {key for key, stamp in self._deleted.items() if stamp > number}
            _mark(new[number], ids & later)
            later |= ids
        later |= self._deleted.keys()
        for one in self._before:
            _mark(one, later)

    # --- merging --------------------------------------------------------------------------

    def _tidied(self, made: list[_Made]) -> list[_Made]:
        """Merge what a fresh index was written in, mostly dead segments, and many of one size."""
        if self._fresh:
            return self._merged(made) if len(made) > 1 else made
        kept = []
        for one in made:
            rotten = one.segment.size - one.segment.live > _DEAD * one.segment.size
            kept.append(self._merged([one])[0] if rotten else one)
        while group := _crowd(kept):
            kept = [one for one in kept if one not in group] + self._merged(group)
        return kept

    def _merged(self, group: list[_Made]) -> list[_Made]:
        record = PackSegment(_NAME)
        merge(self._folder / record.pack, [one.segment for one in group])
        return [_Made(record, _open(self._folder, record))]

    def _write_contents(self, made: list[_Made]) -> None:
        """Write the table of contents and remove the files it does not name."""
        for one in made:
            self._write_dead(one)
        generation = TOC._latest_generation(_storage(self._folder), _NAME) + 1  # noqa: SLF001  # its only name
        records = [one.record for one in made]
        TOC(schema.build(), records, generation).write(_storage(self._folder), _NAME)
        named = {TOC._filename(_NAME, generation)}  # noqa: SLF001  # the same
        named |= {name for record in records for name in (record.pack, record.dead) if name}
        for path in self._folder.iterdir():
            if path.name not in named:
                path.unlink()

    def _write_dead(self, one: _Made) -> None:
        """Write the dead of a segment if there are new ones, under a new name."""
        count = one.segment.size - one.segment.live
        if one.segment.dead is not None and count != one.record.dead_count:
            one.record.bury(count)
            write_dead(self._folder / str(one.record.dead), one.segment.dead)


def _mark(one: _Made, keys: Iterable[bytes]) -> None:
    """Mark the documents with these ids dead."""
    segment = one.segment
    places = [place for key in keys if (place := segment.ids.find(key)) >= 0]
    if places:
        dead = np.zeros(segment.size, np.bool_) if segment.dead is None else segment.dead
        dead[segment.by_id[places]] = True
        segment.dead = dead


def _crowd(made: list[_Made]) -> list[_Made]:
    """Return segments of about one size if there are too many of them: powers of eight tell sizes apart."""
    sizes: dict[int, list[_Made]] = {}
    for one in made:
        sizes.setdefault(one.segment.live.bit_length() // 3, []).append(one)
    return next((group for group in sizes.values() if len(group) >= _MANY), [])


def _dictionary(segments: Sequence[Segment]) -> bytes | None:
    """Return the dictionary of the largest segment, None when there is none to learn from."""
    largest = max(segments, key=lambda segment: segment.size, default=None)
    return (largest and largest.records["stored"].dictionary) or None


# --- opening ---------------------------------------------------------------------------------


def _storage(folder: Path) -> Any:
    return FileStorage(str(folder))


def _records(folder: Path) -> list[PackSegment]:
    """Read which segments the table of contents names."""
    with _saying_gone(folder):
        return list(open_index(folder)._segments())  # noqa: SLF001  # Whoosh's own name for them


def _open(folder: Path, record: PackSegment) -> Segment:
    return Segment(folder / record.pack, folder / record.dead if record.dead else None)


def open_index(folder: Path) -> Any:
    """Open it as a Whoosh index, for Whoosh's own searchers, with our schema: the pickled one is not read."""
    with _saying_gone(folder):
        return FileIndex(FileStorage(str(folder), readonly=True), schema=schema.build())


def open_segments(folder: Path) -> list[Segment]:
    """Open the segments of a finished generation; raises FileNotFoundError if it is gone."""
    return [_open(folder, record) for record in _records(folder)]


@contextmanager
def _saying_gone(folder: Path | str) -> Iterator[None]:
    """Call by its name what Whoosh takes for an index nobody has created."""
    try:
        yield
    except EmptyIndexError as error:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder)) from error

"""A small index for tests of single modules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.model import Article
from engine.whoosh.segments import Segments
from engine.whoosh.snapshot import Index


def make(folder: Path, *batches: Iterable[Article | str]) -> Index:
    """Write batches of articles (a plain id deletes), each with a commit, and return the open index."""
    for batch in batches:
        segments = Segments(folder)
        for item in batch:
            if isinstance(item, str):
                segments.delete(item)
            else:
                segments.put(item)
        segments.commit()
    return Index(folder)

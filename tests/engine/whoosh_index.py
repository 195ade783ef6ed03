"""A small Whoosh index for tests of single modules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.model import Article
from engine.whoosh.segments import Segments, open_index, open_searcher


def make(folder: Path, *batches: Iterable[Article | str]) -> Any:
    """Write batches of articles (a plain id deletes) and return a searcher on the result."""
    for batch in batches:
        segments = Segments(folder)
        for item in batch:
            if isinstance(item, str):
                segments.delete(item)
            else:
                segments.put(item)
        segments.commit()
    return open_searcher(open_index(folder))

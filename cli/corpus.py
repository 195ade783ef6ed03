"""Which documents a command means: one or several folders or files, as one stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.documents import Failure, RawDocument
from indexer.errors import CorpusError
from indexer.formats import ReadSettings, read
from indexer.formats.walk import printable


def documents(paths: Sequence[Path], settings: ReadSettings) -> Iterator[RawDocument | Failure]:
    """Stream everything in `paths`, in reading order.

    With one path, document paths are relative to it; with several, they begin with its name, so the
    names must differ.

    Raises:
        CorpusError: a path does not exist, or two have the same name.

    """
    for path in paths:
        if not path.exists():
            raise CorpusError(f"{path} does not exist; name the folder or file with your articles")
    if len(paths) == 1:
        return read(paths[0], settings)
    names = [path.resolve().name for path in paths]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise CorpusError(
            f"two of the paths are called {min(twice)}; rename one, or index their common parent"
        )
    return _several([(printable(name), path) for name, path in zip(names, paths, strict=True)], settings)


def _several(named: list[tuple[str, Path]], settings: ReadSettings) -> Iterator[RawDocument | Failure]:
    for name, path in named:
        for item in read(path, settings):
            yield replace(item, path=f"{name}/{item.path}")

"""The entries of the former index by path, in a working file: a million of them are too much for memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, fields
from typing import Any

from engine.model import Entry
from indexer.archive.spool import Spool


class Entries(Mapping[str, Entry]):
    """What an index remembers of its documents, by path."""

    def __init__(self, entries: Iterable[Entry], spool: Spool) -> None:
        self._spool = spool
        self._places = {entry.path: spool.put(packed(entry)) for entry in entries}

    def __getitem__(self, path: str) -> Entry:
        return unpacked(self._spool.get(self._places[path]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, path: object) -> bool:
        return path in self._places


def packed(entry: Entry) -> bytes:
    """Return an entry as bytes; lone surrogates of odd paths survive."""
    return json.dumps(astuple(entry)).encode()


def unpacked(data: bytes) -> Entry:
    """Undo `packed`."""
    parts: dict[str, Any] = dict(zip(_NAMES, json.loads(data), strict=True))
    parts["flags"] = tuple(parts["flags"])
    parts["removed"] = tuple((rule, label, count) for rule, label, count in parts["removed"])
    return Entry(**parts)


_NAMES = tuple(field.name for field in fields(Entry))

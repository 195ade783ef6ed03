"""The list of what is indexed, put together from the lists of the segments."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import fields
from operator import itemgetter
from typing import Any

from engine.model import Entry
from engine.whoosh.packing import load
from engine.whoosh.records import unreadable


def merged(lists: Iterable[Iterator[tuple[bytes, bytes]]]) -> Iterator[Entry]:
    """Yield the entries of several lists of (id, line), each in id order, in id order."""
    for _, line in heapq.merge(*lists, key=itemgetter(0)):
        yield entry(line)


def entry(line: bytes) -> Entry:
    """Read a line; raises IndexDamagedError when it is no entry."""
    names = (field.name for field in fields(Entry))
    try:
        parts: dict[str, Any] = dict(zip(names, load(line), strict=True))
        parts["flags"] = tuple(parts["flags"])
        parts["removed"] = tuple((rule, label, count) for rule, label, count in parts["removed"])
        return Entry(**parts)
    except (ValueError, KeyError, TypeError) as error:
        raise unreadable(error) from error

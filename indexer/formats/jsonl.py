"""JSON Lines: one record per line.

A record is numbered by its place among the lines that are not blank, good or bad, so that repairing one
line changes no other record's name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader

from indexer.formats.base import Item, Source
from indexer.formats.opening import lines
from indexer.formats.records import record


def read(stream: BufferedReader, source: Source) -> Iterator[Item]:
    """Read a file of JSON records, a line at a time."""
    ordinal = 0
    for line in lines(stream, source.settings.max_document):
        if line is None or line.strip():
            ordinal += 1
            yield _item(line, source, ordinal)


def _item(line: str | None, source: Source, ordinal: int) -> Item:
    if line is None:
        return source.failure(source.settings.too_large("the line"), ordinal)
    try:
        return record(source, json.loads(line.rstrip("\r\n")), ordinal)
    except json.JSONDecodeError as error:
        return source.failure(f"invalid JSON: {error.msg} at column {error.colno}", ordinal)
    except (ValueError, RecursionError) as error:
        return source.failure(f"unreadable JSON: {error}", ordinal)

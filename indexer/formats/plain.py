"""Plain text, with an optional header: the article as it is."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from indexer.formats import header
from indexer.formats.base import Item, Layout, Source, whole


def read(stream: BufferedReader, source: Source) -> Iterator[Item]:
    """Read one text file."""
    return whole(stream, source, "text")


def lay_out(text: str) -> Layout:
    """Take the header off; everything else stays as it is."""
    about, body = header.split(text)
    return Layout(body, about)

"""The seam between files and formats: gzip is undone here, and text comes as lines of bounded length.

Gzip is recognised by its first bytes, whatever the file is called, so every format can be compressed.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gzip import GzipFile
from io import BufferedReader, FileIO, RawIOBase, TextIOWrapper
from pathlib import Path
from typing import AnyStr

from indexer.formats.decode import decode, wide_bom

HEAD = 1 << 17
"""Bytes a reader may peek at to recognise a file."""

_GZIP = b"\x1f\x8b"


class _Unpacked(RawIOBase):
    """Gzip data as a raw stream that hands out all there is before it reports a damaged end."""

    def __init__(self, packed: BufferedReader) -> None:
        self._gzip = GzipFile(fileobj=packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed says Buffer
        data = self._gzip.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """Open a file for reading, uncompressed; reading may raise what `broken_gzip` explains."""
    file: BufferedReader = BufferedReader(FileIO(path), HEAD)
    with file:
        if file.peek(len(_GZIP)).startswith(_GZIP):
            stream: BufferedReader = BufferedReader(_Unpacked(file), HEAD)
            with stream:
                yield stream
        else:
            yield file


def broken_gzip(error: EOFError | zlib.error | OSError) -> str:
    """Say in one sentence what is wrong with a compressed file."""
    fault = "is truncated" if isinstance(error, EOFError) else "is damaged"
    return f"the gzip data {fault}; only what is complete before that point was read"


def head_of(stream: BufferedReader) -> bytes:
    """Return the first bytes of a stream without consuming them."""
    return stream.peek(HEAD)


def lines(stream: BufferedReader, limit: int) -> Iterator[str | None]:
    """Yield decoded lines with their ends; None stands for a line longer than `limit`.

    Each line is decoded by itself when it is not UTF-8, so that one stray line harms no other.
    """
    encoding = wide_bom(head_of(stream))
    if encoding:
        wrapper = TextIOWrapper(stream, encoding, errors="replace", newline="\n")
        try:
            yield from _bounded(wrapper.readline, limit, "\n")
        finally:
            wrapper.detach()
        return
    first = True
    for line in _bounded(stream.readline, limit, b"\n"):
        yield None if line is None else _text(line.removeprefix(codecs.BOM_UTF8) if first else line)
        first = False


def _bounded(readline: Callable[[int], AnyStr], limit: int, end: AnyStr) -> Iterator[AnyStr | None]:
    while line := readline(limit + 1):
        if len(line) <= limit or line.endswith(end):
            yield line
            continue
        while line and not line.endswith(end):
            line = readline(HEAD)
        yield None


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return decode(line).text

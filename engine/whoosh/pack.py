"""A pack: many named arrays in one file, read by mapping it into memory.

    0                header, 64 bytes, little-endian:
                       8s magic "DTLNPACK"   u32 version   u32 CRC-32 of the table
                       u64 offset of the table             u64 its length
    64               sections, each beginning at a multiple of 64: the bytes of one array
    table            JSON: {"name": [dtype, offset, items, CRC-32 of the bytes], ...}

A pack is written once and never changed. Opening reads header and table only; `problems` reads it all.
What the sections mean is told in docs/index-format.md and in `engine.whoosh.build`.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from engine.errors import IndexDamagedError

Array = NDArray[Any]

VERSION = 2
_MAGIC = b"DTLNPACK"
_HEADER = struct.Struct("<8sIIQQ")
_ALIGN = 64
_CHUNK = 1 << 20
_SMALL = 1 << 18
"""A spooled section stays in memory up to this size."""


class Section:
    """One array on its way into a pack, in pieces."""

    def __init__(self, dtype: str, file: IO[bytes]) -> None:
        self.dtype = np.dtype(dtype)
        self.file = file
        self.items = 0
        self.crc = 0

    def write(self, piece: Array) -> None:
        """Append a piece; its values must fit the type of the section."""
        data = np.ascontiguousarray(piece, self.dtype).data.cast("B") if piece.size else b""
        self.items += piece.size
        self.crc = zlib.crc32(data, self.crc)
        self.file.write(data)


class PackWriter:
    """Writes a pack; leaving the block normally completes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._file.write(bytes(_ALIGN))
        self._table: dict[str, tuple[str, int, int, int]] = {}
        self._spools: dict[str, Section] = {}

    def add(self, name: str, array: Array) -> None:
        """Write a whole section."""
        section = Section(array.dtype.newbyteorder("<").str, self._file)
        start = self._align()
        section.write(array)
        self._table[name] = (section.dtype.str, start, section.items, section.crc)

    def spool(self, name: str, dtype: str) -> Section:
        """Return a section to be written piece by piece beside others; it lies elsewhere until the end."""
        file = SpooledTemporaryFile(_SMALL, dir=str(self._path.parent))  # noqa: SIM115 - closed in _gather
        section = Section(np.dtype(dtype).newbyteorder("<").str, file)
        self._spools[name] = section
        return section

    def _align(self) -> int:
        place = self._file.tell()
        self._file.write(bytes(-place % _ALIGN))
        return place + -place % _ALIGN

    def _gather(self) -> None:
        """Copy the spooled sections to the end of the pack."""
        for name, section in self._spools.items():
            start = self._align()
            with section.file as file:
                file.seek(0)
                while data := file.read(_CHUNK):
                    self._file.write(data)
            self._table[name] = (section.dtype.str, start, section.items, section.crc)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                self._finish()
        if kind is not None:
            for section in self._spools.values():
                section.file.close()

    def _finish(self) -> None:
        self._gather()
        table = json.dumps(self._table).encode()
        start = self._align()
        self._file.write(table)
        self._file.seek(0)
        self._file.write(_HEADER.pack(_MAGIC, VERSION, zlib.crc32(table), start, len(table)))


class Pack:
    """An open pack. Arrays are views of the mapped file and must not be written to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._map = _mapped(file, path)
        self._table = self._read_table()
        self._bytes = memoryview(self._map)

    def _read_table(self) -> dict[str, tuple[str, int, int, int]]:
        try:
            magic, version, crc, start, length = _HEADER.unpack(self._map[: _HEADER.size])
        except struct.error as error:
            raise _damaged(self.path, "it is cut short") from error
        table = self._map[start : start + length]
        if (magic, version, zlib.crc32(table)) != (_MAGIC, VERSION, crc):
            raise _damaged(self.path, "its table is not what was written")
        return {name: (kind, at, items, sum_) for name, (kind, at, items, sum_) in json.loads(table).items()}

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def names(self) -> tuple[str, ...]:
        """Return the names of the sections."""
        return tuple(self._table)

    def array(self, name: str) -> Array:
        """Return a section as an array."""
        dtype, start, items, _ = self._table[name]
        return np.frombuffer(self._map, dtype, items, start)

    def view(self, name: str) -> memoryview:
        """Return the bytes of a section."""
        dtype, start, items, _ = self._table[name]
        return self._bytes[start : start + items * np.dtype(dtype).itemsize]

    def numbers(self, name: str) -> memoryview:
        """Return a section as numbers of Python, which are quicker than an array when few are wanted."""
        kind: Any = np.dtype(self._table[name][0]).char
        return self.view(name).cast(kind)

    def forget(self) -> None:
        """Let the system take back the memory of what was read; it is read again when it is asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def problems(self) -> Iterator[str]:
        """Read everything: one sentence for each section that is not what was written."""
        for name, (*_, crc) in self._table.items():
            if zlib.crc32(self.view(name)) != crc:
                yield f"Section {name!r} of {self.path} is not what was written."


def _mapped(file: IO[bytes], path: Path) -> mmap.mmap:
    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except ValueError as error:
        raise _damaged(path, "it is empty") from error


def _damaged(path: Path, why: str) -> IndexDamagedError:
    return IndexDamagedError(f"{path} can not be read ({why}); run `dateline index` to rebuild the index.")

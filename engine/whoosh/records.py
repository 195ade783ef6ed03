"""One line for each document, compressed alone, with a dictionary that all documents of a pack share.

dictionary      u1   what zstandard learned from a sample of the lines; nothing when there were too few
NAME.frames     u1   the compressed lines, in the order of the documents
NAME.ends       ux   where each begins, and after the last where it ends

A hit costs the decompression of its own line and no other. Merging copies frames as they are where the
dictionaries are the same.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from engine.errors import IndexDamagedError
from engine.whoosh.numbers import Numbers, firsts, joined, narrow, spread
from engine.whoosh.pack import Pack, PackWriter

DICTIONARY = "dictionary"
"""The section of the dictionary."""

_LEVEL = 3
_SAMPLE = 4_000_000
"""About so many bytes are learned from."""

_LARGEST, _SMALLEST = 1 << 16, 1 << 10
_PART = 64
"""The dictionary is at most this part of what it was learned from."""

_SEGMENTS, _WINDOW = 1024, 8
"""How zstandard covers the sample; given, so that it need not try which is best."""


def learn(lines: Sequence[bytes]) -> bytes:
    """Return a dictionary for lines like these; nothing when it would not pay."""
    every = max(1, sum(map(len, lines)) // _SAMPLE)
    sample = lines[::every]
    size = min(_LARGEST, sum(map(len, sample)) // _PART)
    if size < _SMALLEST:
        return b""
    try:
        return zstandard.train_dictionary(size, list(sample), k=_SEGMENTS, d=_WINDOW).as_bytes()
    except zstandard.ZstdError:  # too much alike, or too few
        return b""


class Compressor:
    """Compresses lines with a dictionary."""

    def __init__(self, dictionary: bytes) -> None:
        options: dict[str, Any] = {"level": _LEVEL, "write_checksum": False, "write_dict_id": False}
        if dictionary:
            options["dict_data"] = zstandard.ZstdCompressionDict(dictionary)
            options["dict_data"].precompute_compress(level=_LEVEL)
        self._frame = zstandard.ZstdCompressor(**options).compress

    def frames(self, lines: Iterable[bytes]) -> tuple[bytes, Numbers]:
        """Return compressed lines one after the other, and the length of each."""
        made = list(map(self._frame, lines))
        return b"".join(made), np.fromiter(map(len, made), np.int64, len(made))


class RecordsWriter:
    """Writes the records of a pack, in pieces."""

    def __init__(self, pack: PackWriter, name: str) -> None:
        self._pack = pack
        self._name = name
        self._section = pack.spool(f"{name}.frames", "u1")
        self._lengths: list[Numbers] = []

    def write(self, frames: bytes | NDArray[np.uint8], lengths: Numbers) -> None:
        """Write some compressed lines."""
        self._section.write(np.frombuffer(frames, np.uint8))
        self._lengths.append(lengths)

    def finish(self) -> None:
        """Write where they end."""
        self._pack.add(f"{self._name}.ends", narrow(firsts(joined(self._lengths, np.int64))))


class Records:
    """Reads the records of a pack; any number of threads may."""

    def __init__(self, pack: Pack, name: str) -> None:
        self._frames = pack.view(f"{name}.frames")
        self._bytes = pack.array(f"{name}.frames")
        self._ends = pack.array(f"{name}.ends")
        self.dictionary = bytes(pack.view(DICTIONARY))
        self._decompressor = _Decompressor(self.dictionary)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, document: int) -> bytes:
        """Return the line of a document; raises IndexDamagedError when it can not be read."""
        start, end = self._ends[document : document + 2].tolist()
        try:
            line: bytes = self._decompressor.tool.decompress(self._frames[start:end])
        except (zstandard.ZstdError, MemoryError) as error:
            raise unreadable(error) from error
        return line

    def frames(self, documents: Numbers) -> tuple[NDArray[np.uint8], Numbers]:
        """Return the compressed lines of documents in rising order, and the length of each."""
        starts = self._ends[documents].astype(np.int64)
        lengths = self._ends[documents + 1] - starts
        if len(documents) and documents[-1] - documents[0] + 1 == len(documents):
            return self._bytes[starts[0] : starts[0] + int(lengths.sum())], lengths
        return self._bytes[spread(starts, lengths)], lengths


class _Decompressor(threading.local):
    """One for each thread: they must not be shared."""

    def __init__(self, dictionary: bytes) -> None:
        learned = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self.tool: Any = zstandard.ZstdDecompressor(dict_data=learned)


def unreadable(error: Exception) -> IndexDamagedError:
    """Say that something stored can not be read."""
    return IndexDamagedError(
        f"A stored article can not be read ({error}); run `dateline index` to rebuild the index."
    )

"""A sorted list of byte strings in a pack: the dictionary of a field, the ids, the paths.

name.text   u1   the strings one after the other, sorted by their bytes
name.ends   ux   where each begins in the text, and after the last where it ends
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from engine.whoosh.numbers import firsts, narrow
from engine.whoosh.pack import Pack, PackWriter


def encode(text: str) -> bytes:
    """Return a term or id as it is stored; any str survives, lone surrogates of odd paths included."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """Undo `encode`."""
    return data.decode("utf-8", "surrogatepass")


def write(pack: PackWriter, name: str, terms: Sequence[bytes]) -> None:
    """Add a lexicon to a pack; `terms` are sorted."""
    pack.add(f"{name}.text", np.frombuffer(b"".join(terms), np.uint8))
    pack.add(f"{name}.ends", narrow(firsts(np.fromiter(map(len, terms), np.int64, len(terms)))))


class Lexicon:
    """A lexicon of an open pack, searched by halving."""

    def __init__(self, pack: Pack, name: str) -> None:
        self._text = pack.view(f"{name}.text")
        self._ends = pack.numbers(f"{name}.ends")
        self.ends = pack.array(f"{name}.ends")
        self.size = len(self._ends) - 1

    def __getitem__(self, place: int) -> bytes:
        return bytes(self._text[self._ends[place] : self._ends[place + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return self.between(0, self.size)

    def between(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the strings at the places from `start` up to `end`."""
        text = self.text(start, end)
        ends = (self.ends[start : end + 1] - self.ends[start]).tolist()
        return (text[begin:stop] for begin, stop in pairwise(ends))

    def text(self, start: int, end: int) -> bytes:
        """Return the strings from `start` up to `end` as one."""
        return bytes(self._text[self._ends[start] : self._ends[end]])

    def place(self, term: bytes) -> int:
        """Return the place of the first string that is not less than `term`."""
        text, ends = self._text, self._ends
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if bytes(text[ends[middle] : ends[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int:
        """Return the place of `term`, -1 when it is not there."""
        place = self.place(term)
        return place if place < self.size and self[place] == term else -1

    def starting(self, prefix: bytes) -> tuple[int, int]:
        """Return the places, from and up to, of the strings that begin with `prefix`."""
        return self.place(prefix), self.place(prefix + b"\xff")

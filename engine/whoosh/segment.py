"""A segment open for reading: a pack, and which of its documents are dead.

`Words` and `StemWords` give postings as arrays that are views of the mapped file. Nothing is decoded, and
nothing changes after opening, so any number of threads may read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.fields import FIELDS
from engine.model import Article, Card, Entry
from engine.whoosh import entries
from engine.whoosh.build import ENTRIES, GROUPS, OFTEN, STEMMED, STORED, WORDS
from engine.whoosh.cards import card
from engine.whoosh.lexicon import Lexicon, encode
from engine.whoosh.pack import Array, Pack
from engine.whoosh.packing import body_of_line, from_line, unpack_lines

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Often:
    """How often the term of each posting stands in its document, exactly."""

    def __init__(self, pack: Pack, name: str) -> None:
        self._bytes = pack.array(name)
        self._at = pack.array(f"{name}.at")
        self._exact = pack.array(f"{name}.exact")

    def between(self, start: int, end: int) -> Array:
        """Return the frequencies of the postings from `start` up to `end`."""
        found = self._bytes[start:end]
        low, high = np.searchsorted(self._at, (start, end)) if len(self._at) else (0, 0)
        if low == high:
            return found
        exact = found.astype(np.uint32)
        exact[self._at[low:high] - start] = self._exact[low:high]
        return exact

    def at(self, places: Numbers) -> Array:
        """Return the frequencies of the postings at these places."""
        found = self._bytes.take(places)
        if not len(self._at) or not (found == OFTEN).any():
            return found
        exact = found.astype(np.uint32)
        large = np.flatnonzero(found == OFTEN)
        exact[large] = self._exact[np.searchsorted(self._at, places[large])]
        return exact


class Terms:
    """The dictionary of a field and the documents of its terms."""

    def __init__(self, pack: Pack, name: str) -> None:
        self.lexicon = Lexicon(pack, name)
        self.first = pack.view(f"{name}.first").cast("q")
        self.firsts: Numbers = pack.array(f"{name}.first")
        self.documents: NDArray[np.uint32] = pack.array(f"{name}.documents")

    def range(self, term: int) -> tuple[int, int]:
        """Return from where up to where the postings of a term stand."""
        return self.first[term], self.first[term + 1]

    def count(self, term: int) -> int:
        """Return in how many documents a term stands, dead ones included."""
        return self.first[term + 1] - self.first[term]


class Words(Terms):
    """The unstemmed words of a field, with positions."""

    def __init__(self, pack: Pack, name: str) -> None:
        super().__init__(pack, name)
        self.often = Often(pack, f"{name}.often")
        self.place_first = pack.view(f"{name}.place_first").cast("q")
        self.places = pack.array(f"{name}.places")
        self.lengths = pack.array(f"{name}.lengths")

    @cached_property
    def total(self) -> int:
        """How many tokens the field has in all documents."""
        return int(self.lengths.sum(dtype=np.int64))


class StemWords(Terms):
    """The stems of all stemmed fields; `often[name]` is 0 where a stem stands only in another field."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack, "stems")
        self.often = {field.name: Often(pack, f"stems.often.{field.name}") for field in STEMMED}


@dataclass(frozen=True, slots=True)
class Values:
    """A keyword field: document `holders[i]`, or i where there are none, holds value `ordinals[i]`."""

    lexicon: Lexicon
    ordinals: Array
    holders: Array | None

    @classmethod
    def of(cls, pack: Pack, name: str) -> Values:
        """Read the sections of a field."""
        holders = f"{name}.holders"
        ordinals = pack.array(f"{name}.ordinals")
        return cls(Lexicon(pack, name), ordinals, pack.array(holders) if holders in pack else None)


class Segment:
    """One open pack. `dead` marks the documents that were deleted or replaced, None when there are none."""

    def __init__(self, path: Path, dead: Path | None = None) -> None:
        self.pack = Pack(path)
        self.moments: Numbers = self.pack.array("moments")
        self.size = len(self.moments)
        self.dead = read_dead(dead, self.size) if dead else None
        self.words = {name: Words(self.pack, name) for name in WORDS}
        self.stems = StemWords(self.pack)
        self.keywords = {f.name: Values.of(self.pack, f.name) for f in FIELDS if f.kind == "keyword"}
        self.groups = {name: Values.of(self.pack, name) for name in GROUPS}
        self.ids = Lexicon(self.pack, "id")
        self.by_id = self.pack.array("id.documents")
        self._paths = Lexicon(self.pack, "path")
        self._by_path = self.pack.array("path.documents")
        self._firsts = {name: self.pack.view(f"{name}.firsts").cast("q") for name in STORED}

    @property
    def live(self) -> int:
        """How many documents are not dead."""
        return self.size - (int(np.count_nonzero(self.dead)) if self.dead is not None else 0)

    def alive(self, document: int) -> bool:
        """Whether a document is neither deleted nor replaced."""
        return self.dead is None or not self.dead[document]

    def with_id(self, article_id: str) -> list[int]:
        """Return the document with this id, if there is one and it lives."""
        place = self.ids.find(encode(article_id))
        found = [int(self.by_id[place])] if place >= 0 else []
        return [document for document in found if self.alive(document)]

    def with_path(self, path: str) -> list[int]:
        """Return the living documents with this path."""
        key = encode(path)
        place = self._paths.place(key)
        found = []
        while place < self._paths.size and self._paths[place] == key:
            found.append(int(self._by_path[place]))
            place += 1
        return [document for document in found if self.alive(document)]

    # --- what is stored -------------------------------------------------------------------

    def article(self, document: int) -> Article:
        """Return a stored article."""
        return from_line(self._line("stored", document))

    def card(self, document: int) -> Card:
        """Return what a list of results shows of an article."""
        return card(self._line("cards", document))

    def body(self, document: int) -> str:
        """Return the text of a stored article and nothing else of it."""
        return body_of_line(self._line("stored", document))

    def _line(self, name: str, document: int) -> bytes:
        firsts = self._firsts[name]
        number = bisect_right(firsts, document) - 1
        return unpack_lines(self.block(name, number))[document - firsts[number]]

    def block(self, name: str, number: int) -> memoryview:
        """Return a compressed block of `stored`, `cards` or `entries`."""
        ends = self.pack.view(f"{name}.ends").cast("q")
        return self.pack.view(f"{name}.blocks")[ends[number] : ends[number + 1]]

    def stored_runs(self, name: str) -> Iterator[tuple[range, memoryview]]:
        """Yield the blocks of what is stored with the documents each holds."""
        firsts = self._firsts[name]
        ends = [*firsts[1:], self.size] if self.size else []
        for number, (first, end) in enumerate(zip(firsts, ends, strict=True)):
            yield range(first, end), self.block(name, number)

    def entry_lines(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield id and entry line of the living documents, in id order."""
        for start in range(0, self.size, ENTRIES):
            lines = unpack_lines(self.block("entries", start // ENTRIES))
            ids = self.ids.between(start, min(start + ENTRIES, self.size))
            documents = self.by_id[start : start + ENTRIES].tolist()
            for key, document, line in zip(ids, documents, lines, strict=True):
                if self.alive(document):
                    yield key, line

    def entry(self, article_id: str) -> Entry:
        """Return the entry of an id that is there."""
        place = self.ids.find(encode(article_id))
        return entries.entry(unpack_lines(self.block("entries", place // ENTRIES))[place % ENTRIES])


def read_dead(path: Path, size: int) -> Mask:
    """Read which documents are dead: one bit each."""
    bits = np.frombuffer(path.read_bytes(), np.uint8)
    return np.unpackbits(bits, count=size).astype(np.bool_)


def write_dead(path: Path, dead: Mask) -> None:
    """Write which documents are dead."""
    path.write_bytes(np.packbits(dead).tobytes())

"""A segment open for reading: a pack, and which of its documents are dead.

`Words` and `StemWords` give postings as arrays: views of the mapped file, or decoded for the one who asks.
Nothing changes after opening, so any number of threads may read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.fields import FIELDS, GROUPS
from engine.model import Article, Card, Entry
from engine.whoosh import entries
from engine.whoosh.build import STEMMED, STORED, WORDS
from engine.whoosh.cards import card
from engine.whoosh.lexicon import Lexicon, encode
from engine.whoosh.numbers import Capped, Numbers, Steps
from engine.whoosh.pack import Array, Pack
from engine.whoosh.packing import body_of_line, from_line
from engine.whoosh.records import Records

Mask = NDArray[np.bool_]


class Documents:
    """The documents of all postings of a field."""

    def __init__(self, pack: Pack, name: str, first: memoryview) -> None:
        self._steps = Steps(pack, name)
        self._first = first

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, span: slice) -> Numbers:
        """Return the documents of whole terms: of one, or of some that follow each other."""
        documents = np.cumsum(self._steps[span], dtype=np.int64)
        low = bisect_left(self._first, span.start)
        high = bisect_left(self._first, span.stop, low)
        if high - low > 1:
            heads = np.array(self._first[low : high + 1], np.int64) - span.start
            before = np.concatenate(([0], documents[heads[1:-1] - 1]))
            documents -= np.repeat(before, np.diff(heads))
        return documents


class Terms:
    """The dictionary of a field and the documents of its terms."""

    def __init__(self, pack: Pack, name: str) -> None:
        self.lexicon = Lexicon(pack, name)
        self.first = pack.numbers(f"{name}.first")
        self.firsts = pack.array(f"{name}.first")
        self.documents = Documents(pack, f"{name}.documents", self.first)

    def range(self, term: int) -> tuple[int, int]:
        """Return from where up to where the postings of a term stand."""
        return self.first[term], self.first[term + 1]

    def count(self, term: int) -> int:
        """Return in how many documents a term stands, dead ones included."""
        return self.first[term + 1] - self.first[term]

    def at(self, posting: int) -> int:
        """Return the term a posting belongs to."""
        return bisect_right(self.first, posting) - 1


class Words(Terms):
    """The unstemmed words of a field, with positions."""

    def __init__(self, pack: Pack, name: str) -> None:
        super().__init__(pack, name)
        self.often = Capped(pack, f"{name}.often")
        self.place_first = pack.numbers(f"{name}.place_first")
        self.places = Capped(pack, f"{name}.places")
        self.lengths = pack.array(f"{name}.lengths")

    @cached_property
    def total(self) -> int:
        """How many tokens the field has in all documents."""
        return int(self.lengths.sum(dtype=np.int64))


class StemWords(Terms):
    """The stems of all stemmed fields; `often[name]` is 0 where a stem stands only in another field."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack, "stems")
        names = [field.name for field in STEMMED]
        self.often = {name: Capped(pack, "stems.often", names, name) for name in names}


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

    def members(self, groups: tuple[str, ...]) -> Mask:
        """Mark the documents in any of some groups, whose ordinals are one more than their places."""
        places = [self.lexicon.find(encode(group)) for group in groups]
        return np.isin(self.ordinals, [place + 1 for place in places if place >= 0])


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
        self.records = {name: Records(self.pack, name) for name in STORED}

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
        return from_line(self.records["stored"][document])

    def card(self, document: int) -> Card:
        """Return what a list of results shows of an article."""
        return card(self.records["cards"][document])

    def body(self, document: int) -> str:
        """Return the text of a stored article and nothing else of it."""
        return body_of_line(self.records["stored"][document])

    def entry_lines(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield id and entry line of the living documents, in id order."""
        lines = self.records["entries"]
        for key, document in zip(self.ids, self.by_id.tolist(), strict=True):
            if self.alive(document):
                yield key, lines[document]

    def entry(self, article_id: str) -> Entry:
        """Return the entry of an id that is there."""
        place = self.ids.find(encode(article_id))
        return entries.entry(self.records["entries"][int(self.by_id[place])])


def read_dead(path: Path, size: int) -> Mask:
    """Read which documents are dead: one bit each."""
    bits = np.frombuffer(path.read_bytes(), np.uint8)
    return np.unpackbits(bits, count=size).astype(np.bool_)


def write_dead(path: Path, dead: Mask) -> None:
    """Write which documents are dead."""
    path.write_bytes(np.packbits(dead).tobytes())

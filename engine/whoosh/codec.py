"""Packs as a Whoosh codec: Whoosh's own searchers, queries and matchers read our segments.

Dateline answers searches by `engine.whoosh.evaluate`, which reads the same arrays many documents at a
time. This is the slow road to the same place: for Whoosh's tools, and for the tests, which hold the
fast one to it. In Whoosh's eyes `title_stems` and `body_stems` are two fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from engine.whoosh.build import STEMMED
from engine.whoosh.lexicon import Lexicon
from engine.whoosh.segment import Segment, Words
from engine.whoosh.stock import Automata, Codec, LeafMatcher, PerDocumentReader, TermInfo, TermNotFound
from engine.whoosh.stock import Segment as WhooshSegment
from engine.whoosh.stock import TermsReader as WhooshTermsReader

STEMS = {f"{field.name}_stems": field.name for field in STEMMED}
"""Whoosh's names of the stemmed fields, and the fields they are of."""


class PackSegment(WhooshSegment):  # type: ignore[misc]  # Whoosh publishes no types
    """What the table of contents says of a segment: file names, and how many are dead."""

    def __init__(self, index_name: str) -> None:
        super().__init__(index_name)
        self.dead: str | None = None
        self.dead_count = 0

    @property
    def pack(self) -> str:
        """The file of the pack."""
        return str(self.make_filename(".pack"))

    def bury(self, count: int) -> None:
        """Name a new file of the dead."""
        self.dead = str(self.make_filename(f".{self._random_id(8)}.dead"))
        self.dead_count = count

    def codec(self) -> Any:
        """Return the codec that reads it."""
        return PackCodec()

    def doc_count_all(self) -> int:
        """Refuse to guess: readers count in the pack."""
        raise NotImplementedError

    def deleted_count(self) -> int:
        """Return how many are dead."""
        return self.dead_count


class PackCodec(Codec):  # type: ignore[misc]
    """Opens packs for Whoosh's readers."""

    def terms_reader(self, storage: Any, segment: PackSegment) -> Any:
        """Return the postings of a segment."""
        return PackTerms(_open(storage, segment))

    def per_document_reader(self, storage: Any, segment: PackSegment) -> Any:
        """Return what is known of each document."""
        return PackDocuments(_open(storage, segment))

    def automata(self, storage: Any, segment: PackSegment) -> Any:  # noqa: ARG002  # Whoosh's signature
        """Return Whoosh's ways to walk a dictionary."""
        return Automata()


def _open(storage: Any, record: PackSegment) -> Segment:
    folder = Path(storage.folder)
    return Segment(folder / record.pack, folder / record.dead if record.dead else None)


class _Field:
    """One of Whoosh's fields: a dictionary, and documents with frequencies for each term."""

    def __init__(self, segment: Segment, name: str) -> None:
        self._segment = segment
        self._name = name
        self.words: Words | None = segment.words.get(STEMS.get(name, name))

    @property
    def lexicon(self) -> Lexicon:
        if self._name in STEMS:
            return self._segment.stems.lexicon
        if self._name in self._segment.words:
            return self._segment.words[self._name].lexicon
        return self._segment.ids if self._name == "id" else self._segment.keywords[self._name].lexicon

    def postings(self, term: int) -> tuple[Any, Any, Any]:
        """Return documents, frequencies and the places of a term; no places where none are kept."""
        segment = self._segment
        if self._name in STEMS:
            start, end = segment.stems.range(term)
            often = segment.stems.often[STEMS[self._name]].between(start, end)
            kept = np.flatnonzero(often)
            return segment.stems.documents[start:end][kept], often[kept], None
        if self._name in segment.words:
            words = segment.words[self._name]
            start, end = words.range(term)
            often = words.often.between(start, end)
            begin = words.place_first[term]
            places = words.places.between(begin, words.place_first[term + 1])
            return words.documents[start:end], often, places
        if self._name == "id":
            return segment.by_id[term : term + 1], np.ones(1, np.uint8), None
        values = segment.keywords[self._name]
        found = np.flatnonzero(values.ordinals == term)
        documents = found if values.holders is None else values.holders[found]
        return documents, np.ones(len(documents), np.uint8), None


class PackTerms(WhooshTermsReader):  # type: ignore[misc]
    """The dictionaries and postings of a segment."""

    def __init__(self, segment: Segment) -> None:
        names = ("id", *STEMS, *segment.words, *segment.keywords)
        self._fields = {name: _Field(segment, name) for name in names}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, data = term
        return name in self._fields and bool(self._count(name, data))

    def _count(self, name: str, data: bytes) -> int:
        place = self._fields[name].lexicon.find(data)
        return len(self._fields[name].postings(place)[0]) if place >= 0 else 0

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms of all fields."""
        for name in sorted(self._fields):
            yield from self.terms_from(name, b"")

    def terms_from(self, name: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of a field from `prefix` on."""
        terms = self._fields[name].lexicon
        return (
            (name, data) for data in terms.between(terms.place(prefix), terms.size) if self._count(name, data)
        )

    def _found(self, name: str, data: bytes) -> tuple[Any, Any, Any]:
        place = self._fields[name].lexicon.find(data) if name in self._fields else -1
        found = self._fields[name].postings(place) if place >= 0 else ((), (), None)
        if not len(found[0]):
            raise TermNotFound(f"{name}:{data!r}")
        return found

    def term_info(self, name: str, data: bytes) -> Any:
        """Return statistics of a term, as Whoosh's scorers want them."""
        documents, often, _ = self._found(name, data)
        words = self._fields[name].words
        lengths = words.lengths[documents] if words else np.ones(1)
        return TermInfo(
            float(often.sum(dtype=np.int64)),
            len(documents),
            int(lengths.min()),
            int(lengths.max()),
            float(often.max()),
            int(documents[0]),
            int(documents[-1]),
        )

    def doc_frequency(self, name: str, data: bytes) -> int:
        """Return in how many documents a term stands."""
        return self._count(name, data) if name in self._fields else 0

    def matcher(self, name: str, data: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return a matcher over the postings of a term."""
        return PackMatcher(self._found(name, data), (name, data), format_, scorer)

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields."""
        return list(self._fields)


class PackMatcher(LeafMatcher):  # type: ignore[misc]
    """One posting list, as a stock matcher."""

    def __init__(self, postings: tuple[Any, Any, Any], term: Any, format_: Any, scorer: Any) -> None:
        self._postings = postings
        self._documents, self._often, self._places = postings
        self._term = term
        self.format = format_
        self.scorer = scorer
        self._at = 0

    def is_active(self) -> bool:
        """Whether there is a document left."""
        return self._at < len(self._documents)

    def id(self) -> int:
        """Return the document."""
        return int(self._documents[self._at])

    def next(self) -> None:
        """Go on by one."""
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002  # Whoosh's name
        """Go to the first document from `id` on."""
        self._at = max(self._at, int(np.searchsorted(self._documents, id)))

    def all_ids(self) -> Iterator[int]:
        """Yield the documents."""
        return iter(self._documents.tolist())

    def weight(self) -> float:
        """Return how often the term stands in the document."""
        return float(self._often[self._at])

    def supports(self, astype: str) -> bool:
        """Whether postings have this aspect."""
        return astype == "positions" and self._places is not None

    def value_as(self, astype: str) -> list[int]:  # noqa: ARG002  # there is only one
        """Return the positions of the term in the document."""
        start = int(self._often[: self._at].sum(dtype=np.int64))
        places: list[int] = self._places[start : start + int(self._often[self._at])].tolist()
        return places

    def copy(self) -> Any:
        """Return another matcher at the same place."""
        other = PackMatcher(self._postings, self._term, self.format, self.scorer)
        other._at = self._at  # our own
        return other


class PackDocuments(PerDocumentReader):  # type: ignore[misc]
    """Lengths and deletions of a segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        """Return how many documents live."""
        return self._segment.live

    def doc_count_all(self) -> int:
        """Return how many documents there are."""
        return self._segment.size

    def has_deletions(self) -> bool:
        """Whether any are dead."""
        return self._segment.dead is not None

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is dead; Whoosh also asks for the one behind the last."""
        return docnum < self._segment.size and not self._segment.alive(docnum)

    def deleted_docs(self) -> set[int]:
        """Return the dead."""
        dead = self._segment.dead
        return set() if dead is None else set(np.flatnonzero(dead).tolist())

    def _words(self, fieldname: str) -> Words | None:
        return self._segment.words.get(STEMS.get(fieldname, fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many tokens a field of a document has, exactly."""
        words = self._words(fieldname)
        return int(words.lengths[docnum]) if words else default

    def field_length(self, fieldname: str) -> int:
        """Return how many tokens a field has in all documents."""
        words = self._words(fieldname)
        return words.total if words else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the least tokens of a document."""
        words = self._words(fieldname)
        return int(words.lengths.min()) if words else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the most tokens of a document."""
        words = self._words(fieldname)
        return int(words.lengths.max()) if words else 0

"""Merging packs into one, a stretch of the dictionary at a time, so that memory stays bounded.

Terms are sorted in every pack, so the terms from "m" to "n" are one run of postings in each:

    pack 0   a ... l │ m ... n │ o ...          new   a ... l │ m ... n │ o ...
    pack 1   a ... l │ m ... n │ o ...   ──>          for each term: pack 0's documents, pack 1's, ...
    pack 2   a ... l │ m ... n │ o ...                dead ones left out, the others renumbered

What is stored of documents is copied as it is compressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from engine.fields import FIELDS, GROUPS
from engine.whoosh import lexicon
from engine.whoosh.build import STEMMED, STORED, WORDS
from engine.whoosh.invert import in_order
from engine.whoosh.lexicon import Lexicon
from engine.whoosh.numbers import (
    CappedWriter,
    HalvesWriter,
    Numbers,
    StepsWriter,
    firsts,
    joined,
    narrow,
    spread,
    stepped,
)
from engine.whoosh.pack import Array, PackWriter
from engine.whoosh.records import DICTIONARY, Compressor, Records, RecordsWriter
from engine.whoosh.segment import Segment, StemWords, Terms, Words

_STRETCH = 2_000_000
"""About how many postings are in memory at once."""

_LINES = 1000
"""How many lines are compressed anew at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """A segment being merged: its `kept` documents follow each other from `base` on.

    `numbers[document]` is the new number, -1 for a dead one; None when none are dead.
    """

    segment: Segment
    base: int
    kept: Numbers
    numbers: Numbers | None

    def renumbered(self, documents: Array) -> Numbers:
        """Return the new numbers of documents, -1 for dead ones."""
        if self.numbers is None:
            return documents + np.int64(self.base)
        return self.numbers[documents]


def merge(path: Path, segments: Sequence[Segment]) -> None:
    """Write one pack with the living documents of the segments, in their order."""
    sources = list(_sources(segments))
    with PackWriter(path) as pack:
        for name in ("id", "path"):
            _keys(pack, name, sources)
        for name in WORDS:
            _words(pack, name, sources)
        _stems(pack, sources)
        for field in FIELDS:
            if field.kind == "keyword":
                _keyword(pack, field.name, sources)
        for name in GROUPS:
            _groups(pack, name, sources)
        pack.add("moments", joined([source.segment.moments[source.kept] for source in sources], np.int64))
        _stored(pack, sources)


def _sources(segments: Sequence[Segment]) -> Iterator[Source]:
    base = 0
    for segment in segments:
        dead = segment.dead
        kept = np.arange(segment.size) if dead is None else np.flatnonzero(~dead)
        numbers = None if dead is None else np.where(dead, -1, np.cumsum(~dead) - 1 + base)
        yield Source(segment, base, kept, numbers)
        base += len(kept)


def _keys(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    """Merge ids or paths with their documents."""
    pairs: list[tuple[bytes, int]] = []
    for source in sources:
        documents = source.renumbered(source.segment.pack.array(f"{name}.documents")).tolist()
        keys = Lexicon(source.segment.pack, name)
        pairs += (pair for pair in zip(keys, documents, strict=True) if pair[1] >= 0)
    _forget(sources)
    pairs.sort()
    lexicon.write(pack, name, [key for key, _ in pairs])
    pack.add(f"{name}.documents", np.array([document for _, document in pairs], np.uint32))


def _forget(sources: Sequence[Source]) -> None:
    """Keep only what is being read in memory."""
    for source in sources:
        source.segment.pack.forget()


def _united(dictionaries: Sequence[Lexicon]) -> tuple[list[bytes], list[Numbers]]:
    """Return all strings sorted, and the place there of each string of each dictionary."""
    terms = sorted(set(chain.from_iterable(dictionaries)))
    number = {term: place for place, term in enumerate(terms)}
    return terms, [np.fromiter(map(number.__getitem__, d), np.int64, d.size) for d in dictionaries]


# --- words -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """What a source has of the terms of a stretch: term `owners[i]` has `counts[i]` living postings.

    They are the postings from `start` up to `end`, of the terms from `first` up to `last` of the source;
    `kept` says which of them live, None when all do.
    """

    owners: Numbers
    counts: Numbers
    documents: Numbers
    kept: Numbers | None
    start: int
    end: int
    first: int
    last: int

    def living(self, column: Array) -> Array:
        """Return what a column of all postings says of those that live."""
        return column if self.kept is None else column[self.kept]


def _run(source: Source, field: Terms, places: Numbers, low: int, high: int) -> _Run:
    """Read what a source has of the merged terms from `low` up to `high`; `places` are those of its terms."""
    first, last = np.searchsorted(places, (low, high)).tolist()
    start, end = field.first[first], field.first[last]
    counts = np.diff(field.firsts[first : last + 1]).astype(np.int64)
    documents = source.renumbered(field.documents[start:end])
    kept = None
    if source.numbers is not None:
        kept = np.flatnonzero(documents >= 0)
        counts = np.bincount(np.repeat(np.arange(len(counts)), counts)[kept], minlength=len(counts))
        documents = documents[kept]
    return _Run(places[first:last] - low, counts, documents, kept, start, end, first, last)


class _Terms:
    """Merges the dictionaries of a field and the documents of its terms."""

    def __init__(
        self, pack: PackWriter, name: str, sources: Sequence[Source], fields: Sequence[Terms]
    ) -> None:
        self._pack = pack
        self._name = name
        self._sources = sources
        self._fields = fields
        self._terms, self._places = _united([field.lexicon for field in fields])
        self._documents = StepsWriter(pack, f"{name}.documents")
        self._counts: list[Numbers] = []

    def stretches(self) -> Iterator[tuple[list[_Run], Numbers]]:
        """Write the documents; yield what each source has of some terms, and the order of all runs."""
        for low, high in self._bounds():
            parts = zip(self._sources, self._fields, self._places, strict=True)
            runs = [_run(source, field, places, low, high) for source, field, places in parts]
            owners = joined([run.owners for run in runs], np.int64)
            counts = joined([run.counts for run in runs], np.int64)
            order = in_order(owners)
            of_term = np.bincount(owners, counts, high - low).astype(np.int64)
            documents = in_runs([run.documents for run in runs], counts, order)
            self._documents.write(stepped(documents, firsts(of_term)[:-1][of_term > 0]))
            self._counts.append(of_term)
            yield runs, order
            _forget(self._sources)

    def _bounds(self) -> Iterator[tuple[int, int]]:
        """Yield from which term up to which the stretches go."""
        sizes = np.zeros(len(self._terms), np.int64)
        for field, places in zip(self._fields, self._places, strict=True):
            sizes[places] += np.diff(field.firsts).astype(np.int64)
        ends = np.cumsum(sizes)
        low = 0
        while low < len(ends):
            before = int(ends[low - 1]) if low else 0
            high = max(low + 1, int(np.searchsorted(ends, before + _STRETCH, "right")))
            yield low, high
            low = high

    def finish(self) -> Numbers:
        """Write the dictionary and where postings begin; return which terms still have any."""
        self._documents.finish()
        counts = joined(self._counts, np.int64)
        kept = np.flatnonzero(counts)
        lexicon.write(self._pack, self._name, [self._terms[place] for place in kept.tolist()])
        self._pack.add(f"{self._name}.first", narrow(firsts(counts[kept])))
        return kept


def in_runs(columns: Sequence[Array], counts: Numbers, order: Numbers) -> Array:
    """Return columns as one when the runs they consist of, of these lengths, come in another order."""
    return joined(columns, np.int64)[spread(firsts(counts)[:-1][order], counts[order])]


def _words(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    fields = [source.segment.words[name] for source in sources]
    often = CappedWriter(pack, f"{name}.often", "u1")
    places = CappedWriter(pack, f"{name}.places", "u2")
    place_counts = []
    terms = _Terms(pack, name, sources, fields)
    for runs, order in terms.stretches():
        both = list(zip(fields, runs, strict=True))
        found = [run.living(field.often.between(run.start, run.end)) for field, run in both]
        often.write(in_runs(found, joined([run.counts for run in runs], np.int64), order))
        sums = [_sums(column, run.counts) for column, run in zip(found, runs, strict=True)]
        tokens = joined(sums, np.int64)
        places.write(in_runs([_positions(*pair) for pair in both], tokens, order))
        owners = joined([run.owners for run in runs], np.int64)
        place_counts.append(np.bincount(owners, tokens).astype(np.int64))
    for writer in (often, places):
        writer.finish()
    kept = terms.finish()
    pack.add(f"{name}.place_first", narrow(firsts(joined(place_counts, np.int64)[kept])))
    lengths = [field.lengths[source.kept] for field, source in zip(fields, sources, strict=True)]
    pack.add(f"{name}.lengths", narrow(joined(lengths, np.uint8)))


def _sums(column: Array, counts: Numbers) -> Numbers:
    """Return the sum over each run of a column."""
    ends = np.concatenate(([0], np.cumsum(column, dtype=np.int64)))[firsts(counts)]
    return np.diff(ends)


def _positions(field: Words, run: _Run) -> Array:
    """Return the positions of the living postings."""
    places = field.places.between(field.place_first[run.first], field.place_first[run.last])
    if run.kept is None:
        return places
    often = field.often.between(run.start, run.end).astype(np.int64)
    return places[spread((np.cumsum(often) - often)[run.kept], often[run.kept])]


def _stems(pack: PackWriter, sources: Sequence[Source]) -> None:
    fields = [source.segment.stems for source in sources]
    names = [field.name for field in STEMMED]
    often = HalvesWriter(pack, "stems.often", names)
    terms = _Terms(pack, "stems", sources, fields)
    for runs, order in terms.stretches():
        counts = joined([run.counts for run in runs], np.int64)
        often.write([in_runs(_stem_frequencies(fields, runs, name), counts, order) for name in names])
    often.finish()
    terms.finish()


def _stem_frequencies(fields: Sequence[StemWords], runs: Sequence[_Run], name: str) -> list[Array]:
    return [
        run.living(field.often[name].between(run.start, run.end))
        for field, run in zip(fields, runs, strict=True)
    ]


# --- values ----------------------------------------------------------------------------------


def _keyword(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    fields = [source.segment.keywords[name] for source in sources]
    values, places = _united([field.lexicon for field in fields])
    ordinals, holders = [], []
    for source, field, place in zip(sources, fields, places, strict=True):
        held = np.arange(source.segment.size) if field.holders is None else field.holders
        numbers = source.renumbered(held)
        ordinals.append(place[field.ordinals[numbers >= 0]])
        holders.append(numbers[numbers >= 0])
    lexicon.write(pack, name, values)
    pack.add(f"{name}.ordinals", narrow(joined(ordinals, np.int64)))
    if any(field.holders is not None for field in fields):
        pack.add(f"{name}.holders", joined(holders, np.int64).astype(np.uint32))


def _groups(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    fields = [source.segment.groups[name] for source in sources]
    values, places = _united([field.lexicon for field in fields])
    shifted = [np.concatenate(([0], place + 1)) for place in places]
    ordinals = [p[f.ordinals[s.kept]] for p, f, s in zip(shifted, fields, sources, strict=True)]
    lexicon.write(pack, name, values)
    pack.add(f"{name}.ordinals", narrow(joined(ordinals, np.int64)))


# --- what is stored --------------------------------------------------------------------------


def _stored(pack: PackWriter, sources: Sequence[Source]) -> None:
    """Copy what is stored of each document, as it is where the dictionary of the largest source is used."""
    parts = [source.segment.records for source in sources]
    largest = max(sources, key=lambda source: source.segment.size).segment
    dictionary = largest.records["stored"].dictionary
    compressor = Compressor(dictionary)
    pack.add(DICTIONARY, np.frombuffer(dictionary, np.uint8))
    for name in STORED:
        writer = RecordsWriter(pack, name)
        for source, records in zip(sources, parts, strict=True):
            if records[name].dictionary == dictionary:
                writer.write(*records[name].frames(source.kept))
            else:
                _compress(writer, records[name], source.kept, compressor)
            source.segment.pack.forget()
        writer.finish()


def _compress(writer: RecordsWriter, records: Records, kept: Numbers, compressor: Compressor) -> None:
    """Compress lines anew, some at a time."""
    for start in range(0, len(kept), _LINES):
        writer.write(*compressor.frames(records[n] for n in kept[start : start + _LINES].tolist()))

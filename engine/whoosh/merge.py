"""Merging packs into one, a stretch of the dictionary at a time, so that memory stays bounded.

Terms are sorted in every pack, so the terms from "m" to "n" are one run of postings in each:

    pack 0   a ... l │ m ... n │ o ...          new   a ... l │ m ... n │ o ...
    pack 1   a ... l │ m ... n │ o ...   ──>          for each term: pack 0's documents, pack 1's, ...
    pack 2   a ... l │ m ... n │ o ...                dead ones left out, the others renumbered

Articles, cards and entries that did not change are copied as they are compressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge as merged
from itertools import chain
from pathlib import Path

import numpy as np

from engine.fields import FIELDS
from engine.whoosh import lexicon
from engine.whoosh.build import GROUPS, OFTEN, STEMMED, STORED, WORDS, Blocks, write_entries
from engine.whoosh.invert import Numbers
from engine.whoosh.lexicon import Lexicon
from engine.whoosh.pack import Array, PackWriter, Section, narrow
from engine.whoosh.packing import unpack_lines
from engine.whoosh.segment import Segment, Terms, Words

_STRETCH = 4_000_000
"""About how many postings are in memory at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """A segment being merged: `numbers[document]` is the new number, -1 for a dead one."""

    segment: Segment
    numbers: Numbers
    kept: Numbers


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
        pack.add("moments", _joined([source.segment.moments[source.kept] for source in sources], np.int64))
        for name in STORED:
            _stored(pack, name, sources)
        entries = merged(*(source.segment.entry_lines() for source in sources))
        write_entries(pack, (line for _, line in entries))


def _sources(segments: Sequence[Segment]) -> Iterator[Source]:
    base = 0
    for segment in segments:
        dead = np.zeros(segment.size, np.bool_) if segment.dead is None else segment.dead
        numbers = np.where(dead, -1, np.cumsum(~dead) - 1 + base)
        kept = np.flatnonzero(~dead)
        base += len(kept)
        yield Source(segment, numbers, kept)


def _joined(arrays: Sequence[Array], dtype: type[np.generic]) -> Array:
    return np.concatenate([np.empty(0, dtype), *arrays])


def _keys(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    """Merge ids or paths with their documents."""
    pairs: list[tuple[bytes, int]] = []
    for source in sources:
        documents = source.numbers[source.segment.pack.array(f"{name}.documents")].tolist()
        keys = Lexicon(source.segment.pack, name)
        pairs += (pair for pair in zip(keys, documents, strict=True) if pair[1] >= 0)
    _forget(sources)
    pairs.sort()
    lexicon.write(pack, name, [key for key, _ in pairs])
    pack.add(f"{name}.documents", np.array([document for _, document in pairs], np.uint32))


# --- words -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where in a source the postings of some merged terms lie, and which term each belongs to."""

    source: Source
    terms: Terms
    start: int
    end: int
    owners: Numbers
    kept: Numbers


def _words(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    fields = [source.segment.words[name] for source in sources]
    terms, places_of_terms = _united([field.lexicon for field in fields])
    documents = pack.spool(f"{name}.documents", "u4")
    often = _OftenWriter(pack, f"{name}.often")
    wide = any(field.places.itemsize > np.dtype(np.uint16).itemsize for field in fields)
    places = pack.spool(f"{name}.places", "u4" if wide else "u2")
    counts, place_counts = [], []
    for size, stretches in _stretches(sources, fields, places_of_terms, len(terms)):
        order, owners = _interleaved(stretches)
        _write_documents(documents, stretches, order)
        parts = [f.often.between(s.start, s.end)[s.kept] for f, s in zip(fields, stretches, strict=True)]
        frequencies = _joined(parts, np.int64)[order].astype(np.int64)
        often.write(frequencies)
        counts.append(np.bincount(owners, minlength=size))
        place_counts.append(np.bincount(owners, frequencies, minlength=size).astype(np.int64))
        _write_places(places, stretches, order, frequencies)
    often.finish()
    kept = _write_terms(pack, name, terms, counts)
    pack.add(f"{name}.place_first", _firsts(_joined(place_counts, np.int64)[kept]))
    lengths = [field.lengths[source.kept] for field, source in zip(fields, sources, strict=True)]
    pack.add(f"{name}.lengths", narrow(_joined(lengths, np.uint8)))


def _stems(pack: PackWriter, sources: Sequence[Source]) -> None:
    fields = [source.segment.stems for source in sources]
    terms, places_of_terms = _united([field.lexicon for field in fields])
    documents = pack.spool("stems.documents", "u4")
    often = {field.name: _OftenWriter(pack, f"stems.often.{field.name}") for field in STEMMED}
    counts = []
    for size, stretches in _stretches(sources, fields, places_of_terms, len(terms)):
        order, owners = _interleaved(stretches)
        _write_documents(documents, stretches, order)
        for name, writer in often.items():
            parts = [
                f.often[name].between(s.start, s.end)[s.kept] for f, s in zip(fields, stretches, strict=True)
            ]
            writer.write(_joined(parts, np.int64)[order].astype(np.int64))
        counts.append(np.bincount(owners, minlength=size))
    for writer in often.values():
        writer.finish()
    _write_terms(pack, "stems", terms, counts)


def _write_terms(pack: PackWriter, name: str, terms: Sequence[bytes], counts: Sequence[Numbers]) -> Numbers:
    """Write the dictionary and where postings begin; returns which terms still have any."""
    joined = _joined(counts, np.int64)
    kept = np.flatnonzero(joined)
    lexicon.write(pack, name, [terms[place] for place in kept.tolist()])
    pack.add(f"{name}.first", _firsts(joined[kept]))
    return kept


def _stretches(
    sources: Sequence[Source], fields: Sequence[Terms], places: Sequence[Numbers], size: int
) -> Iterator[tuple[int, list[_Stretch]]]:
    """Yield the merged dictionary, of `size` terms, in stretches: how many terms, and their postings."""
    sizes = np.zeros(size, np.int64)
    for field, place in zip(fields, places, strict=True):
        sizes[place] += np.diff(field.firsts)
    ends = np.cumsum(sizes)
    low = 0
    while low < size:
        before = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(ends, before + _STRETCH, "right")))
        merging = zip(sources, fields, places, strict=True)
        yield high - low, [_stretch(source, field, place, low, high) for source, field, place in merging]
        low = high
        _forget(sources)


def _forget(sources: Sequence[Source]) -> None:
    """Keep only what is being read in memory."""
    for source in sources:
        source.segment.pack.forget()


def _united(dictionaries: Sequence[Lexicon]) -> tuple[list[bytes], list[Numbers]]:
    """Return all strings sorted, and the place there of each string of each dictionary."""
    terms = sorted(set(chain.from_iterable(dictionaries)))
    number = {term: place for place, term in enumerate(terms)}
    return terms, [np.fromiter(map(number.__getitem__, d), np.int64, d.size) for d in dictionaries]


def _stretch(source: Source, field: Terms, places: Numbers, low: int, high: int) -> _Stretch:
    first, last = np.searchsorted(places, (low, high))
    start, end = int(field.firsts[first]), int(field.firsts[last])
    owners = np.repeat(places[first:last] - low, np.diff(field.firsts[first : last + 1]))
    kept = np.flatnonzero(source.numbers[field.documents[start:end]] >= 0)
    return _Stretch(source, field, start, end, owners[kept], kept)


def _interleaved(stretches: Sequence[_Stretch]) -> tuple[Numbers, Numbers]:
    """Return the order that sorts the sources' postings by term, and the term of each then."""
    owners = _joined([stretch.owners for stretch in stretches], np.int64)
    order = np.argsort(owners, kind="stable")
    return order, owners[order]


def _write_documents(section: Section, stretches: Sequence[_Stretch], order: Numbers) -> None:
    parts = [s.source.numbers[s.terms.documents[s.start : s.end][s.kept]] for s in stretches]
    section.write(_joined(parts, np.int64)[order])


def _write_places(
    section: Section, stretches: Sequence[_Stretch], order: Numbers, frequencies: Numbers
) -> None:
    """Write the positions of postings that come in a new order: each posting's stay together."""
    texts, starts, base = [np.empty(0, np.uint16)], [np.empty(0, np.int64)], 0
    for stretch in stretches:
        field = stretch.terms
        if not isinstance(field, Words) or stretch.start == stretch.end:
            continue
        often = field.often.between(stretch.start, stretch.end).astype(np.int64)
        begin = _place_of(field, stretch.start)
        texts.append(field.places[begin : begin + int(often.sum())])
        starts.append((np.cumsum(often) - often)[stretch.kept] + base)
        base += len(texts[-1])
    begins = np.concatenate(starts)[order]
    ends = np.cumsum(frequencies)
    picks = np.repeat(begins - (ends - frequencies), frequencies) + np.arange(ends[-1] if len(ends) else 0)
    section.write(np.concatenate(texts)[picks])


def _place_of(field: Words, posting: int) -> int:
    """Return where the positions of the first posting of a term begin."""
    return int(field.place_first[int(np.searchsorted(field.firsts, posting, "right")) - 1])


def _firsts(counts: Numbers) -> Numbers:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


class _OftenWriter:
    """Writes frequencies as `engine.whoosh.build.often` does, in pieces."""

    def __init__(self, pack: PackWriter, name: str) -> None:
        self._pack = pack
        self._name = name
        self._section = pack.spool(name, "u1")
        self._at: list[Numbers] = []
        self._exact: list[Numbers] = []

    def write(self, frequencies: Numbers) -> None:
        large = np.flatnonzero(frequencies >= OFTEN)
        self._at.append(large + self._section.items)
        self._exact.append(frequencies[large])
        self._section.write(np.minimum(frequencies, OFTEN))

    def finish(self) -> None:
        self._pack.add(f"{self._name}.at", _joined(self._at, np.int64))
        self._pack.add(f"{self._name}.exact", _joined(self._exact, np.uint32).astype(np.uint32))


# --- values ----------------------------------------------------------------------------------


def _keyword(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    fields = [source.segment.keywords[name] for source in sources]
    values, places = _united([field.lexicon for field in fields])
    ordinals, holders = [], []
    for source, field, place in zip(sources, fields, places, strict=True):
        held = np.arange(source.segment.size) if field.holders is None else field.holders
        numbers = source.numbers[held]
        ordinals.append(place[field.ordinals[numbers >= 0]])
        holders.append(numbers[numbers >= 0])
    lexicon.write(pack, name, values)
    pack.add(f"{name}.ordinals", narrow(_joined(ordinals, np.int64)))
    if any(field.holders is not None for field in fields):
        pack.add(f"{name}.holders", _joined(holders, np.int64).astype(np.uint32))


def _groups(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    fields = [source.segment.groups[name] for source in sources]
    values, places = _united([field.lexicon for field in fields])
    shifted = [np.concatenate(([0], place + 1)) for place in places]
    ordinals = [p[f.ordinals[s.kept]] for p, f, s in zip(shifted, fields, sources, strict=True)]
    lexicon.write(pack, name, values)
    pack.add(f"{name}.ordinals", narrow(_joined(ordinals, np.int64)))


# --- stored text -----------------------------------------------------------------------------


def _stored(pack: PackWriter, name: str, sources: Sequence[Source]) -> None:
    """Copy the blocks of what is stored; those with dead documents are made anew."""
    blocks = Blocks(pack, name)
    firsts: list[int] = []
    for source in sources:
        for documents, block in source.segment.stored_runs(name):
            numbers = source.numbers[documents.start : documents.stop]
            kept = np.flatnonzero(numbers >= 0).tolist()
            if not kept:
                continue
            firsts.append(int(numbers[kept[0]]))
            if len(kept) == len(documents):
                blocks.raw(block)
            else:
                lines = unpack_lines(block)
                blocks.waiting = [lines[n] for n in kept]
                blocks.close()
        source.segment.pack.forget()
    blocks.finish()
    pack.add(f"{name}.firsts", np.array(firsts, np.int64))

"""A batch of articles as a pack.

Sections, by name; documents are numbered as they came:

id.text id.ends id.documents          ids sorted, and the document of each
path.text path.ends path.documents    the same for paths; one path may stand there often
FIELD.text .ends                      terms of a text field (body, title, source_words ...)
FIELD.first .documents .often         their postings; often saturates at 255, and then
FIELD.often.at .often.exact           these say which posting it is and how often really
FIELD.place_first .places             where the positions of each term begin, all positions
FIELD.lengths                         tokens of each document
stems.*                               the same without places; `stems.often.FIELD` for each stemmed field
KEYWORD.text .ends .ordinals          values sorted, and the one of each document
KEYWORD.holders                       the document of each ordinal, if not every one has exactly one
copies.* story.*                      groups in the same way: values, and ordinal + 1, 0 for none
moments                               dates as `engine.dates` numbers them
stored.blocks .ends .firsts           articles: compressed runs of JSON lines, and the first document of each
cards.blocks .ends .firsts            what a list of results shows of them, in the same way
entries.blocks .ends                  entries in id order: compressed runs of `ENTRIES` JSON lines
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

import numpy as np

from engine.dates import first_moment
from engine.fields import FIELDS, Field
from engine.model import Article, Entry
from engine.whoosh import lexicon
from engine.whoosh.cards import card_line
from engine.whoosh.invert import Numbers, Postings, Stems, invert, stems
from engine.whoosh.lexicon import encode
from engine.whoosh.pack import PackWriter, narrow
from engine.whoosh.packing import dump, pack_lines, stored_line

STORED = {"stored": 1 << 14, "cards": 1 << 11}
"""What is stored of each document, and about how much JSON stands in a block."""

ENTRIES = 128
"""How many lines stand in a block of entries."""

OFTEN = 255
"""The frequency from which on the exact one stands apart."""

_ENTRY = attrgetter(*(field.name for field in fields(Entry)))

STEMMED: tuple[Field, ...] = tuple(field for field in FIELDS if field.stemmed)


def words_name(field: Field) -> str:
    """Return the name under which the unstemmed words of a field are kept."""
    return f"{field.name}_words" if field.words else field.name


WORDS: dict[str, Field] = {
    words_name(field): field for field in FIELDS if field.kind == "text" or field.words
}
"""The fields whose words can be searched, by the names of their sections."""

GROUPS: dict[str, Callable[[Article], str | None]] = {
    "copies": lambda article: article.copies.group_id if article.copies else None,
    "story": lambda article: article.story.id if article.story else None,
}


def build(path: Path, articles: Sequence[Article]) -> None:
    """Write a pack of articles with different ids."""
    with PackWriter(path) as pack:
        by_id = _keys(pack, "id", [article.id for article in articles])
        _keys(pack, "path", [article.path for article in articles])
        _words(pack, articles)
        for field in FIELDS:
            if field.kind == "keyword":
                keyword(pack, field.name, [field.values(article) for article in articles])
        for name, group_of in GROUPS.items():
            _groups(pack, name, [group_of(article) for article in articles])
        moments = [first_moment(article.published.value) for article in articles]
        pack.add("moments", np.array(moments, np.int64))
        for name, line_of in (("stored", stored_line), ("cards", card_line)):
            write_stored(pack, name, map(line_of, articles))
        write_entries(pack, (dump(_ENTRY(Entry.of(articles[n]))) for n in by_id))


def _keys(pack: PackWriter, name: str, values: Sequence[str]) -> list[int]:
    keys = [encode(value) for value in values]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    lexicon.write(pack, name, [keys[n] for n in order])
    pack.add(f"{name}.documents", np.array(order, np.uint32))
    return order


# --- words -----------------------------------------------------------------------------------


def _words(pack: PackWriter, articles: Sequence[Article]) -> None:
    inverted = {}
    for name, field in WORDS.items():
        postings = invert([field.values(article) for article in articles])
        _postings(pack, name, postings)
        if field.stemmed:
            inverted[name] = postings
    languages = [article.language for article in articles]
    _stems(pack, stems([inverted[field.name] for field in STEMMED], languages))


def _postings(pack: PackWriter, name: str, postings: Postings) -> None:
    lexicon.write(pack, name, [encode(term) for term in postings.terms])
    pack.add(f"{name}.first", postings.first)
    pack.add(f"{name}.documents", postings.documents.astype(np.uint32))
    often(pack, f"{name}.often", postings.frequencies)
    ends = np.concatenate(([0], np.cumsum(postings.frequencies)))
    pack.add(f"{name}.place_first", ends[postings.first])
    pack.add(f"{name}.places", narrow(postings.places))
    pack.add(f"{name}.lengths", narrow(postings.lengths))


def _stems(pack: PackWriter, found: Stems) -> None:
    lexicon.write(pack, "stems", [encode(term) for term in found.terms])
    pack.add("stems.first", found.first)
    pack.add("stems.documents", found.documents.astype(np.uint32))
    for field, frequencies in zip(STEMMED, found.frequencies, strict=True):
        often(pack, f"stems.often.{field.name}", frequencies)


def often(pack: PackWriter, name: str, frequencies: Numbers) -> None:
    """Write frequencies in a byte each, and those it can not hold apart."""
    large = np.flatnonzero(frequencies >= OFTEN)
    pack.add(name, np.minimum(frequencies, OFTEN).astype(np.uint8))
    pack.add(f"{name}.at", large.astype(np.int64))
    pack.add(f"{name}.exact", frequencies[large].astype(np.uint32))


# --- values ----------------------------------------------------------------------------------


def keyword(pack: PackWriter, name: str, values: Sequence[tuple[str, ...]]) -> None:
    """Write a keyword field: what each document holds."""
    held = [tuple(dict.fromkeys(item)) for item in values]
    known = sorted({value for item in held for value in item}, key=encode)
    ordinals = {value: number for number, value in enumerate(known)}
    counts = [len(item) for item in held]
    lexicon.write(pack, name, [encode(value) for value in known])
    pack.add(f"{name}.ordinals", narrow(np.array([ordinals[v] for item in held for v in item], np.int64)))
    if any(count != 1 for count in counts):
        pack.add(f"{name}.holders", np.repeat(np.arange(len(held), dtype=np.uint32), counts))


def _groups(pack: PackWriter, name: str, values: Sequence[str | None]) -> None:
    known = sorted({value for value in values if value is not None}, key=encode)
    ordinals: dict[str | None, int] = {value: number for number, value in enumerate(known, 1)}
    lexicon.write(pack, name, [encode(value) for value in known])
    pack.add(f"{name}.ordinals", narrow(np.array([ordinals.get(value, 0) for value in values], np.int64)))


# --- stored text -----------------------------------------------------------------------------


def write_stored(pack: PackWriter, name: str, lines: Iterable[bytes]) -> None:
    """Write the lines stored of the documents, in their order, in blocks."""
    blocks = Blocks(pack, name)
    firsts: list[int] = []
    for number, line in enumerate(lines):
        if not blocks.waiting:
            firsts.append(number)
        blocks.line(line, STORED[name])
    blocks.finish()
    pack.add(f"{name}.firsts", np.array(firsts, np.int64))


def write_entries(pack: PackWriter, lines: Iterable[bytes]) -> None:
    """Write the lines of entries in blocks, in id order."""
    blocks = Blocks(pack, "entries")
    for number, line in enumerate(lines, 1):
        blocks.line(line)
        if not number % ENTRIES:
            blocks.close()
    blocks.finish()


class Blocks:
    """Compressed runs of lines in `NAME.blocks`; `NAME.ends` says where each begins and ends."""

    def __init__(self, pack: PackWriter, name: str) -> None:
        self._pack = pack
        self._name = name
        self._section = pack.spool(f"{name}.blocks", "u1")
        self._ends = [0]
        self._bytes = 0
        self.waiting: list[bytes] = []

    def line(self, line: bytes, room: int | None = None) -> None:
        """Add a line; the block is closed when it holds `room` bytes."""
        self.waiting.append(line)
        self._bytes += len(line)
        if room is not None and self._bytes >= room:
            self.close()

    def close(self) -> None:
        """Write the lines that wait as one block."""
        if self.waiting:
            self.raw(zlib.compress(pack_lines(self.waiting), 1))
        self.waiting, self._bytes = [], 0

    def raw(self, block: bytes | memoryview) -> None:
        """Add a compressed block as it is."""
        self._section.write(np.frombuffer(block, np.uint8))
        self._ends.append(self._section.items)

    def finish(self) -> None:
        """Close the last block and write where they all end."""
        self.close()
        self._pack.add(f"{self._name}.ends", np.array(self._ends, np.int64))

"""A batch of articles as a pack.

Sections, by name; documents are numbered as they came (`numbers` tells what steps and capped numbers are):

id.text id.ends id.documents          ids sorted, and the document of each
path.text path.ends path.documents    the same for paths; one path may stand there often
FIELD.text .ends                      terms of a text field (body, title, source_words ...)
FIELD.first                           where the postings of each term begin
FIELD.documents                       their documents: steps, the first of each term from 0
FIELD.often                           how often each stands there: capped
FIELD.place_first .places             where the positions of each term begin, all positions: capped
FIELD.lengths                         tokens of each document
stems.*                               the same without places; two stemmed fields share a byte of `often`
KEYWORD.text .ends .ordinals          values sorted, and the one of each document
KEYWORD.holders                       the document of each ordinal, if not every one has exactly one
copies.* story.*                      groups in the same way: values, and ordinal + 1, 0 for none
moments                               dates as `engine.dates` numbers them
dictionary                            what the stored lines have in common
stored.* cards.* entries.*            a compressed line of JSON for each document (`records`)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

import numpy as np

from engine.dates import first_moment
from engine.fields import FIELDS, GROUPS, Field
from engine.model import Article, Entry
from engine.whoosh import lexicon
from engine.whoosh.cards import card_line
from engine.whoosh.invert import Postings, Stems, invert
from engine.whoosh.lexicon import encode
from engine.whoosh.numbers import CappedWriter, HalvesWriter, StepsWriter, narrow, stepped
from engine.whoosh.pack import PackWriter
from engine.whoosh.packing import dump, stored_line
from engine.whoosh.records import DICTIONARY, Compressor, RecordsWriter, learn

_entry = attrgetter(*(field.name for field in fields(Entry)))


def entry_line(article: Article) -> bytes:
    """Return the entry of an article on one line."""
    return dump(_entry(Entry.of(article)))


STORED: dict[str, Callable[[Article], bytes]] = {
    "stored": stored_line,
    "cards": card_line,
    "entries": entry_line,
}
"""What is stored of each document."""

STEMMED: tuple[Field, ...] = tuple(field for field in FIELDS if field.stemmed)


def words_name(field: Field) -> str:
    """Return the name under which the unstemmed words of a field are kept."""
    return f"{field.name}_words" if field.words else field.name


WORDS: dict[str, Field] = {
    words_name(field): field for field in FIELDS if field.kind == "text" or field.words
}
"""The fields whose words can be searched, by the names of their sections."""

_SAMPLE = 2000
"""About so many articles are enough to learn what they have in common."""


def learned(articles: Sequence[Article]) -> bytes:
    """Return a dictionary for what will be stored of articles like these."""
    some = articles[:: max(1, len(articles) // _SAMPLE)]
    return learn([line_of(article) for article in some for line_of in STORED.values()])


def build(path: Path, articles: Sequence[Article], dictionary: bytes) -> None:
    """Write a pack of articles with different ids.

    Args:
        path: where to.
        articles: what is in it, in the order of the documents.
        dictionary: what their lines are compressed with; b"" for nothing.

    """
    with PackWriter(path) as pack:
        for name, values in (("id", [a.id for a in articles]), ("path", [a.path for a in articles])):
            _keys(pack, name, values)
        _words(pack, articles)
        for field in FIELDS:
            if field.kind == "keyword":
                keyword(pack, field.name, [field.values(article) for article in articles])
        for name, group_of in GROUPS.items():
            _groups(pack, name, [group_of(article) for article in articles])
        moments = [first_moment(article.published.value) for article in articles]
        pack.add("moments", np.array(moments, np.int64))
        _stored(pack, articles, dictionary)


def _keys(pack: PackWriter, name: str, values: Sequence[str]) -> None:
    keys = [encode(value) for value in values]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    lexicon.write(pack, name, [keys[n] for n in order])
    pack.add(f"{name}.documents", np.array(order, np.uint32))


def _stored(pack: PackWriter, articles: Sequence[Article], dictionary: bytes) -> None:
    pack.add(DICTIONARY, np.frombuffer(dictionary, np.uint8))
    compressor = Compressor(dictionary)
    for name, line_of in STORED.items():
        records = RecordsWriter(pack, name)
        records.write(*compressor.frames(map(line_of, articles)))
        records.finish()


# --- words -----------------------------------------------------------------------------------


def _words(pack: PackWriter, articles: Sequence[Article]) -> None:
    values = {name: [field.values(article) for article in articles] for name, field in WORDS.items()}
    languages = [article.language for article in articles]
    words, stems = invert(values, [field.name for field in STEMMED], languages)
    for name, postings in words.items():
        _postings(pack, name, postings)
    _stems(pack, stems)


def _postings(pack: PackWriter, name: str, postings: Postings) -> None:
    _terms(pack, name, postings)
    often = CappedWriter(pack, f"{name}.often", "u1")
    often.write(postings.frequencies)
    places = CappedWriter(pack, f"{name}.places", "u2")
    places.write(postings.places)
    for writer in (often, places):
        writer.finish()
    pack.add(f"{name}.place_first", narrow(postings.place_first))
    pack.add(f"{name}.lengths", narrow(postings.lengths))


def _stems(pack: PackWriter, found: Stems) -> None:
    _terms(pack, "stems", found)
    often = HalvesWriter(pack, "stems.often", [field.name for field in STEMMED])
    often.write(found.frequencies)
    often.finish()


def _terms(pack: PackWriter, name: str, found: Postings | Stems) -> None:
    """Write a dictionary with the documents of its terms."""
    lexicon.write(pack, name, [encode(term) for term in found.terms])
    pack.add(f"{name}.first", narrow(found.first))
    documents = StepsWriter(pack, f"{name}.documents")
    documents.write(stepped(found.documents, found.first[:-1]))
    documents.finish()


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

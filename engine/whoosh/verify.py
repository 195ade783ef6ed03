"""Does a generation hold what it says: quick questions before it is published, all of them in `check`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice

from engine.edits import body_of
from engine.errors import IndexDamagedError
from engine.matching import words_of
from engine.model import Article, Entry
from engine.query import Term
from engine.whoosh.collect import collect
from engine.whoosh.compile import compile as compile_query
from engine.whoosh.generations import Generation, problems
from engine.whoosh.segments import documents
from engine.whoosh.snapshot import Snapshot

_SAMPLE = 100
_SECONDS = 60.0


def smoke(generation: Generation) -> Iterator[str]:
    """Ask a generation a few questions; one sentence per wrong answer."""
    snapshot = Snapshot(generation)
    try:
        yield from _counts(snapshot)
        for entry in islice(snapshot.entries(), 3):
            yield from _findable(snapshot, entry)
    finally:
        snapshot.release()


def check(snapshot: Snapshot) -> Iterator[str]:
    """Verify checksums, counts, that every entry has its document, and a sample of the texts."""
    damaged = list(problems(snapshot.generation))
    yield from damaged
    if damaged:
        return
    yield from _counts(snapshot)
    every = max(1, snapshot.generation.manifest.articles // _SAMPLE)
    for place, entry in enumerate(snapshot.entries()):
        yield from _present(snapshot, entry)
        if place % every == 0:
            yield from _sound(snapshot, entry)


def _counts(snapshot: Snapshot) -> Iterator[str]:
    promised = snapshot.generation.manifest.articles
    listed = sum(1 for _ in snapshot.entries())
    with snapshot.session() as session:
        held = session.reader.doc_count()
    if not promised == listed == held:
        yield f"The manifest promises {promised} articles, {listed} are listed and {held} can be searched."


def _present(snapshot: Snapshot, entry: Entry) -> Iterator[str]:
    with snapshot.session() as session:
        found = len(documents(session.reader, "id", entry.id))
    if found != 1:
        yield f"The article {entry.id!r} is listed, but {found} documents have its id."


def _findable(snapshot: Snapshot, entry: Entry) -> Iterator[str]:
    """Find an article by its id and by a word of its title."""
    with snapshot.session() as session:
        numbers = documents(session.reader, "id", entry.id)
        if not numbers:
            yield f"The article {entry.id!r} is listed but can not be found by its id."
            return
        article = session.article(numbers[0])
        for word in words_of(article.title)[:1]:
            query = compile_query(Term(word, "title"), snapshot.languages)
            if numbers[0] not in collect(session.searcher, query, _SECONDS).documents:
                yield f"The article {entry.id!r} is not found by {word!r}, a word of its title."


def _sound(snapshot: Snapshot, entry: Entry) -> Iterator[str]:
    """Look closely at one article: findable, readable, and its texts as they should be."""
    try:
        yield from _findable(snapshot, entry)
        article = snapshot.get(entry.id)
    except IndexDamagedError as error:
        yield f"The article {entry.id!r} can not be read: {error}"
        return
    if article is not None:
        yield from _consistent(article, entry)


def _consistent(article: Article, entry: Entry) -> Iterator[str]:
    if article.id != entry.id or Entry.of(article) != entry:
        yield f"The article {entry.id!r} is not the one that is listed."
    if body_of(article) != article.body:
        yield f"The text of {entry.id!r} is not its raw text with its edits."
    if article.sha256 and hashlib.sha256(_bytes(article.raw)).hexdigest() != article.sha256:
        yield f"The raw text of {entry.id!r} does not have its SHA-256."


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

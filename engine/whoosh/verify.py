"""Does a generation hold what it says: quick questions before it is published, all of them in `check`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from engine.edits import body_of
from engine.errors import IndexDamagedError
from engine.matching import words_of
from engine.model import Article, Entry
from engine.query import Term
from engine.whoosh import entries
from engine.whoosh.evaluate import evaluate
from engine.whoosh.generations import Generation, problems
from engine.whoosh.limits import Budget, Limits
from engine.whoosh.lookup import Lookup
from engine.whoosh.snapshot import Index, Snapshot

_SAMPLE = 100
_NO_LIMITS = Limits(postings=1 << 62)


def smoke(generation: Generation, index: Index) -> Iterator[str]:
    """Ask the index of a generation a few questions; one sentence per wrong answer."""
    promised = generation.manifest.articles
    if promised != index.columns.articles:
        yield f"The manifest promises {promised} articles, {index.columns.articles} can be searched."
    for segment in index.segments[-3:]:
        for _, line in islice(segment.entry_lines(), 3):
            yield from _findable(index, generation.manifest.languages, entries.entry(line))


def check(snapshot: Snapshot) -> Iterator[str]:
    """Verify checksums, counts, that every entry has its document, and a sample of the texts."""
    damaged = list(problems(snapshot.generation))
    yield from damaged
    if damaged:
        return
    index = snapshot.index
    for segment in index.segments:
        yield from segment.pack.problems()
    promised = snapshot.generation.manifest.articles
    listed = sum(1 for _ in snapshot.entries())
    if not promised == listed == index.columns.articles:
        yield (
            f"The manifest promises {promised} articles, {listed} are listed "
            f"and {index.columns.articles} can be searched."
        )
    every = max(1, promised // _SAMPLE)
    for place, entry in enumerate(snapshot.entries()):
        yield from _present(index, entry)
        if place % every == 0:
            yield from _sound(snapshot, entry)


def _present(index: Index, entry: Entry) -> Iterator[str]:
    found = sum(len(segment.with_id(entry.id)) for segment in index.segments)
    if found != 1:
        yield f"The article {entry.id!r} is listed, but {found} documents have its id."


def _findable(index: Index, languages: tuple[str, ...], entry: Entry) -> Iterator[str]:
    """Find an article by its id and by a word of its title."""
    numbers = [n for n, segment in enumerate(index.segments) if segment.with_id(entry.id)]
    if not numbers:
        yield f"The article {entry.id!r} is listed but can not be found by its id."
        return
    document = index.segments[numbers[0]].with_id(entry.id)[0]
    article = index.segments[numbers[0]].article(document)
    for word in words_of(article.title)[:1]:
        budget = Budget(_NO_LIMITS)
        found = evaluate(index, Lookup(index, languages, budget), Term(word, "title"), scored=False)
        if document + index.columns.offsets[numbers[0]] not in found.documents:
            yield f"The article {entry.id!r} is not found by {word!r}, a word of its title."


def _sound(snapshot: Snapshot, entry: Entry) -> Iterator[str]:
    """Look closely at one article: findable, readable, and its texts as they should be."""
    try:
        yield from _findable(snapshot.index, snapshot.languages, entry)
        article = snapshot.get(entry.id)
    except IndexDamagedError as error:
        yield f"The article {entry.id!r} can not be read: {error}"
        return
    if article is not None:
        yield from _consistent(article, entry)


def _consistent(article: Article, entry: Entry) -> Iterator[str]:
    if article.id != entry.id or Entry.of(replace(article, signature=entry.signature)) != entry:
        yield f"The article {entry.id!r} is not the one that is listed."
    if body_of(article) != article.body:
        yield f"The text of {entry.id!r} is not its raw text with its edits."
    if article.sha256 and hashlib.sha256(_bytes(article.raw)).hexdigest() != article.sha256:
        yield f"The raw text of {entry.id!r} does not have its SHA-256."


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

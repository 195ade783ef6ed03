"""Ours, through the protocol every part of Dateline uses."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.peers import Ask
from benchmarks.queries import Question
from engine.fields import FACETS
from engine.model import Article, FacetRequest, Filter, SearchRequest, Sort
from engine.protocol import Writer
from engine.query import And, Fuzzy, Or, Phrase, Prefix, Query, Term
from engine.whoosh import open_engine

_TWO = (FacetRequest("source"), FacetRequest("month", 200))
_ALL = tuple(FacetRequest(field.name) for field in FACETS)


class Dateline:
    """See `benchmarks.peers.Peer`."""

    def __init__(self, folder: Path) -> None:
        self._engine = open_engine(folder)
        self._writing = ExitStack()
        self._writer: Writer | None = None

    def add(self, articles: Sequence[Article]) -> None:
        """Put articles into a fresh generation."""
        if self._writer is None:
            self._writer = self._writing.enter_context(self._engine.writer(fresh=True))
        for article in articles:
            self._writer.put(article)

    def finish(self) -> None:
        """Verify and publish the generation."""
        self._writing.close()

    def open(self) -> None:
        """Nothing to do: the engine opens what is current."""

    def search(self, question: Question, ask: Ask) -> int:
        """Answer a request."""
        return self._engine.search(request(question, ask)).total


def request(question: Question, ask: Ask) -> SearchRequest:
    """Return the request a page would make."""
    page = question.kind == "page"
    sort: Sort = "-date" if question.kind == "date" else "relevance"
    return SearchRequest(
        query(question),
        filters=(Filter("source", (question.source,)),) if question.source else (),
        date_from=question.start or None,
        date_to=question.end or None,
        sort=sort,
        limit=10,
        facets=_ALL if page else _TWO if ask == "facets" else (),
        snippets=page,
    )


def query(question: Question) -> Query:
    """Return the query in our own tree."""
    words = question.words
    match question.kind:
        case "and" | "page":
            return And(tuple(map(Term, words)))
        case "or":
            return Or(tuple(map(Term, words)))
        case "phrase":
            return Phrase(" ".join(words))
        case "prefix":
            return Prefix(words[0])
        case "fuzzy":
            return Fuzzy(words[0])
        case _:
            return Term(words[0])

"""Xapian, through its own Python binding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xapian

from benchmarks.peers import Ask, day_number, month
from benchmarks.queries import Question
from engine.model import Article

_SOURCE, _MONTH, _DAY = range(3)
_FIELDS = (("S", 2.0), ("B", 1.0))


class Xapian:
    """See `benchmarks.peers.Peer`."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder)
        self._base: Any = None
        self._stem = xapian.Stem("english")

    def add(self, articles: Sequence[Article]) -> None:
        """Add articles: stems and words with positions, three values, the text."""
        if self._base is None:
            self._base = xapian.WritableDatabase(self._path, xapian.DB_CREATE_OR_OVERWRITE)
            self._generator = xapian.TermGenerator()
            self._generator.set_stemmer(self._stem)
        for article in articles:
            self._base.add_document(self._document(article))

    def _document(self, article: Article) -> Any:
        document = xapian.Document()
        self._generator.set_document(document)
        self._generator.set_termpos(0)
        self._generator.index_text(article.title, 1, "S")
        self._generator.increase_termpos()
        self._generator.index_text(article.body, 1, "B")
        source = article.source.value or "none"
        document.add_boolean_term(f"XSOURCE{source}")
        document.add_value(_SOURCE, source)
        document.add_value(_MONTH, month(article))
        day = day_number(article.published.value or "")
        document.add_value(_DAY, xapian.sortable_serialise(day))
        document.set_data(f"{article.id}\0{article.title}\0{article.body}")
        return document

    def finish(self) -> None:
        """Commit."""
        self._base.commit()
        self._base.close()

    def open(self) -> None:
        """Open for reading."""
        self._base = xapian.Database(self._path)

    def search(self, question: Question, ask: Ask) -> int | None:
        """Match, with spies counting values when facets are asked for."""
        if question.kind == "fuzzy":
            return None
        enquire = xapian.Enquire(self._base)
        enquire.set_query(self._query(question))
        if question.kind == "date":
            enquire.set_sort_by_value_then_relevance(_DAY, True)  # noqa: FBT003 -- the binding's signature
        spies = [xapian.ValueCountMatchSpy(slot) for slot in (_SOURCE, _MONTH)] if ask == "facets" else []
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self._base.get_doccount() if spies else 0)
        texts = [match.document.get_data() for match in found]
        if question.kind == "page":
            for text in texts:
                found.snippet(text.partition(b"\0")[2], 300, self._stem)
        if not spies:
            return -1
        for spy in spies:
            list(spy.values())
        return int(found.get_matches_estimated())

    def _query(self, question: Question) -> Any:
        words = self._words(question)
        if question.source:
            only = xapian.Query(f"XSOURCE{question.source}")
            return xapian.Query(xapian.Query.OP_FILTER, words, only)
        if question.start:
            bounds = (xapian.sortable_serialise(day_number(day)) for day in (question.start, question.end))
            only = xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, *bounds)
            return xapian.Query(xapian.Query.OP_FILTER, words, only)
        return words

    def _words(self, question: Question) -> Any:
        kinds = xapian.Query
        words = question.words
        if question.kind == "prefix":
            limit = (0, kinds.WILDCARD_LIMIT_ERROR, kinds.OP_OR)
            either = [kinds(kinds.OP_WILDCARD, field + words[0], *limit) for field, _ in _FIELDS]
            return kinds(kinds.OP_OR, either)
        if question.kind == "phrase":
            phrases = [kinds(kinds.OP_PHRASE, [field + word for word in words]) for field, _ in _FIELDS]
            return kinds(kinds.OP_OR, phrases)
        each = [self._anywhere(self._stem(word).decode()) for word in words]
        return kinds(kinds.OP_OR if question.kind == "or" else kinds.OP_AND, each)

    def _anywhere(self, stem: str) -> Any:
        """Look for a stem in title or body."""
        kinds = xapian.Query
        either = [kinds(kinds.OP_SCALE_WEIGHT, kinds(f"Z{field}{stem}"), by) for field, by in _FIELDS]
        return kinds(kinds.OP_OR, either)

"""Whoosh as it comes, used as its documentation says: what Dateline's engine started from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import StandardAnalyzer, StemmingAnalyzer

from benchmarks.peers import Ask, day_number, month
from benchmarks.queries import Question
from engine.model import Article
from engine.whoosh import stock as _quiet  # noqa: F401 -- imports Whoosh without its warnings

_MEMORY_MB = 256
_NAMES = (("title", 2.0), ("body", 1.0))


class Stock:
    """See `benchmarks.peers.Peer`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: Any = None

    def add(self, articles: Sequence[Article]) -> None:
        """Add articles one by one."""
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            created = index.create_in(str(self._folder), _schema())
            self._writer = created.writer(limitmb=_MEMORY_MB)
        for article in articles:
            self._writer.add_document(
                id=article.id,
                title=article.title,
                body=article.body,
                title_words=article.title,
                body_words=article.body,
                source=article.source.value or "none",
                month=month(article),
                day=day_number(article.published.value or ""),
            )

    def finish(self) -> None:
        """Commit."""
        self._writer.commit()

    def open(self) -> None:
        """Keep one searcher."""
        self._searcher = index.open_dir(str(self._folder)).searcher()
        self._analyse = self._searcher.schema["body"].analyzer

    def search(self, question: Question, ask: Ask) -> int:
        """Search, group when facets are asked for, and load the ten articles."""
        options: dict[str, Any] = {"limit": 10}
        if ask == "facets":
            names = ("source", "month")
            options["groupedby"] = {n: sorting.FieldFacet(n, maptype=sorting.Count) for n in names}
        if question.source:
            options["filter"] = query.Term("source", question.source)
        if question.start:
            options["filter"] = query.NumericRange(
                "day", day_number(question.start), day_number(question.end)
            )
        if question.kind == "date":
            options["sortedby"] = sorting.FieldFacet("day", reverse=True)
        found = self._searcher.search(self._query(question), **options)
        for hit in found[:10]:
            hit.fields()
            if question.kind == "page":
                hit.highlights("body")
        return len(found)

    def _query(self, question: Question) -> Any:
        words = question.words
        if question.kind == "prefix":
            return query.Or([query.Prefix(f"{name}_words", words[0], boost) for name, boost in _NAMES])
        if question.kind == "fuzzy":
            return query.Or(
                [query.FuzzyTerm(f"{name}_words", words[0], boost, 1, 1) for name, boost in _NAMES]
            )
        stems = [token.text for word in words for token in self._analyse(word, mode="query")]
        if question.kind == "phrase":
            return query.Or([query.Phrase(name, stems, boost=boost) for name, boost in _NAMES])
        each = [query.Or([query.Term(name, stem, boost) for name, boost in _NAMES]) for stem in stems]
        return query.Or(each) if question.kind == "or" else query.And(each)


def _schema() -> Any:
    stems, words = StemmingAnalyzer(stoplist=None), StandardAnalyzer(stoplist=None)
    return fields.Schema(
        id=fields.ID(stored=True),
        title=fields.TEXT(stored=True, analyzer=stems),
        body=fields.TEXT(stored=True, analyzer=stems),
        title_words=fields.TEXT(analyzer=words, phrase=False),
        body_words=fields.TEXT(analyzer=words, phrase=False),
        source=fields.ID(stored=True, sortable=True),
        month=fields.ID(stored=True, sortable=True),
        day=fields.NUMERIC(int, stored=True, sortable=True),
    )

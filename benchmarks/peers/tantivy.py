"""tantivy, through tantivy-py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import Stemmer
import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from benchmarks.peers import Ask, day_number, month
from benchmarks.queries import Question
from engine.model import Article

_MEMORY = 600_000_000
_FIELDS = (("title", 2.0), ("body", 1.0))
_COUNTS = {name: {"terms": {"field": name, "size": 200}} for name in ("source", "month")}


class Tantivy:
    """See `benchmarks.peers.Peer`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("title", "body"):
            builder.add_text_field(name, stored=True, tokenizer_name="english", index_option="position")
            builder.add_text_field(f"{name}_words", tokenizer_name="plain", index_option="basic")
        for name in ("source", "month"):
            builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("day", stored=True, indexed=True, fast=True)
        self._index = tantivy.Index(builder.build(), path=str(folder))
        words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
        self._index.register_tokenizer("plain", words.build())
        words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
        self._index.register_tokenizer("english", words.filter(Filter.stemmer("english")).build())
        self._writer: Any = None
        self._stem = Stemmer.Stemmer("english").stemWord

    def add(self, articles: Sequence[Article]) -> None:
        """Hand articles to the indexing thread."""
        if self._writer is None:
            self._writer = self._index.writer(_MEMORY, 1)
        for article in articles:
            words = {"title": article.title, "body": article.body}
            self._writer.add_document(
                tantivy.Document(
                    id=article.id,
                    source=article.source.value or "none",
                    month=month(article),
                    day=day_number(article.published.value or ""),
                    **words,
                    **{f"{name}_words": text for name, text in words.items()},
                )
            )

    def finish(self) -> None:
        """Commit and wait for merges."""
        self._writer.commit()
        self._writer.wait_merging_threads()

    def open(self) -> None:
        """Take a searcher."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: Question, ask: Ask) -> int:
        """Search, and aggregate when facets are asked for."""
        query = self._query(question)
        by_day = {"order_by_field": "day"} if question.kind == "date" else {}
        found = self._searcher.search(query, 10, count=ask == "facets", **by_day)
        for _, address in found.hits:
            self._searcher.doc(address).to_dict()
        if question.kind == "page":
            self._snippets(query, found.hits)
        if ask == "top":
            return -1
        self._searcher.aggregate(query, _COUNTS)
        return int(found.count)

    def _snippets(self, query: Query, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> None:
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._index.schema, "body")
        for _, address in hits:
            generator.snippet_from_doc(self._searcher.doc(address)).highlighted()

    def _query(self, question: Question) -> Query:
        words = self._words(question)
        schema = self._index.schema
        must = []
        if question.source:
            must.append(Query.term_query(schema, "source", question.source, "basic"))
        if question.start:
            bounds = day_number(question.start), day_number(question.end)
            must.append(Query.range_query(schema, "day", tantivy.FieldType.Integer, *bounds))
        if not must:
            return words
        quiet = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in must]
        return Query.boolean_query([(Occur.Must, words), *quiet])

    def _words(self, question: Question) -> Query:
        words = question.words
        if question.kind == "phrase":
            return self._anywhere(list(map(self._stem, words)))
        if question.kind in ("prefix", "fuzzy"):
            return self._pattern(question.kind, words[0])
        occur = Occur.Should if question.kind == "or" else Occur.Must
        each = [self._anywhere([self._stem(word)]) for word in words]
        return each[0] if len(each) == 1 else Query.boolean_query([(occur, query) for query in each])

    def _anywhere(self, stems: list[str]) -> Query:
        """Look for a word or a phrase in title or body."""
        schema = self._index.schema
        either = [
            Query.boost_query(
                Query.phrase_query(schema, name, stems)
                if len(stems) > 1
                else Query.term_query(schema, name, stems[0], "position"),
                weight,
            )
            for name, weight in _FIELDS
        ]
        return Query.boolean_query([(Occur.Should, query) for query in either])

    def _pattern(self, kind: str, word: str) -> Query:
        """Look for a prefix or a fuzzy word among the unstemmed words."""
        schema = self._index.schema
        names = [f"{name}_words" for name, _ in _FIELDS]
        if kind == "prefix":
            either = [Query.regex_query(schema, name, f"{word}.*") for name in names]
        else:
            either = [Query.fuzzy_term_query(schema, name, word, 1) for name in names]
        return Query.boolean_query([(Occur.Should, query) for query in either])

"""SQLite FTS5: one external-content table for the words, one of facet keys beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers import Ask, day_number, month
from benchmarks.queries import Question
from engine.model import Article

_TABLES = """
create table article (n integer primary key, id text, title text, body text);
create table facet (n integer primary key, source text, month text, day integer);
create virtual table words using fts5 (
    title, body, content = 'article', content_rowid = 'n', tokenize = 'porter unicode61');
"""
_FOUND = """
with found as materialized (
    select words.rowid n, source, month, day, {score} score
    from words cross join facet on facet.n = words.rowid where words match ?{filter})
"""
_FACETS = """
select 0 kind, n value, 0 count from (select n from found order by {order} limit 10)
union all select 1, source, count(*) from found group by source
union all select 2, month, count(*) from found group by month
"""
_SCORE = "bm25(words, 2.0, 1.0)"


class Fts5:
    """See `benchmarks.peers.Peer`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(folder / "index.sqlite")
        self._base.execute("pragma cache_size = -400000")
        self._base.execute("pragma mmap_size = 8000000000")
        self._count = 0

    def add(self, articles: Sequence[Article]) -> None:
        """Insert articles, their words and their facet keys."""
        if not self._count:
            self._base.executescript(_TABLES)
        numbered = list(enumerate(articles, self._count + 1))
        self._count += len(numbered)
        texts = [(n, a.id, a.title, a.body) for n, a in numbered]
        keys = [(n, a.source.value, month(a), day_number(a.published.value or "")) for n, a in numbered]
        self._base.executemany("insert into article values (?, ?, ?, ?)", texts)
        self._base.executemany("insert into facet values (?, ?, ?, ?)", keys)
        words = ((n, title, body) for n, _, title, body in texts)
        self._base.executemany("insert into words (rowid, title, body) values (?, ?, ?)", words)

    def finish(self) -> None:
        """Merge all segments and commit."""
        self._base.execute("insert into words (words) values ('optimize')")
        self._base.commit()
        self._base.close()

    def open(self) -> None:
        """Nothing to do: the connection is open."""

    def search(self, question: Question, ask: Ask) -> int | None:
        """Run one statement, and fetch the ten articles."""
        if question.kind == "fuzzy":
            return None
        if ask == "top":
            self._articles(self._top(question))
            return -1
        filtering, values = _filter(question)
        order = "day desc" if question.kind == "date" else "score"
        statement = _FOUND.format(score=_SCORE, filter=filtering) + _FACETS.format(order=order)
        rows = self._base.execute(statement, (expression(question), *values)).fetchall()
        self._articles([value for kind, value, _ in rows if kind == 0])
        if question.kind == "page":
            self._snippets(question)
        return sum(int(count) for kind, _, count in rows if kind == 1)

    def _top(self, question: Question) -> list[int]:
        filtering, values = _filter(question)
        if not filtering and question.kind != "date":
            ranked = "select rowid from words where words match ? and rank match 'bm25(2.0, 1.0)'"
            found = self._base.execute(f"{ranked} order by rank limit 10", (expression(question),))
        else:
            order = "day desc" if question.kind == "date" else "score"
            statement = _FOUND.format(score=_SCORE, filter=filtering)
            statement += f"select n from found order by {order} limit 10"
            found = self._base.execute(statement, (expression(question), *values))
        return [number for (number,) in found]

    def _articles(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._base.execute("select * from article where n = ?", (number,)).fetchone()

    def _snippets(self, question: Question) -> None:
        statement = "select snippet(words, 1, '[', ']', '…', 40) from words where words match ? order by rank"
        self._base.execute(f"{statement} limit 10", (expression(question),)).fetchall()


def expression(question: Question) -> str:
    """Return what to match, in the language of FTS5."""
    if question.kind == "prefix":
        return f'"{question.words[0]}" *'
    if question.kind == "phrase":
        return '"{}"'.format(" ".join(question.words))
    joint = " OR " if question.kind == "or" else " AND "
    return joint.join(f'"{word}"' for word in question.words)


def _filter(question: Question) -> tuple[str, tuple[str | int, ...]]:
    if question.source:
        return " and source = ?", (question.source,)
    if question.start:
        return " and day between ? and ?", (day_number(question.start), day_number(question.end))
    return "", ()

"""An original and its translation: which article is whose, and the two laid side by side.

A pair whose direction nothing tells is a pair too. Its articles name each other only in their evidence,
so the other one is looked for in the story, to which the indexer joins both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from compare.sidebyside import Row, Shared, Span, align
from engine.edits import TextMap, ordered
from engine.model import Article, Card, Filter, SearchRequest
from engine.protocol import SearchEngine
from engine.query import All
from webapp.article_view import split
from webapp.text import visible
from webapp.wording import forms, ngettext

MEMBERS = 60
"""Articles of a story among which translations are looked for."""
CANDIDATES = 10
"""Of these, articles in other languages that are read whole for the other half of a pair."""

FOUND, UNRESOLVED = "original found", "translation pair"
"""Kinds of the evidence that tells of a pair."""

_MARK = Markup('<span class="same">{}<sup>{}</sup></span>')


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles with one text in two languages; `known` says that `first` is the original."""

    first: Article
    second: Article
    known: bool = True


@dataclass(frozen=True, slots=True)
class Lines:
    """The two sides of a row: paragraphs with their anchors marked; a side may have none."""

    first: tuple[Markup, ...]
    second: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """The rows of the page, and what pairs the articles: anchors by kind, in words."""

    rows: tuple[Lines, ...]
    paired_by: str


def pair_of(engine: SearchEngine, article: Article) -> Pair | None:
    """Return the pair an article is the translation of, or one that nothing tells the original of."""
    if article.translated.original_id:
        original = engine.get(article.translated.original_id)
        return Pair(original, article) if original else None
    other = _counterpart(engine, article)
    return Pair(other, article, known=False) if other else None


def translations(engine: SearchEngine, article: Article) -> tuple[Card, ...]:
    """List the translations of an article, the earliest first."""
    return tuple(card for card in _members(engine, article) if card.translated.original_id == article.id)


def paired(articles: Sequence[Article]) -> frozenset[str]:
    """Return the ids of those articles whose original, or other half, is among them too."""
    ids = {article.id for article in articles}
    waiting = {a.title: a for a in articles if _unresolved(a)}
    known = {a.id for a in articles if a.translated.original_id in ids}
    halves = (
        (one, other)
        for one in waiting.values()
        for title, other in waiting.items()
        if one.language != other.language and _unresolved(one).startswith(f"{title}: ")
    )
    mutual = {one.id for one, other in halves if _unresolved(other).startswith(f"{one.title}: ")}
    return frozenset(known | mutual)


def _members(engine: SearchEngine, article: Article) -> tuple[Card, ...]:
    if article.story is None or article.story.size < 2:
        return ()
    asked = SearchRequest(
        All(), (Filter("story", (article.story.id,)),), sort="date", limit=MEMBERS, snippets=False
    )
    return tuple(hit.article for hit in engine.search(asked).hits)


def _counterpart(engine: SearchEngine, article: Article) -> Article | None:
    """Find the article that the evidence of a pair names by its headline, and that has the same evidence."""
    said = _unresolved(article)
    if not said:
        return None
    foreign = [card for card in _members(engine, article) if card.language != article.language]
    named = [card for card in foreign if said.startswith(f"{card.title}: ")][:CANDIDATES]
    read = (engine.get(card.id) for card in named)
    return next((a for a in read if a and _unresolved(a).startswith(f"{article.title}: ")), None)


def _unresolved(article: Article) -> str:
    return next((item.text for item in article.translated.evidence if item.kind == UNRESOLVED), "")


# --- side by side -------------------------------------------------------------------------------------


def view(pair: Pair) -> PairView:
    """Lay the two articles side by side, their anchors marked and numbered."""
    laid = align(pair.first, pair.second)
    first = _Side(pair.first, [(anchor.number, anchor.first) for anchor in laid.anchors])
    second = _Side(pair.second, [(anchor.number, anchor.second) for anchor in laid.anchors])
    rows = (_lines(first, second, row) for row in laid.rows)
    return PairView(tuple(row for row in rows if row.first or row.second), paired_by(laid.anchors))


def _lines(first: _Side, second: _Side, row: Row) -> Lines:
    return Lines(first.lines(row.first, row.anchors), second.lines(row.second, row.anchors))


class _Side:
    """One article: spans of its raw text shown as the body has them, so without what was removed."""

    def __init__(self, article: Article, anchors: Sequence[tuple[int, Span]]) -> None:
        self.body = article.body
        self.map = TextMap.of(ordered(article.edits), article.body_start, article.body_end)
        self.anchors = {number: self._in_body(span) for number, span in anchors}

    def _in_body(self, span: Span) -> Span:
        return self.map.to_edited(span[0]), self.map.to_edited(span[1])

    def lines(self, span: Span | None, numbers: Sequence[int]) -> tuple[Markup, ...]:
        """Return the paragraphs of a span with these anchors marked."""
        if span is None:
            return ()
        start, end = self._in_body(span)
        marks = [(*self.anchors[number], number) for number in numbers]
        paragraphs = ((start + a, start + b) for a, b in split(self.body[start:end]))
        return tuple(self._marked(a, b, marks) for a, b in paragraphs)

    def _marked(self, start: int, end: int, marks: Sequence[tuple[int, int, int]]) -> Markup:
        parts: list[Markup] = []
        position = start
        for first, last, number in marks:
            if position <= first < last <= end:
                parts.append(visible(self.body[position:first]))
                parts.append(_MARK.format(visible(self.body[first:last]), number))
                position = last
        return Markup("").join((*parts, visible(self.body[position:end])))


_KINDS = (
    (("number", "date"), forms("number or date", "numbers and dates")),
    (("name", "sound"), forms("name", "names")),
    (("link", "image"), forms("link", "links and pictures")),
    (("word",), forms("word of the same origin", "words of the same origin")),
)


def paired_by(anchors: Sequence[Shared]) -> str:
    """Count anchors by kind, in words."""
    said = []
    for kinds, names in _KINDS:
        count = sum(anchor.kind in kinds for anchor in anchors)
        if count:
            said.append(f"{count} {ngettext(*names, count)}")
    return ", ".join(said)

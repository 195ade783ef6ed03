"""What an article is tied to, line by line: its copies, its story, its original, its translations."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import Article, Card, Filter, SearchRequest
from engine.protocol import SearchEngine
from engine.query import All
from webapp import labels
from webapp.elsewhere import copies
from webapp.pairs import pair_of, translations

LISTED = 10
"""Other articles of the story that are listed, the earliest first."""

Line = tuple[str, str]
"""What it is to the article, and who."""


def relations(engine: SearchEngine, article: Article) -> Iterator[Line]:
    """Yield a line for each article this one is tied to."""
    for row in copies(engine, article):
        copy = row.carried.article
        about = ["this article"] if row.itself else [copy.id, *_where(copy)]
        yield "copy", " · ".join([*about, labels.role(row.carried.role), row.carried.share])
    yield from _story(engine, article)
    yield from _pairs(engine, article)


def _story(engine: SearchEngine, article: Article) -> Iterator[Line]:
    if article.story is None or article.story.size < 2:
        return
    yield "story", f"{article.story.id} · {article.story.size} articles"
    others = [
        card for card in _members(engine, article) if card.id != article.id and not _same(card, article)
    ]
    for card in others[:LISTED]:
        yield "", " · ".join([card.id, *_where(card)])


def _members(engine: SearchEngine, article: Article) -> list[Card]:
    chosen = (Filter("story", (article.story.id,)),) if article.story else ()
    limit = LISTED + 1 + (article.copies.size if article.copies else 0)
    asked = SearchRequest(All(), chosen, sort="date", limit=min(limit, 100), snippets=False)
    return [hit.article for hit in engine.search(asked).hits]


def _same(card: Card, article: Article) -> bool:
    """Whether a member of the story is a copy, which is listed as such."""
    return bool(card.copies and article.copies and card.copies.group_id == article.copies.group_id)


def _pairs(engine: SearchEngine, article: Article) -> Iterator[Line]:
    pair = pair_of(engine, article)
    if pair is not None:
        other = " · ".join([pair.first.id, *_where(pair.first), labels.language(pair.first.language)])
        yield (
            ("original", other) if pair.known else ("paired with", f"{other} · which is the original is open")
        )
    for card in translations(engine, article):
        yield "translation", " · ".join([card.id, *_where(card), labels.language(card.language)])


def _where(article: Article | Card) -> list[str]:
    return [article.source.value or "source unknown", (article.published.value or "undated")[:10]]

"""Parts of an article's answer that are given only when asked for, since they cost searches."""

from __future__ import annotations

from pydantic import BaseModel, Field

from compare.quotes import quotes
from engine.model import Article, Card
from engine.protocol import SearchEngine
from webapp.elsewhere import CopyRow, copies, quoted


class CopyOut(BaseModel):
    """A copy of an article's text, itself among them."""

    id: str
    title: str
    source: str | None
    date: str | None
    words: int
    role: str
    kept: int | None = Field(
        description="Percent of the earliest copy's text that this one has; null for that one."
    )
    differs: str = Field(description="What differs from the earliest copy, in a few words.")


class ReferenceOut(BaseModel):
    """An article, named."""

    id: str
    title: str
    source: str | None
    date: str | None


class QuoteOut(BaseModel):
    """A quotation; `start` and `end` are code points of the body."""

    text: str
    start: int
    end: int
    speaker: str | None
    elsewhere: int = Field(
        description="Articles that have its first words too, no copies. Only the longest are looked for."
    )
    articles: list[ReferenceOut] = Field(description="The earliest of them.")


def copies_out(engine: SearchEngine, article: Article) -> list[CopyOut]:
    """Describe the copies of an article, the earliest first."""
    return [_copy(row) for row in copies(engine, article)]


def quotes_out(engine: SearchEngine, article: Article) -> list[QuoteOut]:
    """Describe what an article quotes, in its order, and who else does."""
    found = {one.quote.start: one for one in quoted(engine, article)}
    described = []
    for quote in quotes(article):
        one = found.get(quote.start)
        described.append(
            QuoteOut(
                text=quote.text,
                start=quote.start,
                end=quote.end,
                speaker=quote.speaker,
                elsewhere=one.total if one else 0,
                articles=[_reference(card) for card in one.articles] if one else [],
            )
        )
    return described


def _copy(row: CopyRow) -> CopyOut:
    article = row.carried.article
    return CopyOut(
        id=article.id,
        title=article.title,
        source=article.source.value,
        date=article.published.value,
        words=article.words,
        role=row.carried.role,
        kept=row.carried.kept,
        differs=row.carried.differs,
    )


def _reference(card: Card) -> ReferenceOut:
    return ReferenceOut(id=card.id, title=card.title, source=card.source.value, date=card.published.value)

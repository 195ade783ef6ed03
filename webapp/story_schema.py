"""A story as the API answers it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from compare.figures import Difference, Reading
from compare.quotes_variants import Use
from webapp.carried import Carried, carried
from webapp.stories import Story, Text
from webapp.story_view import Said, disputed, said


class MemberOut(BaseModel):
    """An article of a story."""

    id: str
    title: str
    url: str | None
    source: str | None
    agency: str | None
    lang: str | None
    date: str | None
    words: int
    role: str = Field(description="In its text: original, copy, truncated, longer …; only when it is alone.")
    kept: int | None = Field(
        description="Percent of the earliest copy's text that this one has; null for that one."
    )
    differs: str = Field(description="What differs from the earliest copy, in a few words.")


class TextOut(BaseModel):
    """One text of a story and the articles that carry it, the earliest first."""

    id: str
    agency: str | None
    articles: list[MemberOut]


class UseOut(BaseModel):
    """Who prints a wording; `start` and `end` are code points of that article's body."""

    article: str
    source: str | None
    date: str | None
    start: int
    end: int


class WordingOut(BaseModel):
    """One version of a quoted sentence."""

    text: str
    uses: list[UseOut]


class QuotationOut(BaseModel):
    """A sentence that several articles quote; the earliest version first."""

    speaker: str | None
    wordings: list[WordingOut]


class ReadingOut(BaseModel):
    """A figure as one article gives it; `start` and `end` are code points of that article's body."""

    article: str
    source: str | None
    value: float
    text: str
    sentence: str
    start: int
    end: int


class FigureOut(BaseModel):
    """A figure of which the articles give different values, the smallest first."""

    unit: str
    readings: list[ReadingOut]


class StoryOut(BaseModel):
    """A story: `total` articles, of which the earliest are given by text."""

    id: str
    title: str
    total: int
    sources: list[str]
    texts: list[TextOut]
    quotations: list[QuotationOut]
    figures: list[FigureOut]
    build: str


def story_out(found: Story, build: str) -> StoryOut:
    """Describe a story."""
    return StoryOut(
        id=found.id,
        title=found.title,
        total=found.total,
        sources=list(found.sources),
        texts=[_text(text) for text in found.texts()],
        quotations=[_quotation(one) for one in said(found)],
        figures=[_figure(one) for one, _ in disputed(found)],
        build=build,
    )


def _text(text: Text) -> TextOut:
    return TextOut(id=text.id, agency=text.agency, articles=[_member(one) for one in carried(text.copies)])


def _quotation(one: Said) -> QuotationOut:
    wordings = [WordingOut(text=v.text, uses=[_use(use) for use in v.uses]) for v in one.versions]
    return QuotationOut(speaker=one.speaker, wordings=wordings)


def _use(use: Use) -> UseOut:
    return UseOut(article=use.article, source=use.source, date=use.published, start=use.start, end=use.end)


def _figure(one: Difference) -> FigureOut:
    return FigureOut(unit=one.unit, readings=[_reading(reading) for reading in one.readings])


def _reading(reading: Reading) -> ReadingOut:
    figure = reading.figure
    return ReadingOut(
        article=reading.article,
        source=reading.source,
        value=figure.value,
        text=figure.text,
        sentence=figure.sentence,
        start=figure.start,
        end=figure.end,
    )


def _member(one: Carried) -> MemberOut:
    article = one.article
    return MemberOut(
        id=article.id,
        title=article.title,
        url=article.url,
        source=article.source.value,
        agency=article.agency.value,
        lang=article.language,
        date=article.published.value,
        words=article.words,
        role=one.role,
        kept=one.kept,
        differs=one.differs,
    )

"""Where a text changes its language."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model import Paragraph
from indexer.language.identify import identify
from indexer.language.words import DISTINCTIVE

SHORTEST = 60
"""Letters. Sentences shorter than this were mistaken in one of forty clean documents."""
SURE = 0.99
OWN_WORDS = 3
"""So many different function words of the article's language settle it without counting n-grams."""


def foreign_paragraphs(raw: str, spans: Sequence[tuple[int, int]], main: str) -> tuple[Paragraph, ...]:
    """Return the spans of `raw` that are in another language than `main`, the article's own.

    Only paragraphs of at least 60 letters that could hardly be in `main` are returned.
    """
    found = ((start, end, _foreign(raw[start:end], main)) for start, end in spans)
    return tuple(Paragraph(start, end, language) for start, end, language in found if language)


def _foreign(text: str, main: str) -> str | None:
    if len(text) < SHORTEST or _plainly(text[:2000], main):
        return None
    answer = identify(text, {main: 1.0})
    if answer.language in (None, main) or answer.confidence < SURE:
        return None
    return answer.language if sum(map(str.isalpha, text[:2000])) >= SHORTEST else None


def _plainly(text: str, main: str) -> bool:
    return len(DISTINCTIVE.get(main, frozenset()).intersection(text.split())) >= OWN_WORDS

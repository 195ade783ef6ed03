"""Where a text changes its language."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model import Paragraph
from indexer.language.identify import READ, identify
from indexer.language.words import DISTINCTIVE

SHORTEST = 60
"""Letters. Sentences shorter than this were mistaken in one of forty clean documents."""
SURE = 0.99
OWN_WORDS = 2
"""So many different function words of the article's language settle it without counting n-grams."""


def foreign_paragraphs(raw: str, spans: Sequence[tuple[int, int]], main: str) -> tuple[Paragraph, ...]:
    """Return the spans of `raw` that are in another language than `main`, the article's own.

    Only paragraphs of at least 60 letters that could hardly be in `main` are returned.
    """
    found = ((start, end, _foreign(raw[start:end], main)) for start, end in spans)
    return tuple(Paragraph(start, end, language) for start, end, language in found if language)


def _foreign(text: str, main: str) -> str | None:
    text = text[:READ]
    if _letters(text) < SHORTEST or _plainly(text, main) or _names(text):
        return None
    answer = identify(text, {main: 1.0})
    if answer.language in (None, main) or answer.confidence < SURE:
        return None
    return answer.language


def _letters(text: str) -> int:
    return 0 if len(text) < SHORTEST else sum(map(str.isalpha, text))


def _names(text: str) -> bool:
    """Whether most words begin with a capital: a team sheet is in no language."""
    words = text.split()
    return 2 * sum(word[0].isupper() for word in words) > len(words)


def _plainly(text: str, main: str) -> bool:
    return len(DISTINCTIVE.get(main, frozenset()).intersection(text.split())) >= OWN_WORDS

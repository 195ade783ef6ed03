"""Which of two paired articles is the original: what they say, who wrote them, which was first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.model import Article
from indexer.language.translation.pairing.archive import Ints

UNDATED = np.iinfo(np.int64).min
UNKNOWN = -1

DECLARED, MARKED, PLAIN, REPORTED = 2, 1, 0, -1
"""What an article shows by itself: that it is a translation, signs of one, nothing, its own reporters."""

SAYS = {DECLARED: 6.0, MARKED: 3.0, REPORTED: -2.0}
NAMES = {DECLARED: "declared", MARKED: "marks", REPORTED: "reporters"}
OTHER_SOURCE = 0.5
"""What is left of an article's word when it names another language: both may come from a third."""
EARLIER = 2.0
RESOLVED = 1.5


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of each row besides its anchors.

    `language` numbers languages; `day` counts days (`UNDATED` when not known); `shows` is what
    `shown` said, and `source` the number of the language it was translated from, `UNKNOWN` if not said;
    rows with one number in `copies` are copies of one text.
    """

    language: Ints
    day: Ints
    shows: Ints
    source: Ints
    copies: Ints


@dataclass(frozen=True, slots=True)
class Direction:
    """Log-odds that the first of two rows is the original, and what kinds of evidence speak for it."""

    odds: float
    kinds: tuple[str, ...]


def shown(article: Article) -> int:
    """Sum up what an article, before any pairing, shows of itself."""
    if article.translated.verdict == "translated":
        return DECLARED
    if article.translated.verdict == "probable":
        return MARKED
    return REPORTED if article.byline.reporting or article.byline.writing else PLAIN


def direction(facts: Facts, a: int, b: int) -> Direction:
    """Weigh what speaks for row `a` being the original of row `b`."""
    said = [*_words(facts, a, b), *((-odds, kind) for odds, kind in _words(facts, b, a)), *_time(facts, a, b)]
    odds = sum(weight for weight, _ in said)
    sign = 1 if odds >= 0 else -1
    return Direction(odds, tuple(dict.fromkeys(kind for weight, kind in said if weight * sign > 0)))


def _words(facts: Facts, original: int, translation: int) -> list[tuple[float, str]]:
    """What the translation says by itself."""
    shows = int(facts.shows[translation])
    if shows == PLAIN:
        return []
    fits = facts.source[translation] in (UNKNOWN, facts.language[original])
    return [(SAYS[shows] * (1.0 if fits or shows == REPORTED else OTHER_SOURCE), NAMES[shows])]


def _time(facts: Facts, a: int, b: int) -> list[tuple[float, str]]:
    """The earlier is the original; clocks of two time zones do not tell within a day."""
    first, second = int(facts.day[a]), int(facts.day[b])
    if UNDATED in (first, second) or first == second:
        return []
    return [(EARLIER if first < second else -EARLIER, "time")]

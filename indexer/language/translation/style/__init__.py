"""Style: whether a text is written as translations are. Weak evidence, never more than "probable"."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import Evidence
from indexer.language.translation.evidence import Reading, Weighted
from indexer.language.translation.style.model import model

__all__ = ["LONG_ENOUGH", "witness"]

LONG_ENOUGH = 200
"""Words below which style says nothing: of shorter originals, too many read like translations."""

LIKELY, POSSIBLE, UNLIKELY = 2.0, 1.0, -2.0
"""Log-odds of a text beyond each threshold of the model."""


def witness(reading: Reading) -> Iterator[Weighted]:
    """Yield what the style of the body says, in a language there is a model for."""
    known, words = model(reading.language or ""), len(reading.body.split())
    if known is None or words < LONG_ENOUGH:
        return
    score = known.score(reading.body)
    likely, possible, unlikely = known.limits(words)
    if score >= likely:
        yield _weigh("reads like a translation", score, likely, LIKELY)
    elif score >= possible:
        yield _weigh("reads somewhat like a translation", score, possible, POSSIBLE)
    elif score < unlikely:
        yield _weigh("does not read like a translation", score, unlikely, UNLIKELY)


def _weigh(says: str, score: float, threshold: float, weight: float) -> Weighted:
    quoted = Evidence("style", f"{says} (score {score:.1f}, threshold {threshold:.1f})")
    return Weighted(quoted, "style", weight, "probable" if weight == LIKELY else "none")

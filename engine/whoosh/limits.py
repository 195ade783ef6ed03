"""What one search may cost before it is refused, or answered in part."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import QueryLimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits an operator may change.

    - scanned: words of a dictionary compared with a fuzzy word, or with all words of a query that a
      better spelling is sought for;
    - pattern: postings a prefix or another pattern may add up to; the most frequent words are kept;
    - postings: what a whole query may cost (`engine.whoosh.cost`); one that costs more is refused before
      it is evaluated. At five nanoseconds each the default is a quarter of a second.
    """

    scanned: int = 200_000
    pattern: int = 6_000_000
    postings: int = 50_000_000


class Budget:
    """What is left of the limits of one search, and what had to be left out."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.postings
        self.warnings: list[str] = []

    def spend(self, postings: int) -> None:
        """Pay before reading so many postings; raises QueryLimitError when the query can not afford it."""
        self.left -= postings
        if self.left < 0:
            raise QueryLimitError(
                "The search needs too many very common words; leave some out or add a rarer one.",
                "postings",
            )

    def warn(self, warning: str) -> None:
        """Say what was left out, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

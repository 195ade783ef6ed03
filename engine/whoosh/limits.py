"""What one search may cost before it is refused, or answered in part."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import QueryLimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits an operator may change.

    - scanned: words of the dictionary compared with a fuzzy word;
    - pattern: postings a prefix or a fuzzy word may add up to; the most frequent words are kept;
    - postings: what a whole query may read; one that needs more is refused.
    """

    scanned: int = 200_000
    pattern: int = 6_000_000
    postings: int = 14_000_000


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

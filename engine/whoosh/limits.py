"""What one search may cost before it is answered in part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits an operator may change.

    - scanned: words of the dictionary looked through for a prefix or a fuzzy word;
    - terms: words such a pattern may stand for; the most frequent are kept;
    - postings: occurrences all patterns of a query may add up to;
    - seconds: time to evaluate a query.
    """

    scanned: int = 50_000
    terms: int = 1_000
    postings: int = 2_000_000
    seconds: float = 3.0

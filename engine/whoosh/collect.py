"""Running a matcher to its end: document numbers and scores as arrays."""

from __future__ import annotations

import time
from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]

_BETWEEN_CHECKS = 1024


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents in rising order with their scores; `complete` unless time ran out."""

    documents: Numbers
    scores: Scores
    complete: bool = True


def collect(searcher: Any, query: Any, seconds: float) -> Matches:
    """Evaluate a Whoosh query on every segment.

    Args:
        searcher: a stock searcher no other thread uses now.
        query: the query; its patterns expanded.
        seconds: how long it may take.

    """
    deadline = time.monotonic() + seconds
    documents, scores = array("q"), array("d")
    complete = True
    for leaf, offset in searcher.leaf_searchers():
        matcher = query.matcher(leaf, searcher.context(needs_current=False, weighting=searcher.weighting))
        complete = complete and _run(matcher, offset, deadline, documents, scores)
    return Matches(np.array(documents, np.int64), np.array(scores, np.float64), complete)


def _run(matcher: Any, offset: int, deadline: float, documents: array[int], scores: array[float]) -> bool:
    """Append what the matcher finds; returns False when the deadline passed."""
    left = _BETWEEN_CHECKS
    while matcher.is_active():
        documents.append(offset + matcher.id())
        scores.append(matcher.score())
        matcher.next()
        left -= 1
        if not left:
            if time.monotonic() > deadline:
                return False
            left = _BETWEEN_CHECKS
    return True

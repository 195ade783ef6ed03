"""The bonus of `engine.ranking` for words of the query that an article has next to each other too.

Only the best articles by their words get it, so no article can overtake them, and what remains to be read
are the positions of two words at a time in these few.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matching import DEFAULT, loose_words
from engine.query import Query
from engine.ranking import HEAD, bonus, pairs
from engine.whoosh.hits import Floats, Numbers, places_in
from engine.whoosh.lookup import Lookup, PostingList
from engine.whoosh.ranking import order
from engine.whoosh.sequence import neighbouring, positions

_PAIRS = 16
"""How many pairs of a long query are looked at."""


def with_bonus(lookup: Lookup, query: Query, documents: Numbers, scores: Floats) -> Floats:
    """Return the scores of documents with the bonus added for the best of them."""
    index = lookup.index
    wanted = pairs(loose_words(query), lookup.languages)[:_PAIRS] if index.scoring.adjacent else []
    if not wanted or not len(documents):
        return scores
    best = order(index.columns, documents, scores, "relevance", HEAD)
    best = best.take(np.argsort(documents.take(best)))
    added = np.zeros(len(best))
    for left, right in wanted:
        together = _together(lookup, left, right, documents.take(best))
        if together.any():
            added += bonus(together, lookup.worth(left, DEFAULT), lookup.worth(right, DEFAULT))
    scores = scores.copy()
    scores[best] += added.astype(np.float32)
    return scores


def _together(lookup: Lookup, left: str, right: str, documents: Numbers) -> NDArray[np.float64]:
    """Count where two words stand side by side in rising documents, weighted by field."""
    counts = np.zeros(len(documents))
    offsets = lookup.index.columns.offsets
    ends = np.searchsorted(documents, offsets)
    for field in DEFAULT:
        both = zip(lookup.exact(left, field), lookup.exact(right, field), strict=True)
        for number, (lefts, rights) in enumerate(both):
            span = slice(ends[number], ends[number + 1])
            if lefts and rights and span.start < span.stop:
                within = documents[span] - offsets[number]
                size = lookup.index.segments[number].size
                counts[span] += field.weight * _in_segment(lefts[0], rights[0], within, size)
    return counts


def _in_segment(left: PostingList, right: PostingList, documents: Numbers, size: int) -> Numbers:
    """Count where two words of a field stand side by side in some documents of a segment."""
    both = documents
    for one in (left, right):
        both = one.documents.take(places_in(one.documents, both, size))
    first, second = (positions(one, places_in(one.documents, both, size)) for one in (left, right))
    counts = np.zeros(len(documents), np.int64)
    counts[np.searchsorted(documents, both)] = neighbouring(first, second, len(both))
    return counts

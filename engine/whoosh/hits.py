"""Documents with scores, and how they are united and intersected: many at a time.

Where lists differ much in length, the short one is searched in the long one; otherwise one of them is
spread over an array with a place for every document of the segment, and the other looks there:

    few      3 9          mask  . . . x . . . . . x .
    many     1 3 4 8 9          └──────> take at 1 3 4 8 9 ──> places 1, 4
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.int64]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

SPARSE = 16
"""Lists whose lengths differ by this factor are searched, others spread over the segment."""

NOWHERE: Documents = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents of a segment in rising order with their scores; None stands for all zero."""

    documents: Documents
    scores: Floats | None = None

    def take(self, places: Numbers) -> Hits:
        """Return the hits at these places."""
        return Hits(self.documents.take(places), None if self.scores is None else self.scores.take(places))

    def plus(self, scores: Floats | None) -> Hits:
        """Add scores to those there are."""
        if scores is None or self.scores is None:
            return Hits(self.documents, self.scores if scores is None else scores)
        return Hits(self.documents, self.scores + scores)

    def known_scores(self) -> Floats:
        """Return the scores, zeros when there are none."""
        return np.zeros(len(self.documents), np.float32) if self.scores is None else self.scores


NO_HITS = Hits(NOWHERE)


def marked(documents: Documents, size: int) -> NDArray[np.bool_]:
    """Return a mask of these documents of a segment."""
    mask = np.zeros(size, np.bool_)
    mask[documents] = True
    return mask


# --- both ------------------------------------------------------------------------------------


def places_in(documents: Documents, wanted: Documents, size: int) -> Numbers:
    """Return where in a posting list those of the wanted documents stand that are in it; both rise."""
    if not len(documents) or not len(wanted):
        return NOWHERE
    if len(wanted) * SPARSE < len(documents):
        found = np.minimum(np.searchsorted(documents, wanted), len(documents) - 1)
        return np.compress(documents.take(found) == wanted, found)
    if len(documents) * SPARSE < len(wanted):
        found = np.minimum(np.searchsorted(wanted, documents), len(wanted) - 1)
        return np.flatnonzero(wanted.take(found) == documents)
    return np.flatnonzero(marked(wanted, size).take(documents))


def meet(within: Hits | None, hits: Hits, size: int) -> Hits:
    """Return what is in both, with the scores of both; `hits` alone when there is nothing to be within."""
    if within is None:
        return hits
    if len(within.documents) == len(hits.documents) and np.array_equal(within.documents, hits.documents):
        return hits.plus(within.scores)
    both = hits.take(places_in(hits.documents, within.documents, size))
    if within.scores is None:
        return both
    there = places_in(within.documents, both.documents, size)
    return both.plus(within.scores.take(there))


# --- either ----------------------------------------------------------------------------------


def unite(parts: Sequence[Hits], size: int) -> Hits:
    """Unite hits: few by sorting, few with many by inserting, many by spreading them over the segment."""
    parts = sorted((part for part in parts if len(part.documents)), key=lambda part: -len(part.documents))
    if len(parts) < 2:
        return parts[0] if parts else NO_HITS
    total = sum(len(part.documents) for part in parts)
    largest = len(parts[0].documents)
    if total * SPARSE < size:
        return _sorted(parts)
    if (total - largest) * SPARSE < largest:
        return _inserted(parts[0], _sorted(parts[1:]))
    return _spread(parts, size)


def _spread(parts: Sequence[Hits], size: int) -> Hits:
    """Add up the scores in an array over all documents of the segment."""
    mask = np.zeros(size, np.bool_)
    for part in parts:
        mask[part.documents] = True
    documents = np.flatnonzero(mask)
    scored = [(part.documents, part.scores) for part in parts if part.scores is not None]
    if not scored:
        return Hits(documents)
    scores = np.zeros(size, np.float32)
    for number, (places, more) in enumerate(scored):
        scores[places] = scores.take(places) + more if number else more
    return Hits(documents, scores.take(documents))


def _inserted(many: Hits, few: Hits) -> Hits:
    """Unite many hits with a few: add to the scores of those that are there, sort the others in."""
    places = np.minimum(np.searchsorted(many.documents, few.documents), len(many.documents) - 1)
    there = many.documents.take(places) == few.documents
    new = np.flatnonzero(~there)
    before = np.searchsorted(many.documents, few.documents.take(new))
    documents = np.insert(many.documents, before, few.documents.take(new))
    if many.scores is None and few.scores is None:
        return Hits(documents)
    scores, added = many.known_scores().copy(), few.known_scores()
    scores[places[there]] += added[there]
    return Hits(documents, np.insert(scores, before, added.take(new)))


def _sorted(parts: Sequence[Hits]) -> Hits:
    """Unite few hits by sorting them."""
    documents = np.concatenate([part.documents for part in parts])
    order = np.argsort(documents, kind="stable")
    documents = documents.take(order)
    starts = np.flatnonzero(np.diff(documents, prepend=-1))
    if all(part.scores is None for part in parts):
        return Hits(documents.take(starts))
    scores = np.concatenate([part.known_scores() for part in parts]).take(order)
    return Hits(documents.take(starts), np.add.reduceat(scores, starts))

"""Words in sequence: which documents hold them one after the other, for all documents at once.

The positions of a word in the candidate documents become one rising array, the document in front:

    candidate 0, positions 4, 9  │  candidate 1, position 2      ──>  4  9  │  2**32 + 2
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.whoosh.lookup import PostingList
from engine.whoosh.segment import Words

Numbers = NDArray[np.int64]

_SHIFT = np.int64(32)


def in_sequence(
    words: Sequence[PostingList], order: Sequence[int], places: Sequence[Numbers], slop: int
) -> Numbers:
    """Return the indices of the candidates that hold the words in sequence.

    Args:
        words: the posting list of each different word.
        order: for each word of the phrase, which of them it is.
        places: for each different word, the indices in its list of the candidate documents.
        slop: how many positions a word may stand behind the one before.

    """
    positions = [_positions(word, place) for word, place in zip(words, places, strict=True)]
    reached = positions[order[0]]
    for number in order[1:]:
        reached = _following(reached, positions[number], slop)
    return np.unique(reached >> _SHIFT)


def _positions(word: PostingList, places: Numbers) -> Numbers:
    """Return where the word stands in the candidates: index of the candidate and position as one number."""
    field = word.terms
    if not isinstance(field, Words):
        raise TypeError("only unstemmed words have positions")
    often = field.often.between(word.start, word.end)
    ends = np.cumsum(often, dtype=np.int64)
    counts = often.take(places).astype(np.int64)
    begins = ends.take(places) - counts + field.place_first[field.at(word.start)]
    total = np.cumsum(counts)
    picks = np.repeat(begins - (total - counts), counts)
    picks += np.arange(len(picks))
    return (np.repeat(np.arange(len(places)), counts) << _SHIFT) + field.places.at(picks)


def _following(reached: Numbers, places: Numbers, slop: int) -> Numbers:
    """Keep the places that have one of `reached` at most `slop` positions before them."""
    if not len(reached) or not len(places):
        return places[:0]
    if len(places) > len(reached):
        return _from_reached(reached, places, slop)
    first = np.searchsorted(reached, places - slop)
    found = reached.take(np.minimum(first, len(reached) - 1))
    return places[(found < places) & (found >= places - slop)]


def _from_reached(reached: Numbers, places: Numbers, slop: int) -> Numbers:
    """Do the same from the other side, which is cheaper when there are few to begin with."""
    low = np.searchsorted(places, reached, "right")
    kept = []
    for step in range(slop):
        at = np.minimum(low + step, len(places) - 1)
        found = places.take(at)
        kept.append(at[(found > reached) & (found <= reached + slop)])
    return places.take(np.unique(np.concatenate(kept)))

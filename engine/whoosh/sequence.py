"""Words in sequence: how often documents hold them one after the other, for all documents at once.

The positions of a word in the candidate documents become one rising array, the document in front:

    candidate 0, positions 4, 9  │  candidate 1, position 2      ──>  4  9  │  2**32 + 2
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.whoosh.hits import SPARSE
from engine.whoosh.lookup import PostingList
from engine.whoosh.segment import Words

Numbers = NDArray[np.int64]

_SHIFT = np.int64(32)
_POSITION = np.int64((1 << 32) - 1)


def in_sequence(
    words: Sequence[PostingList], order: Sequence[int], places: Sequence[Numbers], slop: int
) -> tuple[Numbers, Numbers]:
    """Return the indices of the candidates that hold the words in sequence, and how often each does.

    Args:
        words: the posting list of each different word.
        order: for each word of the phrase, which of them it is.
        places: for each different word, the indices in its list of the candidate documents.
        slop: how many positions a word may stand behind the one before.

    """
    if slop == 1:
        return _counted(_side_by_side(words, order, places))
    found = [positions(word, place) for word, place in zip(words, places, strict=True)]
    reached = found[order[0]]
    for number in order[1:]:
        reached = _following(reached, found[number], slop)
    return _counted(reached)


def positions(word: PostingList, places: Numbers) -> Numbers:
    """Return where the word stands in the candidates: index of the candidate and position as one number."""
    field = word.terms
    if not isinstance(field, Words):
        raise TypeError("only unstemmed words have positions")
    often = field.often.between(word.start, word.end)
    counts = often.take(places).astype(np.int64)
    begins = _before(often, places) + field.place_first[field.at(word.start)]
    total = np.cumsum(counts)
    picks = np.repeat(begins - (total - counts), counts)
    picks += np.arange(len(picks))
    return (np.repeat(np.arange(len(places)), counts) << _SHIFT) + field.places.at(picks)


def neighbouring(left: Numbers, right: Numbers, candidates: int) -> Numbers:
    """Count for each candidate where two words stand side by side, in either order."""
    both = np.concatenate((_shared(left + 1, right), _shared(left - 1, right)))
    return np.bincount(both >> _SHIFT, minlength=candidates)


def _counted(found: Numbers) -> tuple[Numbers, Numbers]:
    documents = found >> _SHIFT
    starts = np.flatnonzero(np.diff(documents, prepend=-1))
    return documents.take(starts), np.diff(starts, append=len(documents))


def _each_once(rising: Numbers) -> Numbers:
    return np.compress(np.diff(rising, prepend=-1), rising)


def _before(often: NDArray[np.integer], places: Numbers) -> Numbers:
    """Return the sum of all that stands before each of some rising places."""
    if not len(places):
        return places
    if len(places) * SPARSE > len(often):
        ends = np.cumsum(often, dtype=np.int64).take(places)
        return ends - often.take(places)
    between = np.add.reduceat(often, np.concatenate(([0], places)), dtype=np.int64)[:-1]
    if not places[0]:
        between[0] = 0  # reduceat gives the element itself for an empty stretch
    return np.cumsum(between)


# --- side by side ----------------------------------------------------------------------------


def _side_by_side(words: Sequence[PostingList], order: Sequence[int], places: Sequence[Numbers]) -> Numbers:
    """Return where the first word stands when all others follow at once.

    The rarest word is looked at first; the positions of each other one are read only in those candidates
    where the words before were in their places.
    """
    by_rarity = sorted(range(len(order)), key=lambda step: len(words[order[step]]))
    first = by_rarity[0]
    at = positions(words[order[first]], places[order[first]])
    begins = at[(at & _POSITION) >= first] - first
    for step in by_rarity[1:]:
        word = order[step]
        candidates = _each_once(begins >> _SHIFT)
        there = positions(words[word], places[word].take(candidates))
        inside = (candidates.take(there >> _SHIFT) << _SHIFT) + (there & _POSITION)
        begins = _shared(begins, inside - step)
    return begins


def _shared(some: Numbers, others: Numbers) -> Numbers:
    """Return the numbers that are in both; each rises."""
    few, many = sorted((some, others), key=len)
    if not len(few):
        return few
    if len(few) * SPARSE < len(many):
        found = np.minimum(np.searchsorted(many, few), len(many) - 1)
        return np.compress(many.take(found) == few, few)
    merged = np.concatenate((few, many))
    merged.sort(kind="stable")
    return np.compress(merged[1:] == merged[:-1], merged[1:])


# --- with words between ----------------------------------------------------------------------


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
    found = np.concatenate(kept)
    found.sort()
    return places.take(_each_once(found))

"""Who leads: each article is given the one text it is most likely a copy of, by sketches alone.

Articles stand in the order of how much others share with them, so that a group gathers around the text at its
heart. Every member is compared with that text: there are no chains from one copy to the next.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.grouping.copies.postings import Postings, Rows

SEATS = 3
"""A shingle that so many leaders have, which are no copies of each other, tells nothing about copies."""

LEAST_RATIO = 0.25
"""A text with fewer words than this share of another's is no copy of it."""

NOBODY = -1


class Election:
    """The leaders so far, known by the shingles of their sketches; articles are places in the postings."""

    def __init__(self, postings: Postings, words: NDArray[np.int64]) -> None:
        self._shingles = postings.shingles
        self._words = words[postings.rows]
        self._seats = np.full((postings.count, SEATS), NOBODY, np.int32)

    def elect(self, places: Rows, refused: Mapping[int, Collection[int]]) -> dict[int, list[int]]:
        """Return leader -> those given to it, both in the order of `places`; who finds no leader becomes one.

        `refused` are leaders that a place is known to be no copy of.
        """
        given: dict[int, list[int]] = {}
        for place in places.tolist():
            leader = self._leader_for(place, refused.get(place, ()))
            if leader == NOBODY:
                self._add(place)
            else:
                given.setdefault(leader, []).append(place)
        return given

    def _add(self, place: int) -> None:
        shingles = self._shingles[place]
        seats = self._seats[shingles]
        seat = np.argmax(seats == NOBODY, axis=1)
        free = seats[np.arange(len(seats)), seat] == NOBODY
        self._seats[shingles[free], seat[free]] = place

    def _leader_for(self, place: int, refused: Collection[int]) -> int:
        """Return the leader that shares most shingles, two at least; of equals the earlier in the archive."""
        seats = self._seats[self._shingles[place]]
        telling = seats[seats[:, -1] == NOBODY]
        leaders, counts = np.unique(telling[telling != NOBODY], return_counts=True)
        best, most = NOBODY, 1
        for leader, count in zip(leaders.tolist(), counts.tolist(), strict=True):
            if count > most and leader not in refused and self._alike(place, leader):
                best, most = leader, count
        return best

    def _alike(self, one: int, other: int) -> bool:
        fewer, more = sorted((self._words[one], self._words[other]))
        return bool(fewer >= LEAST_RATIO * more)

"""Near copies of a whole archive: who is in a group with whom.

Texts with the same words first, by digest. Then rounds: every article left is given a likely leader by
sketches (`election`), the two texts are read and lined up (`overlap`), and who turns out to be no copy stands
again in the next round. Within a round texts are read group by group, in the order of the archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from compare.overlap import Positions, Table, Words, are_copies, overlap
from indexer.grouping.copies.election import Election
from indexer.grouping.copies.postings import Postings, Rows, first_of_same, shared_shingles
from indexer.ragged import Ragged

Reader = Callable[[int], str]

ROUNDS = 4
"""A text refused by so many leaders stands alone."""

COMMON = 1 / 3
"""Members must repeat one part of their leader: of what the smaller repeats, this much at least.

Two articles on one page are both contained in that page and have nothing to do with each other.
"""


def group(signatures: Ragged, words: NDArray[np.int64], text: Reader) -> Rows:
    """Return for each row the row of the first member of its group in reading order; itself when alone.

    Args:
        signatures: of `sign`, as items of `DTYPE`, in reading order.
        words: how many words each body has.
        text: reads the body of a row. Called for likely copies and what they are compared with, at most
            once each in a round; of texts with the same words for the first only.

    """
    first = first_of_same(signatures)
    postings = shared_shingles(signatures, np.flatnonzero(first == np.arange(len(first))))
    leaders = np.arange(len(first))
    for leader, members in _settled(postings, words, text):
        leaders[postings.rows[members]] = postings.rows[leader]
    return _named_by_first(leaders[first])


def _named_by_first(leaders: Rows) -> Rows:
    """Name each group after its first member."""
    first = np.full(len(leaders), len(leaders))
    np.minimum.at(first, leaders, np.arange(len(leaders)))
    return first[leaders]


def _settled(postings: Postings, words: NDArray[np.int64], text: Reader) -> Iterator[tuple[int, list[int]]]:
    """Yield each leader with members that are copies of it, as places in the postings."""

    def read(place: int) -> str:
        return text(int(postings.rows[place]))

    election = Election(postings, words)
    refused: defaultdict[int, list[int]] = defaultdict(list)
    witness: dict[int, int] = {}
    # The heart of a group shares much of a long text: not the short one, not the one with much of its own.
    waiting = np.lexsort((postings.rows, -postings.weights * np.sqrt(words[postings.rows])))
    for _ in range(ROUNDS):
        given = election.elect(waiting, refused)
        again: list[int] = []
        for leader in sorted(given):
            candidates = sorted({*given[leader], witness.get(leader, given[leader][0])})
            members = _copies(read(leader), candidates, read)
            for place in set(candidates).difference(members):
                refused[place].append(leader)
                again.append(place)
            if members:
                witness[leader] = members[0]
                yield leader, members
        waiting = waiting[np.isin(waiting, again)]


def _copies(original: str, places: list[int], read: Reader) -> list[int]:
    """Return which of `places` are copies of a text, and of one part of it."""
    table = Table.of(original)
    fullest: Positions | None = None
    members = []
    for place in places:
        text = Words.of(read(place))
        shared = overlap(table, text)
        if not are_copies(table, text, shared) or not _meet(shared.places, fullest):
            continue
        members.append(place)
        if fullest is None or len(shared.places) > len(fullest):
            fullest = shared.places
    return members


def _meet(places: Positions, fullest: Positions | None) -> bool:
    """Tell whether a member repeats what the fullest one so far repeats."""
    if fullest is None:
        return True
    both = len(np.intersect1d(places, fullest, assume_unique=True))
    return both >= COMMON * min(len(places), len(fullest))

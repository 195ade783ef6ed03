"""The members of each group of copies: what each is in it, and which were cut.

Whether a text was cut can only be seen beside a longer copy. What was seen is kept in the signature, with a
key that names the texts, so that an update reads no text of a group in which nothing changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.lineage import CLEARLY_LONGER, Member, roles
from indexer.archive.rows import Rows
from indexer.archive.settle import Held, known_by
from indexer.archive.signature import Compared, Signature
from indexer.grouping.twins import twin

READ = 3
"""So many longer copies are read for one article, the longest first."""


@dataclass(frozen=True, slots=True)
class Families:
    """By row, what an article is in its group and what longer copies of it show; who is alone is left out."""

    found: Mapping[int, tuple[str, Compared | None]]

    @classmethod
    def of(cls, rows: Rows, held: Sequence[Held], groups: NDArray[np.int64]) -> Families:
        """Look at every group of two or more."""
        found: dict[int, tuple[str, Compared | None]] = {}
        for members in _groups(groups):
            found |= _family(rows, held, members)
        return cls(found)

    def of_row(self, number: int) -> tuple[str, Compared | None]:
        """Return the role of a row, and what longer copies of it show if there are any."""
        return self.found.get(number, ("only", None))


def _groups(groups: NDArray[np.int64]) -> Iterator[list[int]]:
    """Yield the rows of each group of two or more, in reading order."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    for members in np.split(order, starts[1:]):
        if len(members) > 1:
            yield members.tolist()


def _family(
    rows: Rows, held: Sequence[Held], members: Sequence[int]
) -> dict[int, tuple[str, Compared | None]]:
    signed = {number: rows.signature(number) for number in members}
    compared = {number: _compared(rows, held, number, signed) for number in members}
    cut = {number for number, one in compared.items() if one and one.twin}
    known = roles([_member(rows[n].id, s, cut=n in cut) for n, s in signed.items()])
    return {number: (known[rows[number].id], compared[number]) for number in members}


def _member(article_id: str, signature: Signature, *, cut: bool) -> Member:
    about = signature.about
    return Member(article_id, about.published, signature.left, about.truncated or cut, about.agency)


def _compared(
    rows: Rows, held: Sequence[Held], number: int, signed: Mapping[int, Signature]
) -> Compared | None:
    """Return what longer copies show, from the signature if these are the texts it speaks of."""
    least = CLEARLY_LONGER * signed[number].left
    longer = [n for n, s in signed.items() if s.left >= least and not s.about.truncated]
    if not longer:
        return None
    read = sorted(longer, key=lambda n: (-signed[n].left, n))[:READ]
    key = _key(rows, held, (number, *read))
    before = signed[number].compared
    if before is not None and before.key == key:
        return before
    article, *others = (rows.bare(n, held[n]) for n in (number, *read))
    return Compared(key, twin(article, others))


def _key(rows: Rows, held: Sequence[Held], numbers: Sequence[int]) -> str:
    state = repr([(rows[n].fingerprint, known_by(held[n])) for n in numbers])
    return hashlib.blake2b(state.encode(), digest_size=9).hexdigest()

"""From likeness to pairs: an original, its translations, and their copies."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.language.translation.pairing.archive import Archive, Ints
from indexer.language.translation.pairing.candidates import propose
from indexer.language.translation.pairing.direction import RESOLVED, Direction, Facts, direction
from indexer.language.translation.pairing.likeness import compare, outstanding
from indexer.ragged import Ragged

SURE = 2.5
"""Log-odds from which two articles are a pair."""
FEWEST = 4
"""Anchors that must agree."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are one text in two languages.

    `score` is in log-odds; `agreeing` counts the anchors in place. `direction` names the kinds of
    evidence that say which is the original; when it is empty, nothing does, and `original` is only the
    row that comes first.
    """

    original: int
    translation: int
    score: float
    agreeing: int
    direction: tuple[str, ...] = ()

    @property
    def resolved(self) -> bool:
        """Whether it is known which is the original."""
        return bool(self.direction)


@dataclass(frozen=True, slots=True)
class Link:
    """Two texts (first row of each) that belong together."""

    a: int
    b: int
    score: float
    agreeing: int


def pair(anchors: Ragged, facts: Facts) -> tuple[Pair, ...]:
    """Find originals and translations.

    Args:
        anchors: the signatures (`sign`) in reading order, items of 32 bits.
        facts: what else is known of the rows.

    Returns pairs of rows in different languages, by translation, at most one per translation. Copies of a
    translation are paired with the original of their text.

    """
    heads, members = _texts(anchors, facts)
    links = _links(anchors, facts, heads)
    pairs = [p for chain in _chains(links) for p in _pairs(chain, facts, members)]
    return tuple(sorted(pairs, key=lambda p: (p.translation, p.original)))


def _texts(anchors: Ragged, facts: Facts) -> tuple[Ints, dict[int, Ints]]:
    """Return the fullest row of each text, and the rows of each text that has several."""
    order = np.lexsort((np.arange(len(anchors)), -anchors.lengths, facts.language, facts.copies))
    other = (np.diff(facts.copies[order]) != 0) | (np.diff(facts.language[order]) != 0)
    begins = np.concatenate(([0], np.flatnonzero(other) + 1, [len(order)]))
    heads = order[begins[:-1]] if len(order) else order
    several = np.flatnonzero(np.diff(begins) > 1)
    members = {int(heads[i]): np.sort(order[begins[i] : begins[i + 1]]) for i in several}
    return np.sort(heads), members


def _links(anchors: Ragged, facts: Facts, heads: Ints) -> list[Link]:
    items = anchors if len(heads) == len(anchors) else Ragged.of((anchors[row] for row in heads), np.uint32)
    archive = Archive.of(items, facts.language[heads])
    found = propose(archive)
    like = compare(archive, found.first, found.second)
    odds = outstanding(found.first, like)
    sure = np.flatnonzero((odds >= SURE) & (like.agreeing >= FEWEST))
    rows = zip(
        heads[found.first[sure]], heads[found.second[sure]], odds[sure], like.agreeing[sure], strict=True
    )
    return [Link(int(a), int(b), float(score), int(agreeing)) for a, b, score, agreeing in rows]


def _chains(links: Sequence[Link]) -> Iterator[list[Link]]:
    """Group links that hang together."""
    by_row: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_row[link.a].append(link)
        by_row[link.b].append(link)
    seen: set[int] = set()
    for row in sorted(by_row):
        if row not in seen:
            yield _reach(row, by_row, seen)


def _reach(row: int, by_row: Mapping[int, Sequence[Link]], seen: set[int]) -> list[Link]:
    waiting, chain = deque([row]), {}
    seen.add(row)
    while waiting:
        for link in by_row[waiting.popleft()]:
            chain[link.a, link.b] = link
            for other in (link.a, link.b):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
    return list(chain.values())


def _pairs(chain: Sequence[Link], facts: Facts, members: Mapping[int, Ints]) -> Iterator[Pair]:
    """Find the original of a chain and hang the others on it, by way of others where they must."""
    directions = {(link.a, link.b): direction(facts, link.a, link.b) for link in chain}
    origin = _origin(directions)
    hung, waiting = {origin}, deque([origin])
    while waiting:
        row = waiting.popleft()
        for link in sorted(chain, key=lambda link: (-link.score, link.a, link.b)):
            other = {link.a: link.b, link.b: link.a}.get(row)
            if other is not None and other not in hung:
                hung.add(other)
                waiting.append(other)
                yield from _of_link(link, row, other, directions[link.a, link.b], members)


def _origin(directions: Mapping[tuple[int, int], Direction]) -> int:
    """The row that most speaks for; of several the first."""
    first: dict[int, float] = defaultdict(float)
    for (a, b), found in directions.items():
        first[a] += found.odds
        first[b] -= found.odds
    return min(first, key=lambda row: (-first[row], row))


def _of_link(
    link: Link, original: int, translation: int, found: Direction, members: Mapping[int, Ints]
) -> Iterator[Pair]:
    odds = found.odds if original == link.a else -found.odds
    kinds = found.kinds if odds >= RESOLVED else ()
    for row in members.get(translation, (translation,)):
        yield Pair(original, int(row), link.score, link.agreeing, kinds)

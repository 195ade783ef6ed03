"""Two articles beside each other: which paragraph tells what which other tells, and what shows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare import anchors
from compare.anchors import Anchor, Kind
from engine.model import Article

Span = tuple[int, int]

OFTEN = 6
"""Occurrences beyond which a key says nothing about a place."""
MATCHES = 20_000
"""Matches that are looked at, from the beginning."""
PIECES = 400
"""Pieces an article is cut into; the last holds the rest."""
LONG = 700
"""Characters from which a paragraph is cut into sentences."""
_RANKS: dict[Kind, int] = {"link": 0, "image": 0, "date": 1, "number": 2, "name": 3, "sound": 4, "word": 5}
_SENTENCE = re.compile(r"(?<=[.!?…。！？؟।])[\s\"'”»’)]{0,5}")


@dataclass(frozen=True, slots=True)
class Shared:
    """An anchor both articles have in the same place of their order; `number` counts from 1."""

    number: int
    kind: Kind
    first: Span
    second: Span


@dataclass(frozen=True, slots=True)
class Row:
    """Spans of raw text that belong beside each other; one is None when the other has no counterpart."""

    first: Span | None
    second: Span | None
    anchors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The rows of a page from top to bottom, and the anchors they name."""

    rows: tuple[Row, ...]
    anchors: tuple[Shared, ...]


def align(first: Article, second: Article) -> SideBySide:
    """Lay two articles beside each other."""
    shared = shared_anchors(anchors.of(first), anchors.of(second))
    left, right = pieces(first), pieces(second)
    places = [(_piece(left, s.first), _piece(right, s.second), s.number) for s in shared]
    return SideBySide(tuple(_rows(left, right, places)), shared)


def shared_anchors(first: Sequence[Anchor], second: Sequence[Anchor]) -> tuple[Shared, ...]:
    """Return the longest row of anchors that stand in the same order in both, numbered."""
    chain = _chain(list(_matches(first, second)))
    pairs = [(first[a], second[b]) for a, b in chain]
    return tuple(
        Shared(number, a.kind, (a.start, a.end), (b.start, b.end))
        for number, (a, b) in enumerate(_once(pairs), 1)
    )


def _once(pairs: Sequence[tuple[Anchor, Anchor]]) -> Iterator[tuple[Anchor, Anchor]]:
    """Of anchors that overlap (a day and its number, a name and how it sounds) keep the most telling."""
    end_a = end_b = 0
    for a, b in sorted(pairs, key=lambda pair: (pair[0].start, _RANKS[pair[0].kind])):
        if a.start >= end_a and b.start >= end_b:
            end_a, end_b = a.end, b.end
            yield a, b


def _matches(first: Sequence[Anchor], second: Sequence[Anchor]) -> Iterator[tuple[int, int]]:
    """Yield anchors with the same key, in the order of the first; of one anchor the last match first."""
    where: dict[str, list[int]] = defaultdict(list)
    for b, anchor in enumerate(second):
        where[anchor.key].append(b)
    often = Counter(anchor.key for anchor in first)
    left = MATCHES
    for a, anchor in enumerate(first):
        found = where.get(anchor.key, [])
        if often[anchor.key] <= OFTEN and len(found) <= OFTEN and left > 0:
            left -= len(found)
            yield from ((a, b) for b in reversed(found))


def _chain(matches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest run of matches in which both sides go forward."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for i, (_, b) in enumerate(matches):
        at = bisect_left(ends, b)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [b]
        last[at : at + 1] = [i]
    chain, i = [], last[-1] if last else -1
    while i >= 0:
        chain.append(matches[i])
        i = before[i]
    return chain[::-1]


def pieces(article: Article) -> tuple[Span, ...]:
    """Cut the body into paragraphs, and long paragraphs into sentences; spans of the raw text."""
    text = anchors.visible(article)
    found: list[Span] = []
    start = article.body_start
    while start < len(text) and len(found) < PIECES:
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline
        found += _cut(text, start, end)
        start = end + 1
    if len(found) >= PIECES:
        return (*found[: PIECES - 1], (found[PIECES - 1][0], len(text)))
    return tuple(found)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    cuts = [start]
    if end - start > LONG:
        ends = _SENTENCE.finditer(text, start, end)
        cuts += [match.end() for match, _ in zip(ends, range(PIECES), strict=False) if match.end() < end]
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        piece = text[first:last]
        if stripped := piece.strip():
            begin = first + len(piece) - len(piece.lstrip())
            yield begin, begin + len(stripped)


def _piece(spans: Sequence[Span], wanted: Span) -> int:
    return max(bisect_left(spans, (wanted[0] + 1, 0)) - 1, 0)


def _rows(
    left: Sequence[Span], right: Sequence[Span], places: Sequence[tuple[int, int, int]]
) -> Iterator[Row]:
    """Join pieces that share anchors; what stands between two joins goes side by side as it comes."""
    a = b = 0
    for block in _blocks(places):
        (first_a, first_b, _), (last_a, last_b, _) = block[0], block[-1]
        yield from _between(left[a:first_a], right[b:first_b])
        a, b = last_a + 1, last_b + 1
        numbers = tuple(number for _, _, number in block)
        yield Row((left[first_a][0], left[last_a][1]), (right[first_b][0], right[last_b][1]), numbers)
    yield from _between(left[a:], right[b:])


def _blocks(places: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Group the places, which go forward on both sides, so that no piece is in two groups."""
    block: list[tuple[int, int, int]] = []
    for place in places:
        if block and place[0] > block[-1][0] and place[1] > block[-1][1]:
            yield block
            block = []
        block.append(place)
    if block:
        yield block


def _between(left: Sequence[Span], right: Sequence[Span]) -> Iterator[Row]:
    if len(left) == len(right):
        yield from (Row(a, b) for a, b in zip(left, right, strict=True))
        return
    first = (left[0][0], left[-1][1]) if left else None
    second = (right[0][0], right[-1][1]) if right else None
    yield Row(first, second)

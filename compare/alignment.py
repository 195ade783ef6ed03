"""Lining up two sequences that are versions of one: which items of the one are which of the other.

Patience: what occurs once in both is an anchor, anchors in the same order hold, and between two of them the
same is done again. Time stays near linear whatever is repeated how often.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

Pair = tuple[int, int]

DEEPEST = 64
"""Anchors within anchors: beyond this a stretch counts as replaced."""


def aligned(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Return the pairs (place in left, place in right) of equal items, both ascending."""
    pairs: list[Pair] = []
    stretches = [(0, len(left), 0, len(right), 0)]
    while stretches:
        start, end, begin, stop, depth = stretches.pop()
        while start < end and begin < stop and left[start] == right[begin]:
            pairs.append((start, begin))
            start, begin = start + 1, begin + 1
        while start < end and begin < stop and left[end - 1] == right[stop - 1]:
            end, stop = end - 1, stop - 1
            pairs.append((end, stop))
        if start == end or begin == stop or depth == DEEPEST:
            continue
        anchors = _anchors(left[start:end], right[begin:stop])
        inner = [(start + one, begin + other) for one, other in anchors]
        pairs += inner
        edges = [(start - 1, begin - 1), *inner, (end, stop)]
        if inner:
            stretches += [
                (one + 1, next_one, other + 1, next_other, depth + 1)
                for (one, other), (next_one, next_other) in pairwise(edges)
            ]
    return sorted(pairs)


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Return the longest run, in the order of both, of items that occur once in each."""
    once = {item for item, count in Counter(left).items() if count == 1}
    once &= {item for item, count in Counter(right).items() if count == 1}
    places = {item: place for place, item in enumerate(right) if item in once}
    return _ascending([(place, places[item]) for place, item in enumerate(left) if item in once])


def _ascending(pairs: list[Pair]) -> list[Pair]:
    """Return the longest selection whose second numbers ascend as the first do."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    chosen = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]

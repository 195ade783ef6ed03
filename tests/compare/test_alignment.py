"""Lining up sequences."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from compare.alignment import aligned

ITEMS = st.lists(st.integers(0, 6), max_size=40)


def test_anchors_hold_what_is_repeated_between_them() -> None:
    left, right = "a rose is a rose", "a rose was and is a rose"
    assert aligned(left.split(), right.split()) == [(0, 0), (1, 1), (2, 4), (3, 5), (4, 6)]


def test_items_that_changed_places_are_lined_up_once() -> None:
    assert len(aligned("abcdefg", "efgabcd")) == 4


@given(ITEMS, ITEMS)
def test_pairs_are_equal_and_in_order(left: list[int], right: list[int]) -> None:
    pairs = aligned(left, right)
    assert all(left[one] == right[other] for one, other in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


@given(ITEMS)
def test_a_sequence_is_itself(items: list[int]) -> None:
    assert aligned(items, items) == [(place, place) for place in range(len(items))]


def test_endless_repetition_takes_no_time() -> None:
    assert len(aligned("ab" * 20_000, "ba" * 20_000)) < 40_000

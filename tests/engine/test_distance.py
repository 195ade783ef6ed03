import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.distance import distance, similar

WORDS = st.text("abc", max_size=8)


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("", "", 0),
        ("kidal", "kidal", 0),
        ("kidal", "kidel", 1),
        ("kidal", "kidl", 1),
        ("kidal", "kiddal", 1),
        ("kidal", "kidla", 1),
        ("kidal", "kdail", 2),
        ("ca", "abc", 3),
        ("kidal", "gao", 4),
    ],
)
def test_distance(left, right, apart):
    assert distance(left, right, 9) == apart


@given(WORDS, WORDS)
def test_it_is_the_same_both_ways_and_zero_only_for_equals(left, right):
    assert distance(left, right, 9) == distance(right, left, 9)
    assert (distance(left, right, 9) == 0) == (left == right)


@given(WORDS, WORDS, st.integers(0, 4))
def test_a_limit_only_cuts(left, right, limit):
    assert distance(left, right, limit) == min(distance(left, right, 9), limit + 1)


def test_similar_words_begin_alike():
    assert similar("goita", "goitta", 1)
    assert not similar("goita", "boita", 1)
    assert not similar("goita", "gta", 1)

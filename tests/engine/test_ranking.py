"""The ranking formula at its edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ranking import ADJACENT, K1, bonus, idf, is_function_word, normal, pairs, saturated

COUNTS = st.integers(0, 10**7)


@given(COUNTS, COUNTS)
def test_rarer_words_are_worth_more(one, other):
    few, many = sorted((one, other))
    assert 0 <= idf(many, many) <= idf(many, few)


def test_a_word_in_every_article_is_worth_almost_nothing():
    assert idf(1000, 1000) < 0.001
    assert idf(1000, 1) > 6


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_saying_a_word_more_often_helps_less_and_less(one, other):
    less, more = sorted((one, other))
    assert 0 <= saturated(less) <= saturated(more) <= K1 + 1
    assert saturated(1.0) == 1.0


def test_a_word_counts_more_in_a_short_text():
    assert normal(2.0, 100.0, 100.0) == 2.0
    assert normal(2.0, 50.0, 100.0) > 2.0 > normal(2.0, 400.0, 100.0)


def test_an_empty_field_has_an_average_too():
    assert normal(0.0, 0.0, 0.0) == 0.0


def test_arrays_are_ranked_like_single_articles():
    frequencies = np.array([0.0, 1.0, 7.0])
    lengths = np.array([10.0, 20.0, 400.0])
    one_by_one = [saturated(normal(f, n, 90.0)) for f, n in zip(frequencies, lengths, strict=True)]
    assert saturated(normal(frequencies, lengths, 90.0)) == pytest.approx(one_by_one)


def test_neighbours_earn_a_part_of_their_worth():
    assert bonus(0.0, 3.0, 5.0) == 0.0
    assert bonus(1.0, 3.0, 5.0) == pytest.approx(ADJACENT * 4.0)


def test_pairs_skip_function_words_and_repeats():
    words = ["the", "army", "of", "mali", "army", "mali", "army", "army"]
    assert pairs(words, ["en"]) == [("army", "mali"), ("mali", "army")]
    assert pairs(["army"], ["en"]) == []


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("the", "en", True),
        ("etait", "fr", True),
        ("die", "de", True),
        ("die", "en", False),
        ("the", None, False),
    ],
)
def test_function_words_belong_to_a_language(word, language, expected):
    assert is_function_word(word, language) is expected
    assert is_function_word(word, "xx") is False

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from langdetect import detector_factory

from indexer.language.profiles import UNIT, profiles

TEXT = "The harbour of Ostrava-by-the-Sea closed at noon; nobody from NORDPORT explained why."


@pytest.fixture(scope="module")
def factory():
    """langdetect itself, as the judge."""
    detector_factory.init_factory()
    return detector_factory._factory


def langdetects_grams(factory, text):
    detector = factory.create()
    detector.append(text)
    return detector._extract_ngrams()


def test_knows_every_language_of_langdetect(factory):
    assert sorted(factory.langlist) == list(profiles().languages)
    assert len(profiles().keys) == len(factory.word_lang_prob_map)


def test_keys_are_sorted_and_distinct():
    assert (np.diff(profiles().keys) > 0).all()


def test_is_read_once():
    assert profiles() is profiles()


@given(st.text(max_size=200) | st.text(alphabet="aBÉ ñçß…’-文字かナ한글یđЖ\n", max_size=80))
@example(TEXT)
@example("WHO says NATO-led ABCs; a@b.example and http://example.org/x are skipped")
@example("một hai ba bốn, e\u0301e\u0309 o\u0323")
@example("𐍈 \ud800 \uffff")
def test_counts_the_same_grams_as_langdetect(factory, text):
    _, found = profiles().score(text)
    assert found == len(langdetects_grams(factory, text))


@pytest.mark.parametrize(
    "text", [TEXT, "Die Stadt schweigt seit Montag.", "Город молчит.", "北の港は静かだ。"]
)
def test_sums_what_langdetect_draws_from(factory, text):
    grams = langdetects_grams(factory, text)
    sums, found = profiles().score(text)
    for language, total in zip(profiles().languages, sums, strict=True):
        column = factory.langlist.index(language)
        exact = sum(math.log(factory.word_lang_prob_map[gram][column] + 0.5 / 10000) for gram in grams)
        assert total / UNIT == pytest.approx(exact, abs=found / UNIT)


def test_typical_is_near_what_plain_prose_scores():
    known = profiles()
    sums, found = known.score("The mayor said that the bridge over the river will be closed for the winter.")
    english = known.languages.index("en")
    assert sums[english] / UNIT / found == pytest.approx(known.typical[english], abs=0.5)


def test_text_without_letters_has_no_grams():
    sums, found = profiles().score("12:30 — 45 % ...")
    assert found == 0
    assert not sums.any()

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import fold


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("GOITA", "goita"),
        ("Goïta", "goita"),
        ("Goi\u0308ta", "goita"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("ılık", "ilik"),
        ("Đoković", "dokovic"),
        ("ＵＮ", "un"),
        ("ﬁn", "fin"),
        ("m²", "m2"),
        ("١٢٣", "123"),
        ("ёлка", "елка"),
        ("за́мок", "замок"),
        ("край", "край"),
        ("Київ", "київ"),
        ("ΑΘΉΝΑΣ", "αθηνασ"),
        ("Αθήνας", "αθηνασ"),
        ("القَاهِرَة", "القاهرة"),
        ("أحمد", "احمد"),
        ("إلى", "الي"),
        ("الـــسلام", "السلام"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी", "हिन्दी"),
        ("が", "が"),
        ("か\u3099", "が"),
        ("ｶﾞ", "ガ"),
        ("한국", unicodedata.normalize("NFC", "한국")),
        ("infor\u00admation", "information"),
        ("\u202eabc\ufeff", "abc"),
        ("\u0301", ""),
    ],
)
def test_fold(word, folded):
    assert fold(word) == folded


@given(st.text())
def test_folding_again_changes_nothing(word):
    assert fold(fold(word)) == fold(word)


@given(st.text())
def test_composed_and_decomposed_are_the_same(word):
    assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))


@given(st.text(st.characters(codec="latin-1", categories=["L", "N"])))
def test_case_never_matters(word):
    assert fold(word.upper()) == fold(word.lower()) == fold(word)

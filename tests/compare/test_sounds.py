from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.pinyin import syllable, syllables
from compare.sounds import folded, skeleton


@pytest.mark.parametrize(
    ("names", "sound"),
    [
        ("Johnson Джонсон جونسون ジョンソン", "SNSN"),
        ("Trump Трамп ترامب トランプ 特朗普 트럼프 ट्रम्प Τραμπ טראמפ", "TRNP"),
        ("Obama Обама أوباما オバマ", "aPN"),
        ("Beijing 北京", "PSN"),
        ("Washington Вашингтон واشنطن ワシントン", "PSNTN"),
        ("Merkel Меркель", "NRKR"),
        ("Zelensky Зеленский", "SRNSK"),
        ("Müller Muller", "NR"),
    ],
)
def test_a_name_sounds_alike_in_every_script(names, sound):
    assert {skeleton(name) for name in names.split()} == {sound}


@pytest.mark.parametrize(
    ("word", "plain"),
    [("Élysée", "elysee"), ("Straße", "strasse"), ("Łódź", "lodz"), ("Россия", "rossia"), ("Αθήνα", "atina")],
)
def test_words_are_folded_and_romanised(word, plain):
    assert folded(word) == plain


@pytest.mark.parametrize(
    ("character", "reading"),
    [("北", "bei"), ("州", "zhou"), ("啊", "a"), ("座", "zuo"), ("圳", ""), ("a", ""), ("。", "")],
)
def test_common_characters_have_a_reading(character, reading):
    assert syllable(character) == reading


def test_every_reading_is_one_syllable():
    assert len(syllables()) == 396
    assert all(name.isalpha() and len(name) <= 6 for name in syllables())


@given(st.text(max_size=40))
def test_any_text_has_a_skeleton_of_classes(text):
    assert set(skeleton(text)) <= set("aPTKSNR")

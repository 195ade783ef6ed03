from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language import scripts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The quiet harbour", "Latin"),
        ("Тихая гавань", "Cyrillic"),
        ("Το ήσυχο λιμάνι", "Greek"),
        ("الميناء الهادئ", "Arabic"),
        ("הנמל השקט", "Hebrew"),
        ("शांत बंदरगाह", "Devanagari"),
        ("安静的港口", "Han"),
        ("静かな港", "Kana"),
        ("조용한 항구", "Hangul"),
        ("ท่าเรือเงียบ", "Thai"),
        ("წყნარი ნავსადგური", "Georgian"),
        ("ጸጥ ያለ ወደብ", "unknown"),
        ("12 % — 3:45", "unknown"),
        ("", "unknown"),
    ],
)
def test_script_of(text, name):
    assert scripts.of(text)[0].name == name


def test_counts_letters_only():
    assert scripts.of("Port 12, Ó!") == (scripts.LATIN, 5)


def test_few_han_characters_outweigh_a_latin_name():
    assert scripts.of("Nordport 公司宣布新的港口计划")[0] is scripts.HAN


def test_a_foreign_word_does_not_change_the_script():
    assert scripts.of("The sign reads 港 and nobody in the small town could say why")[0] is scripts.LATIN
    assert scripts.of("В городе появилась вывеска Nordport")[0].name == "Cyrillic"


def test_no_language_belongs_to_two_scripts_but_japanese():
    named = [code for script in scripts.SCRIPTS for code in script.languages]
    assert {code for code in named if named.count(code) > 1} == {"ja"}


@given(st.text())
def test_any_text_has_a_script(text):
    script, letters = scripts.of(text)
    assert script in scripts.SCRIPTS
    assert 0 <= letters <= len(text)

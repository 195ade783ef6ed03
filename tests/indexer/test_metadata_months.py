from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from indexer.metadata.months import fold, month, weekday


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("November", 11), ("nov.", 11), ("NOV", 11), ("novembre", 11), ("noviembre", 11), ("ноября", 11),
        ("نوفمبر", 11), ("تشرين الثاني", 11), ("August", 8), ("août", 8), ("aout", 8), ("Sept.", 9),
        ("März", 3), ("mar", 3), ("Dezember", 12), ("outubro", 10), ("giugno", 6), ("أبريل", 4), ("ابريل", 4),
    ],
)  # fmt: skip
def test_a_month_is_known_in_any_language_whatever_its_accents(word, number):
    assert month(word) == number


@pytest.mark.parametrize(
    ("word", "number"), [("Monday", 0), ("mardi", 1), ("miércoles", 2), ("quinta-feira", 3), ("الأحد", 6)]
)
def test_a_weekday_is_known_in_any_language(word, number):
    assert weekday(word) == number


@pytest.mark.parametrize("word", ["", "Kidal", "minute", "Novembers"])
def test_other_words_are_neither(word):
    assert month(word) is None
    assert weekday(word) is None


@pytest.mark.parametrize("table", ["months", "weekdays"])
def test_no_name_stands_for_two_numbers(table):
    data = tomllib.loads(files("indexer.metadata").joinpath("months.toml").read_text(encoding="utf-8"))[table]
    meanings: dict[str, set[int]] = {}
    for names in data.values():
        assert len(names) == {"months": 12, "weekdays": 7}[table]
        for number, alternatives in enumerate(names):
            for name in alternatives.split():
                meanings.setdefault(fold(name), set()).add(number)
    assert {name: numbers for name, numbers in meanings.items() if len(numbers) > 1} == {}

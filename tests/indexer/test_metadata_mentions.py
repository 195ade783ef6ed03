from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.mentions import Mention, contradicts, event_date, mentions, named_years


def only(text):
    (mention,) = mentions(text, 0, len(text))
    return mention


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("It closed on Tuesday, November 14, they said.", "Tuesday, November 14", (1, 11, 14, None)),
        ("It closed last Tuesday 14 November.", "Tuesday 14 November", (1, 11, 14, None)),
        ("Tuesday, Nov. 14th, 2023, was wet.", "Tuesday, Nov. 14th, 2023", (1, 11, 14, 2023)),
        ("Le mardi 14 novembre, il", "mardi 14 novembre", (1, 11, 14, None)),
        ("mardi 1er août 2023 :", "mardi 1er août 2023", (1, 8, 1, 2023)),
        ("El martes 14 de noviembre de 2023.", "martes 14 de noviembre de 2023", (1, 11, 14, 2023)),
        ("Am Dienstag, dem 14. November,", "Dienstag, dem 14. November", (1, 11, 14, None)),
        ("Na terça-feira, 14 de novembro,", "terça-feira, 14 de novembro", (1, 11, 14, None)),
        ("يوم الثلاثاء 14 نوفمبر 2023", "الثلاثاء 14 نوفمبر 2023", (1, 11, 14, 2023)),
    ],
)
def test_a_weekday_with_a_date_is_found(text, words, parts):
    found = only(text)
    assert found.text == words == text[found.start : found.end]
    assert (found.weekday, found.month, found.day, found.year) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "on Tuesday",
        "November 14",
        "The Sun, November 14",
        "Monday, Kidal 14",
        "Tuesday, November 45",
        "Friday 13:30",
        "Tuesday November 14.5 tonnes",
        "Sunday 2 people",
        "Tuesday, November 2014",
    ],
)
def test_other_words_and_numbers_are_no_mention(text):
    assert mentions(text, 0, len(text)) == ()


def test_only_the_part_asked_for_is_read():
    text = "Tuesday, November 14. Friday, March 3, 2017."
    assert [m.month for m in mentions(text, 21, len(text))] == [3]
    assert named_years(text, 0, 21) == frozenset()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2014 and (2023), not in 2690.", {2014, 2023}),
        ("It will close by 2030, or until the end of 2050.", set()),
        ("d’ici 2030 ; bis 2035; hasta 2040", set()),
        ("1,999 euros, $2000, 2000 %, 2001/02, 14.11.2023 and 20231114", {2000}),
        ("resolution 1973", {1973}),
    ],
)
def test_years_are_told_from_other_numbers(text, years):
    assert named_years(text, 0, len(text)) == years


TUESDAY = Mention(0, 0, "", weekday=1, month=11, day=14, year=None)


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ({2015, 2023}, date(2023, 11, 14)),
        ({1960, 2014, 2021}, date(2023, 11, 14)),
        ({2017}, date(2017, 11, 14)),
        ({2018}, None),
        ({2020}, None),
        (set(), None),
    ],
)
def test_the_year_of_an_event_follows_from_weekday_and_named_years(named, meant):
    assert event_date(TUESDAY, frozenset(named)) == meant


def test_a_mention_with_its_year_must_be_right_and_not_past():
    said = only("Tuesday, November 14, 2023")
    assert event_date(said, frozenset({2023})) == date(2023, 11, 14)
    assert event_date(said, frozenset({2023, 2025})) is None
    assert event_date(only("Monday, November 14, 2023"), frozenset({2023})) is None


@pytest.mark.parametrize(
    ("text", "named", "published", "wrong"),
    [
        ("Sunday, August 12", {2015, 2023}, 2023, True),
        ("Sunday, August 12", {2018, 2023}, 2023, False),
        ("Sunday, August 12", {2023}, None, False),
        ("Sunday, August 13", {2023}, 2023, False),
        ("Saturday, December 31", set(), 2023, False),
        ("Sunday, August 12, 2023", set(), None, True),
        ("Thursday, February 29, 2023", set(), None, True),
    ],
)
def test_a_weekday_that_fits_no_year_is_a_slip(text, named, published, wrong):
    assert contradicts(only(text), frozenset(named), published) is wrong


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_right_date_is_understood_and_contradicts_nothing(day):
    text = f"It closed on {day:%A}, {day:%B} {day.day}. In {day.year} it was rebuilt."
    said = only(text)
    assert event_date(said, named_years(text, 0, len(text))) == day
    assert not contradicts(said, frozenset(), day.year)

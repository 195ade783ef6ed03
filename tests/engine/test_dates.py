import datetime as dt

import pytest

from engine.dates import UNDATED, days, first_moment, in_range, last_moment


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2023", 2023_01_01_00_00_00, 2023_99_99_99_99_99),
        ("2023-11", 2023_11_01_00_00_00, 2023_11_99_99_99_99),
        ("2023-11-14", 2023_11_14_00_00_00, 2023_11_14_99_99_99),
        ("2023-11-14T20:31Z", 2023_11_14_20_31_00, 2023_11_14_20_31_99),
        ("2023-11-14T20:31:20+01:00", 2023_11_14_20_31_20, 2023_11_14_20_31_20),
        ("2023-11-14 20:31:20.123", 2023_11_14_20_31_20, 2023_11_14_20_31_20),
        (None, UNDATED, UNDATED),
        ("", UNDATED, UNDATED),
        ("yesterday", UNDATED, UNDATED),
    ],
)
def test_moments(date, first, last):
    assert (first_moment(date), last_moment(date)) == (first, last)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2023", (2023, 1, 1), (2023, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2023-11-14", (2023, 11, 14), (2023, 11, 14)),
    ],
)
def test_the_days_of_a_date(date, first, last):
    assert days(date) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "date", ["", "0000", "2023-13", "2023-02-29", "2023-1", "23", "２０２３", "2023-11-14T10:00"]
)
def test_what_is_no_date_has_no_days(date):
    with pytest.raises(ValueError, match=r"\w"):
        days(date)


def test_a_range_includes_both_ends_whole():
    day = first_moment("2023-11-14T23:59:59")
    assert in_range(day, "2023-11-14", "2023-11-14")
    assert in_range(day, None, "2023")
    assert not in_range(day, "2023-11-15", None)
    assert not in_range(day, None, "2023-11-13")


def test_the_undated_are_in_no_range():
    assert not in_range(UNDATED, None, None)

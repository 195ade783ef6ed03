from __future__ import annotations

from dataclasses import replace

import pytest
from webapp_archive import article

from engine.model import Published
from engine.parser import Limits
from webapp.params import DATE, SearchParams
from webapp.search_service import run
from webapp.timeline import timeline


def dated(*values):
    return [
        replace(article(f"d{n}", "T", "B"), published=Published(value, "declared", (), "day"))
        for n, value in enumerate(values)
    ]


def drawn(client_for, *values, **params):
    app = client_for(*dated(*values)).application
    asked = SearchParams(facet=(DATE,)).changed(**params)
    with app.test_request_context():
        answer = run(app.extensions["dateline"].engine, asked, Limits())
        return timeline(asked.changed(facet=()), answer.request, answer.result)


def test_undated_articles_are_counted_apart(client_for):
    shown = drawn(client_for, "2023-01-05", "2023", None)
    assert [(b.label, b.count) for b in shown.buckets] == [("2023-01", 1)]
    assert shown.undated == 2


def test_a_long_archive_is_drawn_by_year(client_for):
    shown = drawn(client_for, "1999-05-01", "2023-01-05", "2023-11-30")
    assert shown.unit == "year"
    assert len(shown.buckets) == 25
    assert (shown.buckets[-1].count, shown.buckets[-1].href) == (2, "/search?from=2023&to=2023")
    assert shown.buckets[1].gap


@pytest.mark.parametrize(
    ("dates", "inside"),
    [
        ({}, [True, True, True]),
        ({"from_": "2023-02"}, [False, True, True]),
        ({"to": "2023-02-10"}, [True, True, False]),
        ({"from_": "2023", "to": "2023"}, [True, True, True]),
        ({"from_": "2024"}, [False, False, False]),
    ],
)
def test_bars_know_whether_the_dates_let_them_through(client_for, dates, inside):
    shown = drawn(client_for, "2023-01-05", "2023-02-05", "2023-03-05", **dates)
    assert [b.inside for b in shown.buckets] == inside


def test_both_dates_in_one_month_show_its_days(client_for):
    shown = drawn(client_for, "2023-01-05", "2023-02-05", "2023-02-05", from_="2023-02", to="2023-02")
    assert (shown.unit, shown.span, shown.undated, len(shown.buckets)) == ("day", "2023-02", 0, 28)
    day = shown.buckets[4]
    assert (day.label, day.count, day.href) == ("2023-02-05", 2, "/search?from=2023-02-05&to=2023-02-05")
    assert shown.buckets[0].gap
    assert shown.outward == (("all dates", "/search"),)


def test_a_day_is_marked_among_the_days_of_its_month(client_for):
    shown = drawn(client_for, "2023-02-05", "2023-02-06", "2023-02", from_="2023-02-05", to="2023-02-05")
    assert [b.label for b in shown.buckets if b.inside] == ["2023-02-05"]
    assert [b.count for b in shown.buckets if b.count] == [1, 1]
    assert shown.undated == 1


def test_a_long_archive_opens_from_year_to_month_to_day(client_for):
    values = ("1999-05-01", "2023-01-05", "2023-11-30")
    year = drawn(client_for, *values, from_="2023", to="2023")
    assert (year.unit, len(year.buckets)) == ("month", 12)
    assert year.buckets[10].href == "/search?from=2023-11&to=2023-11"
    month = drawn(client_for, *values, from_="2023-11", to="2023-11")
    assert (month.unit, len(month.buckets)) == ("day", 30)
    assert month.outward == (("all dates", "/search"), ("2023", "/search?from=2023&to=2023"))

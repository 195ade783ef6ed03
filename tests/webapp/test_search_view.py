from __future__ import annotations

from dataclasses import replace

import pytest
from webapp_archive import article

from engine.model import Facet, FacetValue, Published, SearchResult
from engine.parser import Limits
from webapp.params import DATE, SearchParams
from webapp.search_service import run
from webapp.search_view import facet_views, pager, timeline


@pytest.fixture(autouse=True)
def _in_a_request(app):
    with app.test_request_context("/search"):
        yield


def facet(*values):
    return facet_views(SearchResult((), 0, facets=(Facet("agency", 40, values),)))[0]


def test_a_long_facet_hides_its_tail_but_nothing_chosen():
    values = [FacetValue(f"A{n}", 50 - n) for n in range(12)]
    values[10] = replace(values[10], selected=True)
    values[11] = replace(values[11], excluded=True)
    view = facet(*values)
    assert [v.value for v in view.first] == [*(f"A{n}" for n in range(8)), "A10", "A11"]
    assert [v.value for v in view.more] == ["A8", "A9"]


def test_the_missing_value_comes_last():
    view = facet(FacetValue("none", 30), FacetValue("AFP", 4))
    assert [v.value for v in view.first] == ["AFP", "none"]


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (1, (1, 2, 3, 4, 5, None, 9)),
        (5, (1, None, 3, 4, 5, 6, 7, None, 9)),
        (9, (1, None, 7, 8, 9)),
    ],
)
def test_page_numbers_near_this_one(engine, page, numbers):
    answer = run(engine, SearchParams(q="gao", per_page=2, page=page), Limits())
    assert pager(answer, reach=10_000).numbers == numbers


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

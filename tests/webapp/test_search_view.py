from __future__ import annotations

from dataclasses import replace

import pytest

from engine.model import Facet, FacetValue, SearchResult
from engine.parser import Limits
from webapp.params import SearchParams
from webapp.search_service import run
from webapp.search_view import facet_views, pager


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

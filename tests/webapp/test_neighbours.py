from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from engine.parser import Limits
from webapp.neighbours import place_of
from webapp.params import SearchParams

LIMITS = Limits(characters=20)
NEWEST = SearchParams(q="gao", sort="date", per_page=5)


@pytest.fixture(autouse=True)
def _in_a_request(app):
    with app.test_request_context("/article/x"):
        yield


def place(engine, number, at, params=NEWEST):
    return place_of(engine, f"news/{number}.txt", params, at, LIMITS)


def test_the_first_hit_has_none_before(engine):
    found = place(engine, 0, 1)
    assert (found.at, found.of, found.previous) == (1, 18, None)
    assert found.next == "/article/news%2F1.txt?q=gao&per_page=5&sort=date&at=2"


def test_the_last_hit_has_none_after(engine):
    found = place(engine, 9, 18)
    assert found is None
    assert place(engine, 17, 18).next is None


def test_the_next_hit_leads_back_to_the_page_it_stands_on(engine):
    names = sorted(f"news/{n}.txt" for n in range(12))
    found = place_of(engine, names[4], NEWEST, 5, LIMITS)
    assert "&page=2&" in found.next.replace("?page", "&page")
    assert "page=2" not in found.previous


def test_an_article_that_stands_elsewhere_has_no_place(engine):
    assert place(engine, 0, 7) is None


def test_a_query_beyond_the_limits_has_no_places(engine):
    assert place(engine, 0, 1, SearchParams(q="gao " * 10)) is None


def test_results_can_be_leafed_through(client):
    def soup(address):
        return BeautifulSoup(client.get(address).text, "lxml")

    address = soup("/search?q=gao&sort=date").select(".hit h2 a")[0]["href"]
    seen = []
    while address:
        page = soup(address)
        seen.append(page.h1.text)
        onward = page.select_one(".crumb [rel=next]")
        address = onward["href"] if onward else None
    assert len(set(seen)) == len(seen) == 18


@pytest.mark.parametrize("at", ["0", "x", "-1", "99999999", "٣", "10001"])
def test_a_place_that_is_none_is_ignored(client, at):
    response = client.get("/article/news%2F1.txt", query_string={"q": "gao", "at": at})
    assert response.status_code == 200
    assert "Next result" not in response.text

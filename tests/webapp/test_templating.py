from __future__ import annotations

import pytest

from engine.model import Claim
from webapp.templating import edge, number, search_link


@pytest.mark.parametrize(
    ("certainty", "css"),
    [("declared", ""), ("certain", ""), ("probable", "probable"), ("inferred", "possible")],
)
def test_the_edge_of_a_badge_is_how_sure_we_are(certainty, css):
    assert edge(Claim("AFP", certainty)) == css


def test_numbers_have_their_thousands_apart():
    assert number(1234567) == "1,234,567"


def test_links_to_searches_carry_any_text(app):
    with app.test_request_context():
        assert search_link(source='a&b="\ud800') == "/search?source=a%26b%3D%22%3F"


def test_patterns_of_charts_have_names_of_their_own(client):
    html = client.get("/search?q=quiet").text
    names = [part.split('"')[0] for part in html.split('<pattern id="')[1:]]
    assert len(names) == len(set(names)) >= 2

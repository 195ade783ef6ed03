from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
from webapp_archive import article, make_engine

from engine.model import Copies
from webapp.similar import similar, telling

CONVOY = article(
    "convoy", "Convoy reaches Tessalit", "The convoy of trucks reached Tessalit airstrip at dawn."
)
FLIGHTS = article("flights", "Night flights", "Drones were heard over the Tessalit airstrip again.")
MARKET = article("market", "Market reopens", "Traders of the market sold millet and salt at dawn.")
OTHERS = [article(f"o{n}", "Rain", f"Rain fell on the fields at dawn, for day {n}.") for n in range(8)]


def test_articles_that_share_rare_words_are_alike():
    engine = make_engine([CONVOY, FLIGHTS, MARKET, *OTHERS])
    (found,) = similar(engine, CONVOY)
    assert (found.article.id, sorted(found.shared)) == ("flights", ["Tessalit", "airstrip"])


def test_words_that_nobody_or_everybody_has_tell_nothing():
    terms = telling(make_engine([CONVOY, FLIGHTS, MARKET, *OTHERS]), CONVOY)
    assert {"tessalit", "airstrip"} == set(terms)


def test_copies_are_no_likeness():
    group = Copies("g", 2, "copy")
    convoy, twin = replace(CONVOY, copies=group), replace(CONVOY, id="twin", copies=group)
    engine = make_engine([convoy, twin, FLIGHTS, *OTHERS])
    assert [s.article.id for s in similar(engine, convoy)] == ["flights"]


def test_an_article_without_words_is_like_nothing():
    empty = article("empty", "", "")
    assert similar(make_engine([empty, *OTHERS]), empty) == ()


def test_a_long_article_is_read_in_part():
    long = article("long", "Gao", "zebra " * 3 + "word " * 200_000)
    assert telling(make_engine([long, FLIGHTS]), long) == ()


def test_likeness_is_shown_and_given_on_demand(client_for):
    client = client_for(CONVOY, FLIGHTS, MARKET, *OTHERS)
    soup = BeautifulSoup(client.get("/article/convoy").text, "html.parser")
    section = " ".join(soup.select_one("section[aria-labelledby=mlt-h]").stripped_strings)
    assert section.startswith("More like this Night flights")
    assert "shares" in section
    assert "similar" not in client.get("/api/v1/articles/convoy").get_json()
    given = client.get("/api/v1/articles/convoy?include=similar").get_json()
    assert [s["id"] for s in given["similar"]] == ["flights"]
    assert "edits" not in given

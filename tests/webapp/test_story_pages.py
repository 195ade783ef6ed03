from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from test_openapi import fits
from webapp_archive import ARTICLES, HARBOUR, HOSTILE, STORY, STORY_ID, in_story

from engine.model import Claim, Copies, Published, Story
from webapp import stories
from webapp.openapi import document
from webapp.settings import WebSettings

ADDRESS = f"/story/{STORY_ID}"


@pytest.fixture
def reader(client_for):
    return client_for(*ARTICLES, *STORY)


def page(client, address=ADDRESS):
    return BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")


def words(node):
    return " ".join(node.get_text(" ").split())


def rows(soup):
    return [[words(cell) for cell in row.select("th, td")] for row in soup.select("table.tight tbody tr")]


def test_who_published_when_and_from_whom(reader):
    soup = page(reader)
    assert words(soup.h1) == "Talmist harbour opens"
    assert words(soup.select_one("header .line")).startswith("5 articles of 5 sources, from 3 texts")
    found = rows(soup)
    assert [row[0] for row in found] == [
        "Coast Courier",
        "Bay Herald",
        "Mill <i>24</i>",
        "Le Phare",
        "Lighthouse",
    ]
    assert found[0][1:] == [
        "2024-03-01 06:00Z", "1, English original", "earliest copy", "–", "HNA dateline", "60",
    ]  # fmt: skip
    assert found[1][2:5] == ["1, English copy, cut short", "44%", "Another headline, cut after ¶2"]
    assert found[3][2:4] == ["2, French", "only copy"]
    assert found[4][2] == "3, English translation, side by side : Lighthouse"


def test_undated_articles_are_said_to_be_missing_in_the_chart(reader):
    soup = page(reader)
    assert "One article has no date and stands in the table only." in words(soup.select_one(".lede"))
    assert len(soup.select("svg.lineage circle")) == 4


def test_a_story_of_undated_articles_has_no_chart(client_for):
    undated = [replace(one, published=Published()) for one in STORY[:2]]
    soup = page(client_for(*undated))
    assert not soup.select("svg.lineage")
    assert "2 articles have no date." in words(soup.select_one(".lede"))
    assert len(rows(soup)) == 2


def test_quotations_and_figures(reader):
    soup = page(reader)
    assert [words(q) for q in soup.select(".variants q")] == [
        "“Our harbour is open and our work is not over”",
        "“Our harbour is open and our work is far from over”",
    ]
    figures = soup.select_one("section[aria-labelledby=fig-h]")
    assert [words(th) for th in figures.select("tbody th")] == ["31 km", "32 kilometres"]


def test_the_first_two_copies_of_a_text_are_compared(reader):
    heads = [words(head) for head in page(reader).select(".sbs .hd a")]
    assert heads == ["Coast Courier", "Bay Herald"]


def test_any_two_articles_can_be_compared(reader):
    soup = page(reader, f"{ADDRESS}?a=5&b=2")
    assert [words(head) for head in soup.select(".sbs .hd a")] == ["Mill <i>24</i>", "Le Phare"]
    assert [words(option) for option in soup.select("option[selected]")] == [
        "Mill <i>24</i>, undated",
        "Le Phare, 2024-03-01",
    ]


@pytest.mark.parametrize(
    "query",
    ["a=0&b=1", "a=9&b=1", "a=-1&b=2", "a=x&b=%00", "a=1&b=1", "a=99999999999&b=1", "a=١&b=1", "a=&b="],
)
def test_numbers_that_name_no_article_choose_none(reader, query):
    heads = [words(head) for head in page(reader, f"{ADDRESS}?{query}").select(".sbs .hd a")]
    assert heads == ["Coast Courier", "Bay Herald"]


def test_a_story_of_one_article_has_nothing_to_compare(client_for):
    soup = page(client_for(replace(STORY[1], story=Story(STORY_ID, 1))))
    assert not soup.select("form.bar")
    assert words(soup.select_one("header .line")).startswith("1 article of 1 source, from 1 text")


def test_articles_that_are_not_read_are_counted(client_for, monkeypatch):
    monkeypatch.setattr(stories, "READ", 2)
    note = words(page(client_for(*STORY)).select_one("header .note"))
    assert note == "This page reads the 2 earliest articles; a search for the story lists all 5."


def test_what_is_not_archived_is_hatched_day_by_day(client_for):
    later = replace(STORY[3], published=Published("2024-03-04", "declared", (), "day"))
    soup = page(client_for(*STORY[:3], later))
    assert len(soup.select("svg.days rect.gap")) == 3 + 3 + 3 + 3
    assert "nothing of this source archived" in words(soup)


def test_a_short_story_has_no_days(reader):
    assert not page(reader).select("svg.days")


def test_every_link_of_the_page_leads_somewhere(reader):
    addresses = {a["href"] for a in page(reader).select("main a[href]")}
    assert {reader.get(address).status_code for address in addresses if address[0] == "/"} == {200}


def test_the_search_for_a_story_finds_its_articles(reader):
    answer = reader.get(f"/api/v1/search?story={STORY_ID}").get_json()
    assert {hit["id"] for hit in answer["hits"]} == {one.id for one in STORY}
    soup = page(reader, f"/search?story={STORY_ID}")
    assert len(soup.select(".hit")) == 5


def test_an_unknown_story_is_a_404(reader):
    answer = reader.get("/story/s2%3Cscript%3E")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    problem = reader.get("/api/v1/stories/s2")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert "s2" in problem.get_json()["detail"]


@pytest.mark.parametrize(
    "address",
    [ADDRESS, f"{ADDRESS}?a=4&b=5", "/pair/light%2F1", "/article/bay%2F1", "/article/light%2F1?q=ferries"],
)
def test_pages_of_a_story_are_well_formed(reader, address):
    soup = page(reader, address)
    assert len(soup.select("main#main")) == len(soup.find_all("h1")) == 1
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in soup.select("a[href^='#']")} <= set(ids)
    assert {tag["aria-labelledby"] for tag in soup.select("[aria-labelledby]")} <= set(ids)
    assert not [tag for tag in soup.select("*") if tag.name == "style" or "style" in tag.attrs]


# --- hostile archives -----------------------------------------------------------------------------------

EVIL = '<script>alert(1)</script> "\u202egnp.exe\u202c ' + "x" * 3_000


@pytest.fixture
def hostile(client_for):
    body = (f"“{EVIL} is open and it is open,” said {EVIL}.", f"It lies {'9' * 400} km from Talmist.", EVIL)
    made = [
        replace(
            in_story(f"{HOSTILE}{n}", f"{EVIL}{n}", body, f"2024-03-0{n}T06:00:00Z", title=EVIL),
            agency=Claim(EVIL, "certain"),
            copies=Copies("c\u202e", 3, "<b>copy"),
            language="e\ud800",
        )
        for n in range(1, 4)
    ]
    return client_for(*made)


@pytest.mark.parametrize("query", ["", "?a=1&b=3"])
def test_hostile_text_is_harmless(hostile, query):
    answer = hostile.get(ADDRESS + query)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.text, "lxml")
    assert {script["src"].partition("?")[0] for script in soup.select("script")} == {"/static/app.js"}
    assert not [tag for tag in soup.select("*") if any(n == "style" or n.startswith("on") for n in tag.attrs)]
    assert "\u202e" not in answer.text
    assert len(answer.data) < 200_000


def test_hostile_text_is_data_in_the_answer_of_the_endpoint(hostile):
    answer = hostile.get(f"/api/v1/stories/{STORY_ID}")
    assert answer.status_code == 200
    assert answer.get_json()["title"] == EVIL


# --- the endpoint ---------------------------------------------------------------------------------------


def test_the_answer_is_the_one_described(reader):
    schemas = document(WebSettings())["components"]["schemas"]
    answer = reader.get(f"/api/v1/stories/{STORY_ID}").get_json()
    fits(answer, schemas["StoryOut"], schemas)
    assert (answer["total"], [len(text["articles"]) for text in answer["texts"]]) == (5, [3, 1, 1])
    assert [one["kept"] for one in answer["texts"][0]["articles"]] == [None, 44, 100]
    assert [len(one["wordings"]) for one in answer["quotations"]] == [2]
    assert [reading["value"] for reading in answer["figures"][0]["readings"]] == [31, 31, 32, 32]


def test_quoted_places_are_places_of_the_body(reader):
    answer = reader.get(f"/api/v1/stories/{STORY_ID}").get_json()
    bodies = {one.id: one.body for one in STORY}
    for wording in answer["quotations"][0]["wordings"]:
        for use in wording["uses"]:
            assert bodies[use["article"]][use["start"] : use["end"]] in HARBOUR[1] + STORY[3].body

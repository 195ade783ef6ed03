"""What the page of results shows beside its hits: open facets, divided bars, ways to group."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from webapp_archive import ARTICLES, STORY, article

from engine.model import Claim, Copies, Published, Story
from webapp.page_state import PageState, take


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def words(element):
    return " ".join(element.stripped_strings)


def dispatch(number, source, date, **fields):
    made = article(f"a{number}", f"Gao {number}", "Patrols left Gao.", language="en", **fields)
    return replace(made, source=Claim(source, "declared"), published=Published(date, "declared", (), "day"))


@pytest.fixture
def outlets(client_for):
    return client_for(*(dispatch(n, f"Gazette de Goïta {n}", "2023-01-05") for n in range(60)))


def boxes(soup, name="source"):
    return [i["value"] for i in soup.select(f"input[name={name}]")]


def test_a_long_facet_can_be_opened_and_searched(outlets):
    short = page(outlets, "/search?q=gao")
    link = short.select_one("#facet-source a")
    assert words(link) == "Find in all 60"
    whole = page(outlets, link["href"].partition("#")[0])
    assert len(boxes(whole)) == 60
    found = page(outlets, "/search?q=gao&open=source&find=goita+1")
    assert len(boxes(found)) == 15  # every number with a 1, without the accent
    assert words(found.select_one("#facet-source legend")) == "Source 15 of 60"
    assert found.select_one("#find")["value"] == "goita 1"
    assert "No value has these words." in words(page(outlets, "/search?q=gao&open=source&find=zzz"))


def test_a_chosen_value_stays_however_the_list_is_narrowed(outlets):
    soup = page(outlets, "/search?q=gao&open=source&find=zzz&source=Gazette+de+Go%C3%AFta+7")
    assert boxes(soup) == ["Gazette de Goïta 7"]
    assert soup.select_one("input[name=source]").has_attr("checked")


def test_the_form_keeps_the_facet_open(outlets):
    soup = page(outlets, "/search?q=gao&open=source&find=goita")
    hidden = {i["name"]: i["value"] for i in soup.select("aside input[type=hidden]")}
    assert (hidden["open"], hidden["q"]) == ("source", "gao")


@pytest.mark.parametrize("state", ["open=nothing", "open=month&find=x", "stack=words", "find=" + "x" * 999])
def test_a_state_that_means_nothing_is_harmless(outlets, state):
    assert len(page(outlets, f"/search?q=gao&{state}").select(".hit")) == 20


def test_programs_have_no_page_state(outlets):
    assert outlets.get("/api/v1/search?open=source").status_code == 400


def test_take_parts_the_page_from_the_search():
    rest, state = take({"q": ["gao"], "open": ["source"], "find": ["a", "b"], "stack": []})
    assert rest == {"q": ["gao"]}
    assert state == PageState(open="source", find="b")


# --- bars by source --------------------------------------------------------------------------------


@pytest.fixture
def two_sources(client_for):
    return client_for(
        *(dispatch(n, "River Courier", "2023-01-05") for n in range(3)),
        *(dispatch(n, "Sahara Post", "2023-01-09") for n in range(3, 5)),
        dispatch(5, "Sahara Post", "2023-03-01"),
        dispatch(6, "Sahara Post", "2023-03-02"),
    )


def rows(soup):
    return [words(row) for row in soup.select("aside .mini tbody tr")]


def test_bars_are_divided_by_source_on_demand(two_sources):
    plain = page(two_sources, "/search?q=gao")
    assert not plain.select(".chart .k0")
    link = next(a["href"] for a in plain.select("aside a") if a.text == "Divide by source")
    soup = page(two_sources, link)
    head = [words(th) for th in soup.select("aside .mini thead th")]
    assert head == ["Month", "Articles", "Sahara Post", "River Courier"]
    assert rows(soup) == ["2023-01 5 2 3", "2023-02 nothing in the archive", "2023-03 2 2 0"]
    assert len(soup.select("aside .chart .k0")) == 3  # two bars and the legend
    assert "Sahara Post River Courier others" in words(soup.select_one("aside .legend"))


def test_drilling_in_keeps_the_division(two_sources):
    soup = page(two_sources, "/search?q=gao&stack=source")
    january = soup.select_one("aside .mini tbody a")["href"]
    assert january == "/search?q=gao&from=2023-01&to=2023-01&stack=source"
    days = rows(page(two_sources, january))
    assert days[4] == "2023-01-05 3 3 0"
    assert days[8] == "2023-01-09 2 0 2"


def test_the_parts_obey_the_filters(two_sources):
    soup = page(two_sources, "/search?q=gao&stack=source&-source=River+Courier")
    assert [words(th) for th in soup.select("aside .mini thead th")] == ["Month", "Articles", "Sahara Post"]
    assert rows(soup)[0] == "2023-01 2 2"


# --- groups ----------------------------------------------------------------------------------------


def test_the_ways_to_group_are_those_the_index_has(client_for):
    client = client_for(*(dispatch(n, "S", "2023-01-05", story=Story("s1", 3)) for n in range(3)))
    soup = page(client, "/search?q=gao")
    assert [a.text for a in soup.select("[aria-label='Group results'] a")][:1] == ["Every article"]
    assert "By story" in words(soup.select_one("[aria-label='Group results']"))
    assert len(page(client, "/search?q=gao&group=story").select(".hit")) == 1


@pytest.fixture
def copied(client_for):
    group = Copies("g1", 3, "copy")
    return client_for(
        dispatch(0, "Sahara Post", "2023-01-05", copies=replace(group, role="original")),
        dispatch(1, "River Courier", "2023-01-06", copies=group),
        dispatch(2, "Le Fleuve", "2023-01-07", copies=group),
        dispatch(3, "Other", "2023-01-08"),
    )


def test_copies_are_listed_under_their_hit(copied):
    soup = page(copied, "/search?q=gao&group=copies")
    (link,) = soup.select(".hit p.copies a")
    assert words(link) == "3 near-identical copies"
    opened = page(copied, link["href"].partition("#")[0])
    assert link["href"].endswith(opened.select_one("details.copies")["id"])
    assert [words(r)[:11] for r in opened.select(".copies tbody th")] == [
        "Sahara Post",
        "River Couri",
        "Le Fleuve",
    ]
    assert not opened.select("tr.out")


def test_a_copy_outside_the_search_is_grey_and_said_to_be(copied):
    soup = page(copied, "/search?q=gao&source=River+Courier&copies=g1")
    rows_ = soup.select(".copies tbody tr")
    assert [r.get("class") for r in rows_] == [["out"], None, ["out"]]
    assert "(outside this search)" in words(rows_[0])


def test_a_group_that_is_not_there_opens_nothing(copied):
    assert not page(copied, "/search?q=gao&copies=nothing").select("details.copies")


# --- stories --------------------------------------------------------------------------------------------


@pytest.fixture
def told(client_for):
    return client_for(*ARTICLES, *STORY)


def test_a_hit_leads_to_its_story(told):
    hits = page(told, "/search?q=talmist").select(".hit")
    links = [words(a) for hit in hits for a in hit.select(".copies a[href='/story/s1']")]
    assert links == ["5 articles in this story"] * 5
    assert not page(told, "/search?q=patrol").select("a[href^='/story/']")


def test_a_group_by_story_leads_to_its_page_and_opens_no_list(told):
    soup = page(told, "/search?q=talmist&lang=en&group=story")
    (hit,) = soup.select(".hit")
    assert [words(p) for p in hit.select(".copies")] == ["5 articles in this story 4 in this search"]
    assert [a["href"] for a in hit.select(".copies a")] == ["/story/s1"]


def test_totals_are_of_articles_stories_and_texts(told):
    soup = page(told, "/search?q=talmist")
    assert words(soup.select_one(".count")).startswith("5 articles in 1 story, 3 without copies ·")

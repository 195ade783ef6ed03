from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from webapp_archive import ARTICLES, STORY, article, in_story, make_engine

from webapp import elsewhere
from webapp.elsewhere import copies, quoted, worded

FIRST, FRENCH, CUT, ENGLISH, UNDATED = STORY
SAID = "“Our harbour is open and our work is not over,” she said."
REPORT = article("report/1", "A report", f"The mayor spoke. {SAID}\nNobody else did.", language="en")


@pytest.fixture
def reader(client_for):
    return client_for(*ARTICLES, *STORY, REPORT)


def page(client, address):
    return BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")


def words(node):
    return " ".join(node.get_text(" ").split())


# --- copies ---------------------------------------------------------------------------------------------


def test_copies_are_numbered_as_the_story_page_does():
    found = copies(make_engine(STORY), CUT)
    assert [(row.carried.article.id, row.number, row.itself) for row in found] == [
        ("coast/1", 1, False),
        ("bay/1", 3, True),
        ("mill/1", 5, False),
    ]
    assert [row.carried.role for row in found][:2] == ["original", "truncated"]


def test_an_article_alone_has_no_copies():
    assert copies(make_engine(STORY), FRENCH) == ()
    assert copies(make_engine(STORY), REPORT) == ()


def test_a_crowd_of_copies_is_read_in_part(monkeypatch):
    monkeypatch.setattr(elsewhere, "COPIES", 2)
    assert len(copies(make_engine(STORY), CUT)) == 2


def test_without_stories_copies_have_no_number():
    bare = [replace(one, story=None) for one in STORY]
    assert [row.number for row in copies(make_engine(bare), bare[0])] == [None] * 3


def test_the_page_links_each_copy_to_the_comparison(reader):
    box = page(reader, "/article/bay%2F1").select_one("section[aria-labelledby=copies-h]")
    assert [words(row).replace(" 24</i>", "") for row in box.select("tbody tr")][1] == (
        "Bay Herald this article 2024-03-01 09:30Z copy, cut short 44%"
    )
    links = [a["href"] for a in box.select("td a")]
    assert links == ["/story/s1?a=3&b=1#diff-h", "/story/s1?a=3&b=5#diff-h"]
    heads = page(reader, links[1]).select(".sbs .hd a")
    assert [words(head) for head in heads] == ["Bay Herald", "Mill <i>24</i>"]


def test_the_story_is_linked_from_the_head(reader):
    badge = page(reader, "/article/bay%2F1").select_one("header a.badge[href^='/story/']")
    assert (words(badge), badge["href"]) == ("Story of 5 articles", "/story/s1")


# --- quotations -----------------------------------------------------------------------------------------


def test_a_quotation_is_found_in_other_texts_and_not_in_copies():
    (found,) = quoted(make_engine((*STORY, REPORT)), FIRST)
    assert found.quote.speaker == "Mayor Ines Barro"
    assert found.phrase == "Our harbour is open and our work is"
    assert [card.id for card in found.articles] == ["light/1", "report/1"]
    assert found.total == 2


def test_an_article_without_groups_does_not_find_itself():
    (found,) = quoted(make_engine((REPORT, ENGLISH)), REPORT)
    assert ([card.id for card in found.articles], found.total) == (["light/1"], 1)
    assert quoted(make_engine((REPORT,)), REPORT) == ()


def test_short_quotations_and_repeated_ones_are_not_looked_for(monkeypatch):
    asked = []
    engine = make_engine((REPORT,))
    monkeypatch.setattr(
        engine, "search", lambda request: asked.append(request) or make_engine(()).search(request)
    )
    quoted(engine, in_story("x", "X", (f"He said: “Never again.” {SAID} {SAID}",), None))
    assert len(asked) == 1


def test_no_more_than_the_longest_are_looked_for(monkeypatch):
    engine, asked = make_engine((REPORT,)), []
    monkeypatch.setattr(
        engine, "search", lambda request: asked.append(request) or make_engine(()).search(request)
    )
    many = "\n".join(f"“The boat number {n} came into the harbour,” he said." for n in range(40))
    quoted(engine, in_story("x", "X", (many,), None))
    assert len(asked) == elsewhere.QUOTATIONS


def test_other_wordings_are_found_in_a_short_story(monkeypatch):
    engine = make_engine(STORY)
    ((own, wording),) = worded(engine, FIRST)
    assert own == "Our harbour is open and our work is not over"
    assert wording.text == "Our harbour is open and our work is far from over"
    assert worded(engine, REPORT) == worded(engine, FRENCH) == ()
    monkeypatch.setattr(elsewhere, "SHORT", 4)
    assert worded(engine, FIRST) == ()


def test_the_page_shows_other_wordings(reader):
    box = page(reader, "/article/coast%2F1").select_one("section[aria-labelledby=same-h]")
    assert words(box.select("li")[-1]).startswith(
        "“Our harbour is open and our work is far from over” Lighthouse , where this article has"
    )


def test_the_page_lists_who_else_quotes(reader):
    box = page(reader, "/article/coast%2F1").select_one("section[aria-labelledby=same-h]")
    assert words(box.li).startswith(
        "“Our harbour is open and our work is not over,” Mayor Ines Barro · Lighthouse"
    )
    assert [a["href"] for a in box.li.select("a")] == ["/article/light%2F1", "/article/report%2F1"]


def test_more_than_are_listed_can_be_searched(client_for):
    others = [replace(REPORT, id=f"report/{n}", path=f"report/{n}") for n in range(6)]
    client = client_for(*STORY, *others)
    link = page(client, "/article/coast%2F1").select("section[aria-labelledby=same-h] li:first-child a")[-1]
    assert words(link) == "4 more"
    assert len(page(client, link["href"]).select(".hit")) == 10

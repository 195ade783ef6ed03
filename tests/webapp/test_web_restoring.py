from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from webapp_archive import ARTICLES, AUDITED

from engine.edits import body_of
from webapp.restoring import commands, numbers, without

AUDITED_ARTICLE = ARTICLES[0]
ADDRESS = f"/article/{quote(AUDITED, safe='')}"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def words(element):
    return " ".join(element.stripped_strings)


@pytest.mark.parametrize(
    ("values", "read"), [(["2"], (2,)), (["2", "1", "2"], (1, 2)), (["0", "-1", "9", "x", "²", ""], ())]
)
def test_only_numbers_of_edits_are_read(values, read):
    assert numbers(values, AUDITED_ARTICLE) == read


@given(st.sets(st.integers(1, 4)))
def test_what_is_put_back_is_in_the_body_and_the_rest_is_not(undone):
    made = without(AUDITED_ARTICLE, tuple(sorted(undone)))
    assert made.body == body_of(made)
    for number, edit in enumerate(AUDITED_ARTICLE.edits, 1):
        assert (AUDITED_ARTICLE.raw[edit.start : edit.end].strip() in made.body) == (number in undone)


def test_everything_put_back_is_the_raw_text():
    made = without(AUDITED_ARTICLE, (1, 2, 3, 4))
    assert made.body == AUDITED_ARTICLE.raw[made.body_start :]


def test_the_commands_can_be_pasted():
    repaired = replace(AUDITED_ARTICLE.edits[3], kind="repair")
    article = replace(AUDITED_ARTICLE, edits=(*AUDITED_ARTICLE.edits[:3], repaired))
    assert commands(article, (1, 3, 4)) == tuple(f"dateline restore '{AUDITED}' {n}" for n in (1, 3))


def test_an_edit_can_be_put_back_by_a_link_and_taken_out_again(client):
    soup = page(client, f"{ADDRESS}?q=kidal")
    link = soup.select_one("#row2 a[href*=restore]")["href"]
    assert link == f"{ADDRESS}?q=kidal&restore=2#row2"
    soup = page(client, link.partition("#")[0])
    assert words(soup.select_one("article ins#e2")) == "Read also: Convoys return"
    assert not soup.select("article del#e2")
    assert "dateline restore" in words(soup.select_one("#edits .alert"))
    assert "Take out" in words(soup.select_one("#row2"))
    assert words(soup.select_one("#row3 th")) == "3"
    assert soup.select_one("#row2 a[href^='/article']")["href"] == f"{ADDRESS}?q=kidal#row2"


def test_other_edits_keep_their_numbers_and_evidence_its_places(client):
    before, after = page(client, ADDRESS), page(client, f"{ADDRESS}?restore=1")
    assert [d["id"] for d in before.select("article del")] == ["e1", "e2", "e3", "e4"]
    assert [d["id"] for d in after.select("article del")] == ["e2", "e3", "e4"]
    assert words(before.select_one("article .ev")) == words(after.select_one("article .ev"))


def test_all_can_be_put_back(client):
    soup = page(client, f"{ADDRESS}?restore=1&restore=2&restore=3&restore=4&audit=1")
    assert not soup.select("article del")
    assert "40% of this article is reserved" in words(soup.article)

from __future__ import annotations

from dataclasses import replace

from webapp_archive import ARTICLES, STORY, STORY_ID, article, make_engine

from engine.model import Claim
from webapp import stories
from webapp.stories import Story, story


def test_a_story_is_read_the_earliest_first_the_undated_last():
    found = story(make_engine((*ARTICLES, *reversed(STORY))), STORY_ID)
    assert [one.id for one in found.articles] == ["coast/1", "phare/1", "bay/1", "light/1", "mill/1"]
    assert found.total == 5


def test_there_is_no_story_of_another_name():
    assert story(make_engine(STORY), "s2") is None


def test_no_more_than_a_page_can_bear_is_read(monkeypatch):
    monkeypatch.setattr(stories, "READ", 2)
    found = story(make_engine(STORY), STORY_ID)
    assert (found.total, len(found.articles)) == (5, 2)


def test_copies_are_put_together_in_the_order_of_the_first_of_each_text():
    texts = Story(STORY_ID, 5, STORY).texts()
    assert [[one.id for one in text.copies] for text in texts] == [
        ["coast/1", "bay/1", "mill/1"],
        ["phare/1"],
        ["light/1"],
    ]
    assert texts[0].first.id == "coast/1"
    assert [text.agency for text in texts] == ["HNA", None, None]


def test_without_groups_every_article_is_a_text():
    lone = article("lone", "Alone", "One text.")
    assert [text.id for text in Story("s", 1, (lone,)).texts()] == ["lone"]


def test_its_title_is_the_first_that_stands_in_a_text():
    derived = replace(STORY[0], title="TALMIST", title_derived=True)
    assert Story("s", 2, (derived, STORY[1])).title == "Talmist rouvre"
    assert Story("s", 1, (derived,)).title == "TALMIST"


def test_sources_are_named_once_and_the_unknown_are_not():
    unknown = replace(STORY[1], source=Claim())
    assert Story("s", 3, (STORY[0], unknown, STORY[0], STORY[2])).sources == ("Coast Courier", "Bay Herald")

from __future__ import annotations

from dataclasses import replace

from webapp_archive import ARTICLES, ENGLISH, STORY, STORY_ID, in_story, make_engine

from cli.relations import LISTED, relations
from engine.model import Evidence, Story, Translated

FIRST, FRENCH, CUT, TRANSLATION, _ = STORY
STORY_LINE = ("story", f"{STORY_ID} · 5 articles")


def test_copies_come_first_then_the_rest_of_the_story():
    found = list(relations(make_engine(STORY), CUT))
    assert found[:2] == [
        ("copy", "coast/1 · Coast Courier · 2024-03-01 · original · earliest copy"),
        ("copy", "this article · copy, cut short · 44%"),
    ]
    assert found[2][1].startswith("mill/1 · Mill <i>24</i> · undated")
    assert found[3:] == [
        STORY_LINE,
        ("", "phare/1 · Le Phare · 2024-03-01"),
        ("", "light/1 · Lighthouse · 2024-03-02"),
    ]


def test_a_translation_names_its_original_and_an_original_its_translations():
    engine = make_engine(STORY)
    assert list(relations(engine, TRANSLATION))[-1] == (
        "original",
        "phare/1 · Le Phare · 2024-03-01 · French",
    )
    assert list(relations(engine, FRENCH))[-1] == (
        "translation",
        "light/1 · Lighthouse · 2024-03-02 · English",
    )


def test_a_pair_of_unknown_direction_is_called_so():
    one, other = (
        replace(a, translated=Translated("none", None, (Evidence("translation pair", f"{b.title}: 9"),)))
        for a, b in ((FRENCH, TRANSLATION), (TRANSLATION, FRENCH))
    )
    name, said = list(relations(make_engine((one, other)), one))[-1]
    assert (name, said.rpartition(" · ")[2]) == ("paired with", "which is the original is open")


def test_an_article_alone_is_tied_to_nothing():
    assert list(relations(make_engine(ARTICLES), ARTICLES[0])) == []
    assert list(relations(make_engine(STORY), replace(FRENCH, story=Story("s2", 1)))) == []


def test_a_long_story_is_listed_in_part():
    many = [in_story(f"n/{n}", "Paper", ENGLISH, "2024-03-01T06:00:00Z") for n in range(30)]
    found = list(relations(make_engine(many), many[0]))
    assert found[0] == STORY_LINE
    assert len(found) == 1 + LISTED

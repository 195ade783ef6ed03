from __future__ import annotations

from webapp_archive import STORY, article, make_engine

from webapp.article_parts import copies_out, quotes_out

FIRST, FRENCH, CUT, _, _ = STORY


def test_copies_say_what_they_kept():
    found = copies_out(make_engine(STORY), CUT)
    assert [(one.id, one.role, one.kept) for one in found] == [
        ("coast/1", "original", None),
        ("bay/1", "truncated", 44),
        ("mill/1", found[2].role, 100),
    ]
    assert found[1].differs == "Another headline, cut after ¶2"


def test_an_article_alone_has_none():
    assert copies_out(make_engine(STORY), FRENCH) == []


def test_quotations_say_who_else_has_them():
    (found,) = quotes_out(make_engine(STORY), FIRST)
    assert FIRST.body[found.start : found.end] == found.text
    assert (found.speaker, found.elsewhere) == ("Mayor Ines Barro", 1)
    assert [one.id for one in found.articles] == ["light/1"]


def test_a_quotation_nobody_else_has():
    lone = article("lone", "Alone", "She said: “No.”", language="en")
    (found,) = quotes_out(make_engine((lone,)), lone)
    assert (found.text, found.elsewhere, found.articles) == ("No.", 0, [])


def test_they_are_given_only_when_asked_for(client_for):
    client = client_for(*STORY)
    plain = client.get("/api/v1/articles/bay%2F1").get_json()
    assert plain["copies"] == {"group_id": "c1", "size": 3, "role": "truncated"}
    assert "quotes" not in plain
    asked = client.get("/api/v1/articles/bay%2F1?include=copies").get_json()
    assert [one["id"] for one in asked["copies"]["articles"]] == ["coast/1", "bay/1", "mill/1"]
    assert "edits" not in asked
    assert client.get("/api/v1/articles/bay%2F1?include=family").status_code == 400


def test_an_index_without_groups_has_no_copies_to_give(client_for):
    lone = article("lone", "Alone", "One text.")
    assert "copies" not in client_for(lone).get("/api/v1/articles/lone?include=copies").get_json()

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from webapp_archive import STORY, STORY_ID, in_story

from engine.model import Published
from webapp.lineage_chart import ROWS, lineage, moment_of
from webapp.stories import Story


def chart(*articles):
    drawn = lineage(Story(STORY_ID, len(articles), articles).texts())
    return fromstring(str(drawn)) if drawn else None  # noqa: S314 - our own


def on(date):
    return replace(STORY[0], published=Published(date, "declared", (), "day"))


def test_a_dot_for_each_dated_copy_the_first_of_each_text_filled():
    drawn = chart(*STORY)
    assert len(drawn.findall(".//circle")) == 4
    assert len(drawn.findall(".//circle[@class='first']")) == 3
    assert drawn.get("aria-label") == "Timeline of 4 articles from 3 texts; the table has the same"


def test_a_line_joins_copies_to_the_first():
    families = chart(*STORY).findall("g")
    assert [len(family.findall("line")) for family in families] == [2, 0, 0]
    assert [family.get("class") for family in families] == ["fam-a", "fam-b", "fam-c"]


def test_dots_stand_between_the_margins():
    across = [float(dot.get("cx").rstrip("%")) for dot in chart(*STORY).iter("circle")]
    assert (min(across), max(across)) == (4.0, 94.0)


def test_less_than_two_dated_articles_are_no_timeline():
    assert lineage(()) == ""
    assert chart(STORY[0]) is None
    assert chart(STORY[0], STORY[4], on("2024-03")) is None


def test_two_articles_of_one_moment_can_be_drawn():
    assert len(list(chart(STORY[0], STORY[0]).iter("circle"))) == 2


def test_centuries_can_be_drawn():
    drawn = chart(on("0001-01-01"), on("9999-12-31"))
    assert len(drawn.findall("line[@class='grid']")) == 7
    assert chart(on("9999-12-31T23:30:00Z"), on("9999-12-31T23:59:59Z")) is not None


def test_a_crowd_is_drawn_in_part():
    crowd = [in_story(f"n{n}", "Paper", ("Text.",), "2024-03-01T06:00:00Z") for n in range(ROWS + 9)]
    assert len(list(chart(*crowd).iter("circle"))) == ROWS


def test_names_are_text_and_of_bearable_length():
    hostile = in_story("h", "<script>alert(1)</script>" + "x" * 500, ("Text.",), "2024-03-01T06:00:00Z")
    (name,) = [s.text for s in chart(STORY[0], hostile).iter("tspan") if "script" in s.text]
    assert name.startswith("<script>")
    assert len(name) == 60


def test_labels_stand_where_there_is_room():
    labels = chart(*STORY).findall("text[@class='lbl']")
    assert [label.get("text-anchor") for label in labels] == [None, None, None, "end"]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-03-01T06:00:00+02:00", "2024-03-01T06:00:00+02:00"),
        ("2024-03-01", "2024-03-01T00:00:00+00:00"),
        ("2024-03", None),
        ("2024-13-41T", None),
        (None, None),
    ],
)
def test_the_moment_of_an_article(value, moment):
    found = moment_of(on(value))
    assert (found.isoformat() if found else None) == moment

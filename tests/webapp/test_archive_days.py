from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from webapp_archive import article, make_engine

from engine.model import Claim, Published
from webapp.archive_days import MOST, SOURCES, Row, days


def paper(source, date, number=0):
    made = article(f"{source}/{date}/{number}", "Title", "Text.")
    return replace(made, source=Claim(source, "declared"), published=Published(date, "declared", (), "day"))


STORY = (paper("Bay Herald", "2024-03-01"), paper("Coast", "2024-03-03"), paper("Coast", "2024-03-03", 1))
OTHER = (paper("Bay Herald", "2024-03-02"), paper("Inland", "2024-03-02"))


def test_a_day_of_which_a_source_has_nothing_is_a_gap_and_no_zero():
    found = days(make_engine((*STORY, *OTHER)), STORY)
    assert found.days == ("2024-03-01", "2024-03-02", "2024-03-03")
    assert found.rows == (Row("Bay Herald", (1, 0, None)), Row("Coast", (None, None, 2)))
    assert found.gaps


def test_the_day_is_the_one_the_article_says():
    night = (paper("Bay Herald", "2024-03-01T23:30:00-05:00"), paper("Coast", "2024-03-03"))
    assert days(make_engine(night), night).rows[0].counts[0] == 1


@pytest.mark.parametrize(
    "dates",
    [
        (),
        ("2024-03",),
        ("2024-03-01", "2024-03-02"),
        ("2020-01-01", "2024-03-01"),
        ("not-a-date", "2024-03-01"),
    ],
)
def test_a_story_too_short_or_too_long_is_not_drawn(dates):
    articles = tuple(paper("Bay Herald", date) for date in dates)
    assert days(make_engine(articles), articles) is None


def test_as_many_rows_as_can_be_read():
    articles = [paper(f"Paper {n}", f"2024-03-{1 + n % MOST:02d}") for n in range(40)]
    assert len(days(make_engine(articles), articles).rows) == SOURCES


def test_the_chart_hatches_gaps_and_escapes_names():
    named = (paper("<b>Bay", "2024-03-01"), *STORY[1:])
    drawn = fromstring(str(days(make_engine(named), named).chart("p1")))  # noqa: S314 - our own
    kinds = [box.get("class") for box in drawn.iter("rect")]
    assert kinds == ["on", "gap", "gap", "gap", "gap", "on"]
    assert [t.text for t in drawn.iter("text")] == ["2024-03-01", "2024-03-03", "<b>Bay", "Coast"]
    assert {box.get("fill") for box in drawn.iter("rect") if box.get("class") == "gap"} == {"url(#p1)"}

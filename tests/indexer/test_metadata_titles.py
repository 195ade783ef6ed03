from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import live_lines
from indexer.metadata.titles import derive, find, glued_date, same_title, shorten

BODY = "The bridge over the river was closed on Tuesday after a storm.\n\nIt will reopen next week."


def title_of(text, declared=None):
    found = find(live_lines(text, ()), text, declared)
    return text[found.start : found.end] if found else None


@pytest.mark.parametrize(
    "headline",
    [
        "Storm closes the old bridge",
        "Who closed the bridge?",
        "“We had no choice”: mayor on the bridge",
        "Bridge closed, warns U.S.",
        "iPhone video shows the storm",
        "Sturm: Brücke in Altstadt gesperrt",
    ],
)
def test_the_first_line_is_the_title_when_it_looks_like_one(headline):
    assert title_of(f"{headline}\n\n{BODY}") == headline
    assert title_of(f"\n\n  {headline}  \n{BODY}") == headline


@pytest.mark.parametrize(
    "line",
    [
        "The bridge over the river was closed.",
        "The bridge over the river was closed,",
        "“The bridge is closed.”",
        "Storm",
        "- the bridge was closed",
        "1. Close the bridge",
        "Home > News > Bridges",
        "By Ada Moe",
        "went on to the other side of the river",
        "And " + "so on " * 20,
        "Who would have thought, on the morning of that quiet day in March, that the bridge would be closed?",
        "****",
    ],
)
def test_a_first_line_that_is_no_headline_belongs_to_the_body(line):
    assert title_of(f"{line}\n\n{BODY}") is None


def test_a_text_of_one_line_has_no_title():
    assert title_of("Storm closes the old bridge") is None
    assert title_of("") is None


def test_a_paragraph_broken_into_lines_has_no_title():
    broken = "The bridge over the river was\nclosed on Tuesday after a storm\nthat lasted all night and\nday."
    assert title_of(broken) is None
    capitals = (
        "The bridge over the river that has divided\nAltstadt for a century was closed for a week\n"
        "after a storm that lasted for most of Monday\nand the whole night."
    )
    assert title_of(capitals) is None


def test_a_declared_title_decides():
    text = f"Storm closes the old bridge\n{BODY}"
    assert title_of(text, "Storm closes the old bridge") == "Storm closes the old bridge"
    assert title_of(text, "Storm closes the old bridge | The Harbour Daily") == "Storm closes the old bridge"
    assert title_of(text, "Mayor resigns") is None


def test_a_declared_title_may_be_a_sentence():
    assert title_of(f"The bridge is closed.\n{BODY}", "The bridge is closed.") == "The bridge is closed."


@pytest.mark.parametrize(
    ("line", "title"), [("# Storm over town", "Storm over town"), ("**Storm over town**", "Storm over town")]
)
def test_marks_around_a_title_are_not_part_of_it(line, title):
    assert title_of(f"{line}\n\n{BODY}") == title


@pytest.mark.parametrize(
    ("line", "declared", "same"),
    [
        ("Storm closes bridge", "STORM CLOSES BRIDGE", True),
        ("Storm closes bridge", "Storm closes bridge - Harbour Daily", True),
        ("Storm closes bridge", "Harbour Daily: Storm closes bridge", True),
        ("Storm closes old town bridge again", "Storm closes old town bridge", True),
        ("Storm", "Storm closes bridge", False),
        ("Storm closes bridge", "Mayor resigns", False),
        ("Storm closes old town bridge.", "Storm closes old town bridge again", False),
        ("…", "…", False),
        ("Storm " * 100, "Storm", False),
    ],
)
def test_titles_are_compared_by_their_words(line, declared, same):
    assert same_title(line, declared) is same


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Storm closes bridgeTue, 14 Nov 2023 20:31:20 GMT", "Tue, 14 Nov 2023 20:31:20 GMT"),
        ("Storm closes bridge Tue, 14 Nov 2023", "Tue, 14 Nov 2023"),
        ("Storm closes bridge2023-11-14T20:31:20Z", "2023-11-14T20:31:20Z"),
        ("Storm closes bridgeNovember 14, 2023", "November 14, 2023"),
        ("La tempête ferme le pont14 novembre 2023", "14 novembre 2023"),
        ("Storm closes bridge | 14 November 2023", "14 November 2023"),
        ("Storm closes bridge 14 Nov 2023 20:31", "14 Nov 2023 20:31"),
    ],
)
def test_a_date_glued_to_a_headline_is_found(line, date):
    at = glued_date(line)
    assert at is not None
    assert line[at:] == date


@pytest.mark.parametrize(
    "line",
    [
        "What we know of the storm of 14 November 2023",
        "The storm (14 November 2023)",
        "Euro2024",
        "Storm closes bridge in 2023",
        "Flight 3712 is late",
        "2023-11-14",
        "Bridge closes at 20:31",
        "x" * 5000 + " 1",
    ],
)
def test_a_date_that_may_belong_to_the_headline_is_left_alone(line):
    assert glued_date(line) is None


def test_the_title_ends_where_the_glued_date_begins():
    text = f"Storm closes bridge | 14 November 2023\n{BODY}"
    found = find(live_lines(text, ()), text, None)
    assert found is not None
    assert found.date is not None
    assert text[found.start : found.end] == "Storm closes bridge"
    assert text[slice(*found.date)] == "14 November 2023"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("The bridge is closed. It reopens soon.", "The bridge is closed."),
        ("“Closed!” said the mayor. More soon.", "“Closed!”"),
        ("The bridge\nis closed", "The bridge is closed"),
        ("", ""),
    ],
)
def test_a_title_is_derived_from_the_first_sentence(body, title):
    assert derive(body) == title


def test_a_long_first_sentence_is_cut_at_a_word():
    body = "The bridge over the river " + "and the road to it " * 20 + "were closed."
    title = derive(body)
    assert title.endswith("…")
    assert body.startswith(title[:-1] + " ")
    assert len(title) <= 121


@given(st.text(max_size=400), st.integers(1, 120))
def test_shortening_keeps_the_beginning_and_the_limit(text, limit):
    short = shorten(text, limit)
    assert len(short) <= limit + 1
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


@given(st.text(max_size=200), st.none() | st.text(max_size=60))
def test_any_title_found_is_part_of_the_first_line(text, declared):
    lines = live_lines(text, ())
    found = find(lines, text, declared)
    if found:
        assert lines[0].start <= found.start <= found.end <= lines[0].end

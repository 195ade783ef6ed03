from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.model import Edit, Evidence
from indexer.documents import Declared, Draft, Page
from indexer.language.translation.edges import REACH, edge_lines
from indexer.language.translation.evidence import READ, Reading


def draft(text, *edits):
    return Draft(Page("bridge.txt", text, Declared(), ""), edits=tuple(edits))


def removal(start, end, kind="remove"):
    return Edit(start, end, "", kind, "rule", "label", "1")


# --- what is read ----------------------------------------------------------------------------


def test_removed_text_leaves_line_breaks_in_its_place():
    text = "Top. The bridge ADVERT is closed. End."
    reading = Reading.of(draft(text, removal(16, 23)), 5, 33, "en")
    assert reading.body == "The bridge \n\n\n\n\n\n\nis closed."
    assert len(reading.body) == 33 - 5


def test_repairs_are_not_applied():
    text = "It rained.The bridge is closed."
    reading = Reading.of(draft(text, removal(10, 10, "repair")), 0, len(text), "en")
    assert reading.body == text


def test_edits_across_the_borders_of_the_body():
    text = "aaaa bbbb cccc"
    reading = Reading.of(draft(text, removal(0, 6), removal(8, 14)), 5, 9, "en")
    assert reading.body == "\nbb\n"


def test_long_bodies_are_read_in_part():
    assert len(Reading.of(draft("word " * READ), 0, 5 * READ, "en").body) == READ


def test_quotes_by_raw_offsets():
    reading = Reading.of(draft("Top. The bridge."), 5, 16, "en")
    assert reading.quote("kind", 9, 15) == Evidence("kind", "bridge", 9, 15)


# --- the lines around the edges --------------------------------------------------------------


def lines_of(text, start, end):
    return [line.text for line in edge_lines(text, start, end)]


def test_lines_around_both_ends():
    lines = [f"Line {n}." for n in range(40)]
    text = "\n".join(lines)
    start, end = text.index("Line 10."), text.index("Line 29.") + len("Line 29.")
    assert lines_of(text, start, end) == [*lines[4:13], *lines[27:36]]


def test_a_short_body_gives_each_line_once():
    assert lines_of("One.\n\nTwo.\n", 0, 10) == ["One.", "Two."]


def test_lines_are_trimmed_and_placed():
    text = "  First line \n\n\t Second line\n"
    assert all(text[line.start : line.end] == line.text for line in edge_lines(text, 0, len(text)))
    assert lines_of(text, 0, len(text)) == ["First line", "Second line"]


def test_a_long_line_is_read_at_both_ends():
    text = "Beginning " + "x" * 5000 + " end"
    first, last = edge_lines(text, 0, len(text))
    assert first.text.startswith("Beginning x")
    assert last.text.endswith("x end")


def test_far_away_lines_are_not_looked_for():
    text = "Far." + "\n" * (REACH + 10) + "Body."
    assert lines_of(text, len(text) - 5, len(text)) == ["Body."]


@given(st.text(alphabet="ab \n", max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_every_line_quotes_the_text(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for line in edge_lines(text, start, end):
        assert text[line.start : line.end] == line.text == line.text.strip() != ""

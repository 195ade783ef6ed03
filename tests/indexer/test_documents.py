from __future__ import annotations

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from engine.model import Edit
from indexer.documents import Declared, Draft, Finding, Page, live_lines


def edit(start: int, end: int, kind: Literal["remove", "repair"] = "remove") -> Edit:
    return Edit(start, end, "", kind, rule="r", label="l", pack_version="1")


def draft(text: str) -> Draft:
    return Draft(Page("a.txt", text, Declared(), fingerprint=""))


def found(start: int, end: int) -> Finding:
    return Finding("k", "", "", start, end, edit(start, end))


def test_what_is_missing_in_a_declaration_is_filled_from_another() -> None:
    page = Declared(title="A", authors=("B",), free=False)
    record = Declared(title="C", url="u", authors=("D",), free=True)
    assert page.over(record) == Declared(title="A", url="u", authors=("B",), free=False)


def test_lines_are_what_edits_left() -> None:
    text = "  Share \n\nKIDAL - The town\nBack to top"
    lines = live_lines(text, (edit(2, 7), edit(10, 18), edit(27, 38)))
    assert [line.text for line in lines] == ["The town"]
    assert [(line.start, line.end) for line in lines] == [(18, 26)]


@given(st.text(max_size=60), st.data())
def test_a_line_is_the_raw_text_at_its_place(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edits = tuple(edit(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    for line in live_lines(text, edits):
        assert text[line.start : line.end] == line.text == line.text.strip() != ""
        assert not any(e.start < line.end and line.start < e.end for e in edits)


def test_the_body_begins_after_the_title_and_ends_with_the_last_line() -> None:
    cleaned = draft("Title\n\nFirst.\n\nLast.\n\nShare\n").with_title(0, 5).with_findings(found(22, 27))
    assert cleaned.text[slice(*cleaned.body_span())] == "First.\n\nLast."


def test_a_draft_with_nothing_left_has_an_empty_body() -> None:
    assert draft("Share").with_findings(found(0, 5)).body_span() == (5, 5)


def test_a_finding_that_overlaps_an_earlier_edit_is_left_out() -> None:
    cleaned = draft("one two three").with_findings(found(0, 7)).with_findings(found(4, 13), found(8, 13))
    assert [(e.start, e.end) for e in cleaned.edits] == [(0, 7), (8, 13)]
    assert len(cleaned.findings) == 2


def test_evidence_quotes_the_text() -> None:
    assert found(4, 7).evidence("one two three").text == "two"

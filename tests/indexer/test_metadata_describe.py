from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.edits import apply
from engine.model import Edit
from indexer.documents import Declared, Draft, Finding, Page
from indexer.metadata import Metadata, describe, structure

BODY = "The bridge over the river was closed on Tuesday after a storm.\n\nIt will reopen next week."


def metadata(text=BODY, findings=(), **declared) -> Metadata:
    found = structure(Draft(Page("a.txt", text, Declared(**declared), ""), findings=findings))
    return describe(found, apply(found.text, found.edits, *found.body_span()))


def test_a_title_in_the_text_comes_first():
    found = metadata(f"Storm closes\u00a0bridge\n\n{BODY}", title="Storm closes bridge - Harbour Daily")
    assert (found.title, found.title_derived) == ("Storm closes bridge", False)


def test_a_declared_title_comes_next():
    found = metadata(title="  Storm closes\nbridge ")
    assert (found.title, found.title_derived) == ("Storm closes bridge", False)


def test_else_the_title_is_derived_and_marked():
    found = metadata(title=" ")
    assert (found.title, found.title_derived) == (
        "The bridge over the river was closed on Tuesday after a storm.",
        True,
    )


def test_edits_inside_the_title_are_applied():
    text = f"**Storm** closes bridge\n\n{BODY}"
    marks = tuple(Edit(at, at + 2, "", "repair", "r", "mark", "v") for at in (0, 7))
    draft = Draft(Page("a.md", text, Declared(), ""), edits=marks).with_title(0, 23)
    assert describe(draft, BODY).title == "Storm closes bridge"


def test_a_byline_has_its_roles():
    found = metadata(
        f"Storm closes bridge\nBy Ada Moe\n\n{BODY}\n"
        "(Reporting by Ada Moe and Bo Li; Writing by Cy Roe; Editing by Eva Goo)\nab/cd/ef"
    ).byline
    assert (found.authors, found.reporting, found.writing) == (
        ("Ada Moe",),
        ("Ada Moe", "Bo Li"),
        ("Cy Roe",),
    )
    assert (found.editing, found.desk) == (("Eva Goo",), "ab/cd/ef")
    assert found.people == ("Ada Moe", "Bo Li", "Cy Roe", "Eva Goo")


def test_declared_authors_come_before_the_byline_line():
    found = metadata(f"Storm closes bridge\nBy Ada Moe\n\n{BODY}", authors=("By Bo Li",))
    assert found.byline.authors == ("Bo Li",)


@pytest.mark.parametrize(
    ("declared", "section"),
    [({}, "World"), ({"section": "Bridges"}, "Bridges"), ({"section": "x " * 200}, None)],
)
def test_a_section_is_declared_or_found(declared, section):
    found = metadata(findings=(Finding("crumb", "section", "World", 0, 5),), **declared)
    assert found.section == section if section else len(found.section or "") <= 101


def test_a_place_is_read_from_the_dateline_or_declared():
    assert metadata(f"NAIROBI, Kenya (AP) — {BODY}", place="Mombasa").dateline_place == "Nairobi, Kenya"
    assert metadata(place="Mombasa").dateline_place == "Mombasa"
    assert metadata().dateline_place is None


def test_everything_unknown_stays_unknown():
    assert metadata() == Metadata(
        "The bridge over the river was closed on Tuesday after a storm.", title_derived=True
    )


def test_everything_together():
    text = f"Storm closes bridgeTue, 14 Nov 2023 20:31:20 GMT\n\nALTSTADT (dpa) - {BODY}\n\nxyz/dpa"
    found = metadata(text, url="https://www.harbour.example/x", published="2023-11-20", free=False)
    assert (found.url, found.source.value) == ("https://www.harbour.example/x", "harbour.example")
    assert (found.agency.value, found.agency.certainty) == ("dpa", "certain")
    assert (found.published.value, found.published.certainty) == ("2023-11-20", "declared")
    assert found.flags == ("date_conflict: 'Tue, 14 Nov 2023 20:31:20 GMT'",)
    assert (found.dateline_place, found.byline.desk) == ("Altstadt", "xyz")
    assert not found.access.truncated


TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "Tuesday, November 14",
                "Sunday, August 12, 2023",
                "in 2021",
                "14/11/2023",
                "told AFP",
                "AFP saw",
            ),
            *(
                "APA – Bamako (Mali) – ",
                "(Reuters) -",
                "\n",
                " ",
                ". ",
                "ab/cd/ef",
                "By Ada Moe",
                "[+12 chars]",
                "…",
            ),
        ]
    )
    | st.text(max_size=10),
    max_size=20,
).map("".join)
WORDS = (
    st.none()
    | st.text(max_size=30)
    | st.sampled_from(["2023-11-14", "1700000000", "31/31/2023", "Reuters", "https://["])
)


@given(
    TEXTS,
    st.builds(Declared, title=WORDS, url=WORDS, source=WORDS, agency=WORDS, published=WORDS, language=WORDS),
)
def test_whatever_the_text_the_claims_are_sound(text, declared):
    draft = structure(Draft(Page("a.txt", text, declared, "")))
    body = apply(text, draft.edits, *draft.body_span())
    found = describe(draft, body)
    assert found == describe(draft, body)
    assert found.title.strip() or not body.strip()
    for claim in (found.source, found.agency, found.published):
        assert (claim.value is None) == (claim.certainty == "unknown") == (not claim.evidence)
        for evidence in claim.evidence:
            assert evidence.start is None or evidence.text == text[evidence.start : evidence.end]
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?Z?)?)?)?|", found.published.value or "")


def test_a_very_long_line_is_no_trouble():
    text = "Storm closes bridge\n" + "The mayor told AFP on Tuesday, November 14, in 2023 (AP) - " * 50_000
    assert metadata(text).agency.value == "AFP"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.edits import apply, ordered
from engine.model import Edit
from indexer.documents import Declared, Draft, Page
from indexer.metadata import structure
from indexer.metadata.agencies import Agency, load_agencies

BODY = "The bridge over the river was closed on Tuesday after a storm.\n\nIt will reopen next week."


def draft(text, edits=(), **declared):
    return Draft(Page("a.txt", text, Declared(**declared), "", edits), edits=edits)


def removed(found):
    return [(e.label, found.text[e.start : e.end]) for e in found.edits if e.kind == "remove"]


def said(found, field):
    return [f.value for f in found.findings if f.field == field]


def body_of(found):
    return apply(found.text, found.edits, *found.body_span())


def test_everything_around_the_body_is_found():
    text = (
        "Storm closes bridge\nBy Ada Moe | 14 November 2023\n\n"
        f"ALTSTADT (Reuters) - {BODY}\n\n(Reporting by Ada Moe; Editing by Eva Goo)\nab/cd/ef"
    )
    found = structure(draft(text))
    assert found.title_start is not None
    assert text[found.title_start : found.title_end] == "Storm closes bridge"
    assert removed(found) == [
        ("byline", "By Ada Moe | 14 November 2023"),
        ("dateline", "ALTSTADT (Reuters) - "),
        ("agency credit", "(Reporting by Ada Moe; Editing by Eva Goo)"),
        ("desk slug", "ab/cd/ef"),
    ]
    assert body_of(found).strip() == BODY
    assert said(found, "agency") == ["Reuters"]
    assert said(found, "dateline_place") == ["Altstadt"]
    assert said(found, "author") == ["Ada Moe"]
    assert said(found, "published") == ["14 November 2023"]
    assert said(found, "reporting") == ["Ada Moe"]
    assert said(found, "editing") == ["Eva Goo"]
    assert said(found, "desk") == ["ab/cd/ef"]


def test_edits_say_what_decided_and_what_they_saw():
    found = structure(draft(f"ALTSTADT (AFP) - {BODY}"))
    (edit,) = found.edits
    assert (edit.rule, edit.label, edit.pack_version) == ("metadata.dateline", "dateline", "metadata-1")
    assert (edit.kind, edit.replacement, edit.evidence) == ("remove", "", "ALTSTADT (AFP) -")


def test_a_text_that_begins_with_its_dateline_has_no_title():
    found = structure(draft(f"APA – Bamako (Mali) – {BODY}\nMD/ab/cd/APA"))
    assert found.title_end is None
    assert removed(found) == [("dateline", "APA – Bamako (Mali) – "), ("sign-off", "MD/ab/cd/APA")]
    assert said(found, "agency") == ["APA", "APA"]


def test_a_date_glued_to_the_headline_leaves_the_title_alone():
    text = f"Storm closes bridgeTue, 14 Nov 2023 20:31:20 GMT\n\n{BODY}"
    found = structure(draft(text))
    assert (found.title_start, found.title_end) == (0, 19)
    assert [(e.start, e.end, e.label) for e in found.edits] == [(19, 48, "date")]
    assert body_of(found) == BODY


@pytest.mark.parametrize("order", ["{date}\n{title}\n{body}", "{title}\n{date}\n\n{body}"])
def test_a_date_line_may_stand_above_or_below_the_title(order):
    text = order.format(date="14 November 2023", title="Storm closes bridge", body=BODY)
    found = structure(draft(text))
    assert removed(found) == [("date", "14 November 2023")]
    assert found.title_end is not None
    assert text[found.title_start : found.title_end] == "Storm closes bridge"


def test_an_agency_alone_under_the_title_is_its_byline():
    found = structure(draft(f"Storm closes bridge\nAFP\n{BODY}"))
    assert removed(found) == [("byline", "AFP")]
    assert said(found, "agency") == ["AFP"]


def test_a_line_under_the_title_that_is_only_partly_understood_stays():
    text = f"Storm closes bridge\nBy Ada Moe | a tale of two bridges\n{BODY}"
    assert removed(structure(draft(text))) == []


def test_a_declared_title_that_is_not_in_the_text_leaves_the_text_alone():
    found = structure(draft(f"Storm closes bridge\n{BODY}", title="Mayor resigns"))
    assert found.title_end is None
    assert body_of(found).startswith("Storm closes bridge")


def test_a_credit_may_stand_above_the_last_lines():
    found = structure(draft(f"{BODY}\n(Reporting by Ada Moe; Editing by Eva Goo)\nOur house rules apply."))
    assert removed(found) == [("agency credit", "(Reporting by Ada Moe; Editing by Eva Goo)")]


def test_a_credit_in_the_middle_of_the_text_is_left_alone():
    text = f"(Reporting by Ada Moe; Editing by Eva Goo)\n{BODY}\n" + "More on the bridge.\n" * 6
    assert removed(structure(draft(text))) == []


def test_furniture_already_removed_is_not_looked_at():
    banner = "Sections\n"
    edits = (Edit(0, 8, "", "remove", "nav", "menu", "test-1"),)
    found = structure(draft(f"{banner}Storm closes bridge\n{BODY}\nback to top", edits))
    assert found.title_start == len(banner)
    assert found.edits[0] is edits[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "Storm",
        "Bamako (AFP)",
        "By Ada Moe",
        "14 November 2023\n15 November 2023",
        "AFP\nAFP\nAFP",
    ],
)
def test_a_text_is_never_emptied(text):
    found = structure(draft(text))
    if text.strip():
        assert body_of(found).strip()
    else:
        assert found.edits == ()


def test_agencies_can_be_handed_in():
    agencies = load_agencies((Agency("Nordpress", forms=("alone",)),))
    assert said(structure(draft(f"OSTBY (Nordpress) - {BODY}"), agencies), "agency") == ["Nordpress"]
    assert said(structure(draft(f"OSTBY (Nordpress) - {BODY}")), "agency") == []


PIECES = st.sampled_from(
    [
        *("Storm closes bridge", "The bridge was closed.", "By Ada Moe", "AFP", "Source: AFP", "ab/cd/ef/gh"),
        *("14 November 2023", "2023-11-14T20:31:20Z", "Tue, 14 Nov 2023 20:31:20 GMT"),
        *(
            "(AP) — ",
            "BAMAKO (Reuters) -",
            "APA – Bamako (Mali) – ",
            "(Reporting by Ada Moe; editing by Bo Li)",
        ),
        *(" ", "\n", "\n\n", "|", "\u00a0", "# "),
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=12), max_size=14).map("".join),
    st.none() | PIECES,
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4),
)
def test_whatever_the_text_the_structure_is_sound(text, title, cuts):
    taken, edits = 0, []
    for gap, length in cuts:
        start, taken = taken + gap, taken + gap + length
        if taken <= len(text):
            edits.append(Edit(start, taken, "", "remove", "r", "l", "v"))
    before = draft(text, tuple(edits), title=title)
    after = structure(before)
    assert ordered(after.edits) == after.edits
    assert set(edits) <= set(after.edits)
    start, end = after.body_span()
    assert (start < end) == bool(before.lines())
    if after.title_start is not None and after.title_end is not None:
        assert 0 <= after.title_start < after.title_end <= start
    for finding in after.findings:
        assert 0 <= finding.start < finding.end <= len(text)


def test_a_very_long_line_is_no_trouble():
    text = "Storm closes bridge\n" + "The bridge (AFP) - and 14 November, Tuesday " * 100_000
    assert structure(draft(text)).title_end == 19


def test_a_byline_of_the_staff_goes_and_names_nobody():
    found = structure(draft(f"Storm closes bridge\nBy NewsMill staff\n\n{BODY}"))
    assert removed(found) == [("byline", "By NewsMill staff")]
    assert said(found, "author") == []


def test_a_translation_credit_goes_and_is_kept_as_a_finding():
    found = structure(draft(f"Storm closes bridge\n\n{BODY}\n\nTranslated from French"))
    assert removed(found) == [("translation credit", "Translated from French")]
    assert said(found, "translated_from") == ["fr"]
    assert body_of(found).strip() == BODY


@pytest.mark.parametrize(
    "last",
    ["The leaflet was translated from French by a volunteer on the night ferry.", "Translated texts sell."],
)
def test_a_sentence_about_a_translation_stays(last):
    assert removed(structure(draft(f"Storm closes bridge\n\n{BODY}\n\n{last}"))) == []


def test_the_outlet_is_known_from_what_is_declared():
    found = structure(draft(f"Storm closes bridge\n\nGAO (Sahel Courier) — {BODY}", source="Sahel Courier"))
    assert removed(found) == [("dateline", "GAO (Sahel Courier) — ")]
    assert said(found, "dateline_place") == ["Gao"]

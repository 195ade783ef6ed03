from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.agencies import load_agencies
from indexer.metadata.signoffs import read


@pytest.mark.parametrize(
    ("line", "agency", "desk"),
    [
        ("MD/ac/lb/as/APA", "APA", "MD/ac/lb/as"),
        ("ab-cd-ef-ghi/jkl/mno/pq", None, "ab-cd-ef-ghi/jkl/mno/pq"),
        ("abcd-ef/ghi", None, "abcd-ef/ghi"),
        ("xyz/dpa", "dpa", "xyz"),
        ("SDA/abc", "Keystone-SDA", "abc"),
        ("(PAP)", "PAP", None),
        ("/ritzau/", "Ritzau", None),
        ("— AFP", "AFP", None),
        ("© 2023 AFP", "AFP", None),
        ("REUTER...", "Reuters", None),
        ("Source: AFP", "AFP", None),
        ("Quelle: APA/dpa", "APA (Austria)", None),
        ("Fuente: EFE y Reuters", "EFE", None),
    ],
)
def test_a_line_may_be_a_sign_off(line, agency, desk):
    found = read(line, load_agencies())
    assert found is not None
    assert (found.agency.name if found.agency else None, found.desk) == (agency, desk)
    assert (found.start, found.end) == (0, len(line))


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("The bridge reopens on December 31.", "\u00a0ab-cd/efg/hi"),
        ("“Nobody was hurt,” she said.", " (AP)"),
        ("Er sagte: „Die Brücke ist zu.“ Mehr nicht.", " xyz/dpa"),
        ("The bridge was closed.", " – Reuters"),
    ],
)
def test_a_sign_off_may_follow_the_last_sentence(sentence, sign):
    found = read(sentence + sign, load_agencies())
    assert found is not None
    assert (found.start, found.end) == (len(sentence), len(sentence + sign))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "and/or",
        "he/she/it",
        "his/her/its",
        "Everyone may bring and/or sell what is his/her/theirs.",
        "The limit is 100 km/h",
        "It is an up-to-date/well-known list",
        "AI/ML/NLP",
        "TV/radio/web",
        "14/11/2023",
        "https://example.org/ab/cd/ef",
        "See example.org/ab/cd/ef",
        "The reader saw AFP",
        "The agency is called Reuters.",
        "TT",
        "AA",
        "(Studio Nord)",
        "x" * 200,
    ],
)
def test_other_endings_are_left_alone(line):
    assert read(line, load_agencies()) is None


def test_initials_shared_by_two_agencies_name_none_without_a_language():
    found = read("APA", load_agencies())
    assert found is not None
    assert found.agency is not None
    assert found.agency.name == "APA (Austria)"  # the other one signs with its desk's initials


@given(st.text(alphabet="ab/-. ()©APF", max_size=120) | st.text(max_size=120))
def test_no_line_breaks_the_reader(line):
    for text in (line, f"{line}. ab/cd/{line}", f"{line} (AFP)"):
        found = read(text, load_agencies())
        assert found is None or 0 <= found.start < found.end == len(text)

from __future__ import annotations

import re

import pytest

from indexer.metadata.agencies import Agencies, Agency, load_agencies


def name_of(agency: Agency | None) -> str | None:
    return agency.name if agency else None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Reuters", "Reuters"),
        ("REUTERS", "Reuters"),
        ("Agence France-Presse", "AFP"),
        ("the  associated press", "AP"),
        ("رويترز", "Reuters"),
        ("DPA", "dpa"),
        ("ТАСС", "TASS"),
        ("CTK", "ČTK"),
    ],
)
def test_an_agency_is_known_by_every_spelling(written, name):
    assert name_of(load_agencies().resolve(written)) == name


@pytest.mark.parametrize("written", ["", "Studio Nord", "Reuters Institute", "APB"])
def test_other_names_are_no_agency(written):
    assert load_agencies().resolve(written) is None


@pytest.mark.parametrize(
    ("form", "language", "name"),
    [
        ("leading", None, "APA"),
        ("initials", None, "APA"),
        ("parenthesis", None, "APA (Austria)"),
        ("", "de", "APA (Austria)"),
        ("", "fr-SN", "APA"),
        ("", "en", "APA"),
        ("", None, None),
        ("", "sv", None),
    ],
)
def test_namesakes_are_told_apart_by_how_they_sign_and_in_which_language(form, language, name):
    assert name_of(load_agencies().resolve("APA", form, language)) == name


def test_an_agency_can_be_added_and_replaced():
    own = Agency("Nordpress", aliases=("NP",), forms=("alone",))
    reuters = Agency("Reuters", "Reuters Ltd")
    agencies = load_agencies((own, reuters))
    assert agencies.resolve("NP") is own
    assert agencies.resolve("reuters") is reuters
    assert name_of(agencies.resolve("AFP")) == "AFP"
    assert load_agencies().resolve("NP") is None


def test_an_agency_is_read_from_a_table():
    agency = Agency.from_table({"name": "Nordpress", "languages": ["is"], "solo": False})
    assert agency == Agency("Nordpress", languages=("is",), solo=False)


@pytest.mark.parametrize(
    ("table", "words"), [({"name": "N", "colour": "red"}, "'colour'"), ({"country": "IS"}, "no name")]
)
def test_a_wrong_table_is_refused_with_the_reason(table, words):
    with pytest.raises(ValueError, match=words):
        Agency.from_table(table)


def test_every_agency_of_the_list_is_spelled_out_and_signs_in_known_ways():
    known = {"parenthesis", "leading", "comma", "slashes", "trailing", "initials", "alone"}
    for agency in load_agencies().rows:
        assert agency.full_name
        assert agency.country
        assert agency.languages
        assert set(agency.forms) <= known


def test_the_names_make_a_pattern_in_which_the_longest_comes_first():
    agencies = Agencies.of(
        [Agency("AB", forms=("alone",)), Agency("AB Press", forms=("comma",)), Agency("A.C", solo=False)]
    )
    assert re.findall(agencies.names(), "AB Press, AB, A.C, AxC") == ["AB Press", "AB", "A.C"]
    assert agencies.names("comma") == r"AB\sPress"
    assert "C" not in agencies.names(solo=True)
    assert re.search(agencies.names("slashes"), "anything") is None

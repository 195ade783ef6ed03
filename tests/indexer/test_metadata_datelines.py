from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.agencies import load_agencies
from indexer.metadata.datelines import read

SENTENCE = "The bridge was closed on Tuesday."


@pytest.mark.parametrize(
    ("dateline", "agency", "place"),
    [
        ("BAMAKO (Reuters) -", "Reuters", "Bamako"),
        ("BAMAKO (Reuters) - ", "Reuters", "Bamako"),
        ("Paris (AFP) – ", "AFP", "Paris"),
        ("PARIS, Nov 14 (AFP) - ", "AFP", "Paris"),
        ("PARIS (AFP/Reuters) - ", "AFP", "Paris"),
        ("NAIROBI, Kenya (AP) — ", "AP", "Nairobi, Kenya"),
        ("MELBOURNE, Australia, March 3 (Reuters) - ", "Reuters", "Melbourne, Australia"),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "AP", "Port-au-Prince, Haiti"),
        ("ST. LOUIS (AP) — ", "AP", "St. Louis"),
        ("WASHINGTON D.C. (AP) — ", "AP", "Washington D.C."),
        ("RIO DE JANEIRO (AP) — ", "AP", "Rio de Janeiro"),
        ("(AP) — ", "AP", None),
        ("Nov 14 (Reuters) - ", "Reuters", None),
        ("Berlin (dpa) - ", "dpa", "Berlin"),
        ("Berlin/Bonn (dpa/tmn) - ", "dpa", "Berlin/Bonn"),
        ("MADRID, 14 nov (EFE).- ", "EFE", "Madrid"),
        ("Lisboa, 14 nov 2023 (Lusa) - ", "Lusa", "Lisboa"),
        ("ROMA (ANSA) - ", "ANSA", "Roma"),
        ("(ANSA) - ROMA, 14 NOV - ", "ANSA", "Roma"),
        ("Paris, AFP - ", "AFP", "Paris"),
        ("TOKYO, Nov. 14, Kyodo - ", "Kyodo", "Tokyo"),
        ("APA – Bamako (Mali) – ", "APA", "Bamako (Mali)"),
        ("APA-Dakar (Senegal) - ", "APA", "Dakar (Senegal)"),
        ("Wien (APA) - ", "APA (Austria)", "Wien"),
        ("BEIJING, Nov. 14 (Xinhua) -- ", "Xinhua", "Beijing"),
        ("New Delhi, Nov 14 (PTI) ", "PTI", "New Delhi"),
        ("New Delhi [India], November 14 (ANI): ", "ANI", "New Delhi [India]"),
        ("MOSCOW, November 14. /TASS/. ", "TASS", "Moscow"),
        ("МОСКВА, 14 ноября. /ТАСС/. ", "TASS", "Москва"),
        ("МОСКВА, 14 ноя - РИА Новости. ", "RIA Novosti", "Москва"),
        ("MOSCOW. Nov 14 (Interfax) - ", "Interfax", "Moscow"),
        ("باماكو (رويترز) - ", "Reuters", "باماكو"),
    ],
)
def test_a_dateline_gives_agency_and_place(dateline, agency, place):
    found = read(dateline + SENTENCE, load_agencies())
    assert found is not None
    assert found.agency is not None
    assert (found.agency.name, found.place, found.end) == (agency, place, len(dateline))


@pytest.mark.parametrize(
    ("dateline", "place"), [("KIDAL, Mali — ", "Kidal, Mali"), ("CLEVELAND, Feb 26 - ", "Cleveland")]
)
def test_a_dateline_may_have_no_agency(dateline, place):
    found = read(dateline + SENTENCE, load_agencies())
    assert found is not None
    assert (found.agency, found.place, found.end) == (None, place, len(dateline))


def test_a_dateline_may_be_a_line_of_its_own():
    found = read("Bamako (AFP)", load_agencies())
    assert found is not None
    assert found.end == len("Bamako (AFP)")


def test_a_full_date_is_located():
    line = "RIO DE JANEIRO, Nov 14, 2023 (AFP) - " + SENTENCE
    found = read(line, load_agencies())
    assert found is not None
    assert found.date is not None
    assert line[slice(*found.date)] == "Nov 14, 2023"


@pytest.mark.parametrize("line", ["PARIS, Nov 14 (AFP) - The", "Paris (AFP) - The"])
def test_a_date_without_its_year_is_none(line):
    found = read(line, load_agencies())
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        SENTENCE,
        "BAMAKO (Studio Nord) - " + SENTENCE,
        "HONOLULU, Hawaii (Harbour Daily) - " + SENTENCE,
        "The company (AP) said it would sell.",
        "He told Reuters (AP) - and left.",
        "According to Reuters (Reuters) - the bridge was closed.",
        "BREAKING - " + SENTENCE,
        "MAYOR SAYS THE BRIDGE IS SAFE ALTSTADT, Oct 20 - " + SENTENCE,
        "WASHINGTON — " + SENTENCE,
        "New York, AP - " + SENTENCE,
        "Kidal: a chronicle – part two",
        "A long sentence that goes on and on before it at last names an agency (AP) - and ends.",
        "Map (Mali) 3:4 (AP) - a drawing",
    ],
)
def test_other_beginnings_are_left_alone(line):
    assert read(line, load_agencies()) is None


@given(st.text(alphabet="AB a()[]-–—/,.:4 ", max_size=200) | st.text(max_size=200))
def test_no_line_breaks_the_reader(line):
    for text in (line, f"{line}(Reuters) - {line}", f"APA – {line} – {line}"):
        found = read(text, load_agencies())
        assert found is None or 0 < found.end <= len(text)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("GAO (Sahel Courier) — ", "Gao"),
        ("Gao, Mali (SAHEL COURIER) - ", "Gao, Mali"),
        ("GAO, 14 Nov 2023 ( Sahel Courier ) – ", "Gao"),
    ],
)
def test_an_outlet_signs_its_own_dateline(line, place):
    found = read(line + SENTENCE, load_agencies(), outlet="Sahel Courier")
    assert found is not None
    assert (found.agency, found.place, found.end) == (None, place, len(line))


@pytest.mark.parametrize(
    "line",
    [
        "NATO (North Atlantic Treaty Organization) — the alliance — met.",
        "They met the man (Sahel Courier) — a paper — on Tuesday.",
        "(Sahel Courier) — The army left.",
        "GAO (Sahel Courier) said so.",
    ],
)
def test_another_name_in_parentheses_is_no_dateline(line):
    assert read(line, load_agencies(), outlet="Sahel Courier") is None


def test_few_cities_have_three_letters():
    assert read("GAO, Mali — " + SENTENCE, load_agencies()).place == "Gao, Mali"
    assert read("AMD, Intel — the two — met.", load_agencies()) is None

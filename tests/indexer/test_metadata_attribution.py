from __future__ import annotations

import pytest

from engine.model import Claim
from indexer.documents import Declared, Draft, Page
from indexer.metadata import structure
from indexer.metadata.agencies import load_agencies
from indexer.metadata.attribution import agency_claim, source_claim

BODY = "The bridge over the river was closed on Tuesday after a storm.\nIt will reopen next week."


def agency(text, **declared):
    found = structure(Draft(Page("a.txt", text, Declared(**declared), "")))
    return agency_claim(found, found.body_span(), load_agencies())


def quoted(claim):
    return [(e.kind, e.text) for e in claim.evidence]


@pytest.mark.parametrize(
    ("declared", "value", "certainty", "kind"),
    [
        (Declared(source=" The  Harbour Daily "), "The Harbour Daily", "declared", "declared"),
        (Declared(source="https://www.harbour.example/feed"), "harbour.example", "declared", "declared"),
        (Declared(source="www.harbour.example"), "harbour.example", "declared", "declared"),
        (Declared(source="H", url="https://other.example/x", folder="f"), "H", "declared", "declared"),
        (Declared(url="https://www.harbour.example/x?y=1", folder="f"), "harbour.example", "certain", "url"),
        (Declared(url="http://m.harbour.example:8080/"), "harbour.example", "certain", "url"),
        (Declared(url="not an address", folder="harbour"), "harbour", "declared", "folder"),
        (Declared(url="ftp://harbour.example/x", folder="harbour"), "harbour", "declared", "folder"),
        (Declared(url="https://[broken/x", folder="harbour"), "harbour", "declared", "folder"),
    ],
)
def test_a_source_is_declared_or_read_from_the_address(declared, value, certainty, kind):
    claim = source_claim(declared)
    assert (claim.value, claim.certainty) == (value, certainty)
    assert [e.kind for e in claim.evidence] == [kind]


def test_without_a_declaration_the_source_is_unknown():
    assert source_claim(Declared(source="  ", agency="AFP")) == Claim()


def test_a_dateline_makes_an_agency_certain_and_a_credit_supports_it():
    text = f"ALTSTADT (Reuters) - {BODY}\n(Reporting by Ada Moe; Editing by Eva Goo)"
    claim = agency(text)
    assert (claim.value, claim.certainty) == ("Reuters", "certain")
    assert quoted(claim) == [
        ("dateline", "ALTSTADT (Reuters) - "),
        ("credit", "(Reporting by Ada Moe; Editing by Eva Goo)"),
    ]
    assert all(e.text == text[e.start : e.end] for e in claim.evidence)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        (f"{BODY}\nWith files from The Associated Press", "AP", "credit"),
        (f"{BODY}\nxyz/dpa", "dpa", "sign-off"),
        (f"Storm closes bridge\nBy AFP\n{BODY}", "AFP", "byline"),
    ],
)
def test_a_credit_a_sign_off_or_a_byline_makes_an_agency_certain(text, value, kind):
    claim = agency(text)
    assert (claim.value, claim.certainty) == (value, "certain")
    assert [e.kind for e in claim.evidence] == [kind]


def test_a_credit_that_names_no_agency_claims_none():
    assert agency(f"{BODY}\n(Reporting by Ada Moe; Editing by Eva Goo)") == Claim()


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        (f"APA – Bamako (Mali) – {BODY}", "APA", "African Press Agency"),
        (f"{BODY}\nQuelle: APA", "APA (Austria)", "Austria Presse Agentur"),
    ],
)
def test_of_two_agencies_with_one_name_the_full_name_is_said(text, name, full):
    claim = agency(text)
    assert claim.value == name
    assert claim.evidence[-1].kind == "full name"
    assert (claim.evidence[-1].text, claim.evidence[-1].start) == (full, None)


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        ({"agency": "Agence France-Presse"}, "AFP"),
        ({"agency": "Studio Nord"}, "Studio Nord"),
        ({"source": "Reuters"}, "Reuters"),
        ({"authors": ("Ada Moe", "Agencia EFE")}, "EFE"),
    ],
)
def test_a_declared_agency_is_declared(declared, value):
    claim = agency(BODY, **declared)
    assert (claim.value, claim.certainty) == (value, "declared")


def test_what_the_text_signs_comes_before_what_is_declared():
    assert agency(f"PARIS (AFP) - {BODY}", agency="Reuters").value == "AFP"


@pytest.mark.parametrize(
    "words",
    [
        ("told AFP", "AFP saw"),
        ("told Reuters", "Reuters journalists in the town saw"),
        ("a déclaré à l’AFP", "a constaté un journaliste de l’AFP"),
        ("dijo a EFE", "explicó el alcalde a Efe"),
        ("sagte der dpa", "wie die dpa am Abend erfuhr"),
    ],
)
def test_two_self_references_make_an_agency_probable(words):
    text = "\n".join(f"The mayor {said} on Monday that it was so." for said in words)
    claim = agency(text)
    assert claim.certainty == "probable"
    assert [e.kind for e in claim.evidence] == ["self-reference"] * 2
    assert all(e.text == text[e.start : e.end] for e in claim.evidence)


def test_one_self_reference_and_a_desk_slug_make_an_agency_probable():
    claim = agency("Two officers told AFP that the bridge was closed.\nab-cd/efg/hi")
    assert (claim.value, claim.certainty) == ("AFP", "probable")
    assert quoted(claim) == [("self-reference", "told AFP"), ("desk slug", "ab-cd/efg/hi")]


@pytest.mark.parametrize(
    "text",
    [
        "A minister told AFP that the bridge was closed. It stays so.",
        "According to Reuters, it was closed. Reuters reported it. Reuters was unable to verify it.",
        "A minister told Reuters news agency so. An aide told Reuters news agency more.",
        "A minister told AFP so. An aide told Reuters more.",
        "The bridge was closed for good.\nab-cd/efg/hi",
        "Two Reuters journalists were arrested. A court freed the Reuters journalists.",
        "The app saw growth, and the ap told the AP class.",
    ],
)
def test_being_quoted_or_mentioned_proves_nothing(text):
    assert agency(text) == Claim()


def test_self_references_in_removed_text_do_not_count():
    text = "Photo: seen by AFP, told AFP (AFP) - \nThe bridge was closed.\nIt reopens."
    before = structure(Draft(Page("a.txt", text, Declared(), "")))
    assert agency_claim(before, (0, len(text)), load_agencies()).certainty == "probable"
    taken = structure(Draft(Page("a.txt", f"told AFP, told AFP\n{BODY}", Declared(), ""))).with_title(0, 18)
    assert agency_claim(taken, taken.body_span(), load_agencies()) == Claim()


def test_many_mentions_are_read_up_to_a_limit():
    claim = agency("The mayor told AFP so.\n" * 5000)
    assert len(claim.evidence) <= 50

"""How a text travelled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import article

from compare.lineage import Member, earliest, lineage, roles
from engine.model import Access, Claim, Evidence

BODY = " ".join(f"word{number}" for number in range(200))


def member(name: str, published: str | None, words: int = 200, *, truncated: bool = False) -> Member:
    return Member(name, published, words, truncated)


def test_the_earliest_whole_text_is_the_original() -> None:
    group = [member("b", "2023-11-14T18:00Z"), member("a", "2023-11-14T17:05Z"), member("c", None)]
    assert roles(group) == {"b": "copy", "a": "original", "c": "copy"}


def test_an_early_cut_text_leaves_nobody_the_original() -> None:
    group = [member("a", "2023-11-14", 80, truncated=True), member("b", "2023-11-15")]
    assert roles(group) == {"a": "truncated", "b": "longer twin"}


def test_the_longest_whole_copy_is_the_longer_twin() -> None:
    group = [
        member("a", "2023-11-14"),
        member("b", "2023-11-15", 80, truncated=True),
        member("c", "2023-11-16", 210),
        member("d", "2023-11-17", 190),
    ]
    assert roles(group) == {"a": "original", "b": "truncated", "c": "longer twin", "d": "copy"}


def test_without_dates_nobody_was_first() -> None:
    assert earliest([member("a", None), member("b", None)]) is None
    assert roles([member("a", None), member("b", None)]) == {"a": "copy", "b": "copy"}
    assert roles([member("a", None)]) == {"a": "only"}


def test_of_equal_dates_the_known_agency_then_the_longer_text_was_first() -> None:
    plain = [member("a", "2023-11-14"), member("b", "2023-11-14", 220)]
    assert earliest(plain) == plain[1]
    credited = replace(plain[0], agency="certain")
    assert earliest([credited, plain[1]]) == credited


def test_a_lineage_says_who_what_and_how_much() -> None:
    first = article("a", body=BODY, published="2023-11-14", source="Sahel Courier", agency="Reuters")
    cut = article("b", body=" ".join(BODY.split()[:100]), published="2023-11-15", source="Niger Bend Herald")
    reasons = (Evidence("cut mark", "…"),)
    found = lineage([first, replace(cut, access=Access(truncated=True, reasons=reasons))])
    assert found.earliest.value == "a"
    assert found.agency.value == "Reuters"
    assert found.outlets == ("Sahel Courier", "Niger Bend Herald")
    assert [(copy.id, copy.role, copy.kept) for copy in found.copies] == [
        ("a", "original", 1.0),
        ("b", "truncated", 0.5),
    ]
    assert found.copies[1].reasons == reasons


@pytest.mark.parametrize(
    ("other", "certainty"),
    [("2023-11-15", "certain"), ("2023-11", "probable"), ("2023-11-14", "probable"), (None, "probable")],
)
def test_the_earliest_is_certain_only_when_all_others_are_later(other: str | None, certainty: str) -> None:
    first = article("a", body=BODY, published="2023-11-14T08:00Z")
    first = replace(first, published=replace(first.published, certainty="certain"))
    found = lineage([first, article("b", body=BODY, published=other)])
    assert (found.earliest.value, found.earliest.certainty) in (("a", certainty), ("b", "probable"))
    assert found.earliest.certainty == certainty


def test_the_agency_most_copies_name_is_claimed_with_all_they_say() -> None:
    said = Evidence("credit", "Reporting by the agency")
    named = replace(article("a", body=BODY), agency=Claim("AFP", "probable"))
    sure = replace(article("b", body=BODY), agency=Claim("AFP", "certain", (said,)))
    other = replace(article("c", body=BODY), agency=Claim("APA", "declared"))
    assert lineage([named, sure, other]).agency == Claim("AFP", "certain", (said,))
    assert lineage([article("a", body=BODY)]).agency == Claim()

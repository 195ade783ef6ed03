from __future__ import annotations

import pytest

from indexer.cleaning import load_packs
from indexer.cleaning.rows import MAX_ROW, Rows

PACKS = load_packs()
ROWS = PACKS.anywhere.rows
assert isinstance(ROWS, Rows)


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("Terms of Use | Privacy Policy | Contact", "theme"),
        ("Privacy PolicyTerms of UseCareers", "cookie"),
        ("Sign In Subscribe Newsletters", "subscription"),
        ("Privacy policy and terms of use and careers", "cookie"),
        ("Share · Tweet · Comments", "share"),
        ("Stay informed. Join our newsletter.", "newsletter"),
    ],
)
def test_a_row_is_found_under_the_rule_of_its_first_part(line: str, category: str) -> None:
    match = ROWS.find(line)
    assert match is not None
    assert (match.start, match.end) == (0, len(line))
    assert match.rule.category == category


def test_the_part_that_says_something_names_the_row() -> None:
    match = PACKS.anywhere.find("Share | You have 55% of this article left to read. | Tweet")
    assert match is not None
    assert (match.rule.field, match.value) == ("percent_left", "55")


@pytest.mark.parametrize(
    "line",
    [
        "More features",
        "Share prices | Subscribe now",
        "About contact",
        "Privacy Policy of the old kingdom",
        "Share",
        "Sign in, the guard said. Subscribe, he laughed.",
        "",
        "|",
        " | ",
    ],
)
def test_no_row(line: str) -> None:
    assert ROWS.find(line) is None


def test_a_row_has_its_limit() -> None:
    assert ROWS.find("Share | " * 3 + "Share") is not None
    assert ROWS.find("Share | " * MAX_ROW + "Share") is None


def test_without_rules_nothing_is_a_row() -> None:
    assert Rows.of((), PACKS.anywhere).find("Share | Tweet") is None

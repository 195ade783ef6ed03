from __future__ import annotations

import pytest

from indexer.language import language_code, settle

ENGLISH = "The council of the town met on Monday and agreed to open the market again before the winter."
FRENCH = "Le conseil de la ville s'est réuni lundi et a décidé de rouvrir le marché avant l'hiver."


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        (" eng ", "en"),
        ("zh-Hant-TW", "zh"),
        ("pcm", "pcm"),
        ("English", None),
        ("e", None),
        ("", None),
        (None, None),
    ],
)
def test_language_code(declared: str | None, code: str | None) -> None:
    assert language_code(declared) == code


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (FRENCH, "fr")])
@pytest.mark.parametrize("declared", [None, "en", "fr", "nonsense"])
def test_a_clear_text_is_believed_over_any_declaration(
    text: str, language: str, declared: str | None
) -> None:
    assert settle(text, declared) == language


def test_a_declaration_stands_where_the_text_can_not_tell() -> None:
    assert settle("Gao", None) is None
    assert settle("Gao", "fr-ML") == "fr"


def test_a_declaration_stands_for_a_table_of_figures() -> None:
    table = "Shr 45 cts vs 58 cts\nNet 1.1 mln vs 829,000\nSales 7.9 mln vs 9.4 mln\nAvg shrs 2,332,397"
    assert settle(table, "en") == "en"


def test_a_language_without_a_profile_is_taken_as_declared() -> None:
    assert settle("Wasu mutane sun ce kasuwar garin za ta sake budewa a ranar Litinin.", "hau") == "ha"

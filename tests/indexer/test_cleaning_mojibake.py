from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.edits import apply, invert
from indexer.cleaning import repair
from indexer.cleaning.mojibake import mojibake
from indexer.documents import Declared, Draft, Page


def mended(text: str) -> str:
    edits = tuple(mojibake(text, 0, len(text)))
    assert invert(apply(text, edits), text, edits) == text
    assert {(edit.kind, edit.label) for edit in edits} <= {("repair", "mojibake")}
    return apply(text, edits)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Das Boot fÃ¤hrt fÃ¼r alle.", "Das Boot fährt für alle."),
        ("GrÃ¶ÃŸere Boote", "Größere Boote"),
        ("â€žFrÃ¼herâ€œ, sagt sie", "„Früher“, sagt sie"),
        ("Itâ€™s over â€“ at last", "It’s over – at last"),
        ("CafÃ© Â« du port Â»", "Café « du port »"),
        ("Ð¿Ð¾Ñ€Ñ‚", "порт"),
        ("said \x93we won\x94 \x96 and left", "said “we won” – and left"),
        ("“Das fÃ¼hrt”, sagt sie", "“Das führt”, sagt sie"),
    ],
)
def test_a_wrong_decoding_is_undone(text: str, right: str) -> None:
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "Das Boot fährt für alle, „wirklich“.",
        "Eles gritaram “AMANHÃ” e saíram.",
        "Ele disse ‘NÃO, AMANHÃ’.",
        "CAFÉ… fermé",
        "« Voilà »…",
        "“curly” and ‘single’ quotes — and dashes – stay",
        "Å¡ alone could be anything",
        "Í° is no letter of any newspaper",
        "naïve café, jalapeño, Ångström, İstanbul, Łódź",
        "",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == text


def test_rarer_letters_are_believed_among_certain_ones() -> None:
    assert mended("fÃ¡ze Ã© lÃ­p a Å¡ance") == "fáze é líp a šance"


@given(st.text("aäöüßéèñçáãõ ,.", max_size=60))
def test_what_comes_back_was_there_before(text: str) -> None:
    twice = text.encode("utf-8").decode("latin-1")
    assert all(edit.replacement in text for edit in mojibake(twice, 0, len(twice)))


@given(st.text("aeounä öüßéèñçáãõ„“”‘’–—… .,", max_size=80))
def test_text_in_small_letters_is_never_touched(text: str) -> None:
    assert mended(text) == text


def test_title_and_body_are_mended_and_the_rest_is_not() -> None:
    text = "BrÃ¼cke zu\nDie Brücke ist fÃ¼r alle zu."
    result = repair(Draft(Page("a.txt", text, Declared(), "")).with_title(0, 10))
    assert apply(text, result.edits) == "Brücke zu\nDie Brücke ist für alle zu."

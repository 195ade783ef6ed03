"""What holds for any text: nothing overlaps, nothing is lost, nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.edits import apply, invert, ordered
from indexer.cleaning import furniture, load_packs, repair
from indexer.cleaning.rules import MAX_LINE
from indexer.documents import Declared, Draft, Page

PACKS = load_packs()
FURNITURE = [line for rule in PACKS.rules for line in (*rule.examples, *rule.near_misses)]
SPACING = [
    "\n",
    "\n\n",
    " ",
    "  ",
    "\u00a0",
    " \u00a0",
    "\u2028",
    ".",
    "!",
    "…",
    ", ",
    " ,",
    "- ",
    " -",
    *"”“„«()",
]
WORDS = [
    "The",
    "the",
    "army",
    "He",
    "and",
    "Kidal",
    "UN",
    "A",
    "2014",
    "é",
    "Ünlü",
    "они",
    "中文",
    "العالم",
    "x",
    "😀",
]

typography = st.lists(st.sampled_from([*WORDS, *SPACING]), max_size=80).map("".join)
pages = st.lists(st.one_of(st.sampled_from(FURNITURE), typography), max_size=14).map("\n".join)
texts = st.one_of(st.text(max_size=300), typography, pages)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def draft(text: str) -> Draft:
    return Draft(Page("a.txt", text, Declared(), ""))


@settings(max_examples=300)
@given(texts)
def test_every_text_can_be_cleaned_and_got_back(text: str) -> None:
    result = repair(furniture(draft(text), PACKS))
    assert result.edits == ordered(result.edits)
    assert invert(apply(text, result.edits), text, result.edits) == text
    assert all(0 <= edit.start <= edit.end <= len(text) for edit in result.edits)


@settings(max_examples=300)
@given(texts)
def test_repairs_change_no_letter_and_no_digit(text: str) -> None:
    result = repair(draft(text))
    assert all(edit.kind == "repair" for edit in result.edits)
    spacing = tuple(edit for edit in result.edits if edit.label != "mojibake")
    assert letters(apply(text, spacing)) == letters(text)


@settings(max_examples=200)
@given(texts)
def test_furniture_takes_whole_pieces_of_lines_and_not_too_much(text: str) -> None:
    result = furniture(draft(text), PACKS)
    kept = apply(text, result.edits)
    assert all("\n" not in text[edit.start : edit.end] for edit in result.edits)
    assert len(kept.split()) >= 0.7 * len(text.split()) - len(result.edits)
    assert {finding.edit for finding in result.findings if finding.edit} == set(result.edits)


@settings(max_examples=100)
@given(typography, st.integers(0, 200), st.integers(0, 200))
def test_repairs_keep_out_of_edits_and_of_the_title(text: str, start: int, length: int) -> None:
    title_end = min(start, len(text))
    result = repair(draft(text).with_title(0, min(title_end, length)))
    low, high = result.body_span()
    assert all(low <= edit.start and edit.end <= high for edit in result.edits if edit.kind == "repair")


REPETITIVE = {
    "glued": "abc.Def " * 40_000,
    "glued without a space": "ab.The" * 40_000,
    "no-break spaces": "\u00a0 " * 100_000,
    "words and no-break spaces": "a\u00a0" * 100_000,
    "spaces before one comma": "a" + " " * 200_000 + ", x",
    "quotation marks": "a.”B" * 40_000,
    "opening marks": "“a " * 60_000,
    "loose commas": "a , " * 40_000,
    "half a crosshead": ".- A" * 60_000,
    "dots": "aa" + "." * 200_000 + "A",
    "one long word": "x" * 3_000_000,
    "many buttons": "Share\n" * 20_000,
    "buttons and prose": "Share\n" * 5_000 + "The ferry left the port at noon.\n" * 5_000,
    "wrong decodings": "fÃ¼r â€œ " * 40_000,
    "one long wrong decoding": "Ã¼" * 500_000,
    "rows": "Share | Tweet | " * 20_000,
    "short rows": "Share | Tweet | Tweet\n" * 10_000,
    "glued capitals": "PolicyTerms" * 50_000,
    "wrapped": ("word " * 9 + "\n") * 10_000,
}


@pytest.mark.parametrize("text", REPETITIVE.values(), ids=REPETITIVE)
def test_repetitive_texts_come_to_an_end(text: str) -> None:
    result = repair(furniture(draft(text), PACKS))
    assert invert(apply(text, result.edits), text, result.edits) == text


@pytest.mark.parametrize(
    "piece",
    ["a ", "A ", "ab, ", "Share ", "Facebook | ", "Home > ", "© 2023 ", "you agree ", "“", "Photo: A "],
)
def test_no_rule_stumbles_over_a_repetitive_line(piece: str) -> None:
    for rule in PACKS.rules:
        for start in ("", rule.examples[0] + " ", rule.examples[0][: len(rule.examples[0]) // 2]):
            rule.match((start + piece * MAX_LINE)[:MAX_LINE])
    for matcher in (PACKS.anywhere, PACKS.head, PACKS.tail):
        matcher.find((piece * MAX_LINE)[:MAX_LINE])

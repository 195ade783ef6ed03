"""When two texts are copies of one text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.overlap import Table, Words, are_copies, overlap
from compare.shingles import READ, run_of, shingles_of, words_and_spans, words_of

WORDS = [f"{a}{b}{c}" for a in "bdfklmnprst" for b in "aeiou" for c in ("n", "ra", "sti", "vo")]


def text(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)  # noqa: S311 - made-up words, no secret


def edited(words: list[str], share: float) -> list[str]:
    places = random.Random(9).sample(range(len(words)), round(share * len(words)))  # noqa: S311 - the same
    return [f"x{word}" if place in places else word for place, word in enumerate(words)]


def copies(one: str, other: str) -> bool:
    table, words = Table.of(one), Words.of(other)
    return are_copies(table, words, overlap(table, words))


ORIGINAL = text(1)


@pytest.mark.parametrize(
    "copy",
    [
        edited(ORIGINAL, 0.2),
        ORIGINAL[:120],
        ORIGINAL[180:],
        [*text(2, 40), *ORIGINAL, *text(3, 60)],
        [*ORIGINAL[150:], *ORIGINAL[:150]],
        edited(ORIGINAL[:130], 0.1),
    ],
    ids=["edited", "cut at the end", "cut at the beginning", "padded", "reordered", "cut and edited"],
)
def test_a_copy_is_a_copy_whichever_comes_first(copy: list[str]) -> None:
    assert copies(" ".join(ORIGINAL), " ".join(copy))
    assert copies(" ".join(copy), " ".join(ORIGINAL))


@pytest.mark.parametrize(
    "other",
    [text(4), [*text(5, 130), *ORIGINAL[130:]], ORIGINAL[:60], [*ORIGINAL, *text(6, 900)]],
    ids=["another text", "a follow-up with the same background", "an excerpt", "a page that quotes it whole"],
)
def test_what_shares_a_part_is_no_copy(other: list[str]) -> None:
    assert not copies(" ".join(ORIGINAL), " ".join(other))
    assert not copies(" ".join(other), " ".join(ORIGINAL))


def test_a_form_filled_anew_is_no_copy() -> None:
    form = "On {} the river at the old bridge stood at {} cm, {} cm more than on {}; {} boats passed. "
    one = "".join(form.format(*(n + k for k in range(5))) for n in range(10, 110, 10))
    other = "".join(form.format(*(n + k for k in range(5))) for n in range(115, 215, 10))
    assert not copies(one, other)
    assert copies(one, one.replace("river", "stream"))


def test_short_texts_must_agree_more() -> None:
    short = ORIGINAL[:60]
    assert copies(" ".join(short), " ".join([*short[:30], "autrement", *short[31:]]))
    assert not copies(" ".join(short), " ".join(edited(short, 0.2)))


def test_case_punctuation_and_quotes_make_no_difference() -> None:
    plain = "The mayor's office said: 'We open the bridge on Monday'"
    assert words_of(plain) == words_of("THE MAYOR’S OFFICE SAID — “We open the bridge, on Monday”.")


@pytest.mark.parametrize(
    ("sample", "run"),
    [
        ("The ferry crossed the bay at noon", 3),
        ("渡轮中午穿过了海湾", 5),
        ("नौका दोपहर में खाड़ी पार कर गई", 5),
        ("عبرت العبارة الخليج عند الظهر", 3),
    ],
)
def test_shingles_of_small_words_are_longer(sample: str, run: int) -> None:
    assert run_of(words_of(sample)) == run


def test_scripts_without_spaces_are_compared_too() -> None:
    codes = random.Random(3).choices(range(0x4E00, 0x5200), k=400)  # noqa: S311 - the same
    signs = [chr(code) for code in codes]
    assert copies("".join(signs), "".join(signs[:180]))
    assert not copies("".join(signs), "".join(signs[::-1]))


def test_texts_without_words_are_nobodys_copy() -> None:
    assert not copies("…", "…")
    assert not copies("", "one two three")
    assert len(shingles_of([])) == 0


def test_only_the_beginning_of_an_endless_text_is_read() -> None:
    assert len(words_of("ab " * READ)) == pytest.approx(READ / 3, abs=1)


@given(st.text())
def test_words_with_places_are_the_words(sample: str) -> None:
    assert all(0 <= start < end <= len(sample) for _, start, end in words_and_spans(sample))


@given(st.text(), st.text())
def test_shares_are_shares(one: str, other: str) -> None:
    shared = overlap(Table.of(one), Words.of(other))
    assert 0 <= shared.text <= 1
    assert 0 <= shared.table <= 1
    assert 0 <= shared.same <= 1

"""Near copies of a whole archive."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.grouping import copies
from indexer.grouping.copies.postings import first_of_same, shared_shingles
from indexer.grouping.copies.signatures import FEWEST, FEWEST_ALIKE, HEAD, SKETCH
from indexer.ragged import Ragged

VOCABULARY = [f"{a}{b}{c}" for a in "bdfklmnprstvz" for b in "aeiou" for c in ("n", "ra", "sti", "vo", "lem")]


def words(seed: int, length: int = 260) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=length)  # noqa: S311 - made-up words, no secret


def text(seed: int, length: int = 260) -> str:
    return " ".join(words(seed, length))


def signed(texts: Sequence[str]) -> Ragged:
    return Ragged.of([copies.sign(text) for text in texts], copies.DTYPE)


def group(texts: Sequence[str], reads: Counter[int] | None = None) -> list[int]:
    def read(row: int) -> str:
        if reads is not None:
            reads[row] += 1
        return texts[row]

    counts = np.array([len(text.split()) for text in texts])
    return copies.group(signed(texts), counts, read).tolist()


ORIGINAL = words(1)
CUT = " ".join(ORIGINAL[:110])
PADDED = " ".join([*words(2, 20), *ORIGINAL, *words(3, 40)])
EDITED = " ".join(f"x{word}" if place % 8 == 0 else word for place, word in enumerate(ORIGINAL))


# --- signatures ------------------------------------------------------------------------------


def test_a_signature_is_small_and_always_the_same() -> None:
    signature = copies.sign(text(1))
    assert len(signature) == 4 * (HEAD + SKETCH)
    assert signature == copies.sign(text(1).upper().replace(" ", ", "))
    assert signature != copies.sign(text(2))


def test_scraps_have_no_signature_and_brief_texts_no_sketch() -> None:
    assert copies.sign("") == copies.sign("Watch the video below.") == b""
    assert len(copies.sign(text(1, FEWEST))) == 4 * HEAD
    assert len(copies.sign(text(1, FEWEST_ALIKE))) > 4 * HEAD


@given(st.text())
def test_any_text_can_be_signed(body: str) -> None:
    assert len(copies.sign(body)) % 4 == 0


def test_a_hostile_line_is_signed() -> None:
    assert copies.sign("a" * 10**6) == b""
    assert len(copies.sign("a b " * 10**6)) == 4 * (HEAD + 2)


# --- groups ----------------------------------------------------------------------------------


def test_copies_are_named_after_the_first_of_them() -> None:
    texts = [text(7), CUT, text(8), " ".join(ORIGINAL), PADDED, EDITED, text(9)]
    assert group(texts) == [0, 1, 2, 1, 1, 1, 6]


def test_the_same_words_are_grouped_without_reading() -> None:
    reads: Counter[int] = Counter()
    assert group([text(1), text(2), text(1).upper(), text(1)], reads) == [0, 1, 0, 0]
    assert not reads


def test_brief_texts_are_copies_only_when_identical() -> None:
    brief = words(4, 15)
    assert group([" ".join(brief), " ".join(brief), " ".join([*brief, "more"])]) == [0, 0, 2]
    assert group(["Watch the video", "Watch the video"]) == [0, 1]


def test_two_articles_on_one_page_are_not_chained_by_it() -> None:
    one, other = text(11, 200), text(12, 190)
    found = group([one, other, f"{one} {other}"])
    assert found[0] != found[1]
    assert found[2] in (0, 1)


def test_a_chain_of_follow_ups_does_not_become_one_group() -> None:
    long = words(13, 1200)
    found = group([" ".join(long[start : start + 300]) for start in range(0, 900, 60)])
    assert max(Counter(found).values()) < 8


def test_unrelated_texts_are_alone() -> None:
    texts = [text(seed) for seed in range(60)]
    assert group(texts) == list(range(60))


def test_unspaced_scripts_are_grouped() -> None:
    signs = [chr(0x4E00 + number) for number in random.Random(5).choices(range(900), k=500)]  # noqa: S311 - the same
    assert group(["".join(signs), "".join(signs[::-1]), "".join(signs[:220])]) == [0, 1, 0]


def test_an_empty_archive_has_no_groups() -> None:
    assert group([]) == []
    assert group(["", ""]) == [0, 1]


# --- hostile archives ------------------------------------------------------------------------


def test_many_identical_texts_are_one_group() -> None:
    signature = copies.sign(text(1))
    signatures = Ragged.of([signature] * 5000, copies.DTYPE)
    found = copies.group(signatures, np.full(5000, 260), lambda row: pytest.fail(f"{row} was read"))
    assert not found.any()


def test_many_near_identical_texts_are_read_once_each() -> None:
    reads: Counter[int] = Counter()
    texts = [f"{text(1)} number{number}" for number in range(300)]
    assert set(group(texts, reads)) == {0}
    assert max(reads.values()) == 1


def test_a_paragraph_in_every_text_joins_nothing() -> None:
    reads: Counter[int] = Counter()
    notice = text(99, 60)
    texts = [f"{notice} {text(seed)} {notice}" for seed in range(200)]
    assert group(texts, reads) == list(range(200))
    assert reads.total() <= 200 * 8


# --- properties ------------------------------------------------------------------------------

PIECES = [" ".join(words(seed, 40)) for seed in range(5)]
ARCHIVES = st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join), max_size=12)


@given(ARCHIVES)
@settings(max_examples=50)
def test_groups_are_named_by_their_first_member_whatever_the_archive(texts: list[str]) -> None:
    found = group(texts)
    assert all(found[name] == name and name <= row for row, name in enumerate(found))
    assert found == group(texts)


@given(ARCHIVES)
@settings(max_examples=25)
def test_strangers_behind_the_archive_change_nothing(texts: list[str]) -> None:
    assert group([*texts, text(77)])[: len(texts)] == group(texts)


def test_only_shared_shingles_are_posted() -> None:
    texts = [text(1), text(2), CUT]
    postings = shared_shingles(signed(texts), np.arange(3))
    assert postings.rows.tolist() == [0, 2]
    assert postings.shingles[0].tolist() == postings.shingles[1].tolist()
    assert len(postings.shingles[0]) == postings.count
    assert first_of_same(signed(texts)).tolist() == [0, 1, 2]

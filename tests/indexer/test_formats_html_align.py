from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.formats.html_align import kept, likeness, normal

FIRST = "The ferry to the northern islands is back after a year in the yard."
SECOND = "Its captain said that the crossing would take forty minutes as before."


def chosen(blocks, lines):
    return [block for block, keep in zip(blocks, kept(blocks, lines), strict=True) if keep]


def test_blocks_equal_to_lines_are_kept_in_order():
    blocks = ["Home", FIRST, "Share", SECOND, "Home"]
    assert chosen(blocks, [FIRST, SECOND]) == [FIRST, SECOND]


def test_spacing_quotes_and_bullets_do_not_matter():
    assert chosen(["“It  sails”, she said"], ['- "It sails," she said']) == ["“It  sails”, she said"]


def test_a_teaser_that_repeats_the_lead_is_not_kept_twice():
    assert kept([FIRST, "Menu", FIRST, SECOND], [FIRST, SECOND]) == [False, False, True, True]


def test_several_blocks_may_be_one_line_of_the_extract():
    assert chosen(["Menu", FIRST, SECOND, "Share"], [f"{FIRST} {SECOND}"]) == [FIRST, SECOND]


def test_a_block_may_hold_more_than_its_line():
    block = f"{FIRST} (Photo)"
    assert chosen([block, "Share"], [FIRST]) == [block]


def test_short_words_inside_a_line_keep_no_short_block():
    assert chosen(["Share", FIRST + " Share it.", "back"], [FIRST + " Share it. Do."]) == [
        FIRST + " Share it."
    ]


def test_an_extract_in_another_order_than_the_page_is_found():
    assert chosen([SECOND, "Menu", FIRST], [FIRST, SECOND]) == [SECOND, FIRST]


def test_scripts_without_spaces():
    blocks = [
        "メニュー",
        "北の島々への連絡船が一年ぶりに運航を再開した",
        "船長は所要時間は以前と同じ四十分だと述べた",
    ]
    assert chosen(blocks, ["".join([blocks[1], "。", blocks[2], "。"])]) == blocks[1:]


def test_blocks_without_words_are_not_kept():
    assert kept(["***", FIRST], ["***", FIRST]) == [False, True]


def test_nothing_extracted_keeps_nothing():
    assert kept([FIRST], []) == [False]
    assert kept([], [FIRST]) == []


@given(st.lists(st.sampled_from(["a", "b", FIRST, SECOND, "", "Menu bar"]), max_size=12), st.data())
def test_a_page_that_is_all_article_is_kept(blocks, data):
    lines = data.draw(st.just(blocks))
    assert kept(blocks, lines) == [bool(normal(block)) for block in blocks]


def test_likeness_is_the_share_of_common_words():
    assert likeness("Ferry returns", "FERRY returns!") == 1
    assert likeness("Ferry returns", "Ferry sinks") == pytest.approx(1 / 3)
    assert likeness("", "Ferry") == likeness("—", "—") == 0

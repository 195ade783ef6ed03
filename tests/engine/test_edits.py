from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.edits import TextMap, apply, invert, ordered
from engine.model import Edit


def edit(start: int, end: int, replacement: str = "", kind: Literal["remove", "repair"] = "remove") -> Edit:
    return Edit(start, end, replacement, kind, rule="r", label="l", pack_version="1")


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    raw = draw(st.text(max_size=80))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return raw, ordered(edit(a, b, draw(st.text(max_size=3))) for a, b in pairs)


def test_apply_takes_out_and_puts_in() -> None:
    raw = "Share\nThe junta.The army\n"
    edits = (edit(0, 6), edit(16, 16, " ", "repair"))
    assert apply(raw, edits) == "The junta. The army\n"
    assert apply(raw, edits, 6, 24) == "The junta. The army"


@given(edited_texts())
def test_inverting_gives_back_the_raw_text(case: tuple[str, tuple[Edit, ...]]) -> None:
    raw, edits = case
    assert invert(apply(raw, edits), raw, edits) == raw


@given(edited_texts(), st.data())
def test_inverting_a_part_gives_back_the_part(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    raw, edits = case
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    inside = [e for e in edits if start <= e.start and e.end <= end]
    body = apply(raw, edits, start, end)
    assert body == apply(raw, inside, start, end)
    assert invert(body, raw, edits, start, end) == raw[start:end]


@given(edited_texts())
def test_kept_characters_are_found_again(case: tuple[str, tuple[Edit, ...]]) -> None:
    raw, edits = case
    body = apply(raw, edits)
    places = TextMap.of(edits, 0, len(raw))
    for offset, character in enumerate(raw):
        if not any(e.start <= offset < e.end for e in edits):
            there = places.to_edited(offset)
            assert body[there] == character


def test_removed_text_maps_to_where_it_was() -> None:
    places = TextMap.of((edit(2, 5),), 0, 8)
    assert [places.to_edited(offset) for offset in range(9)] == [0, 1, 2, 2, 2, 2, 3, 4, 5]


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap at 2"):
        ordered([edit(0, 3), edit(2, 4)])
    assert ordered([edit(3, 4), edit(0, 3)]) == (edit(0, 3), edit(3, 4))

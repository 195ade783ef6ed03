from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import anchors, sidebyside
from engine.model import Article

ENGLISH = (
    "The ferry Nordlys left Kirkwall on 12 May with 240 passengers.\n"
    "Captain Ingrid Solberg said that the sea was calm.\n"
    "\n"
    "Nobody was hurt, and the crew made tea.\n"
    "The harbour master, Tom Ferreira, counted 17 boats in 2019 and 23 boats in 2021."
)
FRENCH = (
    "Une annonce sans rapport.\n"
    "Le ferry Nordlys a quitté Kirkwall le 12 mai avec 240 passagers. La mer était calme, dit la capitaine "
    "Ingrid Solberg.\n"
    "Personne n'a été blessé, et on a fait du thé.\n"
    "Tom Ferreira a compté 17 bateaux en 2019, puis 23 en 2021."
)


def article(text):
    return Article(text[:8], "a.txt", text, text, 0, len(text), "Ferry")


def rows(first, second):
    a, b = article(first), article(second)
    found = sidebyside.align(a, b)
    cut = lambda text, span: None if span is None else text[slice(*span)]  # noqa: E731 -- read once, below
    return [(cut(first, row.first), cut(second, row.second)) for row in found.rows], found


def test_paragraphs_stand_beside_their_counterparts():
    lines, other = ENGLISH.split("\n"), FRENCH.split("\n")
    beside, _ = rows(ENGLISH, FRENCH)
    assert beside == [
        (None, other[0]),
        ("\n".join(lines[:2]), other[1]),
        (lines[3], other[2]),
        (lines[4], other[3]),
    ]


def test_anchors_are_numbered_and_named_by_their_rows():
    _, found = rows(ENGLISH, FRENCH)
    assert [shared.number for shared in found.anchors] == list(range(1, len(found.anchors) + 1))
    assert [n for row in found.rows for n in row.anchors] == [shared.number for shared in found.anchors]
    quoted = {(ENGLISH[slice(*s.first)], FRENCH[slice(*s.second)]) for s in found.anchors}
    assert {("12 May", "12 mai"), ("240", "240"), ("Solberg", "Solberg"), ("2021", "2021")} <= quoted


def test_what_changes_places_is_no_anchor():
    shared = sidebyside.shared_anchors(
        anchors.find("Solberg, Ferreira, 240"), anchors.find("Ferreira, 240, Solberg")
    )
    assert len(shared) == 2


def test_nothing_in_common_is_left_beside_each_other():
    beside, found = rows("one two\nthree four", "fünf sechs")
    assert beside == [("one two\nthree four", "fünf sechs")]
    assert found.anchors == ()


@pytest.mark.parametrize(("first", "second"), [("", ""), ("", "Solberg"), ("\n\n", " ")])
def test_empty_articles(first, second):
    _, found = rows(first, second)
    assert found.anchors == ()


def test_a_long_paragraph_is_cut_into_sentences():
    text = "Solberg counted the boats of the harbour again and again. " * 20
    assert len(sidebyside.pieces(article(text))) == 20


def test_hostile_texts_stay_bounded():
    text = "Orlova 12. " * 40_000
    found = sidebyside.align(article(text), article(text))
    assert len(found.rows) <= 2 * sidebyside.PIECES
    assert len(sidebyside.pieces(article("a\n" * 100_000))) == sidebyside.PIECES


WORDS = st.lists(
    st.sampled_from(["Orlova", "Delcourt", "12", "2019", "boats", "\n", ".", "passengers"]), max_size=60
)


@given(WORDS, WORDS)
def test_rows_and_anchors_go_forward_and_lose_nothing(first, second):
    left, right = " ".join(first), " ".join(second)
    found = sidebyside.align(article(left), article(right))
    for side, text in (("first", left), ("second", right)):
        spans = [getattr(row, side) for row in found.rows if getattr(row, side)]
        assert spans == sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
        places = [getattr(shared, side) for shared in found.anchors]
        assert places == sorted(places)

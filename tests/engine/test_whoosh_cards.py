"""Cards come back as they were written, and damage is named."""

from dataclasses import replace

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import IndexDamagedError
from engine.model import Access, Card, Copies, Evidence, Translated
from engine.whoosh.cards import card, card_line

FULL = replace(
    article(
        "x", agency="AFP", published="2023-11-14T20:31:20Z", place="GAO", story="s1", url="https://x.example/"
    ),
    access=Access(truncated=True, percent_left=60, reasons=(Evidence("mark", "Subscribe"),)),
    translated=Translated("probable", "fr", (Evidence("style", "has declared"),), "y"),
    copies=Copies("c1", 3, "first"),
    flags=("short", "odd date"),
    words=321,
)


@pytest.mark.parametrize("made", [FULL, article(), article(source=None, published=None, language=None)])
def test_a_card_says_what_the_article_does(made):
    assert card(card_line(made)) == Card.of(made)


def test_a_card_has_no_evidence():
    shown = Card.of(FULL)
    assert (shown.access.reasons, shown.translated.evidence, shown.source.evidence) == ((), (), ())
    assert (shown.access.percent_left, shown.translated.original_id) == (60, "y")


@given(*[st.text(st.characters(exclude_categories=()))] * 2)
def test_any_id_and_title_survive(article_id, title):
    made = article(article_id, title.replace("\n", " "))
    assert card(card_line(made)) == Card.of(made)
    assert b"\n" not in card_line(made)


@pytest.mark.parametrize("data", [b"", b"\x80\x04.", b"[]", b"{}", b"[1,2,3]", card_line(article())[:-2]])
def test_damage_is_named(data):
    with pytest.raises(IndexDamagedError, match="run `dateline index`"):
        card(data)

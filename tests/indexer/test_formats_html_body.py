from __future__ import annotations

import pytest

from indexer.formats import html_body, html_extractors
from indexer.formats.html_blocks import visible
from indexer.formats.html_body import MAX_BLOCKS, MAX_PAGE, MAX_SECOND_LOOK, MAX_TAGS, article_blocks

MENU, FOOT = "Home and harbour news", "Write to the harbour office"
PARAGRAPHS = [
    f"On pier {pier} the crew of the ferry {name} told the harbour office that all boats would sail again"
    f" by the end of the week, as soon as the {name} had been painted and its engine looked after."
    for pier, name in enumerate(("Astrid", "Birgit", "Carola", "Dagmar", "Edith", "Freya"))
]
CAPTION = (
    "The Astrid at the pier on a quiet morning, with the harbour office and the island in the mist behind"
)
BLOCKS = [MENU, *PARAGRAPHS[:3], CAPTION, *PARAGRAPHS[3:], FOOT]
PAGE = "<html><body>" + "".join(f"<p>{text}</p>" for text in BLOCKS) + "</body></html>"


@pytest.fixture
def say(monkeypatch):
    """Put words into the extractors' mouths; returns whom they were put to."""
    asked = []

    def say(**lines):
        def answer(name):
            def extract(*_args):
                asked.append(name)
                return list(lines[name])

            return extract

        for name in ("precise", "generous", "rescue", "witness"):
            monkeypatch.setattr(html_extractors, name, answer(name))
        return asked

    return say


def article(page=PAGE):
    blocks = visible(page)
    return [block.text for block, keep in zip(blocks.blocks, article_blocks(blocks), strict=True) if keep]


def test_the_precise_one_decides_and_no_other_is_asked(say):
    asked = say(precise=PARAGRAPHS, witness=[*PARAGRAPHS, FOOT])
    assert article() == PARAGRAPHS
    assert sorted(asked) == ["precise", "witness"]


def test_a_lost_body_is_rescued_when_two_agree(say):
    say(precise=PARAGRAPHS[:1], witness=BLOCKS, rescue=PARAGRAPHS, generous=PARAGRAPHS[:2])
    assert article() == PARAGRAPHS


def test_a_body_lost_by_the_rescue_too_is_found_by_the_generous_one(say):
    say(precise=PARAGRAPHS[:1], witness=PARAGRAPHS, rescue=PARAGRAPHS[:1], generous=PARAGRAPHS)
    assert article() == PARAGRAPHS


def test_a_longer_body_nobody_else_sees_is_not_taken(say):
    say(precise=PARAGRAPHS[:1], witness=PARAGRAPHS[2:4], rescue=PARAGRAPHS[4:], generous=PARAGRAPHS[:1])
    assert article() == PARAGRAPHS[:1]


def test_one_opinion_is_none(say):
    say(precise=[], witness=[], rescue=[], generous=PARAGRAPHS)
    assert article() == []


def test_a_missing_paragraph_is_added_in_its_place_when_two_agree(say):
    say(precise=[*PARAGRAPHS[:3], *PARAGRAPHS[4:]], witness=PARAGRAPHS, rescue=PARAGRAPHS)
    assert article() == PARAGRAPHS


@pytest.mark.parametrize("missing", [0, 5], ids=["lead", "last"])
def test_a_paragraph_at_the_edge_is_added(say, missing):
    some = [text for i, text in enumerate(PARAGRAPHS) if i != missing]
    say(precise=some, witness=PARAGRAPHS, rescue=PARAGRAPHS)
    assert article() == PARAGRAPHS


def test_one_witness_adds_no_paragraph(say):
    some = [*PARAGRAPHS[:3], *PARAGRAPHS[4:]]
    say(precise=some, witness=PARAGRAPHS, rescue=some)
    assert article() == some


def test_no_caption_is_added(say):
    asked = say(precise=PARAGRAPHS[1:4], witness=BLOCKS[2:6], rescue=BLOCKS)
    assert article() == PARAGRAPHS[1:4]
    assert "rescue" not in asked


def test_real_extractors_agree_on_a_plain_page():
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = (
        f"<html><body><nav><a href=/>{MENU}</a></nav><article>{body}</article><footer>{FOOT}</footer></body>"
    )
    assert article(page) == PARAGRAPHS


def test_a_page_with_very_many_tags_is_left_to_the_witness(say):
    asked = say(witness=PARAGRAPHS)
    assert article(PAGE.replace("</body>", "<b>x</b>" * (MAX_TAGS // 2))) == PARAGRAPHS
    assert asked == ["witness"]


def test_a_very_long_page_is_left_to_the_precise_one(say):
    asked = say(precise=PARAGRAPHS)
    assert article(PAGE.replace("</body>", " " * MAX_SECOND_LOOK)) == PARAGRAPHS
    assert asked == ["precise"]


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("</body>", " " * MAX_PAGE),
        PAGE.replace("</body>", "<p>x</p>" * MAX_BLOCKS),
        PAGE + "<div>" * 1000,
    ],
    ids=["length", "blocks", "nesting"],
)
def test_what_would_take_too_long_is_not_tried(say, page):
    asked = say()
    assert article(page) == []
    assert asked == []


def test_hundred_thousand_tags_and_a_megabyte_survive():
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    tags = f"<html><body><article>{body}</article>{'<i>x</i>' * 50_000}</body></html>"
    long = f"<html><body><article>{body * 700}</article></body></html>"
    assert set(PARAGRAPHS) <= set(article(tags))
    assert len(article(long)) >= 700 * len(PARAGRAPHS) * 0.99
    assert html_body.MAX_TAGS < 100_000 < tags.count("<")

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import anchors
from compare.months import month
from engine.model import Article, Edit


def keys(text, kind=None):
    return [anchor.key for anchor in anchors.find(text) if kind in (None, anchor.kind)]


@pytest.mark.parametrize(
    "text",
    [
        "1,400,000 boats",
        "1.4 million boats",
        "1 400 000 bateaux",
        "1.400.000 Boote",
        "140万",
        "١٬٤٠٠٬٠٠٠",
        "१४०००००",
    ],
)
def test_the_digits_of_a_number_count_however_it_is_written(text):
    assert keys(text, "number") == ["#14"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("in 2010", ["#2010"]),
        ("in 2000", ["#2000"]),
        ("7 boats", []),
        ("0.25", ["#25"]),
        ("二十五", ["#25"]),
        ("三百四十", ["#34"]),
        ("12 345", ["#12345"]),
        ("12 34", ["#12", "#34"]),
    ],
)
def test_numbers(text, numbers):
    assert keys(text, "number") == numbers


@pytest.mark.parametrize(
    "text",
    [
        "on 14 March",
        "on March 14",
        "le 14 mars",
        "am 14. März",
        "14 марта",
        "el 14 de marzo",
        "3月14日",
        "14 مارس",
    ],
)
def test_a_day_is_the_same_in_every_language(text):
    assert keys(text, "date") == ["@3-14"]


def test_a_number_far_from_a_month_is_no_day():
    assert keys("March was cold, and 14 boats stayed", "date") == []


@pytest.mark.parametrize(
    ("word", "number"), [("Dezember", 12), ("août", 8), ("мая", 5), ("Sept", 9), ("boat", None)]
)
def test_months(word, number):
    assert month(word) == number


def test_names_and_long_words_are_known_by_their_beginnings():
    assert keys("Le président Delcourt arrive", "name") == ["delco"]
    assert keys("le président arrive demain", "word") == ["presi", "arriv", "demai"]
    assert keys("The president", "word") == ["presi"]


def test_names_of_other_scripts_are_known_by_sound():
    assert "~RPRP" in keys("сказал Лавров")
    assert "~RPRP" in keys("said Lavrov")
    assert "~SNSN" in keys("ジョンソン首相は")


def test_chinese_names_and_places():
    assert keys("张文宏说", "name") == ["wenho"]
    assert keys("在广州市", "name") == ["guang"]
    assert keys("Zhang Wenhong", "name") == ["zhang", "wenho"]
    assert "~TRNP" in keys("特朗普说")


def test_links_images_and_tags():
    text = "See https://www.port.example/a/ and https://cdn.example/x/Quay.JPG with #lighthouse"
    assert keys(text, "link") == ["port.example/a", "#lighthouse"]
    assert keys(text, "image") == ["quay.jpg"]


def test_spans_are_those_of_the_text():
    text = "Ferry: 1,250 passengers met Captain Orlova on 3 May."
    found = {text[a.start : a.end] for a in anchors.find(text)}
    assert {"1,250", "Captain", "Orlova", "3 May", "passengers"} <= found


def test_what_was_removed_has_no_anchors():
    raw = "Title\nOrlova spoke.\nFollow Harbour News\nDelcourt left."
    start = raw.index("Follow")
    edit = Edit(start, start + len("Follow Harbour News"), "", "remove", "r", "l", "1")
    article = Article("a", "a", raw, "", 6, len(raw), "Title", edits=(edit,))
    assert [raw[a.start : a.end] for a in anchors.of(article) if a.kind == "name"] == ["Orlova", "Delcourt"]


@given(st.text(max_size=300))
def test_any_text_has_anchors_inside_it_in_order(text):
    found = anchors.find(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert [a.end for a in found if a.kind != "date"] == sorted(a.end for a in found if a.kind != "date")


def test_only_the_beginning_of_an_endless_line_is_read():
    assert max(a.end for a in anchors.find("Orlova 12 " * 60_000)) <= anchors.READ

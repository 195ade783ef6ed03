from __future__ import annotations

import pytest

from engine.model import Evidence
from indexer.documents import Declared, Draft, Finding, Page
from indexer.language.translation.evidence import Reading
from indexer.language.translation.marks import witness

BODY = "The old bridge is closed.\nNobody in town knows why."


def read(text=BODY, *, language="en", marks=(), authors=(), findings=()):
    page = Page("bridge.html", text, Declared(marks=tuple(marks), authors=authors), "")
    draft = Draft(page, findings=tuple(findings))
    return list(witness(Reading.of(draft, 0, len(text), language)))


@pytest.mark.parametrize(
    ("kind", "text", "expected", "weight", "language"),
    [
        (
            "meta",
            '<meta http-equiv="X-Translated-By" content="Google">',
            "machine translation markup",
            6,
            None,
        ),
        ("html", '<html lang="en-x-mtfrom-de">', "machine translation markup", 6, "de"),
        ("a", 'rel="alternate machine-translated-from" hreflang="fr"', "machine translation markup", 6, "fr"),
        ("markup: machine translation", "<meta>", "machine translation markup", 6, None),
        ("markup: translationOfWork", "translationOfWork: Most", "declared original", 6, None),
        ("html", '<html class="translated-ltr">', "machine translation markup", 6, None),
        ("json-ld", '"translationOfWork": {"inLanguage": "pl"}', "declared original", 6, "pl"),
        ("json-ld translator", "Anna Kovač", "declared translator", 6, None),
        ("generator", "WPML ver:4.6", "translation plugin", 0.5, None),
        ("hreflang", "fr https://example.org/fr/", "other language version", 0.5, None),
    ],
)
def test_markup(kind, text, expected, weight, language):
    [item] = read(marks=[Evidence(kind, text)])
    assert item.evidence == Evidence(expected, text)
    assert (item.weight, item.language) == (weight, language)
    assert item.ceiling == ("translated" if weight == 6 else "none")


def test_other_marks_say_nothing():
    assert read(marks=[Evidence("paywall", '<div class="paywall">'), Evidence("robots", "noindex")]) == []


def test_credit_in_the_last_line():
    text = BODY + "\nTranslated from the Dutch by Anna Kovač"
    [item] = read(text)
    assert item.evidence.text == text[item.evidence.start : item.evidence.end]
    assert item.evidence.text == "Translated from the Dutch by Anna Kovač"
    assert (item.family, item.ceiling, item.language) == ("credit", "translated", "nl")


def test_credit_taken_out_as_furniture_still_counts():
    text = BODY + "\n\nTranslation: Anna Kovač\n"
    draft = Draft(Page("bridge.txt", text, Declared(), ""))
    assert [item.family for item in witness(Reading.of(draft, 0, len(BODY), "en"))] == ["credit"]


def test_credit_in_the_middle_is_part_of_the_story():
    middle = ["A line of the report."] * 8
    text = "\n".join([*middle, "Translated from the Dutch by Anna Kovač", *middle])
    assert read(text) == []


def test_declared_author_who_is_a_translator():
    [item] = read(authors=("Pavel Horák", "Translated from German by Anna Kovač"))
    assert item.evidence == Evidence("translation credit", "Translated from German by Anna Kovač")
    assert item.language == "de"


def test_nothing_is_translated_from_its_own_language():
    assert read(BODY + "\nTranslated from English by Anna Kovač") == []
    assert read(marks=[Evidence("html", 'lang="en-x-mtfrom-en"')]) == []


def label(value, start=0, end=3):
    return Finding("feed", "translated_from", value, start, end)


def test_feed_label():
    [item] = read(findings=[label("FR")])
    assert item.evidence == Evidence("feed label", BODY[:3], 0, 3)
    assert (item.language, item.ceiling, item.weight) == ("fr", "probable", 3)


def test_a_label_with_an_odd_value_names_no_language():
    assert [item.language for item in read(findings=[label("French edition")])] == [None]


def test_the_label_of_a_feed_in_the_article_s_own_language():
    assert read(findings=[label("fr")], language="fr") == []


def test_an_english_desk_speaks_against():
    credit = Finding("credit", "editing", "Ann Lee", 0, 7)
    assert [(item.family, item.weight) for item in read(findings=[credit])] == [("desk credit", -2)]
    assert read(findings=[credit], language="fr") == []

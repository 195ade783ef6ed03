from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from webapp_archive import ARTICLES, STORY, in_story, make_engine

from compare.sidebyside import Shared
from engine.model import Claim, Edit, Evidence, Story, Translated
from webapp.pairs import Pair, pair_of, paired, paired_by, translations, view

FIRST, FRENCH, _, ENGLISH, _ = STORY
ADDRESS = "/pair/light%2F1"


def unresolved(article, other):
    said = f"{other.title}: 9 anchors in the same order; which is the original is not known"
    return replace(article, translated=Translated("none", None, (Evidence("translation pair", said),)))


UNRESOLVED = (unresolved(FRENCH, ENGLISH), unresolved(ENGLISH, FRENCH))


@pytest.fixture
def reader(client_for):
    return client_for(*ARTICLES, *STORY)


def page(client, address=ADDRESS):
    return BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")


def words(node):
    return " ".join(node.get_text(" ").split())


# --- whose translation ----------------------------------------------------------------------------------


def test_a_translation_has_an_original():
    assert pair_of(make_engine(STORY), ENGLISH) == Pair(FRENCH, ENGLISH)
    assert pair_of(make_engine(STORY), FRENCH) is None


def test_an_original_that_is_gone_makes_no_pair():
    assert pair_of(make_engine((ENGLISH,)), ENGLISH) is None


def test_an_original_has_translations():
    engine = make_engine(STORY)
    assert [card.id for card in translations(engine, FRENCH)] == ["light/1"]
    assert translations(engine, ENGLISH) == ()
    assert translations(engine, replace(FRENCH, story=None)) == ()
    assert translations(engine, replace(FRENCH, story=Story("s1", 1))) == ()


def test_the_halves_of_an_unresolved_pair_find_each_other():
    french, english = UNRESOLVED
    engine = make_engine((FIRST, french, english))
    assert pair_of(engine, french) == Pair(english, french, known=False)
    assert pair_of(engine, english) == Pair(french, english, known=False)


def test_a_headline_that_only_looks_like_the_other_half_is_none():
    french, english = UNRESOLVED
    namesake = replace(english, translated=Translated())
    assert pair_of(make_engine((french, namesake)), french) is None
    assert pair_of(make_engine((french, replace(english, language="fr"))), french) is None


def test_who_of_a_story_has_its_other_half_in_it():
    assert paired(STORY) == {"light/1"}
    assert paired((FIRST, ENGLISH)) == set()
    assert paired(UNRESOLVED) == {"phare/1", "light/1"}
    assert paired((UNRESOLVED[0], FRENCH)) == set()


# --- side by side ---------------------------------------------------------------------------------------


def test_paragraphs_stand_beside_those_that_tell_the_same():
    rows = view(Pair(FRENCH, ENGLISH)).rows
    assert [(len(row.first), len(row.second)) for row in rows] == [(1, 1)] * 4
    assert '<span class="same">Sorel<sup>' in rows[1].first[0]


def test_an_anchor_has_the_same_number_on_both_sides():
    for row in view(Pair(FRENCH, ENGLISH)).rows:
        sides = [BeautifulSoup("".join(lines), "lxml").select("sup") for lines in (row.first, row.second)]
        numbers = [[sup.text for sup in side] for side in sides]
        assert numbers[0] == numbers[1]
        assert numbers[0]


def test_removed_text_is_never_shown_and_repairs_are():
    at = ENGLISH.raw.index("Sorel")
    mended = Edit(at, at + 5, "Sorelle", "repair", "repair.x", "label", "1")
    edits = tuple(sorted((*ENGLISH.edits, mended), key=lambda edit: edit.start))
    found = view(
        Pair(FRENCH, replace(ENGLISH, edits=edits, body=ENGLISH.body.replace("Sorel", "Sorelle", 1)))
    )
    shown = " ".join(line for row in found.rows for line in row.second)
    assert "Share this article" not in shown
    assert "Sorelle" in shown
    assert words(BeautifulSoup(shown, "lxml")).endswith("says.")


def test_all_of_both_bodies_is_shown():
    rows = view(Pair(FRENCH, ENGLISH)).rows
    for article, side in ((FRENCH, "first"), (ENGLISH, "second")):
        soup = BeautifulSoup(" ".join(line for row in rows for line in getattr(row, side)), "lxml")
        for number in soup.select("sup"):
            number.extract()
        assert "".join(soup.text.split()) == "".join(article.body.split())


def test_texts_with_nothing_in_common_stand_side_by_side():
    one = in_story("one", "One", ("Rain.", "Wind."), None)
    other = in_story("other", "Other", ("Sonne.",), None)
    found = view(Pair(one, other))
    assert [(row.first, row.second) for row in found.rows] == [(("Rain.", "Wind."), ("Sonne.",))]
    assert found.paired_by == ""


def test_an_empty_article_has_no_rows():
    empty = in_story("empty", "Empty", ("",), None)
    assert view(Pair(empty, empty)).rows == ()


def test_anchors_are_counted_by_kind():
    kinds = ("number", "date", "name", "sound", "link", "word")
    anchors = tuple(Shared(n, kind, (0, 1), (0, 1)) for n, kind in enumerate(kinds, 1))
    assert paired_by(anchors) == "2 numbers and dates, 2 names, 1 link, 1 word of the same origin"


# --- the page -------------------------------------------------------------------------------------------


def test_the_page_says_what_pairs_them(reader):
    soup = page(reader)
    assert words(soup.h1) == "Original and translation, side by side"
    assert words(soup.select_one(".badge")) == "Translated from French · certain"
    assert words(soup.select_one(".line")).endswith("in the same order")
    assert [words(head) for head in soup.select(".hd")] == [
        "Le Phare 2024-03-01 07:00Z · French · 45 words · complete".replace("45", str(FRENCH.words)),
        f"Lighthouse 2024-03-02 08:00Z · English · {ENGLISH.words} words · complete",
    ]
    assert [(cell["lang"], cell["dir"]) for cell in soup.select(".sbs > div[lang]")][:2] == [
        ("fr", "ltr"),
        ("en", "ltr"),
    ]


def test_an_unresolved_pair_says_so(client_for):
    soup = page(client_for(*UNRESOLVED))
    assert words(soup.h1) == "The same text in two languages"
    assert "which is the original is not known" in words(soup.select_one(".note"))
    assert not soup.select(".badge")


def test_what_a_truncated_copy_does_not_have_is_said(client_for):
    lines = [line for line in ENGLISH.raw.partition("\n\n")[2].split("\n") if "Share" not in line]
    short = in_story("light/1", "Lighthouse", lines[:1], None, title=ENGLISH.title)
    short = replace(short, translated=ENGLISH.translated, access=replace(short.access, truncated=True))
    soup = page(client_for(FRENCH, short))
    assert [words(cell) for cell in soup.select(".sbs .none")] == ["Cut from this copy"]
    assert "truncated" in words(soup.select(".hd")[1])


@pytest.mark.parametrize("name", ["coast%2F1", "phare%2F1", "nothing", "%3Cscript%3E", "x" * 3000])
def test_where_there_is_no_pair_there_is_no_page(reader, name):
    answer = reader.get(f"/pair/{name}")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_hostile_text_is_harmless(client_for):
    evil = "<script>alert(1)</script> \u202egnp.exe\u202c " + "x" * 5_000
    texts = [
        replace(
            in_story(name, evil, (f"Talmist {evil} 2024 Sorel 340.",), None, title=evil, language=language),
            source=Claim(evil, "declared"),
        )
        for name, language in (("a", "ar"), ("b", "e\ud800"))
    ]
    second = replace(texts[1], translated=Translated("translated", "ar", (), "a"))
    answer = client_for(texts[0], second).get("/pair/b")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text
    assert BeautifulSoup(answer.text, "lxml").select_one(".sbs > div[lang]")["dir"] == "rtl"


# --- links to it ----------------------------------------------------------------------------------------


def test_the_translation_links_to_it(reader):
    box = page(reader, "/article/light%2F1").select_one("#translation")
    assert [a["href"] for a in box.select("a.btn")] == [ADDRESS]
    assert "Talmist rouvre Le Phare , French, 2024-03-01" in words(box)


def test_the_original_lists_its_translations(reader):
    box = page(reader, "/article/phare%2F1").select_one("#translation")
    assert ADDRESS in [a["href"] for a in box.select("a")]
    assert "Its translations" in words(box)


def test_an_original_that_is_gone_is_named(client_for):
    box = page(client_for(ENGLISH), "/article/light%2F1").select_one("#translation")
    assert "Its original, phare/1 , is not in this index any more." in words(box)


def test_an_unresolved_pair_is_linked_too(client_for):
    box = page(client_for(*UNRESOLVED), "/article/phare%2F1").select_one("#translation")
    assert [a["href"] for a in box.select("a.btn")] == ["/pair/phare%2F1"]
    assert "Which is the original is not known." in words(box)

"""Learned template lines: what is learned from an archive, and what is taken out of an article."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.edits import body_of, invert
from engine.model import Article, Edit
from indexer.cleaning import kept_texts, templates
from indexer.cleaning.keeping import Keep
from indexer.cleaning.templates import KEPT_WHOLE, LINE, Templates, masked
from indexer.documents import Declared, Page
from indexer.pipeline import Pipeline, PipelineSettings
from indexer.ragged import Ragged

PIPELINE = Pipeline(PipelineSettings())
NAMES = ("Lena Abara", "Tomas Field", "Ines Corda", "Piet Holm", "Rosa Lund")
FOOT = "Listen to the harbour radio every morning"


def article(text: str) -> Article:
    return PIPELINE.article(Page("a.txt", text, Declared(), ""))


def plain(text: str) -> Article:
    return Article("", "", text, text, 0, len(text), "")


def news(number: int, *, above: Sequence[str] = (), below: Sequence[str] = (), lines: int = 9) -> Article:
    """Make an article of its own words, with lines of the site above and below its text."""
    chance = random.Random(number)  # noqa: S311 - the same words each time
    words = [f"{a}{b}" for a in ("kel", "mor", "tan", "vis", "ort") for b in ("am", "il", "ode", "ust", "en")]
    text = [" ".join(chance.choices(words, k=14)).capitalize() + "." for _ in range(lines)]
    return article("\n\n".join((f"Report {' '.join(chance.choices(words, k=5))}", *above, *text, *below)))


def learned(
    articles: Iterable[Article], sources: Sequence[int] | None = None, clusters: Sequence[int] | None = None
) -> Templates:
    rows = [templates.sign(one) for one in articles]
    return templates.learn(
        np.array([0] * len(rows) if sources is None else sources, np.int64),
        np.array(range(len(rows)) if clusters is None else clusters, np.int64),
        Ragged.of(rows, LINE),
    )


def removed(one: Article) -> list[str]:
    return [one.raw[edit.start : edit.end] for edit in one.edits if edit.kind == "remove"]


def taken(one: Article, found: Templates) -> list[str]:
    return removed(templates.without(one, found.of(0)))


# --- what counts as the same line --------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 comments", "3 comments"),
        ("You can follow Lena Abara on this page", "You can follow Tomas Field on this page"),
        ("Printed on 3 May in the harbour", "Printed on 12 May in the harbour"),
        ("LISTEN TO THE RADIO", "listen to the radio »"),
    ],
)
def test_lines_alike_count_as_one(one, other):
    assert masked(one) == masked(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amari Floods", "Sahel Harvest"),
        ("Ten Boats Lost At Sea", "Two Mayors Meet In Amari"),
        ("Amari 2 Teku 1", "Oran 0 Lida 3"),
        ("14 comments", "14 readers"),
    ],
)
def test_headlines_and_results_do_not_become_one(one, other):
    assert masked(one) != masked(other)


# --- signs -------------------------------------------------------------------------------------


def test_a_sign_is_small_and_says_the_same_every_time():
    one = news(1, below=(FOOT,))
    assert templates.sign(one) == templates.sign(one)
    assert len(templates.sign(one)) == 10 * LINE.itemsize
    assert np.frombuffer(templates.sign(one), LINE)["line"][-1] == 8246341141110382194


def test_a_long_line_has_no_number():
    long = " ".join(f"word{i}" for i in range(41))
    signs = np.frombuffer(templates.sign(plain(f"{long}\n{FOOT}")), LINE)
    assert [bool(line) for line in signs["line"]] == [False, True]


def test_what_is_left_of_a_wrapped_sentence_has_no_number():
    wrapped = (
        "The ferry to the island of Amari will not sail before\n"
        "the wind has dropped, the company told the two hundred\n"
        "passengers.\n"
    )
    signs = np.frombuffer(templates.sign(plain(wrapped * 5)), LINE)
    assert [bool(line) for line in signs["line"]] == [True, False, False] * 5


def test_of_a_long_article_the_middle_is_not_looked_at():
    assert len(templates.sign(news(1, lines=1000))) == templates.MAX_LINES * LINE.itemsize


# --- learning ----------------------------------------------------------------------------------


def test_a_line_in_three_articles_of_a_source_is_a_template():
    articles = [news(n, below=(FOOT,)) for n in range(3)]
    found = learned(articles)
    assert [t.clusters for t in found.of(0).values()] == [3]
    assert taken(articles[0], found) == [FOOT]


def test_a_line_in_two_is_none():
    assert not learned([news(n, below=(FOOT,)) for n in range(2)] + [news(9)]).of(0)


def test_copies_of_one_article_count_once():
    articles = [news(1, below=(FOOT,))] * 5
    assert not len(learned(articles, clusters=[7] * 5))


def test_another_source_teaches_nothing():
    articles = [news(n, below=(FOOT,)) for n in range(4)]
    assert not len(learned(articles, sources=[0, 0, 1, 1]))
    assert not len(learned(articles, sources=[-1] * 4))


def test_a_line_in_the_middle_must_be_common():
    middle = "Our harbour in pictures"
    halves = [(news(n).body, news(n + 500).body) for n in range(4)]
    articles = [plain(f"{first}\n{middle}\n{second}") for first, second in halves]
    assert middle not in taken(articles[0], learned([*articles, *(news(n) for n in range(100, 120))]))
    assert middle in taken(articles[0], learned([*articles, *(news(n) for n in range(100, 106))]))


def test_a_long_menu_is_all_head():
    menu = [
        f"{word} {other}" for word in ("News", "Sport", "Tides") for other in ("today", "archive", "letters")
    ]
    articles = [news(n, above=menu) for n in range(3)] + [news(n) for n in range(50, 70)]
    assert taken(articles[0], learned(articles)) == menu


def test_a_line_that_changes_each_time_must_be_common():
    lines = [f"Catch {n} tons of fish" for n in range(40)]
    articles = [news(n, below=(line,)) for n, line in enumerate(lines)]
    assert taken(articles[0], learned(articles)) == [lines[0]]
    rare = learned([*articles[:10], *(news(n) for n in range(100, 160))])
    assert taken(articles[0], rare) == []


def test_a_sentence_must_be_more_frequent():
    sentence = "The harbour was rebuilt after the storm had sunk eleven boats."
    articles = [news(n, below=(sentence,)) for n in range(4)]
    assert taken(articles[0], learned([*articles, *(news(n) for n in range(50, 100))])) == []
    assert taken(articles[0], learned(articles)) == [sentence]


def test_of_very_many_articles_a_few_are_no_evidence():
    articles = [news(n, below=(FOOT,) if n < 5 else ()) for n in range(200)]
    assert not len(learned(articles))


def test_the_order_of_rows_decides_nothing():
    articles = [news(n, above=("Tides today",), below=(FOOT,)) for n in range(8)]
    assert learned(articles) == learned(articles[::-1], clusters=range(8)[::-1])


def test_an_empty_archive_teaches_nothing():
    assert not len(learned([]))
    assert templates.Templates({}).of(3) == {}


# --- taking out --------------------------------------------------------------------------------


def test_the_edit_says_how_many_articles_share_the_line():
    articles = [news(n, below=("You can follow Rosa Lund on this page",)) for n in range(7)]
    found = learned(articles)
    (edit,) = templates.edits(articles[0], found.of(0))
    assert edit.rule.startswith("template.")
    assert edit.label == "learned line: you can follow … on this page"
    assert edit.evidence == "in at least 5 articles of this source"
    assert edit.pack_version == "learned"


def test_ends_words_and_text_follow():
    articles = [news(n, above=("Tides today",), below=(FOOT,)) for n in range(3)]
    one = templates.without(articles[0], learned(articles).of(0))
    assert body_of(one) == one.body
    assert one.body.strip() == one.body
    assert one.words == len(one.body.split()) == 9 * 14


def test_taking_out_twice_is_taking_out_once_and_can_be_undone():
    articles = [news(n, above=("Tides today",), below=(FOOT,)) for n in range(3)]
    found = learned(articles)
    one = templates.without(articles[0], found.of(0))
    assert templates.without(one, found.of(0)) == one
    assert templates.sign(one) == templates.sign(articles[0])
    assert templates.without(one, {}) == articles[0]


def test_a_line_to_keep_stays():
    articles = [news(n, below=(FOOT,)) for n in range(3)]
    kept = kept_texts([Keep(FOOT)], None, "a.txt")
    assert templates.without(articles[0], learned(articles).of(0), kept) == articles[0]


def test_an_article_that_would_lose_too_much_is_kept_whole():
    short = [news(n, above=("Tides today", FOOT), lines=1) for n in range(3)]
    one = templates.without(short[0], learned(short).of(0))
    assert one == replace(short[0], flags=(*short[0].flags, KEPT_WHOLE))
    assert templates.edits(short[0], learned(short).of(0)) == ()


def test_repairs_in_a_line_stay_and_it_goes_around_them():
    line = "Listen to the harbour radio.The morning show"
    articles = [news(n, below=(line,)) for n in range(3)]
    assert [edit.kind for edit in articles[0].edits] == ["repair"]
    one = templates.without(articles[0], learned(articles).of(0))
    assert "".join(removed(one)) == line
    assert templates.without(one, {}) == articles[0]


def test_a_line_with_mended_letters_stays():
    one = news(1, below=(FOOT,))
    start = one.raw.index("harbour")
    mended = Edit(start, start + 1, "h", "repair", "repair.mojibake", "letters", "1")
    articles = [replace(one, edits=(mended,)), *(news(n, below=(FOOT,)) for n in range(2, 5))]
    assert templates.edits(articles[0], learned(articles).of(0)) == ()


@given(
    st.lists(st.lists(st.sampled_from(["Tides", "a b", "Follow Lena on 3", "x", ""]), max_size=9), max_size=6)
)
def test_whatever_is_learned_can_be_undone(pages):
    articles = [plain("\n".join(lines)) for lines in pages]
    found = learned(articles)
    for one in articles:
        after = templates.without(one, found.of(0))
        assert body_of(after) == after.body
        assert (
            invert(after.body, after.raw, after.edits, after.body_start, after.body_end)
            == after.raw[after.body_start : after.body_end]
        )
        assert templates.sign(after) == templates.sign(one)

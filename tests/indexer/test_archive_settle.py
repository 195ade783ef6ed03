"""Settling: an article gets its facts, and can be had back as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_archives import document, indexed, kept_rows, new_rows, processed, story

from engine.model import Article, Copies, Story
from indexer.archive import Spool, relate, settle
from indexer.archive.rows import unsettled
from indexer.archive.settle import Facts, Partner, known_by
from indexer.archive.signature import Compared, Signature, sign
from indexer.cleaning.templates import Template
from indexer.grouping.twins import Twin
from indexer.language.translation import pairing

ROOT = Path(__file__).parent.parent.parent
TWIN = Compared("key", Twin.of("Post goes on for 90 more words", 40))
ALONE = Facts(Copies("c1"), Story("s1"))
PAIR = pairing.Pair(1, 0, 9.0, 12, ("declared",))


def partner(number: int, pair: pairing.Pair = PAIR, **other: Any) -> Partner:
    known = {"language": "fr", "original": pair.resolved and number == pair.original} | other
    return Partner(number, f"{number}.txt", "text of the other", pair=pair, **known)


@pytest.fixture(scope="module")
def article() -> Article:
    return processed(document("0.txt", story(1)))


@pytest.fixture(scope="module")
def other() -> Article:
    return replace(processed(document("1.txt", story(1))), language="fr")


CASES = {
    "alone": ALONE,
    "cut": replace(ALONE, compared=TWIN),
    "whole beside a longer copy": replace(ALONE, compared=Compared("key", None)),
    "translation": replace(ALONE, partner=partner(1)),
    "original": replace(ALONE, partner=partner(1, replace(PAIR, original=0, translation=1))),
    "pair": replace(ALONE, partner=partner(1, replace(PAIR, direction=()))),
    "cut translation": replace(ALONE, compared=TWIN, partner=partner(1)),
}


@pytest.mark.parametrize("facts", CASES.values(), ids=CASES)
def test_what_was_settled_can_be_undone_and_settled_again(
    article: Article, other: Article, facts: Facts
) -> None:
    settled = settle(article, sign(article), facts, lambda _row: other)
    kept = Signature.load(settled.signature)
    before = unsettled(settled, kept.own)
    assert replace(before, signature="") == article
    assert settle(before, kept, facts, lambda _row: other) == settled


def test_facts_are_shown_in_the_article(article: Article, other: Article) -> None:
    settled = settle(article, sign(article), CASES["cut translation"], lambda _row: other)
    assert (settled.copies, settled.story) == (Copies("c1"), Story("s1"))
    assert (settled.access.truncated, settled.access.percent_left) == (True, 40)
    assert (settled.translated.verdict, settled.translated.original_id) == ("translated", "1.txt")
    assert settled.translated.from_language == "fr"


def test_an_original_stays_as_it_is_and_reads_no_other(article: Article) -> None:
    def nobody(row: int) -> Article:
        return pytest.fail(f"row {row} was read") if row != 1 else article

    assert settle(article, sign(article), CASES["original"], nobody).translated == article.translated


def test_templates_and_groups_alone_overrule_nothing(article: Article) -> None:
    settled = settle(article, sign(article), ALONE, lambda _row: article)
    assert Signature.load(settled.signature).own is None


# --- the digest ------------------------------------------------------------------------------

TEMPLATE = Template(11, 30, anywhere=False)


@pytest.mark.parametrize(
    "other",
    [
        replace(ALONE, copies=Copies("c1", 2, "copy")),
        replace(ALONE, story=Story("s1", 2)),
        replace(ALONE, templates={11: TEMPLATE}),
        replace(ALONE, compared=TWIN),
        replace(ALONE, partner=partner(1)),
    ],
)
def test_the_digest_changes_with_what_is_settled(other: Facts) -> None:
    assert other.digest() != ALONE.digest()
    assert replace(other).digest() == other.digest()


def test_the_digest_tells_partners_apart_by_text_and_direction() -> None:
    paired = replace(ALONE, partner=partner(1))
    others = [
        replace(partner(1), id="2.txt"),
        replace(partner(1), text="another text"),
        partner(1, replace(PAIR, direction=("day",))),
    ]
    assert all(replace(paired, partner=one).digest() != paired.digest() for one in others)


def test_the_digest_does_not_change_with_rows_and_scores() -> None:
    """Both move with every article that comes or goes."""
    first = replace(ALONE, partner=partner(1))
    moved = partner(7, replace(PAIR, original=7, translation=6, score=9.1, agreeing=13))
    assert replace(ALONE, partner=replace(moved, id="1.txt")).digest() == first.digest()


def test_one_article_more_with_a_template_changes_nothing() -> None:
    more = replace(TEMPLATE, clusters=31)
    assert known_by({11: TEMPLATE}) == known_by({11: more}) != known_by({11: replace(TEMPLATE, clusters=60)})
    assert known_by({12: more, 11: TEMPLATE}) == known_by({11: TEMPLATE, 12: more})


# --- the whole -------------------------------------------------------------------------------


@pytest.fixture
def spool() -> Iterator[Spool]:
    with Spool() as opened:
        yield opened


def archive(spool: Spool) -> dict[str, Article]:
    whole, foot = story(1, 30), "Read the Courier every morning"
    texts = [whole, whole[: len(whole) // 2], *(f"{story(n)}\n\n{foot}" for n in range(2, 7)), story(2)]
    return indexed(relate(new_rows(spool, [document(f"{n}.txt", text) for n, text in enumerate(texts)])))


def test_a_second_look_gives_the_same_facts(spool: Spool) -> None:
    index = archive(spool)
    rows = kept_rows(spool, index)
    again = relate(rows)
    assert [rows.head(n).facts for n in range(len(rows))] == [
        again.facts(n).digest() for n in range(len(rows))
    ]
    assert indexed(again) == index


def test_an_index_is_the_same_whatever_the_seed_of_hashes() -> None:
    program = (
        "import hashlib, test_archive_settle as t\n"
        "with t.Spool() as spool: print(hashlib.sha256(repr(t.archive(spool)).encode()).hexdigest())"
    )
    folders = os.pathsep.join(map(str, (ROOT, ROOT / "tests", Path(__file__).parent)))
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": folders, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1

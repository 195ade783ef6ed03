"""Switches: what an archive's owner turns off or keeps, through the whole pipeline."""

from __future__ import annotations

from typing import Any

import pytest

from engine.edits import body_of
from engine.model import Article, Edit
from indexer.cleaning import CleaningSettings, Keep, PackError, kept_texts, load_packs, restore
from indexer.documents import Declared, Draft, Page
from indexer.pipeline import Pipeline, PipelineSettings, digest

TEXT = """Storm keeps the ferry in port

AMARI, Nov 14 (Reuters) - The ferry to Amari stayed in port on Tuesday with two hundred passengers.

The harbour master said that it would leave as soon as the wind had dropped below forty knots.

Read more: Ten lighthouses to see this summer

Back to top
"""
OFF = frozenset({"backtotop.link"})


def article(source: str | None = None, **cleaning: Any) -> Article:
    settings = PipelineSettings(cleaning=CleaningSettings(**cleaning))
    made = Pipeline(settings).article(Page("a.txt", TEXT, Declared(source=source), ""))
    assert body_of(made) == made.body
    return made


def rules(made: Article) -> set[str]:
    return {edit.rule for edit in made.edits}


def test_everything_goes_by_default() -> None:
    assert rules(article()) == {"metadata.dateline", "related.pointer.en", "backtotop.link"}


def test_a_rule_is_off_everywhere() -> None:
    assert "backtotop.link" not in rules(article(disabled=OFF))


def test_a_rule_is_off_for_one_source() -> None:
    off = (("Sahel Courier", OFF),)
    assert "backtotop.link" not in rules(article("sahel courier", disabled_for=off))
    assert "backtotop.link" in rules(article("Amari Post", disabled_for=off))
    assert "backtotop.link" in rules(article(disabled_for=off))


def test_a_rule_that_is_off_for_a_source_must_exist() -> None:
    off = (("Sahel Courier", frozenset({"no.such"})),)
    with pytest.raises(PackError, match=r"no\.such"):
        load_packs(CleaningSettings(disabled_for=off))


@pytest.mark.parametrize(
    ("keep", "stays"),
    [
        (Keep("Back to top"), True),
        (Keep("Back  to\ttop "), True),
        (Keep("Back to top", source="SAHEL COURIER"), True),
        (Keep("Back to top", path="a.txt"), True),
        (Keep("Back to top", source="Amari Post"), False),
        (Keep("Back to top", path="b.txt"), False),
        (Keep("Back to"), False),
    ],
)
def test_a_line_is_kept(keep: Keep, *, stays: bool) -> None:
    assert article("Sahel Courier", keep=(keep,)).body.endswith("Back to top") is stays


def test_part_of_a_line_is_kept_and_still_proves_what_it_proves() -> None:
    made = article(keep=(Keep("AMARI, Nov 14 (Reuters) -"),))
    assert made.body.startswith("AMARI, Nov 14 (Reuters) - The ferry")
    assert made.agency.value == "Reuters"


def test_a_block_is_cut_around_the_line_that_stays() -> None:
    text = "menu\nThe ferry waits.\nfooter\nBody."
    edit = Edit(0, text.index("Body"), "", "remove", "html.block", "page furniture", "1")
    page = Page("a.html", text, Declared(), "", edits=(edit,))
    draft = restore(Draft(page, edits=page.edits), frozenset({"The ferry waits."}))
    assert [text[e.start : e.end] for e in draft.edits] == ["menu\n", "\nfooter\n"]
    assert [line.text for line in draft.lines()] == ["The ferry waits.", "Body."]


def test_repairs_are_not_undone() -> None:
    edit = Edit(1, 1, " ", "repair", "repair.x", "x", "1")
    draft = Draft(Page("a.txt", "ab", Declared(), ""), edits=(edit,))
    assert restore(draft, frozenset({"ab", ""})).edits == (edit,)


def test_texts_are_chosen_by_source_and_path() -> None:
    keeps = (Keep("a"), Keep("b", source="S"), Keep("c", path="p"), Keep("d", source="S", path="p"))
    assert kept_texts(keeps, "s", "p") == {"a", "b", "c", "d"}
    assert kept_texts(keeps, None, "q") == {"a"}


def test_a_switch_changes_the_digest() -> None:
    def of(**cleaning: Any) -> str:
        return digest(PipelineSettings(cleaning=CleaningSettings(**cleaning)))

    assert len({of(), of(disabled=OFF), of(disabled_for=(("S", OFF),)), of(keep=(Keep("x"),))}) == 4

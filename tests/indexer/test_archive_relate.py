"""The look at the whole: copies, template lines, translations and stories from signatures alone."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from small_archives import document, indexed, kept_rows, new_rows, processed, story

from engine.model import Article
from indexer.archive import Processed, Relations, Rows, Spool, relate
from indexer.cleaning import Keep
from indexer.documents import RawDocument
from indexer.language.translation import pairing

FOOT = "Read the Courier every morning"


@pytest.fixture
def spool() -> Iterator[Spool]:
    with Spool() as opened:
        yield opened


def footed(count: int) -> list[RawDocument]:
    return [document(f"{n}.txt", f"{story(n)}\n\n{FOOT}") for n in range(count)]


def groups(relations: Relations) -> list[str]:
    return [relations.facts(n).copies.group_id for n in range(len(relations.rows))]


def test_an_archive_of_nothing_has_no_relations(spool: Spool) -> None:
    relations = relate(new_rows(spool, []))
    assert len(relations.groups) == len(relations.stories) == 0


def test_copies_are_one_group_and_one_story(spool: Spool) -> None:
    texts = [story(1), story(2), f"{story(1)} Nobody was hurt."]
    relations = relate(new_rows(spool, [document(f"{n}.txt", text) for n, text in enumerate(texts)]))
    first, second, copy = (relations.facts(n) for n in range(3))
    assert first.copies.group_id == copy.copies.group_id != second.copies.group_id
    assert (first.copies.size, second.copies.size) == (2, 1)
    assert first.story == copy.story
    assert first.story.size == 2


def test_a_group_is_named_after_its_first_article(spool: Spool) -> None:
    """The same in every archive in which that article is the first."""
    few = [document("a.txt", story(1)), document("b.txt", story(1))]
    more = [*few, document("c.txt", story(2)), document("d.txt", story(1))]
    assert groups(relate(new_rows(spool, few)))[0] == groups(relate(new_rows(spool, more)))[3]


# --- templates -------------------------------------------------------------------------------


def test_lines_of_a_source_go_and_the_rest_is_signed_anew(spool: Spool) -> None:
    rows = new_rows(spool, footed(5))
    before = rows.signature(0)
    relations = relate(rows)
    assert all(len(held) == 1 for held in relations.held)
    assert FOOT not in relations.article(0).body
    after = rows.signature(0)
    assert after.templates == tuple(relations.held[0])
    assert (after.left, after.first, after.lines) == (before.left - 5, before.first, before.lines)
    assert after.copies != before.copies


def test_a_line_the_owner_keeps_is_held_and_stays(spool: Spool) -> None:
    relations = relate(new_rows(spool, footed(5), [Keep(FOOT, "Courier")]))
    assert FOOT in relations.article(0).body
    assert relations.rows.head(0).left == relations.article(0).words


def test_copies_do_not_make_a_line_a_template(spool: Spool) -> None:
    items = [document(f"{n}.txt", f"{story(1)}\n\n{FOOT}") for n in range(5)]
    assert not any(relate(new_rows(spool, items)).held)


def test_an_article_gets_its_line_back_when_too_few_have_it(spool: Spool) -> None:
    index = indexed(relate(new_rows(spool, footed(5))))
    assert FOOT not in index["0.txt"].body
    alone = {path: index[path] for path in ("0.txt", "1.txt")}
    left = indexed(relate(kept_rows(spool, alone)))
    fresh = indexed(relate(new_rows(spool, footed(2))))
    assert left == fresh
    assert FOOT in left["0.txt"].body


# --- pairs -----------------------------------------------------------------------------------


def pairs_given(monkeypatch: pytest.MonkeyPatch, found: Sequence[pairing.Pair]) -> None:
    monkeypatch.setattr("indexer.language.translation.pairing.pair", lambda *_: found)


def partners(relations: Relations) -> list[tuple[int, bool] | None]:
    found = (relations.facts(n).partner for n in range(len(relations.rows)))
    return [partner and (partner.row, partner.original) for partner in found]


@pytest.mark.parametrize(
    ("direction", "expected"),
    [((), [(2, False), None, (0, False)]), (("declared",), [None, None, (0, True)])],
)
def test_an_original_has_no_partner_when_it_is_known_to_be_one(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, direction: tuple[str, ...], expected: list[Any]
) -> None:
    pairs_given(monkeypatch, [pairing.Pair(0, 2, 9.0, 9, direction)])
    items = [document(f"{n}.txt", story(n), published=f"201{n}-03-05") for n in range(3)]
    relations = relate(new_rows(spool, items))
    assert partners(relations) == expected
    assert relations.facts(0).story == relations.facts(2).story != relations.facts(1).story


SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va")
FILLING = {
    "en": ("the", "harbour", "remains", "quiet", "while", "fishermen", "wait", "before", "evening"),
    "fr": ("dans", "ces", "villages", "tranquilles", "chaque", "matelot", "attend", "les", "nouvelles"),
}


def told(language: str) -> Article:
    """Tell the same names and figures in a language."""
    chance, words = random.Random(3), random.Random(language)  # noqa: S311 - the same text each time
    names = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(20)]
    facts = [f"{name} {chance.randrange(100, 9999)}" for name in names for _ in range(2)]
    text = ". ".join(f"{' '.join(words.choices(FILLING[language], k=6))} {fact}" for fact in facts)
    return replace(processed(document(f"{language}.txt", f"{text}.", f"Port {language}")), language=language)


def test_a_text_in_two_languages_is_a_pair_and_one_story(spool: Spool) -> None:
    rows = Rows({}.get, spool)
    for article in (told("en"), told("fr"), processed(document("x.txt", story(1)))):
        rows.add(Processed.of(article), article.path)
    relations = relate(rows)
    assert partners(relations) == [(1, False), (0, False), None]
    assert relations.facts(0).story == relations.facts(1).story != relations.facts(2).story
    settled = indexed(relations)
    assert any(item.kind == "translation pair" for item in settled["fr.txt"].translated.evidence)
    assert indexed(relate(kept_rows(spool, settled))) == settled

"""Families: what each member of a group of copies is, and which of them were cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from small_archives import document, indexed, kept_rows, new_rows, processed, story

from indexer.archive import Processed, Relations, Rows, Spool, relate
from indexer.archive.signature import Signature

WHOLE = story(1, 30)
CUT = WHOLE[: WHOLE.index(" ", len(WHOLE) * 2 // 3)]


@pytest.fixture
def spool() -> Iterator[Spool]:
    with Spool() as opened:
        yield opened


def look(spool: Spool, *texts: str) -> Relations:
    items = [document(f"{n}.txt", text, f"Paper {n}") for n, text in enumerate(texts)]
    return relate(new_rows(spool, items))


def roles(relations: Relations) -> list[str]:
    return [relations.facts(n).copies.role for n in range(len(relations.rows))]


def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which every row whose text is read is added."""
    texts: list[int] = []
    bare = Rows.bare

    def watched(rows: Rows, number: int, found: Any) -> Any:
        texts.append(number)
        return bare(rows, number, found)

    monkeypatch.setattr(Rows, "bare", watched)
    return texts


def test_who_stands_alone_is_the_only_one(spool: Spool) -> None:
    relations = look(spool, story(2), story(3))
    assert roles(relations) == ["only", "only"]
    assert relations.facts(0).compared is None


def test_a_text_that_goes_on_elsewhere_was_cut(spool: Spool) -> None:
    relations = look(spool, CUT, WHOLE, story(2))
    assert roles(relations) == ["truncated", "longer twin", "only"]
    compared = relations.facts(0).compared
    assert compared is not None
    assert compared.twin is not None
    assert "Paper 1 goes on for" in compared.twin.evidence.text
    assert relations.facts(1).compared is None


def test_texts_of_about_one_length_are_not_compared(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = read(monkeypatch)
    relations = look(spool, story(1), f"{story(1)} Nobody was hurt.")
    assert roles(relations) == ["copy", "copy"]
    assert texts == []


def test_what_was_seen_is_not_looked_at_again(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look(spool, CUT, WHOLE)
    rows = kept_rows(spool, indexed(before))
    texts = read(monkeypatch)
    after = relate(rows)
    assert texts == []
    assert [after.facts(n) for n in range(2)] == [before.facts(n) for n in range(2)]


def test_what_was_seen_beside_a_copy_goes_with_it(spool: Spool) -> None:
    index = indexed(look(spool, CUT, WHOLE))
    assert Signature.load(index["0.txt"].signature).compared is not None
    del index["1.txt"]
    alone = relate(kept_rows(spool, index))
    assert alone.facts(0).compared is None
    assert roles(alone) == ["only"]
    (article,) = indexed(alone).values()
    assert not article.access.truncated
    assert Signature.load(article.signature).compared is None


def test_a_copy_that_changed_is_read_again(spool: Spool) -> None:
    index = indexed(look(spool, CUT, WHOLE))
    rows = kept_rows(spool, {"0.txt": index["0.txt"]})
    rows.add(Processed.of(processed(document("1.txt", f"{WHOLE} {story(4, 8)}", "Paper 1"))), "1.txt")
    before, after = Signature.load(index["0.txt"].signature).compared, relate(rows).facts(0).compared
    assert before is not None
    assert after is not None
    assert after.key != before.key
    assert after.twin != before.twin

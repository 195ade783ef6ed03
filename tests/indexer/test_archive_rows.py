"""Rows: what is new is spooled, what is unchanged is read from the former index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from small_archives import document, indexed, kept_rows, new_rows, processed, story

from engine.model import Entry
from indexer.archive import Processed, Rows, Spool, relate
from indexer.archive.columns import UNDATED, Columns, column
from indexer.archive.signature import Head
from indexer.cleaning import Keep
from indexer.cleaning.templates import LINE, Template, sign

FOOT = "Read the Courier every morning"


@pytest.fixture
def spool() -> Iterator[Spool]:
    with Spool() as opened:
        yield opened


def test_a_new_article_comes_back_with_its_id(spool: Spool) -> None:
    item = document("a.txt", story(1))
    rows = Rows({}.get, spool)
    rows.add(Processed.of(processed(item)), "https://courier.example/1")
    assert rows.article(0) == replace(processed(item), id="https://courier.example/1")
    assert (rows[0].source, rows[0].former) == ("Courier", None)


def test_an_unchanged_article_is_what_the_pipeline_made(spool: Spool) -> None:
    items = [document(f"{n}.txt", f"{story(n)}\n\n{FOOT}") for n in range(5)]
    index = indexed(relate(new_rows(spool, items)))
    assert all(FOOT not in article.body for article in index.values())
    rows = kept_rows(spool, index)
    assert [replace(rows.article(n), signature="") for n in range(5)] == [processed(item) for item in items]
    assert [rows.entry(n) for n in range(5)] == [Entry.of(article) for article in index.values()]


def test_an_entry_without_its_article_is_named(spool: Spool) -> None:
    (article,) = indexed(relate(new_rows(spool, [document("a.txt", story(1))]))).values()
    rows = Rows({}.get, spool)
    rows.keep(Entry.of(article), article.id)
    with pytest.raises(LookupError, match=r"a\.txt"):
        rows.article(0)


def test_one_part_is_read_as_the_whole_signature_has_it(spool: Spool) -> None:
    rows = new_rows(spool, [document("a.txt", story(1)), document("b.txt", "Rain fell.")])
    for number in range(len(rows)):
        whole = rows.signature(number)
        names = ("lines", "first", "copies", "story", "anchors")
        assert {name: rows.part(number, name) for name in names} == {n: getattr(whole, n) for n in names}
        fields = ("about", "left", "templates", "compared", "facts", "own")
        assert rows.head(number) == Head(*(getattr(whole, name) for name in fields))


def test_a_row_can_be_signed_anew(spool: Spool) -> None:
    rows = new_rows(spool, [document("a.txt", story(1)), document("b.txt", story(2))])
    other, anew = rows.signature(1), replace(rows.signature(0), left=7, templates=(5,))
    rows.sign(0, anew)
    assert (rows.signature(0), rows.signature(1)) == (anew, other)


@pytest.mark.parametrize("kept", [False, True])
def test_a_line_the_owner_keeps_stays(spool: Spool, *, kept: bool) -> None:
    keep = [Keep(FOOT, "Courier")] if kept else []
    rows = new_rows(spool, [document("a.txt", f"{story(1)}\n\n{FOOT}")], keep)
    *_, last = np.frombuffer(sign(rows.article(0)), LINE)["line"].tolist()
    bare = rows.bare(0, {last: Template(last, 3, anywhere=False)})
    assert (FOOT in bare.body) is kept


def test_columns_say_what_the_signatures_say(spool: Spool) -> None:
    items = [
        document("a.txt", story(1), published="1970-01-11"),
        document("b.txt", story(2), "Post"),
        document("c.txt", "Rain fell.", None),
    ]
    rows = new_rows(spool, items)
    columns = Columns.of(rows)
    assert columns.source.tolist() == [0, 1, -1]
    assert columns.language.tolist() == [0, 0, -1]
    assert columns.day.tolist() == [10, UNDATED, UNDATED]
    assert columns.days(-5).tolist() == [10, -5, -5]
    assert columns.words.tolist() == columns.left.tolist() == [rows.article(n).words for n in range(3)]
    stories = column(rows, "story", np.uint32)
    assert [stories[n].tobytes() for n in range(3)] == [rows.part(n, "story") for n in range(3)]

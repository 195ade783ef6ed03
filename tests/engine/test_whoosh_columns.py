"""Columns say of every document what the article says."""

import numpy as np
import pytest
import whoosh_index
from builders import article

from engine.model import Filter
from engine.whoosh.columns import Columns, Keyword

ARTICLES = [
    article("b", source="Sahel Courier", published="2023-11-14", copies="g1", story="s1"),
    article("a", source="Niger Post", published=None, copies="g1"),
    article("c", source="Sahel Courier", published="2023-11"),
    article("d", source=None, published="2022", copies="g2"),
]


@pytest.fixture(scope="module")
def columns(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ix") / "whoosh"
    others = [article(key) for key in ("x0", "x1", "y0", "y1", "y2", "y3")]
    with whoosh_index.make(folder, [*ARTICLES[:2], *others], ARTICLES[2:], ["x0", "x1"]) as searcher:
        yield Columns(searcher.reader())


PLACES = {"b": 0, "a": 1, "c": 8, "d": 9}


def marked(mask):
    return {key for key, place in PLACES.items() if mask[place]}


def test_deleted_documents_are_not_live(columns):
    assert columns.size == 10
    assert np.flatnonzero(~columns.live).tolist() == [2, 3]


def test_ranks_follow_the_ids(columns):
    assert sorted(PLACES, key=lambda key: columns.rank[PLACES[key]]) == ["a", "b", "c", "d"]


def test_dates_are_whole_and_inclusive(columns):
    assert marked(columns.dated) == {"b", "c", "d"}
    assert marked(columns.between("2023", None)) == {"b", "c"}
    assert marked(columns.between("2023-11-02", "2023-11-14")) == {"b"}
    assert marked(columns.between(None, "2023-11-01")) == {"c", "d"}
    assert marked(columns.between(None, "2022")) == {"d"}


def test_groups(columns):
    assert columns.has_copies
    assert columns.has_stories
    groups = [columns.copies[PLACES[key]] for key in "abcd"]
    assert groups[0] == groups[1]
    assert len(set(groups)) == 3


def test_without_groups_there_are_none_to_count(tmp_path):
    with whoosh_index.make(tmp_path / "ix", [article("a")]) as searcher:
        made = Columns(searcher.reader())
    assert not made.has_copies
    assert not made.has_stories


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Filter("source", ("Sahel Courier",)), {"b", "c"}),
        (Filter("source", ("Sahel Courier", "none")), {"b", "c", "d"}),
        (Filter("source", (), ("Sahel Courier",)), {"a", "d"}),
        (Filter("source", ("Sahel Courier",), ("Sahel Courier",)), set()),
        (Filter("source", ("Unheard Of",)), set()),
        (Filter("source"), {"a", "b", "c", "d"}),
    ],
)
def test_filters(columns, chosen, expected):
    assert marked(columns.filtered(chosen)) == expected
    assert columns.filtered(chosen) is columns.filtered(chosen)


def test_counting_only_what_is_in_the_mask(columns):
    mask = np.zeros(columns.size, np.bool_)
    mask[[0, 8, 9]] = True
    assert columns.keywords["source"].counts(mask) == {"Sahel Courier": 2, "none": 1}


def test_a_document_may_hold_several_values_or_none():
    column = Keyword(("x", "y"), np.array([0, 0, 2]), np.array([0, 1, 1]))
    assert column.counts(np.array([True, True, False])) == {"x": 1, "y": 1}
    assert column.having(("y",), 3).tolist() == [True, False, True]


def test_an_empty_index_has_empty_columns(tmp_path):
    with whoosh_index.make(tmp_path / "ix", ["a"]) as searcher:
        made = Columns(searcher.reader())
    assert made.size == 0
    assert made.keywords["source"].counts(made.live) == {}
    assert made.filtered(Filter("source", ("x",))).tolist() == []

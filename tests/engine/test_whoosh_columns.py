"""Columns say of every document what the article says."""

import numpy as np
import pytest
import whoosh_index
from builders import article
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Filter
from engine.whoosh import columns as columns_module
from engine.whoosh import lexicon
from engine.whoosh.columns import Keyword
from engine.whoosh.pack import Pack, PackWriter


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    return (folder / str(n) for n in range(1_000_000))


ARTICLES = [
    article("b", source="Sahel Courier", published="2023-11-14", copies="g1", story="s1"),
    article("a", source="Niger Post", published=None, copies="g1"),
    article("c", source="Sahel Courier", published="2023-11"),
    article("d", source=None, published="2022", copies="g2"),
]


@pytest.fixture(scope="module")
def columns(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ix") / "whoosh"
    others = [article(key) for key in ("x0", "x1", "y0", "y1", "y2", "y3", "y4")]
    return whoosh_index.make(folder, [*ARTICLES[:2], *others], ARTICLES[2:], ["x0", "x1"]).columns


PLACES = {"b": 0, "a": 1, "c": 9, "d": 10}


def marked(mask):
    return {key for key, place in PLACES.items() if mask[place]}


def test_deleted_documents_are_not_live(columns):
    assert columns.size == 11
    assert columns.articles == 9
    assert np.flatnonzero(~columns.live).tolist() == [2, 3]


def test_ranks_follow_the_ids(columns):
    assert sorted(PLACES, key=lambda key: columns.rank[PLACES[key]]) == ["a", "b", "c", "d"]


def test_dates_are_whole_and_inclusive(columns):
    assert marked(columns.between(None, None)) == {"b", "c", "d"}
    assert marked(columns.between("2023", None)) == {"b", "c"}
    assert marked(columns.between("2023-11-02", "2023-11-14")) == {"b"}
    assert marked(columns.between(None, "2023-11-01")) == {"c", "d"}
    assert marked(columns.between(None, "2022")) == {"d"}


def test_groups(columns):
    found = np.array(sorted(PLACES.values()))
    assert columns.copies.known
    assert columns.story.known
    keys = dict(zip(sorted(PLACES, key=PLACES.get), columns.copies.keys(found).tolist(), strict=True))
    assert keys["a"] == keys["b"]
    assert len(set(keys.values())) == 3
    assert columns.copies.count(found) == 3
    assert columns.copies.count(found[:1]) == 1


def test_without_groups_there_are_none_to_count(tmp_path):
    made = whoosh_index.make(tmp_path / "ix", [article("a")]).columns
    assert not made.copies.known
    assert not made.story.known


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


def counted(column, found, size):
    return {column.values[n]: int(count) for n, count in enumerate(column.counts(found, size)) if count}


def test_counting_only_what_was_found(columns):
    column = columns.keywords["source"]
    assert counted(column, np.array([0, 9, 10]), columns.size) == {"Sahel Courier": 2, "none": 1}


def test_a_document_may_hold_several_values_or_none():
    column = Keyword(("x", "y"), np.array([0, 1, 1]), np.array([0, 0, 2]))
    assert counted(column, np.array([0, 1]), 3) == {"x": 1, "y": 1}
    assert column.having(("y",), 3).tolist() == [True, False, True]


def test_an_empty_index_has_empty_columns(tmp_path):
    made = whoosh_index.make(tmp_path / "ix", ["a"]).columns
    assert made.size == 0
    assert made.filtered(Filter("source", ("x",))).tolist() == []


@given(st.lists(st.sets(st.binary(max_size=2)), min_size=1, max_size=4), st.sampled_from([0.0, 9.0]))
def test_dictionaries_are_united_one_way_or_the_other(folders, sets, few):
    path = next(folders)
    with PackWriter(path) as pack:
        for number, terms in enumerate(sets):
            lexicon.write(pack, str(number), sorted(terms))
    dictionaries = [lexicon.Lexicon(Pack(path), str(number)) for number in range(len(sets))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns_module, "_FEW", few)
        numbers, size = columns_module.united(dictionaries)
    found = {}
    for dictionary, given_numbers in zip(dictionaries, numbers, strict=True):
        for term, number in zip(dictionary, given_numbers.tolist(), strict=True):
            assert found.setdefault(term, number) == number
    assert sorted(found.values()) == list(range(size))


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.sets(st.text("abc", max_size=3), min_size=1), min_size=1, max_size=4),
    st.sampled_from([0.0, 9.0]),
)
def test_ranks_of_many_segments(folders, sets, few):
    path = next(folders)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns_module, "_FEW", few)
        index = whoosh_index.make(path, *([article(key) for key in sorted(keys)] for keys in sets))
    living = np.arange(index.columns.size)
    if index.columns.live is not None:
        living = np.flatnonzero(index.columns.live)
    ids = {int(index.columns.rank[n]): index.article(int(n)).id for n in living}
    assert [ids[rank] for rank in sorted(ids)] == sorted(set().union(*sets))

"""A page is what ordering everything and cutting would give, however many ties there are."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import SearchRequest
from engine.query import All
from engine.whoosh import ranking
from engine.whoosh.columns import Groups
from engine.whoosh.evaluate import Found
from engine.whoosh.ranking import order, rank

documents = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([0, 20230000, 20231114]), st.integers(0, 3)),
    min_size=1,
    max_size=40,
)


def columns(rows, seed):
    rng = np.random.default_rng(seed)
    groups = Groups(np.array([group for _, _, group in rows]), 3, known=True)
    return SimpleNamespace(
        rank=rng.permutation(len(rows)),
        moments=np.array([moment for _, moment, _ in rows]),
        copies=groups,
        story=groups,
    )


def in_order(made, rows, sort):
    def place(n):
        score, moment, _ = rows[n]
        if sort == "relevance":
            return (-score, made.rank[n])
        return (moment == 0, moment if sort == "date" else -moment, made.rank[n])

    return sorted(range(len(rows)), key=place)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(ranking, "_LARGE", 8)
    monkeypatch.setattr(ranking, "_BLOCK", 2)
    monkeypatch.setattr(ranking, "_ENOUGH", 2)


sorts = st.sampled_from(["relevance", "date", "-date"])


@given(documents, st.integers(0, 99), sorts, st.integers(1, 12) | st.none())
def test_the_first_of_the_order(rows, seed, sort, limit):
    made = columns(rows, seed)
    scores = np.array([score for score, _, _ in rows], np.float32)
    found = order(made, np.arange(len(rows)), scores, sort, limit)
    assert found.tolist() == in_order(made, rows, sort)[:limit]


@given(documents, st.integers(0, 99), sorts, st.integers(0, 5), st.integers(1, 5))
def test_pages_of_groups(rows, seed, sort, start, limit):
    made = columns(rows, seed)
    scores = np.array([score for score, _, _ in rows], np.float32)
    members = {}
    for n in in_order(made, rows, sort):
        members.setdefault(rows[n][2] or ("alone", n), []).append(n)
    expected = [(group[0], scores[group[0]], len(group)) for group in members.values()]
    request = SearchRequest(All(), sort=sort, group="story")
    page = slice(start, min(start + limit, len(members)))
    assert list(rank(made, Found(np.arange(len(rows)), scores), request, page)) == expected[page]

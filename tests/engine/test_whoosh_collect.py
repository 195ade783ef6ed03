"""A matcher is run to its end, or until time is up."""

import itertools

import pytest
import whoosh_index
from builders import article

from engine.whoosh import collect as module
from engine.whoosh.collect import collect
from engine.whoosh.stock import Every, NullQuery, Term


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ix") / "whoosh"
    articles = [article(f"a{n}", title="t", body="red " * (n % 5)) for n in range(30)]
    with whoosh_index.make(folder, articles[:20], articles[20:]) as made:
        yield made


def test_documents_of_all_segments_in_rising_order(searcher):
    assert len(searcher.leaf_searchers()) == 2
    matches = collect(searcher, Term("body", "red"), 9.0)
    assert matches.documents.tolist() == [n for n in range(30) if n % 5]
    assert matches.complete


def test_scores_are_whooshs_own(searcher):
    matches = collect(searcher, Term("body", "red"), 9.0)
    expected = {hit.docnum: hit.score for hit in searcher.search(Term("body", "red"), limit=None)}
    assert dict(zip(matches.documents.tolist(), matches.scores.tolist(), strict=True)) == expected


def test_nothing(searcher):
    assert collect(searcher, NullQuery, 9.0).documents.tolist() == []


def test_when_time_is_up_what_was_found_so_far_is_given(searcher, monkeypatch):
    clock = itertools.count()
    monkeypatch.setattr(module, "_BETWEEN_CHECKS", 2)
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    matches = collect(searcher, Every(), 3.5)
    assert not matches.complete
    assert matches.documents.tolist()[:8] == list(range(8))
    assert len(matches.documents) < 30

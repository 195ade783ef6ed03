"""Each id is in the index once, as last put, however changes fall into batches and segments."""

import pytest
import whoosh_index
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.whoosh import segments
from engine.whoosh.segments import documents
from engine.whoosh.snapshot import Session

keys = st.sampled_from(["a", "b", "ä/\udc80", "", "https://x.example/?q=1&r=2"])
change = st.tuples(keys, st.none() | st.integers(0, 9))
history = st.lists(st.lists(change, min_size=1, max_size=6), min_size=1, max_size=3)


def play(batches):
    """Return the batches as articles, and what must be left."""
    left = {}
    made = []
    for batch in batches:
        made.append(
            [key if n is None else article(key, body=f"version {n}", path="same") for key, n in batch]
        )
        left.update(dict(batch))
    return made, {key: f"version {n}" for key, n in left.items() if n is not None}


@pytest.fixture
def folders(tmp_path):
    return (tmp_path / str(n) for n in range(1_000_000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(history, st.integers(1, 4), st.integers(0, 3))
def test_the_last_change_wins(folders, batches, segment_size, many):
    made, left = play(batches)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_MAX_ARTICLES", segment_size)
        patch.setattr(segments, "_MANY", many)
        searcher = whoosh_index.make(next(folders), *made)
    with searcher:
        session = Session(searcher)
        numbers = {key: documents(session.reader, "id", key) for key in left}
        assert {key: [session.article(n).body for n in found] for key, found in numbers.items()} == {
            key: [body] for key, body in left.items()
        }
        assert session.reader.doc_count() == len(left)
        assert len(documents(session.reader, "path", "same")) == len(left)


def test_an_unknown_id_has_no_document(tmp_path):
    with whoosh_index.make(tmp_path / "ix", [article("a")]) as searcher:
        assert documents(searcher.reader(), "id", "b") == []


def test_an_index_may_be_empty(tmp_path):
    with whoosh_index.make(tmp_path / "ix", ["a"]) as searcher:
        assert searcher.reader().doc_count_all() == 0
        assert documents(searcher.reader(), "id", "a") == []


def test_a_segment_is_closed_before_its_column_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "_MAX_BYTES", 1)
    with whoosh_index.make(tmp_path / "ix", [article("a"), article("b")]) as searcher:
        assert len(searcher.leaf_searchers()) == 2


def test_mostly_deleted_segments_are_rewritten(tmp_path):
    first = [article(f"a{n}") for n in range(8)]
    with whoosh_index.make(tmp_path / "ix", first, ["a1", "a2", "a3"]) as searcher:
        assert searcher.reader().doc_count_all() == 5
    with whoosh_index.make(tmp_path / "ix", ["a4"]) as searcher:
        assert searcher.reader().doc_count_all() == 5


def test_many_small_segments_become_one(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "_MANY", 2)
    batches = [[article(f"a{n}")] for n in range(3)]
    with whoosh_index.make(tmp_path / "ix", *batches[:2]) as searcher:
        assert len(searcher.leaf_searchers()) == 2
    with whoosh_index.make(tmp_path / "ix", batches[2]) as searcher:
        assert len(searcher.leaf_searchers()) == 1
        assert [Session(searcher).article(n).id for n in range(3)] == ["a0", "a1", "a2"]


def test_large_segments_stay_as_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "_MANY", 1)
    monkeypatch.setattr(segments, "_SMALL", 0)
    with whoosh_index.make(tmp_path / "ix", [article("a")], [article("b")], [article("c")]) as searcher:
        assert len(searcher.leaf_searchers()) == 3


def test_no_lock_of_whooshs_own_is_left(tmp_path):
    whoosh_index.make(tmp_path / "ix", [article("a")]).close()
    assert {path.suffix for path in (tmp_path / "ix").iterdir()} == {".seg", ".toc"}

"""Each id is in the index once, as last put, however changes fall into batches and segments."""

import pytest
import whoosh_index
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.whoosh import merge, segments
from engine.whoosh.lexicon import encode

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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(history, st.integers(1, 4), st.integers(2, 4), st.sampled_from([0.1, 0.25, 1.0]), st.integers(1, 9))
def test_the_last_change_wins(folders, batches, batch_size, many, dead, stretch):  # noqa: PLR0917  # what is varied
    made, left = play(batches)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_BATCH_ARTICLES", batch_size)
        patch.setattr(segments, "_MANY", many)
        patch.setattr(segments, "_DEAD", dead)
        patch.setattr(merge, "_STRETCH", stretch)
        index = whoosh_index.make(next(folders), *made)
    assert index.columns.articles == len(left)
    for key in ["a", "b", "ä/\udc80", "", "https://x.example/?q=1&r=2"]:
        found = [s.article(n).body for s in index.segments for n in s.with_id(key)]
        assert found == ([left[key]] if key in left else [])
    assert sum(len(segment.with_path("same")) for segment in index.segments) == len(left)
    assert [entry.id for entry in index.entries()] == sorted(left, key=encode)


def test_an_unknown_id_has_no_document(tmp_path):
    index = whoosh_index.make(tmp_path / "ix", [article("a")])
    assert index.get("b") is None


def test_an_index_may_be_empty(tmp_path):
    index = whoosh_index.make(tmp_path / "ix", ["a"])
    assert index.segments == []
    assert index.columns.size == 0


def test_a_batch_is_closed_when_it_holds_much_text(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "_BATCH_CHARACTERS", 1)
    writer = segments.Segments(tmp_path / "ix")
    for key in "ab":
        writer.put(article(key))
    assert len(list((tmp_path / "ix").glob("*.pack"))) == 2


def test_a_fresh_index_becomes_one_segment(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "_BATCH_ARTICLES", 2)
    index = whoosh_index.make(tmp_path / "ix", [article(f"a{n}") for n in range(7)])
    assert [segment.size for segment in index.segments] == [7]
    assert [index.article(n).id for n in range(7)] == [f"a{n}" for n in range(7)]


def test_mostly_deleted_segments_are_rewritten(tmp_path):
    first = [article(f"a{n}") for n in range(8)]
    index = whoosh_index.make(tmp_path / "ix", first, ["a1", "a2", "a3"])
    assert [(segment.size, segment.dead) for segment in index.segments] == [(5, None)]
    index = whoosh_index.make(tmp_path / "ix", ["a4"])
    assert [(segment.size, segment.live) for segment in index.segments] == [(5, 4)]


def test_many_segments_of_a_size_become_one(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "_MANY", 3)
    batches = [[article(f"a{n}")] for n in range(3)]
    assert len(whoosh_index.make(tmp_path / "ix", *batches[:2]).segments) == 2
    index = whoosh_index.make(tmp_path / "ix", batches[2])
    assert [segment.size for segment in index.segments] == [3]


def test_files_of_the_generation_before_are_not_changed(tmp_path):
    folder = tmp_path / "ix"
    whoosh_index.make(folder, [article(f"a{n}") for n in range(9)], ["a0"])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    whoosh_index.make(folder, ["a1"], [article("b")])
    for path in folder.iterdir():
        assert before.get(path.name, path.read_bytes()) == path.read_bytes()


def test_nothing_is_left_that_the_contents_do_not_name(tmp_path):
    folder = tmp_path / "ix"
    whoosh_index.make(folder, [article(f"a{n}") for n in range(9)], ["a0"], ["a1"])
    assert sorted(path.suffix for path in folder.iterdir()) == [".dead", ".pack", ".toc"]


def test_a_folder_that_is_gone_is_said_to_be(tmp_path):
    (tmp_path / "ix").mkdir()
    with pytest.raises(FileNotFoundError):
        segments.open_segments(tmp_path / "ix")

"""The list of entries is what the changes say, in id order, whatever the size of the runs."""

import pytest
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model import Entry
from engine.whoosh import entries
from engine.whoosh.entries import Spool, read

changes = st.lists(st.tuples(st.sampled_from(["a", "b", "ä", "\udc80", "z"]), st.none() | st.integers(0, 9)))


def entry(key, number=0):
    return Entry.of(article(key, body="word " * number, language=f"l{number}", removed=["Lire aussi"]))


def play(folder, history, before=None):
    folder.mkdir()
    spool = Spool(folder)
    for key, number in history:
        if number is None:
            spool.delete(key)
        else:
            spool.put(entry(key, number))
    return spool.finish(before)


@pytest.fixture
def folders(tmp_path):
    return (tmp_path / str(n) for n in range(1_000_000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes, changes, st.integers(1, 5))
def test_the_last_change_of_each_id_counts(folders, first, second, run):
    left = {key: number for key, number in dict((*first, *second)).items() if number is not None}
    before, after = next(folders), next(folders)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "_RUN", run)
        play(before, first)
        summary = play(after, second, before)
    assert list(read(after)) == [entry(key, left[key]) for key in sorted(left)]
    assert summary == entries.Summary(len(left), tuple(sorted({f"l{n}" for n in left.values()})))
    assert [path.name for path in after.iterdir()] == [entries.FILE]


def test_the_file_is_open_before_the_first_entry_is_asked_for(folders):
    folder = next(folders)
    play(folder, [("a", 1)])
    stream = read(folder)
    (folder / entries.FILE).unlink()
    assert [one.id for one in stream] == ["a"]

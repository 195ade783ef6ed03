"""The list of entries is what the changes say, in id order, whatever segments they fell into."""

from itertools import chain

import pytest
import whoosh_index
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import IndexDamagedError
from engine.model import Entry
from engine.whoosh import entries
from engine.whoosh.lexicon import encode

keys = st.sampled_from(["a", "b", "ä", "\udc80", "z"])
changes = st.lists(st.tuples(keys, st.none() | st.integers(0, 9)), max_size=8)


def made(key, number):
    if number is None:
        return key
    return article(key, body="word " * number, language=f"l{number}", removed=["Lire aussi"])


@pytest.fixture
def folders(tmp_path):
    return (tmp_path / str(n) for n in range(1_000_000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(changes, min_size=1, max_size=3))
def test_the_last_change_of_each_id_counts(folders, history):
    left = {key: number for key, number in dict(chain.from_iterable(history)).items() if number is not None}
    index = whoosh_index.make(next(folders), *([made(*change) for change in batch] for batch in history))
    expected = [Entry.of(made(key, left[key])) for key in sorted(left, key=encode)]
    assert list(index.entries()) == expected
    assert index.living_values("lang") == tuple(sorted({f"l{number}" for number in left.values()}))


def test_what_is_no_entry_is_damage():
    with pytest.raises(IndexDamagedError, match="run `dateline index`"):
        entries.entry(b'["a"]')

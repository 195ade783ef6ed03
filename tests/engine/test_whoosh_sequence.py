"""Words in sequence are counted as the definition in `engine.matching` counts them."""

import numpy as np
import pytest
import whoosh_index
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.analysis import tokenize
from engine.fields import BY_NAME
from engine.matching import occurrences
from engine.whoosh import sequence
from engine.whoosh.limits import Budget, Limits
from engine.whoosh.lookup import Lookup
from engine.whoosh.sequence import in_sequence, neighbouring, positions

BODY = BY_NAME["body"]
texts = st.lists(st.sampled_from(["a", "a", "a", "b", "b", "c", "d"]), min_size=1, max_size=12).map(" ".join)
phrases = st.lists(st.sampled_from(["a", "b", "c"]), min_size=2, max_size=4)


def opened(folder, bodies):
    index = whoosh_index.make(
        folder, [article(f"n{n:02}", title="x", body=body) for n, body in enumerate(bodies)]
    )
    return index, Lookup(index, ("en",), Budget(Limits()))


@pytest.fixture
def folders(tmp_path):
    return (tmp_path / str(n) for n in range(1_000_000))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, min_size=1, max_size=6), phrases, st.integers(1, 4), st.sampled_from([0, 16, 1000]))
def test_sequences_are_counted(folders, bodies, words, slop, sparse):
    _, lookup = opened(next(folders), bodies)
    different = list(dict.fromkeys(words))
    found = [lookup.exact(word, BODY)[0] for word in different]
    expected = {
        n: count for n, body in enumerate(bodies) if (count := occurrences(words, tokenize(body), slop))
    }
    if not all(found):
        assert not expected
        return
    lists = [one for (one,) in found]
    documents = sorted(set.intersection(*(set(one.documents.tolist()) for one in lists)))
    places = [np.searchsorted(one.documents, documents) for one in lists]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "SPARSE", sparse)
        kept, often = in_sequence(lists, [different.index(word) for word in words], places, slop)
    assert dict(zip((documents[n] for n in kept), often.tolist(), strict=True)) == expected


def test_neighbours_are_counted_in_either_order(tmp_path):
    _, lookup = opened(tmp_path, ["a b c b a", "a c b", "b a"])
    lists = [lookup.exact(word, BODY)[0][0] for word in "ab"]
    assert neighbouring(*(positions(one, np.arange(3)) for one in lists), 3).tolist() == [2, 0, 1]


def test_a_stem_has_no_positions(tmp_path):
    _, lookup = opened(tmp_path, ["armies"])
    ((one,),) = lookup.word("army", (BODY,))
    with pytest.raises(TypeError, match="positions"):
        positions(one, np.arange(1))

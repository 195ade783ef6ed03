"""Uniting and intersecting is what sets and sums say, whichever way it is done."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.whoosh import hits
from engine.whoosh.hits import NO_HITS, Hits, meet, places_in, unite

SIZE = 40
documents = st.lists(st.integers(0, SIZE - 1), unique=True, max_size=SIZE).map(sorted)
ways = st.sampled_from([0, 1, 3, 16, 1000])


def made(found, worth=None):
    scores = None if worth is None else np.full(len(found), worth, np.float32)
    return Hits(np.array(found, np.int64), scores)


def scored(found):
    return dict(zip(found.documents.tolist(), found.known_scores().tolist(), strict=True))


@pytest.fixture(scope="module")
def patched():
    with pytest.MonkeyPatch.context() as patch:
        yield lambda sparse: patch.setattr(hits, "SPARSE", sparse)


@given(documents, documents, ways)
def test_places_are_those_of_the_documents_in_both(patched, some, wanted, sparse):
    patched(sparse)
    places = places_in(made(some).documents, made(wanted).documents, SIZE)
    assert [some[n] for n in places.tolist()] == sorted(set(some) & set(wanted))


@given(st.lists(st.tuples(documents, st.sampled_from([None, 1.0, 2.5])), max_size=4), ways)
def test_a_union_adds_up_scores(patched, parts, sparse):
    patched(sparse)
    expected = {}
    for found, worth in parts:
        for document in found:
            expected[document] = expected.get(document, 0.0) + (worth or 0.0)
    united = unite([made(*part) for part in parts], SIZE)
    assert scored(united) == expected
    assert united.documents.tolist() == sorted(expected)


@given(documents, documents, st.sampled_from([None, 1.0]), st.sampled_from([None, 2.0]), ways)
def test_what_is_in_both_has_the_scores_of_both(  # noqa: PLR0917  # what is varied
    patched, some, others, one, other, sparse
):
    patched(sparse)
    both = meet(made(some, one), made(others, other), SIZE)
    assert scored(both) == dict.fromkeys(sorted(set(some) & set(others)), (one or 0.0) + (other or 0.0))


def test_within_nothing_everything_is_met():
    found = made([1, 2], 1.0)
    assert meet(None, found, SIZE) is found
    assert unite([], SIZE) is NO_HITS

"""Facets are plain counts of the values of what was found, however many are counted together."""

from collections import Counter

import numpy as np
import pytest
import random_archives
import whoosh_index
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.facets import facet
from engine.fields import BY_NAME, FACETS
from engine.model import FacetRequest, Filter, SearchRequest
from engine.query import All
from engine.whoosh import counting
from engine.whoosh.counting import count_facets

names = st.lists(st.sampled_from([field.name for field in FACETS]), min_size=1, unique=True)


@pytest.fixture
def folders(tmp_path):
    return (tmp_path / str(n) for n in range(1_000_000))


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    random_archives.archives,
    names,
    st.integers(0, 3),
    st.sampled_from([1, 10, 1 << 16]),
    st.sampled_from([(), (Filter("source", ("Le Matin",)),), (Filter("lang", (), ("en",)),)]),
    st.randoms(use_true_random=False),
)
def test_counts_are_those_of_the_values(  # noqa: PLR0917  # what is varied
    folders, archive, asked, size, combinations, filters, random
):
    index = whoosh_index.make(next(folders), archive)
    found = np.array([n for n in range(index.columns.size) if random.random() < 0.7], np.int64)
    articles = [index.article(number) for number in found.tolist()]
    request = SearchRequest(All(), filters, facets=tuple(FacetRequest(name, size) for name in asked))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_COMBINATIONS", combinations)
        counted = count_facets(index.columns, request, lambda _: found)
    expected = [Counter(v for one in articles for v in set(BY_NAME[name].values(one))) for name in asked]
    assert counted == tuple(facet(r, c, filters) for r, c in zip(request.facets, expected, strict=True))

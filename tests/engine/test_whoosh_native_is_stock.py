"""The vectorised evaluation finds and scores what Whoosh's own queries and matchers do, on the same packs."""

from itertools import pairwise

import numpy as np
import pytest
import random_archives
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import stock_search

from engine.whoosh import hits, segments, sequence
from engine.whoosh.evaluate import evaluate, score
from engine.whoosh.limits import Budget, Limits
from engine.whoosh.lookup import Lookup
from engine.whoosh.scoring import Apart
from engine.whoosh.snapshot import Index

NEAR = 2e-4


def write(folder, batches, batch_size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_BATCH_ARTICLES", batch_size)
        for batch in batches:
            writer = segments.Segments(folder)
            for change in batch:
                if isinstance(change, str):
                    writer.delete(change)
                else:
                    writer.put(change)
            writer.commit()
    return Index(folder, Apart())


def native(index, query, languages):
    budget = Budget(Limits())
    lookup = Lookup(index, languages, budget)
    found = evaluate(index, lookup, query)
    assert not budget.warnings
    documents = found.documents.tolist()
    assert len(set(documents)) == len(documents)
    assert set(evaluate(index, lookup, query, scored=False).documents.tolist()) == set(documents)
    again = score(index, lookup, query, np.sort(found.documents))
    scores = dict(zip(documents, found.known_scores().tolist(), strict=True))
    assert dict(zip(again.documents.tolist(), again.known_scores().tolist(), strict=True)) == pytest.approx(
        scores
    )
    return {index.article(n).id: worth for n, worth in scores.items()}


@pytest.fixture
def folders(tmp_path):
    return (tmp_path / str(n) for n in range(1_000_000))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    random_archives.archives,
    st.lists(random_archives.changes, max_size=3),
    st.lists(random_archives.queries, min_size=1, max_size=6),
    st.integers(1, 4),
    st.sampled_from([1, 16, 1000]),
)
def test_same_documents_scores_and_order(  # noqa: PLR0917  # what is varied
    folders, first, updates, queries, batch_size, sparse
):
    folder = next(folders)
    index = write(folder, [first, *updates], batch_size)
    languages = index.living_values("lang")
    for query in queries:
        with pytest.MonkeyPatch.context() as patch:
            for module in (hits, sequence):
                patch.setattr(module, "SPARSE", sparse)
            found = native(index, query, languages)
        expected = stock_search.search(folder, index, query, languages)
        assert found == pytest.approx(expected, rel=NEAR)
        in_order = sorted(found, key=lambda key: -found[key])
        assert all(expected[a] >= expected[b] * (1 - NEAR) for a, b in pairwise(in_order))

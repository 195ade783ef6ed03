"""Any engine and the reference answer any request about any archive alike, also after updates."""

from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_archives import BOUNDS, articles, changes, queries, values

from engine.cursor import decode
from engine.fields import FACETS
from engine.memory import MemoryEngine
from engine.model import FacetRequest, Filter, SearchRequest

filters = st.sampled_from(sorted(values)).flatmap(
    lambda field: st.builds(
        Filter,
        st.just(field),
        *(st.lists(values[field], max_size=2, unique=True).map(tuple) for _ in range(2)),
    )
)
requests = st.builds(
    SearchRequest,
    query=queries,
    filters=st.lists(filters, max_size=2).map(tuple),
    date_from=st.sampled_from([None, *BOUNDS]),
    date_to=st.sampled_from([None, *BOUNDS]),
    sort=st.sampled_from(["relevance", "date", "-date"]),
    group=st.sampled_from(["none", "copies", "story"]),
    offset=st.integers(0, 3),
    limit=st.integers(0, 4),
    facets=st.just(tuple(FacetRequest(field.name, 3) for field in FACETS)),
)


def fill(engine, changes, *, fresh):
    with engine.writer(fresh=fresh) as writer:
        for change in changes:
            if isinstance(change, str):
                writer.delete(change)
            else:
                writer.put(change)


def promised(engine, request):
    """Everything an answer promises: all but scores, and so all but the order by relevance."""
    result = engine.search(request)
    found = [article.id for article in engine.scan(request)]
    if request.sort == "relevance":
        # Which articles stand on a page, and for their group, depends on the scores.
        hits = len(result.hits)
        found.sort()
    else:
        hits = [(hit.article, hit.copies_found, hit.title, hit.snippets) for hit in result.hits]
    return {
        "found": found,
        "hits": hits,
        "total": (result.total, result.total_relation, result.partial),
        "groups": (result.total_stories, result.total_copies),
        "facets": result.facets,
        "next": result.next and decode(result.next, result.build),
    }


@pytest.mark.parametrize("name", ["whoosh"])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    first=st.lists(articles, max_size=8),
    updates=st.lists(changes, max_size=2),
    asked=st.lists(requests, min_size=1, max_size=6),
)
def test_engines_agree(engines, name, first, updates, asked):
    reference = MemoryEngine()
    with TemporaryDirectory() as folder:
        engine = engines[name](folder)
        for number, batch in enumerate([first, *updates]):
            for one in (reference, engine):
                fill(one, batch, fresh=number == 0)
        assert list(engine.entries()) == list(reference.entries())
        for request in asked:
            assert promised(engine, request) == promised(reference, request)
        engine.close()

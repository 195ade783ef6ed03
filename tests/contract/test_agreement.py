"""Any engine and the reference answer any request about any archive alike, also after updates."""

from contextlib import contextmanager
from itertools import permutations, product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_archives import BOUNDS, COMMON, RARE, archives, articles, changes, queries, values

from engine.cursor import decode
from engine.fields import FACETS
from engine.memory import MemoryEngine
from engine.model import FacetRequest, Filter, SearchRequest
from engine.query import Fuzzy, Phrase, Prefix, Term

selectable = values | {
    "copies": st.sampled_from(["c1", "id1", "nobody"]),
    "story": st.sampled_from(["s1", "s2", "nobody"]),
}
filters = st.sampled_from(sorted(selectable)).flatmap(
    lambda field: st.builds(
        Filter,
        st.just(field),
        *(st.lists(selectable[field], max_size=2, unique=True).map(tuple) for _ in range(2)),
    )
)


def seldom(strategy, usual):
    """Draw from the strategy one time in three."""
    return st.integers(0, 2).flatmap(lambda die: strategy if die == 2 else st.just(usual))


requests = st.builds(
    SearchRequest,
    query=queries,
    filters=seldom(st.lists(filters, min_size=1, max_size=2).map(tuple), ()),
    date_from=seldom(st.sampled_from(BOUNDS), None),
    date_to=seldom(st.sampled_from(BOUNDS), None),
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


@contextmanager
def both(make, first, *updates):
    """Give the reference and an engine with the same history."""
    with TemporaryDirectory() as folder:
        engine, reference = make(Path(folder) / "index"), MemoryEngine()
        for number, batch in enumerate([first, *updates]):
            for one in (reference, engine):
                fill(one, batch, fresh=number == 0)
        yield reference, engine
        engine.close()


checked = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@settings(checked, max_examples=settings.default.max_examples // 2)
@given(
    first=archives,
    updates=st.lists(changes, max_size=2),
    asked=st.lists(requests, min_size=3, max_size=8),
)
def test_engines_agree(make_other, first, updates, asked):
    with both(make_other, first, *updates) as (reference, engine):
        assert list(engine.entries()) == list(reference.entries())
        for request in asked:
            assert promised(engine, request) == promised(reference, request)


EVERY_LEAF = [
    *(Phrase(f"{one} {two}", slop=slop) for one, two, slop in product(COMMON, COMMON, (1, 2, 4))),
    *(Phrase(f"{one} {two} {one}", slop=2) for one, two in permutations(COMMON, 2)),
    *(leaf(word) for leaf, word in product((Term, Phrase, Prefix, Fuzzy), COMMON + RARE)),
    *(Term(word, field) for word, field in product(("army", "ali", "the"), ("title", "removed", "author"))),
]


@settings(checked, max_examples=settings.default.max_examples // 10)
@given(first=st.lists(articles, min_size=6, max_size=12))
def test_engines_agree_on_every_leaf(make_other, first):
    def found(engine, leaf):
        request = SearchRequest(leaf, sort="date", limit=100, snippets=False)
        return [hit.article.id for hit in engine.search(request).hits]

    with both(make_other, first) as (reference, engine):
        for leaf in EVERY_LEAF:
            assert found(engine, leaf) == found(reference, leaf), leaf

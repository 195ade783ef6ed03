"""No evaluation reads more than its cost foretold, counted in postings, positions and scores."""

import pytest
import random_archives
import whoosh_index
from builders import article
from hypothesis import HealthCheck, given, settings

from engine.fields import BY_NAME
from engine.query import All, And, Not, Or, Phrase, Term
from engine.whoosh import neighbours, segment, sequence
from engine.whoosh.cost import Cost
from engine.whoosh.evaluate import evaluate
from engine.whoosh.limits import Budget, Limits
from engine.whoosh.lookup import Lookup
from engine.whoosh.scoring import Together

FIXED = 64
"""What may be read beside: nothing here is large enough for it to matter."""


class Counter:
    """Counts what is read."""

    def __init__(self, patch):
        self.read = 0
        self._count(patch, segment.Documents, "__getitem__", 1)
        self._count(patch, Together, "word", 2)
        self._count(patch, Together, "phrase", 1)
        self._count(patch, sequence, "positions", 1)

    def _count(self, patch, owner, name, weight):
        plain = getattr(owner, name)

        def counted(*arguments):
            found = plain(*arguments)
            self.read += weight * len(found)
            return found

        patch.setattr(owner, name, counted)


def lookup_of(index):
    return Lookup(index, index.living_values("lang"), Budget(Limits()))


@pytest.fixture
def folders(tmp_path):
    return (tmp_path / str(n) for n in range(1_000_000))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(random_archives.archives, random_archives.queries)
def test_no_more_is_read_than_foretold(folders, archive, query):
    lookup = lookup_of(whoosh_index.make(next(folders), archive))
    cost = Cost(lookup).of(query)
    with pytest.MonkeyPatch.context() as patch:
        counter = Counter(patch)
        evaluate(lookup.index, lookup, query)
    assert counter.read <= cost + FIXED


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Three hundred articles that all have the same words, and one that has another."""
    same = [article(f"n{n}", title="x", body="army of the north " * 3) for n in range(300)]
    return whoosh_index.make(
        tmp_path_factory.mktemp("large"), [*same, article("odd", title="x", body="army rare")]
    )


@pytest.mark.parametrize(
    ("query", "least", "most"),
    [
        (Term("nowhere"), 0, 0),
        (Term("army"), 301, 301 * 5),
        (Term("army", "title"), 0, 0),
        (And((Term("army"), Term("rare"))), 302, 330),
        (Or((Term("army"), Term("north"))), 1200, 5000),
        (Phrase("army of"), 600, 30_000),
        (Phrase("army rare"), 302, 400),
        (Not(Term("army")), 301, 330),
        (All(), 1, 30),
    ],
)
def test_costs_grow_with_the_postings(large, query, least, most):
    assert least <= Cost(lookup_of(large)).of(query) <= most


def test_words_between_cost_more(large):
    cost = Cost(lookup_of(large))
    assert cost.of(Phrase("army north", slop=3)) > 2 * cost.of(Phrase("army north"))


def test_what_a_query_finds_at_most(large):
    cost = Cost(lookup_of(large))
    assert cost.found(Term("rare")) == 1
    assert cost.found(And((Term("army"), Term("rare")))) == 1
    assert cost.found(Or((Term("army"), Term("rare")))) == 301
    assert cost.found(All()) == 301


def test_few_are_looked_at_for_neighbours(large):
    lookup = lookup_of(large)
    found = evaluate(large, lookup, Term("army"))
    with pytest.MonkeyPatch.context() as patch:
        counter = Counter(patch)
        patch.setattr(neighbours, "positions", sequence.positions)
        query = And((Term("army"), Term("north")))
        neighbours.with_bonus(lookup, query, found.documents, found.known_scores())
    lists = sum(len(lookup.exact(word, BY_NAME["body"])[0][0]) for word in ("army", "north"))
    assert counter.read <= lists + 2 * 3 * neighbours.HEAD

"""The nodes Whoosh has not, or not right, on real segments."""

import pytest
import whoosh_index
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine.whoosh.collect import collect
from engine.whoosh.queries import AnyOf, Filter, Sequence, Without, in_sequence
from engine.whoosh.stock import And, DefaultOr, Every, Not, NullQuery, Term

BODIES = ["red fox", "red red dog fox", "fox red", "dog", "red dog", "fox dog red fox"]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ix") / "whoosh"
    articles = [article(f"a{n}", title="t", body=body) for n, body in enumerate(BODIES)]
    with whoosh_index.make(folder, articles) as made:
        yield made


def found(searcher, query):
    return collect(searcher, query, 9.0).documents.tolist()


def scores(searcher, query):
    return collect(searcher, query, 9.0).scores.tolist()


RED, FOX, DOG = (Term("body", word) for word in ("red", "fox", "dog"))


def test_a_filter_has_no_score(searcher):
    assert found(searcher, Filter(RED)) == found(searcher, RED)
    assert set(scores(searcher, Filter(RED))) == {0.0}
    assert scores(searcher, And([DOG, Filter(RED)])) == scores(searcher, DOG)[:1] + scores(searcher, DOG)[2:]


@pytest.mark.parametrize("left", [RED, FOX, DOG, Filter(Every()), DefaultOr([FOX, DOG])])
@pytest.mark.parametrize("right", [RED, FOX, DOG, Filter(Every()), NullQuery, Filter(Not(DOG))])
def test_without_is_the_difference(searcher, left, right):
    expected = set(found(searcher, left)) - set(found(searcher, right))
    assert set(found(searcher, Without(left, right))) == expected


def test_without_can_be_skipped_through(searcher):
    assert found(searcher, And([DOG, Without(Filter(Every()), FOX)])) == [3, 4]


@pytest.mark.parametrize(
    ("words", "slop", "expected"),
    [
        ("red fox", 1, [0, 5]),
        ("red fox", 2, [0, 1, 5]),
        ("red red", 1, [1]),
        ("red dog fox", 1, [1]),
        ("fox red", 1, [2]),
        ("red cat", 9, []),
        ("cat red", 9, []),
    ],
)
def test_sequences(searcher, words, slop, expected):
    assert found(searcher, Sequence("body", words.split(), slop=slop)) == expected


def test_a_sequence_takes_part_in_larger_queries(searcher):
    phrase = Sequence("body", ["red", "fox"], slop=1)
    assert found(searcher, And([phrase, DOG])) == [5]
    assert found(searcher, DefaultOr([phrase, Term("body", "dog")])) == [0, 1, 3, 4, 5]
    assert found(searcher, Without(RED, phrase)) == [1, 2, 4]


def test_the_weight_of_a_sequence_counts(searcher):
    plain, heavy = (Sequence("body", ["red", "fox"], boost=boost) for boost in (1.0, 2.0))
    assert scores(searcher, heavy) == [2 * score for score in scores(searcher, plain)]


def test_any_of_many_terms_scores_all_alike(searcher):
    query = AnyOf("body", ("fox", "dog", "cat"), boost=2.0)
    assert found(searcher, query) == [0, 1, 2, 3, 4, 5]
    assert set(scores(searcher, query)) == {2.0}
    assert found(searcher, AnyOf("body", ())) == []
    assert found(searcher, And([query, RED])) == [0, 1, 2, 4, 5]


places = st.lists(st.integers(0, 30), unique=True).map(sorted)


def steps(positions, slop, reached=None):
    """Try every way through the lists."""
    if not positions:
        return reached is not None
    return any(
        steps(positions[1:], slop, place)
        for place in positions[0]
        if reached is None or reached < place <= reached + slop
    )


@given(st.lists(places, min_size=1, max_size=4), st.integers(0, 5))
def test_in_sequence_finds_a_way_when_there_is_one(positions, slop):
    assert in_sequence(positions, slop) == steps(positions, slop)


def test_a_word_repeated_without_end_costs_no_more_than_its_length():
    assert in_sequence([list(range(200_000))] * 5, 1_000)

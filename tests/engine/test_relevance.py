"""The fast engine ranks as the plain formula says, for any archive and any query."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_archives import archives, queries

from engine.memory import MemoryEngine
from engine.model import SearchRequest
from engine.parser import parse
from engine.whoosh import open_engine


def fill(engine, articles):
    with engine.writer(fresh=True) as writer:
        for one in articles:
            writer.put(one)


def scores(engine, query):
    hits = engine.search(SearchRequest(query, limit=100, snippets=False)).hits
    return {hit.article.id: hit.score for hit in hits}


def ranked(engine, text, match="any"):
    return list(scores(engine, parse(text, match).query))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(archives, st.lists(queries, min_size=1, max_size=4))
def test_the_fast_engine_has_the_scores_of_the_plain_one(archive, asked):
    with TemporaryDirectory() as folder:
        reference, engine = MemoryEngine(), open_engine(Path(folder))
        for one in (reference, engine):
            fill(one, archive)
        for query in asked:
            assert scores(engine, query) == pytest.approx(scores(reference, query), rel=1e-4)
        engine.close()


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, tmp_path):
    made = MemoryEngine() if request.param == "memory" else open_engine(tmp_path)
    yield made
    made.close()


def test_neighbours_of_the_query_that_stand_together_come_first(engine):
    filler = "and then nothing else of note happened there"
    fill(
        engine,
        [
            article("apart", title="x", body=f"The harbour was calm {filler} while the strike went on."),
            article("together", title="x", body=f"The harbour strike was calm {filler} while it went on."),
            *(article(f"other{n}", title="x", body=filler) for n in range(4)),
        ],
    )
    assert ranked(engine, "harbour strike") == ["together", "apart"]
    assert ranked(engine, "strike harbour") == ["together", "apart"]


def test_a_title_says_more_than_a_text_of_the_same_length(engine):
    fill(
        engine,
        [
            article("a", title="grain port", body="rain fell"),
            article("b", title="rain fell", body="grain port"),
        ],
    )
    assert ranked(engine, "grain") == ["a", "b"]


def test_function_words_decide_only_between_equals(engine):
    fill(
        engine,
        [
            article("quiet", title="x", body="the the the the ship"),
            article("loud", title="x", body="grain on a ship"),
            article("else", title="x", body="nothing to see here"),
        ],
    )
    assert ranked(engine, "the grain") == ["loud", "quiet"]


def test_a_long_query_of_any_words_is_ranked(engine):
    fill(engine, [article("a"), article("b", body="The town.")])
    assert ranked(engine, "the army said on tuesday it had taken the town") == ["a", "b"]

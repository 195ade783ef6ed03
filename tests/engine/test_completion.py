"""Completions come from the words of the archive, the most frequent first, and never from elsewhere."""

import pytest
from builders import article

from engine.memory import MemoryEngine
from engine.whoosh import open_engine

ARTICLES = [
    article("a", title="Kidal", body="Kidal kids and a kidnapping."),
    article("b", title="Kidal again", body="The kids left. Goïta spoke."),
    article("c", title="Kin", body="Goita was there. Goitas too."),
]


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, tmp_path):
    made = MemoryEngine() if request.param == "memory" else open_engine(tmp_path)
    yield made
    made.close()


@pytest.fixture
def filled(engine):
    with engine.writer(fresh=True) as writer:
        for one in ARTICLES:
            writer.put(one)
    return engine


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ki", ("kidal", "kids", "kidnapping", "kin")),
        ("mali KID", ("kidal", "kids", "kidnapping")),
        ("goï", ("goita", "goitas")),
        ("kidnapping", ("kidnapping",)),
        ("zebra", ()),
        ("ki ", ()),
        ("", ()),
        ("!?", ()),
        ("\ud800", ()),
    ],
)
def test_completions(filled, typed, found):
    assert filled.complete(typed) == found


def test_only_as_many_as_wanted(filled):
    assert filled.complete("ki", 2) == ("kidal", "kids")
    assert filled.complete("ki", 0) == ()


def test_nothing_before_the_first_build(engine):
    assert engine.complete("ki") == ()


def test_words_of_several_segments_are_added_up(tmp_path):
    engine = open_engine(tmp_path)
    for number in range(3):
        with engine.writer(fresh=number == 0) as writer:
            writer.put(article(f"one{number}", title="x", body="common start"))
            writer.put(article(f"two{number}", title="x", body=f"commit{number} start"))
    assert engine.complete("com", 1) == ("common",)
    engine.close()

"""A segment gives the documents of one term or of several, and what is stored of each."""

from dataclasses import replace

import numpy as np
import pytest
import whoosh_index
from builders import article

from engine.model import Card, Entry
from engine.whoosh.segment import read_dead, write_dead

WORDS = [("alpha", 1), ("alps", 3), ("beta", 700), ("bets", 7)]


def made(n):
    body = " ".join(word for word, every in WORDS if n % every == 0)
    return replace(article(f"{n:04}", body=body), signature=f"s{n}")


ARTICLES = [made(n) for n in range(2100)]


@pytest.fixture(scope="module")
def segment(tmp_path_factory):
    index = whoosh_index.make(tmp_path_factory.mktemp("segment") / "ix", ARTICLES)
    return index.segments[0]


def having(every):
    return list(range(0, 2100, every))


@pytest.mark.parametrize(("word", "every"), [(b"alpha", 1), (b"alps", 3), (b"beta", 700), (b"bets", 7)])
def test_the_documents_of_a_term(segment, word, every):
    words = segment.words["body"]
    term = words.lexicon.find(word)
    start, end = words.range(term)
    assert words.documents[start:end].tolist() == having(every)
    assert words.count(term) == len(having(every))
    assert [words.at(posting) for posting in (start, end - 1)] == [term, term]


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [(b"al", [1, 3]), (b"b", [700, 7]), (b"", [1, 3, 700, 7]), (b"bet", [700, 7]), (b"x", [])],
)
def test_the_documents_of_terms_that_follow_each_other(segment, prefix, expected):
    words = segment.words["body"]
    low, high = words.lexicon.starting(prefix)
    found = words.documents[words.first[low] : words.first[high]]
    assert found.tolist() == sum((having(every) for every in expected), [])  # noqa: RUF017 - a few lists
    assert len(words.documents) == sum(map(len, map(having, (1, 3, 700, 7))))


def test_positions_and_lengths(segment):
    words = segment.words["body"]
    assert words.lengths[:8].tolist() == [4, 1, 1, 2, 1, 1, 2, 2]
    assert words.total == int(words.lengths.sum())
    term = words.lexicon.find(b"bets")
    first = words.place_first[term]
    assert words.places.between(first, first + 4).tolist() == [3, 1, 1, 2]


def test_what_is_stored(segment):
    one = ARTICLES[700]
    assert segment.article(700) == replace(one, signature="")
    assert segment.card(700) == Card.of(one)
    assert segment.body(700) == one.body
    assert segment.entry("0700") == Entry.of(one)
    assert segment.with_id("0700") == segment.with_path("0700.txt") == [700]
    assert segment.with_id("x") == segment.with_path("x") == []


@pytest.mark.parametrize("size", [0, 1, 8, 9])
def test_the_dead_are_bits(tmp_path, size):
    dead = np.arange(size) % 3 == 0
    write_dead(tmp_path / "d", dead)
    assert (tmp_path / "d").stat().st_size == (size + 7) // 8
    assert read_dead(tmp_path / "d", size).tolist() == dead.tolist()

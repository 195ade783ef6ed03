"""Postings are what the reference reads token by token, from a batch or from merged segments."""

from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pytest
import random_archives
import whoosh_index
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.analysis import stem_term
from engine.fields import BY_NAME
from engine.matching import field_tokens
from engine.whoosh import analyse, build, segments
from engine.whoosh.build import STEMMED, WORDS
from engine.whoosh.invert import in_order
from engine.whoosh.lexicon import decode
from engine.whoosh.segment import Segment

texts = st.lists(random_archives.articles, min_size=1, max_size=6, unique_by=lambda one: one.id)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packs")
    return (folder / str(n) for n in range(1_000_000))


def positions(articles, field):
    """Return term -> document -> positions, as the reference has them."""
    found = defaultdict(lambda: defaultdict(list))
    for number, one in enumerate(articles):
        for token in field_tokens(field, one):
            found[token.text][number].append(token.position)
    return {term: dict(documents) for term, documents in found.items()}


def postings(words):
    """Return the same of a segment."""
    found = {}
    for place, term in enumerate(words.lexicon):
        start, end = words.range(place)
        often = words.often.between(start, end).tolist()
        ends = (np.cumsum([0, *often]) + words.place_first[place]).tolist()
        lists = [words.places.between(a, b).tolist() for a, b in pairwise(ends)]
        found[decode(term)] = dict(zip(words.documents[start:end].tolist(), lists, strict=True))
    return found


def stem_counts(articles, field):
    return {
        (number, stem): count
        for number, one in enumerate(articles)
        for stem, count in Counter(stem_term(t.text, one.language) for t in field_tokens(field, one)).items()
    }


def segment_stems(segment, name):
    found = {}
    for place, term in enumerate(segment.stems.lexicon):
        start, end = segment.stems.range(place)
        often = segment.stems.often[name].between(start, end).tolist()
        documents = segment.stems.documents[start:end].tolist()
        found |= {(d, decode(term)): n for d, n in zip(documents, often, strict=True) if n}
    return found


def agrees(segment, articles):
    for name, field in WORDS.items():
        assert postings(segment.words[name]) == positions(articles, field)
        lengths = [sum(1 for _ in field_tokens(field, one)) for one in articles]
        assert segment.words[name].lengths.tolist() == lengths
    for field in STEMMED:
        assert segment_stems(segment, field.name) == stem_counts(articles, field)


@settings(deadline=None, max_examples=60)
@given(texts, st.integers(1, 40))
def test_a_batch(folders, articles, portion):
    path = next(folders)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analyse, "_CHARACTERS", portion)
        build.build(path, articles, b"")
        agrees(Segment(path), articles)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow]
)
@given(texts, st.integers(1, 3), st.integers(1, 20), st.sets(st.integers(0, 5)))
def test_merged_segments(folders, articles, batch_size, stretch, deleted):
    gone = [one.id for n, one in enumerate(articles) if n in deleted]
    left = [one for one in articles if one.id not in gone]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_BATCH_ARTICLES", batch_size)
        patch.setattr(segments, "_DEAD", 0.0)
        patch.setattr("engine.whoosh.merge._STRETCH", stretch)
        index = whoosh_index.make(next(folders), articles, gone)
    for segment in index.segments:
        agrees(segment, left)
        assert [segment.article(n) for n in range(segment.size)] == left
    assert len(index.segments) == bool(left)


def test_a_word_said_often_is_counted_exactly(tmp_path):
    said = article("a", title="-", body="army " * 300 + "town")
    index = whoosh_index.make(tmp_path / "ix", [said, article("b", title="-", body="army")])
    agrees(index.segments[0], [said, article("b", title="-", body="army")])
    words = index.segments[0].words["body"]
    start, _ = words.range(words.lexicon.find(b"army"))
    assert words.often.at(np.array([start, start + 1])).tolist() == [300, 1]


def test_a_long_text_has_far_positions(tmp_path):
    one = article("a", body="army town " * 40_000, authors=["Ann Lee", "Bob Roy"])
    index = whoosh_index.make(tmp_path / "ix", [one])
    assert postings(index.segments[0].words["body"]) == positions([one], BY_NAME["body"])


@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 3))))
def test_the_order_is_stable_and_by_all_keys(pairs):
    keys = np.array(pairs, np.int64).reshape(len(pairs), 2)
    expected = sorted(range(len(pairs)), key=pairs.__getitem__)
    assert in_order(keys[:, 0], keys[:, 1]).tolist() == expected

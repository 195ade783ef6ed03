"""Comparing a word with a whole dictionary at once gives what comparing it word by word does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.distance import distance
from engine.whoosh import lexicon
from engine.whoosh.fuzzy import alike
from engine.whoosh.pack import Pack, PackWriter

words = st.text("abé北\U00010400\ud800", min_size=1, max_size=7)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packs")
    return (folder / str(n) for n in range(1_000_000))


@given(st.sets(words, max_size=30), words, st.integers(1, 2), st.integers(0, 5))
def test_it_agrees_with_the_definition(folders, terms, word, limit, low):
    path = next(folders)
    ordered = sorted(map(lexicon.encode, terms))
    with PackWriter(path) as pack:
        lexicon.write(pack, "t", ordered)
    made = lexicon.Lexicon(Pack(path), "t")
    low = min(low, made.size)
    found = [lexicon.decode(made[place]) for place in alike(made, low, made.size, word, limit)]
    candidates = map(lexicon.decode, ordered[low:])
    assert found == [term for term in candidates if distance(word, term, limit) <= limit]

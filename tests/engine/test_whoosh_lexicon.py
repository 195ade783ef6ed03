"""A lexicon finds what bisecting a list does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.whoosh import lexicon
from engine.whoosh.lexicon import decode, encode
from engine.whoosh.pack import Pack, PackWriter


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lexicon")


def made(folder, terms):
    with PackWriter(folder / "p") as pack:
        lexicon.write(pack, "t", terms)
    return lexicon.Lexicon(Pack(folder / "p"), "t")


@settings(deadline=None)
@given(st.sets(st.binary(max_size=4)), st.binary(max_size=3))
def test_finding(folder, terms, wanted):
    ordered = sorted(terms)
    found = made(folder, ordered)
    assert list(found) == ordered
    assert found.find(wanted) == (ordered.index(wanted) if wanted in terms else -1)


@settings(deadline=None)
@given(st.sets(st.text(max_size=3)), st.text(max_size=2))
def test_a_prefix(folder, words, prefix):
    ordered = sorted(map(encode, words))
    low, high = made(folder, ordered).starting(encode(prefix))
    assert [decode(term) for term in ordered[low:high]] == sorted(w for w in words if w.startswith(prefix))


def test_a_stretch(folder):
    found = made(folder, [b"a", b"", b"ccc", b"dd"])
    assert list(found.between(1, 3)) == [b"", b"ccc"]
    assert found.text(1, 4) == b"cccdd"
    assert found.ends.tolist() == [0, 1, 1, 4, 6]
    assert found.size == 4


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_every_text_survives_lone_surrogates_too(text):
    assert decode(encode(text)) == text

"""Our data on disk is JSON and zlib, and what is not is reported."""

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import IndexDamagedError
from engine.whoosh.packing import dump, load, pack, unpack

everything = st.text(st.characters(exclude_categories=()))


@given(st.recursive(st.none() | st.integers() | everything, st.lists, max_leaves=5))
def test_every_text_survives_lone_surrogates_too(value):
    data = dump(value)
    assert b"\n" not in data
    assert load(data) == value


def test_an_article_survives():
    made = article("a", removed=["Lire aussi"], story="s1")
    assert unpack(pack(made)) == made


@pytest.mark.parametrize("data", [b"", b"\x80\x04.", pack(article())[:-9]])
def test_damage_is_named(data):
    with pytest.raises(IndexDamagedError, match="run `dateline index`"):
        unpack(data)

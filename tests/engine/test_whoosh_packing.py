"""Our data on disk is JSON, and what is not is reported."""

from dataclasses import replace

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import IndexDamagedError
from engine.whoosh.packing import body_of_line, dump, from_line, load, stored_line

everything = st.text(st.characters(exclude_categories=()))


@given(st.recursive(st.none() | st.integers() | everything, st.lists, max_leaves=5))
def test_every_text_survives_lone_surrogates_too(value):
    data = dump(value)
    assert b"\n" not in data
    assert load(data) == value


def test_an_article_survives():
    made = article("a", removed=["Lire aussi"], story="s1")
    line = stored_line(made)
    assert from_line(line) == made
    assert line.startswith(b"[null,")


def test_a_body_that_does_not_follow_from_the_text_is_kept():
    made = replace(article("a"), body="Something else.")
    assert from_line(stored_line(made)) == made
    assert body_of_line(stored_line(made)) == "Something else."


def test_the_body_is_read_by_itself():
    made = article("a", removed=["Lire aussi", "Read more"], body="One.\nTwo.")
    assert body_of_line(stored_line(made)) == made.body


@pytest.mark.parametrize("data", [b"", b"\x80\x04.", b"[]", stored_line(article())[:-9]])
def test_damage_is_named(data):
    for read in (from_line, body_of_line):
        with pytest.raises(IndexDamagedError, match="run `dateline index`"):
            read(data)

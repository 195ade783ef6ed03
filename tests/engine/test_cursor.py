import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cursor import decode, encode, following, window
from engine.errors import StaleCursorError


@given(st.text(max_size=20).filter(lambda text: text.isprintable()), st.integers(0, 10**9))
def test_a_cursor_says_where_it_stands(build, offset):
    assert decode(encode(build, offset), build) == offset


@given(st.text(max_size=30))
def test_made_up_cursors_are_refused_in_one_sentence(cursor):
    with pytest.raises(StaleCursorError, match="start again"):
        decode(cursor, "build")


@pytest.mark.parametrize("offset", [-1, 10**9 + 1, 10**300])
def test_a_cursor_can_not_leave_the_list(offset):
    with pytest.raises(StaleCursorError):
        decode(encode("build", offset), "build")


def test_a_cursor_of_another_build_is_stale():
    with pytest.raises(StaleCursorError):
        decode(encode("1", 20), "2")


def test_the_cursor_replaces_the_offset():
    assert window(None, 40, "1") == 40
    assert window(encode("1", 20), 40, "1") == 20


@pytest.mark.parametrize(
    ("start", "limit", "total", "more"), [(0, 10, 11, 10), (0, 10, 10, None), (0, 0, 5, None)]
)
def test_the_last_page_has_none_after_it(start, limit, total, more):
    cursor = following("1", start, limit, total)
    assert (cursor and decode(cursor, "1")) == more

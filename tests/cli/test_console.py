from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cli.console import printable


def test_corpus_text_can_not_drive_the_terminal() -> None:
    assert printable("a\x1b[31mred\x07") == "a\\x1b[31mred\\x07"
    assert printable("مرحبا\n\u202eevil") == "مرحبا\n\\x202eevil"


@given(st.text())
def test_whatever_is_printed_is_printable(text: str) -> None:
    assert all(c.isprintable() or c in "\n\t" for c in printable(text))

from __future__ import annotations

import signal
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.console import _bar, _log_lines, counted, printable, progress


def test_things_are_counted_in_words():
    assert [counted(n, "article") for n in (0, 1, 1204)] == ["0 articles", "1 article", "1,204 articles"]
    assert [counted(n, "story", "stories") for n in (1, 2)] == ["1 story", "2 stories"]


def test_corpus_text_can_not_drive_the_terminal() -> None:
    assert printable("a\x1b[31mred\x07") == "a\\x1b[31mred\\x07"
    assert printable("مرحبا\n\u202eevil") == "مرحبا\n\\u202eevil"


@pytest.mark.parametrize("text", ["Kidal\xa0: « oui\u202f»", "می\u200cخواهم", "co\xadop", "👩\u200d🚀"])
def test_invisible_characters_that_belong_to_a_text_stay(text: str) -> None:
    assert printable(text) == text


@given(st.text(st.characters(categories=["Cc", "Cs", "Zl", "Zp", "Ll"])))
def test_no_control_character_is_printed(text: str) -> None:
    assert all(c.isprintable() or c in "\n\t" for c in printable(text))


def test_an_interrupt_that_was_swallowed_comes_back_with_the_next_document() -> None:
    with progress("indexing") as shown:
        shown.documents(1)
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            shown.documents(2)
        with pytest.raises(KeyboardInterrupt):
            shown.stage("grouping 2 articles")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_log_names_the_stages_of_a_long_build(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter((0.0, 3.0, 30.0, 30.0, 31.0))
    monkeypatch.setattr("cli.console.time.monotonic", lambda: next(clock))
    shown = _log_lines("indexing")
    shown.stage("grouping 7 articles")
    shown.documents(7)
    shown.stage("grouping 8 articles")
    assert capsys.readouterr().err.splitlines() == ["indexing 7 documents", "grouping 8 articles"]


def test_a_terminal_shows_the_stage_in_the_place_of_the_documents(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with _bar("indexing") as shown:
        shown.documents(7)
        shown.stage("grouping 7 articles")
    assert "grouping 7 articles" in capsys.readouterr().err

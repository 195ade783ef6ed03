from __future__ import annotations

from pathlib import Path

from cli.reference import reference

FILE = Path(__file__).parent.parent.parent / "docs" / "cli.md"


def test_the_command_reference_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == reference(), "run: make docs"

from __future__ import annotations

from pathlib import Path

from webapp.api_reference import reference, written

FILE = Path(__file__).parent.parent.parent / "docs" / "api.md"


def test_the_description_of_the_api_is_current():
    text = FILE.read_text(encoding="utf-8")
    assert text == written(text), "run: make docs"


def test_what_is_written_by_hand_stays():
    assert written("# Mine\n") == f"# Mine\n<!-- from here on: make docs -->\n\n{reference()}"


def test_addresses_and_answers_are_in_it():
    text = reference()
    assert "### `GET /api/v1/search`" in text
    assert "| `-source` | list of string | Source: none of these. |" in text
    assert "| `hits` | list of [HitOut](#hitout) |  |" in text

"""`[cleaning]` in dateline.toml, through the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Run

ARTICLE = """Source: {source}
Title: The ferry stays in port

The ferry to Amari stayed in port on Tuesday with two hundred passengers on board.

The harbour master said that it would leave as soon as the wind had dropped.

Buy tickets here

Back to top
"""
PACK = """version = "3"
[[rule]]
id = "tickets.call"
language = "en"
zone = "tail"
scope = "line"
action = "drop"
label = "ticket sale"
phrases = ["Buy tickets here"]
examples = ["Buy tickets here"]
near_misses = ["Buy tickets early, the ferry company said."]
"""


@pytest.fixture
def last_lines(dateline: Run, tmp_path: Path) -> Callable[[str], list[str]]:
    """Index an article of the Amari Post and of the Sahel Courier; return how their bodies end."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for source in ("Sahel Courier", "Amari Post"):
        (folder / f"{source}.txt").write_text(ARTICLE.format(source=source), encoding="utf-8")
    (tmp_path / "tickets.toml").write_text(PACK, encoding="utf-8")

    def indexed(settings: str) -> list[str]:
        file = tmp_path / "dateline.toml"
        file.write_text(settings, encoding="utf-8")
        dateline("index", folder, "--config", file, "--jobs", 1)
        shown = [dateline("show", f"{name}.txt", "--json") for name in ("Amari Post", "Sahel Courier")]
        return [json.loads(one.stdout)["body"].splitlines()[-1] for one in shown]

    return indexed


def test_nothing_is_switched_at_first(last_lines: Callable[[str], list[str]]) -> None:
    assert last_lines("") == ["Buy tickets here", "Buy tickets here"]


def test_a_pack_of_ones_own(last_lines: Callable[[str], list[str]]) -> None:
    ends = last_lines('[cleaning]\npacks = ["tickets.toml"]\n')
    assert [end.endswith("dropped.") for end in ends] == [True, True]


def test_a_rule_off_for_one_source(last_lines: Callable[[str], list[str]]) -> None:
    ends = last_lines('[cleaning.sources."Sahel Courier"]\ndisable = ["backtotop.link"]\n')
    assert ends == ["Buy tickets here", "Back to top"]


def test_a_line_kept_for_one_source(last_lines: Callable[[str], list[str]]) -> None:
    ends = last_lines('[[cleaning.keep]]\ntext = "Back to top"\nsource = "Amari Post"\n')
    assert ends == ["Back to top", "Buy tickets here"]


def test_a_line_kept_in_one_document(last_lines: Callable[[str], list[str]]) -> None:
    ends = last_lines('[[cleaning.keep]]\ntext = "Back to top"\npath = "Sahel Courier.txt"\n')
    assert ends == ["Buy tickets here", "Back to top"]

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from commands import Run

from cli.main import main

BASES = """Title: Bases change hands in the north
Source: Sahel Courier
Date: 2023-11-14

KIDAL, Mali - The last peacekeepers of the U.N. mission left the town before dawn, two weeks early.

Colonel Assimi Goïta said that the army would enter it. Traders in the market said they had heard no shots.

Back to top
"""

ECLIPSE = {
    "title": "Une éclipse totale traverse l'Amérique",
    "text": "Des millions de personnes ont regardé le ciel. L'éclipse a duré quatre minutes au Mexique. "
    "Les astronomes attendaient ce jour depuis longtemps et les écoles de plusieurs régions étaient fermées.",
    "source": "Le Fleuve",
    "date": "2024-04-08T18:00:00Z",
    "url": "https://lefleuve.example/eclipse",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bases.txt").write_text(BASES, encoding="utf-8")
    (folder / "eclipse.json").write_text(json.dumps(ECLIPSE), encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def dateline(index: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command as a shell would; `stdout` and `stderr` apart."""
    monkeypatch.setenv("DATELINE_INDEX", str(index))

    def run(*arguments: Any) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)

    return run


@pytest.fixture
def built(dateline: Run, corpus: Path) -> Run:
    result = dateline("index", corpus, "--jobs", 1)
    assert result.exit_code == 0, result.stderr
    return dateline

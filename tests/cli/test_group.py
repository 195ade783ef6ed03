from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import console
from cli.group import DatelineGroup
from cli.main import COMMANDS, main
from engine.errors import IndexMissingError, QueryLimitError
from indexer.errors import CorpusError, NothingToIndexError


def failing(error: BaseException) -> DatelineGroup:
    class Group(DatelineGroup):
        def get_command(self, *_asked: object) -> click.Command:
            raise error

    return Group(places={"x": ""})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_list_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert command.help


def test_an_unknown_command_is_wrong_usage() -> None:
    result = CliRunner().invoke(main, ["frobnicate"])
    assert result.exit_code == console.WRONG_USAGE


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (CorpusError("no such folder"), console.WRONG_USAGE, "no such folder"),
        (console.SettingsError("no such key"), console.WRONG_USAGE, "no such key"),
        (QueryLimitError("too long", "characters"), console.WRONG_USAGE, "too long"),
        (NothingToIndexError("nothing"), console.NOTHING_DONE, "nothing"),
        (IndexMissingError("no index"), console.NOTHING_DONE, "no index"),
        (PermissionError(13, "Permission denied", "a/b"), console.NOTHING_DONE, "Permission denied: a/b"),
        (KeyboardInterrupt(), console.INTERRUPTED, "interrupted; the index is as it was before"),
        (KeyError("k"), console.NOTHING_DONE, "unexpected fault, KeyError: 'k'; set DATELINE_DEBUG=1"),
    ],
)
def test_each_error_is_one_line_and_a_status(error: BaseException, status: int, told: str) -> None:
    result = CliRunner().invoke(failing(error), ["x"])
    assert result.exit_code == status
    assert result.stderr.startswith(f"dateline: {told}")
    assert result.stderr.count("\n") == 1


def test_a_search_loads_no_part_of_the_indexer_but_its_errors() -> None:
    loaded = "import sys, cli.reading, cli.group; print(*(m for m in sys.modules if m.startswith('indexer')))"
    names = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout
    assert names.split() == ["indexer", "indexer.errors"]


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("command", ["search *", "search * --json", "sources", "show bases.txt"])
def test_a_reader_that_goes_away_is_no_error(index: Path, command: str) -> None:
    run = [sys.executable, "-m", "cli.main", *command.split(), "--index", str(index)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == ""
    assert process.returncode == console.DONE


@pytest.mark.usefixtures("built")
def test_an_old_code_page_stops_no_command(index: Path) -> None:
    run = [sys.executable, "-m", "cli.main", "search", "goita", "--index", str(index)]
    environment = {"PYTHONIOENCODING": "ascii", "PATH": ""}
    done = subprocess.run(run, capture_output=True, text=True, check=True, env=environment)
    assert "Go\\xefta" in done.stdout

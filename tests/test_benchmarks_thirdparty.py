from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks import thirdparty


def test_the_folder_that_holds_data_and_data_itself_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert thirdparty.folder(str(tmp_path)) == tmp_path / "data"
    assert thirdparty.folder(str(tmp_path / "data")) == tmp_path / "data"


def test_the_variable_names_the_folder_where_no_argument_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    parser = argparse.ArgumentParser()
    thirdparty.add_argument(parser)
    assert parser.parse_args([]).data == tmp_path / "data"
    assert parser.parse_args(["--data", "/elsewhere"]).data == Path("/elsewhere")


def test_a_benchmark_that_needs_texts_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATELINE_DATA", raising=False)
    needs, can_do_without = argparse.ArgumentParser(), argparse.ArgumentParser()
    thirdparty.add_argument(needs)
    thirdparty.add_argument(can_do_without, needed=False)
    assert can_do_without.parse_args([]).data is None
    with pytest.raises(SystemExit):
        needs.parse_args([])
    assert "--data" in capsys.readouterr().err

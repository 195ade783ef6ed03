"""`dateline restore`: from the edit on the screen to a row in the settings."""

from __future__ import annotations

import json
import random
import tomllib
from pathlib import Path

import pytest
from commands import Run

from cli import console, restoring

SETTINGS = """# our archive
[cleaning]
disable = ["share.network"]  # they link to it
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "dateline.toml"


def number_of(dateline: Run, text: str) -> int:
    edits = json.loads(dateline("show", "bases.txt", "--json").stdout)["edits"]
    return next(n for n, edit in enumerate(edits, 1) if edit["removed"] == text)


def test_a_line_comes_back_in_one_article(built: Run, corpus: Path, file: Path) -> None:
    result = built("restore", "bases.txt", number_of(built, "Back to top"))
    assert result.exit_code == console.DONE
    assert "'Back to top' stays in bases.txt" in result.stdout
    assert "run: dateline update" in result.stdout
    built("update", corpus, "--config", file)
    article = json.loads(built("show", "bases.txt", "--json").stdout)
    assert article["body"].endswith("Back to top")


def test_a_line_comes_back_in_a_whole_source(built: Run, file: Path) -> None:
    result = built("restore", "bases.txt", number_of(built, "Back to top"), "--everywhere")
    assert "stays in every article of Sahel Courier" in result.stdout
    row = {"text": "Back to top", "source": "Sahel Courier"}
    assert tomllib.loads(file.read_text())["cleaning"]["keep"] == [row]


def test_what_stands_in_the_file_stays(built: Run, file: Path) -> None:
    file.write_text(SETTINGS)
    built("restore", "bases.txt", number_of(built, "Back to top"))
    assert file.read_text().startswith(SETTINGS + "\n[[cleaning.keep]]\n")
    assert not list(file.parent.glob("*.new"))


def test_a_second_time_adds_nothing(built: Run, file: Path) -> None:
    number = number_of(built, "Back to top")
    built("restore", "bases.txt", number)
    before = file.read_text()
    assert "was already to stay" in built("restore", "bases.txt", number).stdout
    assert file.read_text() == before


def test_the_named_file_is_written(built: Run, file: Path) -> None:
    other = file.with_name("mine.toml")
    built("restore", "bases.txt", number_of(built, "Back to top"), "--config", other)
    assert other.exists()
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("none.txt", 1), console.NOTHING_DONE, "no article with the id or path 'none.txt'"),
        (("bases.txt", 99), console.WRONG_USAGE, "dateline show ID --removed numbers them"),
    ],
)
def test_what_is_not_there_can_not_come_back(built: Run, file: Path, arguments, status, said) -> None:
    result = built("restore", *arguments)
    assert (result.exit_code, file.exists()) == (status, False)
    assert said in result.stderr


def test_a_repair_is_not_restored(dateline: Run, tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("Title: Boats\n\nThe crew left the boat.The mayor stayed on the quay.\n")
    dateline("index", folder, "--jobs", 1)
    result = dateline("restore", "a.txt", 1)
    assert result.exit_code == console.WRONG_USAGE
    assert "is a repair (space after a sentence)" in result.stderr
    assert not file.exists()


@pytest.mark.parametrize("settings", ['[cleaning]\nkeep = [{text = "x"}]\n', "cleaning = {disable = []}\n"])
def test_a_file_that_can_not_be_added_to_is_left_as_it_is(tmp_path: Path, settings: str) -> None:
    file = tmp_path / "dateline.toml"
    file.write_text(settings)
    with pytest.raises(console.SettingsError, match="was left as it is"):
        restoring.keep(file, ["Back to top"], "path", "a.txt")
    assert file.read_text() == settings


@pytest.mark.parametrize("text", ['a "quoted" \\ line', "tab\tand \x7f", "Überschrift – 港", "x" * 5000])
def test_any_text_can_be_kept(tmp_path: Path, text: str) -> None:
    file = tmp_path / "dateline.toml"
    assert restoring.keep(file, [text], "path", "a.txt") == [text]
    assert tomllib.loads(file.read_text(encoding="utf-8"))["cleaning"]["keep"][0]["text"] == text
    assert restoring.keep(file, [text], "path", "a.txt") == []


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(console.SettingsError):
        restoring.keep(tmp_path / "dateline.toml", ["\ud800"], "path", "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_learned_line_is_listed_and_comes_back(dateline: Run, tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    foot = "Listen to the harbour radio every morning"
    chance = random.Random(4)  # noqa: S311 - the same words each time
    words = [f"{a}{b}" for a in ("kel", "mor", "tan", "vis", "ort") for b in ("am", "il", "ode", "ust", "en")]
    for n in range(5):
        text = [" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(8)]
        head = f"Title: The boat {words[n]} returns\nSource: Amari Post\n"
        (folder / f"{n}.txt").write_text("\n\n".join((head, *text, foot)))
    dateline("index", folder, "--jobs", 1)
    listed = dateline("sources").stdout
    assert "learned in" in listed
    assert foot.lower() in listed
    edits = json.loads(dateline("show", "0.txt", "--json").stdout)["edits"]
    assert [edit["removed"] for edit in edits] == [foot]
    assert "stays in every article of Amari Post" in dateline("restore", "0.txt", 1, "--everywhere").stdout
    dateline("update", folder, "--config", file, "--jobs", 1)
    for n in range(5):
        article = json.loads(dateline("show", f"{n}.txt", "--json").stdout)
        assert (article["edits"], article["body"].endswith(foot)) == ([], True)

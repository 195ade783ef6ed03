from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Run

from cli import console


def test_index_prints_a_report_people_can_read(dateline: Run, corpus: Path) -> None:
    result = dateline("index", corpus, "--jobs", 1)
    assert result.exit_code == console.DONE
    assert "2 articles, 2 sources" in result.stdout
    assert "back to top" in result.stdout


def test_index_prints_a_report_programs_can_read(dateline: Run, corpus: Path) -> None:
    report = json.loads(dateline("index", corpus, "--jobs", 2, "--json").stdout)
    assert (report["documents"], report["failed"], report["added"]) == (2, 0, 2)
    assert report["languages"] == {"en": 1, "fr": 1}
    assert {row["source"] for row in report["sources"]} == {"Sahel Courier", "Le Fleuve"}
    assert report["peak_memory_mb"] > 0


def test_a_document_that_fails_is_listed_and_the_rest_goes_on(dateline: Run, corpus: Path) -> None:
    (corpus / "empty.txt").write_text("")
    result = dateline("index", corpus, "--jobs", 1)
    assert result.exit_code == console.SOME_FAILED
    assert "2 articles" in result.stdout
    assert "empty.txt" in result.stdout


def test_update_touches_only_what_changed(built: Run, corpus: Path) -> None:
    (corpus / "new.txt").write_text(
        "A market opens in Gao.\n\nThe market of the town opened again on Monday."
    )
    (corpus / "eclipse.json").unlink()
    report = json.loads(built("update", corpus, "--json").stdout)
    assert (report["added"], report["changed"], report["unchanged"], report["deleted"]) == (1, 0, 1, 1)


def test_an_update_of_nothing_changes_nothing(built: Run, corpus: Path) -> None:
    before = json.loads(built("update", corpus, "--json").stdout)
    assert before["unchanged"] == 2
    after = json.loads(built("update", corpus, "--json").stdout)
    assert before["build"] == after["build"]


def test_changed_settings_process_everything_again(built: Run, corpus: Path) -> None:
    (corpus / "dateline.toml").write_text('[cleaning]\ndisable = ["backtotop.link"]\n')
    report = json.loads(built("update", corpus, "--json").stdout)
    assert report["changed"] == 2


def test_check_is_content_with_a_good_index(built: Run) -> None:
    result = built("check")
    assert result.exit_code == console.DONE
    assert "2 articles" in result.stdout


def test_check_names_a_damaged_file(built: Run, index: Path) -> None:
    victim = max((p for p in index.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    result = built("check")
    assert result.exit_code == console.NOTHING_DONE
    assert victim.name in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["search", "x"],
        ["search", "x", "--json"],
        ["show", "x"],
        ["sources"],
        ["check"],
        ["export", "x", "--format", "csv"],
    ],
)
def test_without_an_index_every_command_says_what_to_do(dateline: Run, command: list[str]) -> None:
    result = dateline(*command)
    assert result.exit_code == console.NOTHING_DONE
    assert "dateline index" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_corpus_that_does_not_exist(dateline: Run, tmp_path: Path) -> None:
    result = dateline("index", tmp_path / "nowhere")
    assert result.exit_code == console.WRONG_USAGE
    assert "nowhere does not exist" in result.stderr


def test_a_corpus_without_documents_leaves_the_index_alone(built: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = built("index", empty)
    assert result.exit_code == console.NOTHING_DONE
    assert "no documents" in result.stderr
    assert built("check").exit_code == console.DONE


def test_two_folders_are_told_apart_by_name(dateline: Run, corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    (other / "bases.txt").write_text(
        "A market opens in Gao.\n\nThe market of the town opened again on Monday."
    )
    report = json.loads(dateline("index", corpus, other, "--json").stdout)
    assert report["documents"] == 3
    assert dateline("show", "more/bases.txt").exit_code == console.DONE
    assert dateline("index", corpus, corpus).exit_code == console.WRONG_USAGE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[cleaning]\ndisabel = []\n", "cleaning.disabel is no setting"),
        ('[cleaning]\ndisable = "share.on"\n', "cleaning.disable must be a list"),
        ("[fields]\ntext = 1\n", "fields.text must be a text"),
        ("cleaning = 1\n", "cleaning must be a table"),
        ("[cleaning\n", "not valid TOML"),
        ('[cleaning]\npacks = ["gone.toml"]\n', "gone.toml"),
        ('[[agency]]\nnam = "X"\n', "unknown key 'nam'"),
    ],
)
def test_a_mistake_in_the_settings_is_one_sentence(dateline: Run, corpus: Path, text: str, told: str) -> None:
    (corpus / "dateline.toml").write_text(text)
    result = dateline("index", corpus)
    assert result.exit_code == console.WRONG_USAGE
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_folder_of_another_program_is_not_touched(dateline: Run, corpus: Path, index: Path) -> None:
    index.mkdir()
    (index / "photo.jpg").write_bytes(b"x")
    result = dateline("index", corpus)
    assert result.exit_code == console.NOTHING_DONE
    assert [p.name for p in index.iterdir()] == ["photo.jpg"]


def test_a_fault_in_the_code_shows_no_traceback(
    dateline: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("cli.building.build", broken)
    result = dateline("index", corpus)
    assert result.exit_code == console.NOTHING_DONE
    assert "unexpected fault, ZeroDivisionError: oops" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_rule_that_takes_far_more_than_before_is_shown(dateline: Run, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    for n in range(20):
        head = f"Title: Boat {n} returns\nSource: Amari Post\n\n"
        (folder / f"{n}.txt").write_text(f"{head}The boat of crew {n} came back to the quay before noon.\n")
    first = json.loads(dateline("index", folder, "--jobs", 1, "--json").stdout)
    assert first["jumps"] == []
    for file in folder.iterdir():
        file.write_text(
            file.read_text() + "\nNobody was hurt, and the nets were full of fish.\n\nBack to top\n"
        )
    second = dateline("update", folder, "--jobs", 1).stdout
    assert "removes far more than before" in second
    assert "back to top, Amari Post" in second
    third = json.loads(dateline("update", folder, "--jobs", 1, "--json").stdout)
    assert third["jumps"] == []

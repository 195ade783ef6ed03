"""Documents that can not lie: the paths they name exist, the examples they show run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PATH = re.compile(r"`((?:engine|indexer|webapp|cli|tests|docs|benchmarks|corpus|index)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
HOSTS = ("pypi", "pythonhosted", "npmjs", "repo.maven", "deb.debian", "crates.io")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_paths_and_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    dead = [name for name in PATH.findall(text) if not (ROOT / name).exists()]
    dead += [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert dead == [], f"{document.name} names what is not there"


def test_no_file_names_a_package_index() -> None:
    skip = {".git", ".venv", "builds", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
    suffixes = {".py", ".md", ".toml", ".lock", ".txt", ".html", ".css", ".js", ""}
    for path in ROOT.rglob("*"):
        ours = path.suffix in suffixes and not skip & set(path.parts) and path != Path(__file__)
        if ours and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore").lower()
            assert not [host for host in HOSTS if host in text], path


# --- examples --------------------------------------------------------------------------------------

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Every `$ command` of the documents with the output shown under it."""
    found = []
    for document in DOCUMENTS:
        for block in CONSOLE.findall(document.read_text(encoding="utf-8")):
            for command in block.split("$ ")[1:]:
                line, _, output = command.partition("\n")
                found.append((line, output.strip("\n")))
    return found


def shown(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def pattern(lines: list[str]) -> re.Pattern[str]:
    """Output as shown; `…` stands for anything, and alone on a line for any lines."""
    parts = [r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return re.compile("".join(parts))


@pytest.fixture(scope="module")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("docs") / "index"
    result = CliRunner().invoke(main, ["index", str(ROOT / "corpus"), "--index", str(index), "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return index


@pytest.mark.parametrize(("command", "output"), examples(), ids=lambda value: value[:60])
def test_examples_run(command: str, output: str, sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATELINE_INDEX", str(sample_index))
    program, *arguments = shlex.split(command)
    assert program == "dateline"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    real = "\n".join(shown(result.stdout)) + "\n"
    assert pattern(shown(output)).fullmatch(real), f"$ {command}\n{real}"

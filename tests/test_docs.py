"""Documents that can not lie: the paths they name exist, the examples they show run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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

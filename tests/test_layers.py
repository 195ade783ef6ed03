"""The house rules a machine can hold: who imports whom, and how long things may get."""

from __future__ import annotations

import ast
import importlib.util
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("engine", "compare", "indexer", "webapp", "cli")
MAY_IMPORT = {
    "engine": ("engine",),
    "compare": ("compare", "engine.model", "engine.edits", "engine.analysis", "engine.dates"),
    "indexer": ("indexer", "compare", "engine.model", "engine.edits", "engine.analysis", "engine.dates"),
    "webapp": ("webapp", "compare", "engine"),
    "cli": PACKAGES,
}
ENGINES = ("engine.whoosh", "engine.memory", "engine.opensearch")


def modules() -> list[tuple[str, Path]]:
    return [(package, path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import of {node.module}; write it in full"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in names if name.split(".")[0] in PACKAGES}


def within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(place + ".") for place in allowed)


@pytest.mark.parametrize(("package", "path"), modules(), ids=lambda value: str(value).removeprefix(str(ROOT)))
def test_imports_point_one_way(package: str, path: Path) -> None:
    forbidden = {name for name in imported(path) if not within(name, MAY_IMPORT[package])}
    assert not forbidden, f"{path.relative_to(ROOT)} must not import {sorted(forbidden)}"


@pytest.mark.parametrize(("package", "path"), modules(), ids=lambda value: str(value).removeprefix(str(ROOT)))
def test_only_the_command_picks_an_engine(package: str, path: Path) -> None:
    if package in ("cli", "engine"):
        return
    assert not {name for name in imported(path) if within(name, ENGINES)}


def test_a_planted_violation_is_seen(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("from webapp import create_app\nimport engine.whoosh\n")
    assert imported(bad) == {"webapp.create_app", "engine.whoosh"}
    assert not within("webapp.create_app", MAY_IMPORT["indexer"])


@pytest.mark.parametrize("name", ["index", "corpus"])
def test_data_folders_are_no_packages(name: str) -> None:
    """A folder without `__init__.py` would still import as a namespace package from the checkout."""
    spec = importlib.util.find_spec(name)
    assert spec is None or spec.origin is None
    assert not list((ROOT / name).rglob("*.py"))
    wheel = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"{name}"' not in wheel.partition("packages = [")[2].partition("]")[0]


def functions() -> list[tuple[str, int]]:
    found = []
    for _, path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 1
                found.append((f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines))
    return found


def test_functions_stay_small() -> None:
    sizes = functions()
    lengths = sorted(lines for _, lines in sizes)
    assert [name for name, lines in sizes if lines > 60] == []
    assert statistics.median(lengths) <= 8
    assert lengths[int(0.95 * len(lengths)) - 1] <= 30


def test_modules_stay_readable() -> None:
    def code_lines(path: Path) -> int:
        lines = path.read_text(encoding="utf-8").splitlines()
        return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))

    assert [str(path) for _, path in modules() if code_lines(path) > 400] == []


def test_every_package_ships_its_types() -> None:
    assert all((ROOT / package / "py.typed").exists() for package in PACKAGES)

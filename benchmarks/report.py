"""Results on file, floors, and the documents that show them: `python -m benchmarks.report` writes these anew.

A benchmark gives metrics, name -> value. They are kept in `benchmarks/results/NAME.json` with the
commit, the machine, the day and the command, and held against `benchmarks/floors.toml`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
FLOORS = ROOT / "benchmarks" / "floors.toml"
DOCUMENTS = ROOT / "docs"

_WRITTEN = """
Written by `python -m benchmarks.report` from `benchmarks/results/`; every figure is from a run on the machine
named with it. Times are CPU time, in which other work on the machine counts little, though not nothing.
"""
_HEADS = {"performance": f"# Performance\n{_WRITTEN}", "quality": f"# Quality\n{_WRITTEN}"}

QUALITY = frozenset({"cleaning", "grouping", "stories", "translation"})
"""The benchmarks shown in docs/quality.md; the others are shown in docs/performance.md."""


def save(
    name: str, metrics: Mapping[str, float], table: str, command: str, folder: Path = RESULTS
) -> dict[str, Any]:
    """Keep the figures of a run; return what was kept."""
    result = {
        "commit": _commit(),
        "machine": machine(),
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "command": command,
        "metrics": {metric: round(value, 5) for metric, value in metrics.items()},
        "table": table.splitlines(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return result


def _commit() -> str:
    commands = (
        ["git", "rev-parse", "--short", "HEAD"],
        ["git", "status", "--porcelain", "--", "engine", "indexer"],
    )
    head, changed = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
        for command in commands
    )
    return f"{head} with changes" if changed else head


def machine() -> str:
    """Name this machine as far as it tells."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        described = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    return described.partition("model name\t: ")[2].partition("\n")[0] or platform.machine()


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table, its cells aligned for reading as text too; all columns but the first are figures."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (head, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    return f"| {' | '.join((first, *(c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=True))))} |"


def floors(path: Path = FLOORS) -> dict[str, dict[str, dict[str, float]]]:
    """Read the floors: benchmark -> "least" or "most" -> metric -> bound."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def misses(name: str, metrics: Mapping[str, float], path: Path = FLOORS) -> list[str]:
    """Return one line for each metric of a benchmark that is worse than its floor; absent ones pass."""
    bounds = floors(path).get(name, {})
    low = [(m, v, "least") for m, v in bounds.get("least", {}).items() if metrics.get(m, v) < v]
    high = [(m, v, "most") for m, v in bounds.get("most", {}).items() if metrics.get(m, v) > v]
    return [f"{metric} is {metrics[metric]:.4g}, at {word} {bound:g}" for metric, bound, word in low + high]


def document(folder: Path = RESULTS, subject: str = "performance") -> str:
    """Compose a document from all results of a subject that have a table."""
    parts = [_HEADS[subject]]
    for path in sorted(folder.glob("*.json"), key=_size):
        result = json.loads(path.read_text(encoding="utf-8"))
        if "table" in result and (path.stem in QUALITY) == (subject == "quality"):
            where = f"`{result['command']}`, {result['day']}, commit {result['commit']}, {result['machine']}."
            parts.append("\n".join(("", *result["table"], "", where, "")))
    return "\n".join(parts)


def write(subject: str = "performance") -> None:
    """Write docs/performance.md or docs/quality.md."""
    (DOCUMENTS / f"{subject}.md").write_text(document(subject=subject), encoding="utf-8")


def _size(path: Path) -> tuple[str, int]:
    """Sort `engine-5000` before `engine-100000`."""
    name, _, size = path.stem.partition("-")
    return name, int(size) if size.isdecimal() else 0


if __name__ == "__main__":
    write()
    write("quality")

"""Kill -9, full disk, power loss: the old index or the new one, whole, always; and the next build works."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

# A build of this size makes about 50 events; every one is tried.
EVENTS = tuple(range(60))
FEWER = tuple(range(0, 60, 2))
SIZES = (*range(0, 40, 4), *range(40, 160, 12))


def run(mode, folder, points):
    """Return what the driver reports of each point."""
    done = subprocess.run(
        [sys.executable, str(HERE / "crash_driver.py"), mode, str(folder), ",".join(map(str, points))],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE.parent}", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("mode", "points", "end", "states"),
    [
        ("kill", EVENTS, "killed", {"old", "new"}),
        ("power", EVENTS, "killed", {"old", "new"}),
        ("cut", SIZES, "killed", {"old"}),
        ("full", FEWER, "refused", {"old"}),
        ("quota", SIZES, "refused", {"old"}),
    ],
)
def test_the_old_index_or_the_new_one(tmp_path, mode, points, end, states):
    reports = run(mode, tmp_path, points)
    assert len(reports) == len(points)
    wrong = [r for r in reports if r["state"] not in ("old", "new") or r["again"] not in ("works", None)]
    assert wrong == []
    interrupted = [r for r in reports if r["ended"] == end]
    assert len(interrupted) >= 10
    assert {r["state"] for r in interrupted} >= states
    assert all(r["ended"] == "done" and r["state"] == "new" for r in reports if r not in interrupted)
    assert all(r["drafts"] == 0 for r in interrupted if end == "refused")

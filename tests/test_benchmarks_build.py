"""The benchmark of the whole build: its documents, a tiny run, and the figures on file."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import build, report


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "news"
    folder.mkdir()
    for name, count in (("courier", 30), ("post", 10)):
        rows = [
            {"title": f"Day {n}", "source": name, "text": f"The bridge {name} {n} is open."}
            for n in range(count)
        ]
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)
    return folder.parent


@pytest.mark.parametrize(("count", "expected"), [(8, (6, 2)), (40, (30, 10)), (45, (30, 10))])
def test_documents_come_evenly_from_all_collections(
    news: Path, count: int, expected: tuple[int, int]
) -> None:
    found = build.documents(news, count)
    assert len(found) == len({item.path for item in found}) == count
    sources = Counter(item.declared.source for item in found)
    assert (sources["courier"], sources["post"]) == expected


def test_a_title_stands_once_over_its_text(news: Path) -> None:
    (first, *_) = build.documents(news, 40)
    assert first.payload == b"Day 0\n\nThe bridge courier 0 is open."
    assert build._text({"title": "Rain", "text": "Rain\n\nIt fell."}) == "Rain\n\nIt fell."


def test_so_many_documents_change(news: Path) -> None:
    before = build.documents(news, 40)
    after = build.changed(before, 10)
    longer = [b for a, b in zip(before, after, strict=True) if a != b]
    assert len(longer) == len({item.fingerprint for item in longer}) == 10
    assert len({str(item.payload).rpartition("open.")[2] for item in longer}) == 10


def test_a_tiny_build_is_measured(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "CHANGED", 4)
    figures = build.measure(news, 40, tmp_path / "index")
    assert 0 < figures["grouping share"] < 1
    assert figures["update changed"] + figures["update left alone"] + figures["update regrouped"] == 40
    shown = build.table({f"40.{name}": value for name, value in figures.items()}, [40])
    assert "40 documents" in shown


def test_the_figures_on_file_hold_their_floors() -> None:
    result = json.loads((report.RESULTS / "build.json").read_text(encoding="utf-8"))
    assert report.misses("build", result["metrics"]) == []
    bounds = report.floors()["build"]
    assert {name for bound in bounds.values() for name in bound} <= set(result["metrics"])

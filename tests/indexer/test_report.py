from __future__ import annotations

import json
from typing import Any

from engine.model import Entry
from indexer.documents import Failure
from indexer.report import Report


def entry(**changes: Any) -> Entry:
    row: dict[str, Any] = {
        "id": "a",
        "path": "a",
        "url": None,
        "fingerprint": "f",
        "sha256": "s",
        "source": "Sahel Courier",
        "language": "en",
        "published": "2023-11-14",
        "words": 100,
        "truncated": False,
        "verdict": "none",
        "flags": (),
        "removed": (),
    }
    return Entry(**{**row, **changes})


def test_a_report_counts_by_source_language_rule_and_flag() -> None:
    report = Report()
    doubts = ("date_conflict: 'x'", "date_conflict: 'y'")
    report.add(entry(removed=(("share.bar", "share line", 2),), flags=doubts))
    report.add(entry(published="2023-10", truncated=True, removed=(("share.bar", "share line", 1),)))
    report.add(entry(source=None, language=None, published=None, verdict="translated"))
    report.fail(Failure("b.txt", "it is empty"))
    report.added = 3
    result = report.as_dict()
    assert result["documents"] == 3
    assert result["words"] == 300
    assert result["languages"] == {"en": 2, "none": 1}
    assert result["flags"] == {"date_conflict": 1}
    assert result["removed"] == [{"rule": "share.bar", "label": "share line", "count": 3}]
    assert result["failures"] == [{"path": "b.txt", "reason": "it is empty"}]
    courier, unknown = result["sources"]
    assert (courier["source"], courier["articles"], courier["truncated"]) == ("Sahel Courier", 2, 1)
    assert (courier["first"], courier["last"]) == ("2023-10", "2023-11-14")
    assert (unknown["source"], unknown["translated"], unknown["first"]) == ("none", 1, None)
    json.dumps(result)


def test_sources_are_listed_largest_first_then_by_name() -> None:
    report = Report()
    for name in ("B", "A", "C", "C"):
        report.add(entry(source=name))
    assert [row["source"] for row in report.as_dict()["sources"]] == ["C", "A", "B"]

"""The five seed articles come out exactly as their `expected.json` says, through the command itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.acceptance

Seed = tuple[dict[str, Any], dict[str, Any]]
"""An article as the command shows it, and the truth about it."""

SEEDS = ("000", "001", "002", "003", "004")


def dateline(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def index(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = tmp_path_factory.mktemp("seeds")
    for text in (data / "seeds").glob("*.txt"):
        (corpus / text.name).write_bytes(text.read_bytes())
    where = tmp_path_factory.mktemp("index") / "index"
    report = json.loads(dateline("index", str(corpus), "--index", str(where), "--json"))
    assert (report["documents"], report["failed"]) == (5, 0)
    return where


@pytest.fixture(scope="module")
def expected(data: Path) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads((data / "seeds" / "expected.json").read_text(encoding="utf-8"))
    return rows


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest, index: Path, expected: dict[str, Any]) -> Seed:
    name = next(name for name in expected if name.startswith(request.param))
    return json.loads(dateline("show", name, "--index", str(index), "--json")), expected[name]


def value_of(article: dict[str, Any], claim: str) -> str | None:
    value: str | None = article.get(claim, {}).get("value")
    return value


def test_title(seed: Seed) -> None:
    article, truth = seed
    if truth["title"] is None:
        assert article["title_derived"] is True
        assert article["body"].startswith(article["title"].rstrip("…"))
    else:
        assert article["title"] == truth["title"]
        assert not article.get("title_derived")


def test_publication_date(seed: Seed) -> None:
    article, truth = seed
    if truth["published"]["value"] is None:
        assert value_of(article, "published") is None
    else:
        assert article["published"]["value"] == truth["published"]["value"]
        assert article["published"]["certainty"] == truth["published"]["certainty"]
        assert article["published"]["evidence"]


def test_agency(seed: Seed) -> None:
    article, truth = seed
    if truth["agency"]["value"] is None:
        assert value_of(article, "agency") is None
    else:
        assert article["agency"]["value"] == truth["agency"]["value"]
        assert article["agency"]["certainty"] == truth["agency"]["certainty"]
        told = " ".join(f"{e['kind']} {e['text']}" for e in article["agency"]["evidence"])
        assert all(word.strip("'") in told for word in truth["agency"]["evidence"]), told


def test_place_byline_and_section(seed: Seed) -> None:
    article, truth = seed
    byline = article.get("byline", {})
    assert article.get("dateline_place") == truth["dateline_place"]
    for role in ("reporting", "writing", "editing"):
        assert byline.get(role, []) == truth.get(role, [])
    assert byline.get("desk") == truth.get("desk")
    assert article.get("section") == truth.get("section")


def test_language_access_and_translation(seed: Seed) -> None:
    article, truth = seed
    assert article["language"] == truth["language"]
    assert article["access"]["truncated"] is truth["truncated"]
    assert article["access"].get("percent_left") == truth.get("percent_left")
    verdict, _, origin = truth["translated"].partition(", from ")
    assert article["translated"]["verdict"] in verdict.replace(" (style only)", "").split(" or ")
    assert article["translated"].get("from") == (origin or None)
    told = " | ".join(f"{e['kind']}: {e['text']}" for e in article["translated"]["evidence"])
    for sign in truth.get("translation_evidence", []):
        assert sign.lower() in told.lower(), told


def test_only_the_furniture_was_removed(seed: Seed) -> None:
    article, truth = seed
    removed = [[e["start"], e["end"], e["label"]] for e in article["edits"] if e["kind"] == "remove"]
    assert removed == truth["removed"]


def test_repairs(seed: Seed) -> None:
    article, truth = seed
    repairs = Counter(e["label"] for e in article["edits"] if e["kind"] == "repair")
    if isinstance(truth["repairs"], dict):
        assert repairs == truth["repairs"]
    else:
        assert repairs.total() == truth["repairs"]


def test_body(seed: Seed) -> None:
    article, truth = seed
    assert article["body"].startswith(truth["body_starts"])
    assert article["body"].endswith(truth["body_ends"])
    assert len(article["body"].split()) == article["words"] == truth["body_words"]
    assert all(words in article["body"] for words in truth.get("must_keep", []))


def test_flags(seed: Seed) -> None:
    article, truth = seed
    conflicts = [flag for flag in article.get("flags", []) if flag.startswith("date_conflict")]
    assert bool(conflicts) == bool(truth.get("flags"))
    if conflicts:
        assert "Sunday, August 12" in conflicts[0]


@pytest.mark.parametrize("query", ["Goïta", "Goita", "UN", "minusma"])
def test_one_query_finds_every_spelling(query: str, index: Path, expected: dict[str, Any]) -> None:
    answer = json.loads(dateline("search", query, "--index", str(index), "--json"))
    assert answer["total"] == expected["together"]["one_query"][query]

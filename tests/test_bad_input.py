"""One awful folder through the whole program: each fault is a row of the report, the rest is indexed."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import console
from cli.main import main
from engine.whoosh import open_engine
from webapp import create_app

GOOD = "The market of Gao opened again on Monday, and traders said that prices had doubled since the summer."
FRENCH = "Élection à Gao\n\nLe maire a été réélu, dit-on, à l'été."
NEWLINE = "two\nlines.txt"
SURROGATE = os.fsdecode(b"latin-\xe9t\xe9.txt")


def json_lines() -> str:
    lines = [json.dumps({"title": f"Report {n}", "text": GOOD}) for n in range(1, 1001)]
    lines[16] = lines[16][:-9]
    return "\n".join(lines)


def lay_out(folder: Path) -> None:
    (folder / "good.txt").write_text(f"Market opens\n\n{GOOD}")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n \t\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(2000))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(json_lines().encode())[:-400])
    (folder / "latin.txt").write_bytes(
        "Élection à Gao\n\nLe maire a été réélu, dit-on, à l'été.".encode("cp1252")
    )
    (folder / "line.txt").write_bytes(b"word " * 20_000_000)
    (folder / "bomb.txt.gz").write_bytes(gzip.compress(b"word " * 20_000_000))
    (folder / "lines.jsonl").write_text(json_lines())
    (folder / "nested.html").write_text("<div>" * 100_000 + f"<p>{GOOD}</p>")
    (folder / "broken.json").write_text('{"text": ')
    (folder / "other.json").write_text('{"colour": "red"}')
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    (folder / NEWLINE).write_text(GOOD)
    (folder / SURROGATE).write_text(GOOD)
    os.mkfifo(folder / "pipe.txt")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bad")
    corpus = folder / "corpus"
    corpus.mkdir()
    lay_out(corpus)
    arguments = ["index", str(corpus), "--index", str(folder / "index"), "--jobs", "2", "--json"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == console.SOME_FAILED
    assert "Traceback" not in result.stderr
    return {**json.loads(result.stdout), "index": folder / "index"}


@pytest.fixture(scope="module")
def reasons(report: dict[str, Any]) -> dict[str, str]:
    return {row["path"]: row["reason"] for row in report["failures"]}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("empty.txt", "empty"),
        ("blank.txt", "no text"),
        ("binary.txt", "binary"),
        ("photo.jpg", "binary"),
        ("line.txt", "larger than 10 MB"),
        ("bomb.txt.gz", "larger than 10 MB"),
        ("lines.jsonl#17", "JSON"),
        ("broken.json", "JSON"),
        ("other.json", "no text field"),
        ("dangling.txt", "link"),
        ("pipe.txt", "named pipe"),
    ],
)
def test_a_bad_document_is_one_row_with_its_reason(reasons: dict[str, str], path: str, told: str) -> None:
    assert told in reasons[path]
    assert "\n" not in reasons[path]


def test_a_truncated_archive_keeps_what_could_be_read(
    report: dict[str, Any], reasons: dict[str, str]
) -> None:
    told = [reason for path, reason in reasons.items() if path.startswith("cut.jsonl.gz")]
    assert any("truncated" in reason or "cut short" in reason for reason in told)
    with closing(open_engine(report["index"])) as engine:
        read = [entry.path for entry in engine.entries() if entry.path.startswith("cut.jsonl.gz#")]
    assert len(read) > 100


def test_nothing_else_failed_and_the_rest_is_indexed(report: dict[str, Any], reasons: dict[str, str]) -> None:
    with closing(open_engine(report["index"])) as engine:
        paths = {entry.path for entry in engine.entries()}
    assert {"good.txt", "latin.txt", "nested.html"} <= paths
    assert len([path for path in paths if path.startswith("lines.jsonl#")]) == 999
    assert any(path.startswith("two") for path in paths | reasons.keys())
    assert any(path.startswith("latin-") for path in paths | reasons.keys())
    assert all(path.isprintable() for path in reasons)
    assert report["documents"] == len(paths)


def test_the_encoding_was_found(report: dict[str, Any]) -> None:
    with closing(open_engine(report["index"])) as engine:
        article = engine.get("latin.txt")
    assert article is not None
    assert article.body == "Le maire a été réélu, dit-on, à l'été."


def test_memory_stayed_bounded(report: dict[str, Any]) -> None:
    assert report["peak_memory_mb"] < 1000


@pytest.fixture(scope="module")
def client(report: dict[str, Any]) -> Iterator[Any]:
    with closing(open_engine(report["index"])) as engine:
        yield create_app(engine).test_client()


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "9" * 400])
@pytest.mark.parametrize("address", ["/search", "/api/v1/search"])
def test_a_page_that_can_not_be_is_answered_all_the_same(client: Any, address: str, page: str) -> None:
    assert client.get(address, query_string={"q": "market", "page": page}).status_code in (200, 400)


def test_an_unknown_source_finds_nothing(client: Any) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "market", "source": "Nobody", "facet": "source"})
    assert answer.get_json()["total"] == 0
    assert answer.get_json()["warnings"] == ["No article at all has “Nobody” as source."]
    assert {"value": "Nobody", "count": 0, "selected": True} in answer.get_json()["facets"]["source"][
        "values"
    ]

from __future__ import annotations

import csv
import hashlib
import json

import pytest
from commands import Run
from webapp_archive import STORY, make_engine

from cli import console, display
from cli.relations import relations


@pytest.mark.parametrize(
    "query", ["goita", "Goïta", "UN", "u.n. peacekeeper", "title:bases", "source:sahel", "éclipses"]
)
def test_search_finds(built: Run, query: str) -> None:
    result = built("search", query)
    assert result.exit_code == console.DONE
    assert result.stdout.startswith("1 article (")


def test_search_prints_what_the_endpoint_answers(built: Run) -> None:
    answer = json.loads(built("search", "eclipse", "--json", "--limit", 5).stdout)
    assert answer["total"] == 1
    assert answer["hits"][0]["id"] == "https://lefleuve.example/eclipse"
    assert "<mark>" in answer["hits"][0]["highlights"]["body"][0]


def test_filters_narrow_a_search(built: Run) -> None:
    def total(*options: str) -> int:
        return int(json.loads(built("search", "*", *options, "--json").stdout)["total"])

    assert total() == 2
    assert total("--source", "Le Fleuve") == 1
    assert total("--source", "Le Fleuve", "--source", "Sahel Courier") == 2
    assert total("--lang", "fr", "--from", "2024") == 1
    assert total("--to", "2023-11-14") == 1
    assert total("--source", "Nobody") == 0


def test_a_search_that_relaxes_says_so(built: Run) -> None:
    result = built("search", "goita rhinoceros")
    assert "No article has all the words" in result.stderr
    assert "1 article" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["search", "x" * 600], "512"),
        (["search", "x", "--from", "yesterday"], "from"),
        (["search", "x", "--sort", "size"], "size"),
        (["search", "x", "--limit", "0"], "limit"),
        (["export", "x", "--format", "xml"], "xml"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_is_named(built: Run, arguments: list[str], told: str) -> None:
    result = built(*arguments)
    assert result.exit_code == console.WRONG_USAGE
    assert told in result.stderr


def test_a_broken_query_is_explained_and_searched_literally(built: Run) -> None:
    result = built("search", '"last peacekeepers')
    assert result.exit_code == console.DONE
    assert "literally" in result.stderr
    assert "1 article" in result.stdout


def test_show_by_id_and_by_path(built: Run) -> None:
    by_id = built("show", "https://lefleuve.example/eclipse").stdout
    assert by_id == built("show", "eclipse.json").stdout
    assert "Le Fleuve (declared)" in by_id


def test_show_an_article_that_is_not_there(built: Run) -> None:
    result = built("show", "nothing")
    assert result.exit_code == console.NOTHING_DONE
    assert "nothing" in result.stderr


def test_show_its_parts(built: Run) -> None:
    assert "back to top" in built("show", "bases.txt", "--removed").stdout.lower()
    assert "declared" in built("show", "bases.txt", "--evidence").stdout
    raw = built("show", "bases.txt", "--raw").stdout
    assert "Back to top" in raw
    article = json.loads(built("show", "bases.txt", "--json").stdout)
    assert "Back to top" not in article["body"]
    assert article["edits"][-1]["removed"] == "Back to top"
    assert article["build"]
    assert hashlib.sha256(raw.encode()).hexdigest() == article["sha256"]


def test_sources(built: Run) -> None:
    assert "Sahel Courier" in built("sources").stdout
    rows = json.loads(built("sources", "--json").stdout)
    assert [row["source"] for row in rows] == ["Le Fleuve", "Sahel Courier"]


def test_an_export_of_a_broken_query_says_what_it_wrote(built: Run) -> None:
    result = built("export", "(goita", "--format", "ris")
    assert "literally" in result.stderr
    assert result.stdout.count("TY  - NEWS") == 1


def test_export_writes_every_match_in_each_format(built: Run) -> None:
    rows = list(csv.DictReader(built("export", "*", "--format", "csv").stdout.splitlines()))
    assert {row["source"] for row in rows} == {"Sahel Courier", "Le Fleuve"}
    lines = built("export", "*", "--format", "jsonl", "--lang", "fr").stdout.splitlines()
    assert [json.loads(line)["language"] for line in lines] == ["fr"]
    assert built("export", "goita", "--format", "ris").stdout.count("TY  - NEWS") == 1


@pytest.mark.parametrize("query", ["-kidal", "-eclipse"])
def test_a_query_may_begin_with_a_minus_sign(built: Run, query: str) -> None:
    every = json.loads(built("search", "*", "--json").stdout)["total"]
    without = built("search", "--sort", "-date", query, "--json")
    assert without.exit_code == console.DONE
    assert 0 < json.loads(without.stdout)["total"] <= every
    first = built("search", query).stdout.partition("\n")  # the first line says how long it took
    assert first[2] == built("search", "--", query).stdout.partition("\n")[2]
    assert built("export", query, "--format", "ris").exit_code == console.DONE


def test_an_unknown_option_is_still_refused(built: Run) -> None:
    assert built("search", "--limt", "5", "kidal").exit_code == console.WRONG_USAGE


def test_learned_lines_are_listed_under_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"rule": "backtotop.link", "label": "back to top", "count": 9},
        {"rule": "template.00ab", "label": "Learned template line: listen to the radio", "count": 7},
    ]
    source = dict.fromkeys(("articles", "truncated", "translated", "probable"), 9) | {
        "first": None,
        "last": None,
    }
    display.sources([source | {"source": "Amari Post", "removed": rows}])
    shown = capsys.readouterr().out
    assert "learned in" in shown
    assert "listen to the radio  template.00ab" in shown


def test_what_an_article_is_tied_to_stands_under_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    display.article(STORY[2], relations(make_engine(STORY), STORY[2]))
    shown = capsys.readouterr().out
    assert "copy        this article · copy, cut short · 44%\n" in shown
    assert "story       s1 · 5 articles\n            phare/1 · Le Phare · 2024-03-01\n" in shown


def test_the_evidence_of_a_translation_names_its_original(capsys: pytest.CaptureFixture[str]) -> None:
    display.evidence(STORY[3])
    shown = " ".join(capsys.readouterr().out.split())
    assert "translated translated original phare/1" in shown
    assert "translated translated original found Talmist rouvre: 9 anchors in the same order" in shown

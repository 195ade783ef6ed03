"""The benchmark of stories: its measures, how it reads, a tiny run, and the figures on file."""

from __future__ import annotations

import gzip
import json

import pytest

from benchmarks import report, stories


@pytest.mark.parametrize(
    ("found", "truth", "expected"),
    [
        ({"a": 1, "b": 1, "c": 2}, {"a": 7, "b": 7, "c": 8}, (1, 1, 1)),
        ({"a": 1, "b": 2}, {"a": 7, "b": 7}, (1, 0.5, 2 / 3)),
        ({"a": 1, "b": 1}, {"a": 7, "b": 8}, (0.5, 1, 2 / 3)),
        ({"a": 1, "b": 1, "c": 1, "other": 1}, {"a": 7, "b": 7, "c": 8}, (5 / 9, 1, 5 / 7)),
    ],
)
def test_bcubed(found, truth, expected):
    assert stories.bcubed(found, truth) == pytest.approx(expected)


def test_precision_of_pairs():
    truth = {"a": 7, "b": 7, "c": 8}
    assert stories.pair_precision({"a": 1, "b": 1, "c": 1}, truth) == pytest.approx(1 / 3)
    assert stories.pair_precision({"a": 1, "b": 1, "c": 2}, truth) == 1
    assert stories.pair_precision({"a": 1, "b": 2, "c": 3}, truth) == 0


@pytest.mark.parametrize(
    ("written", "day"),
    [("2018-01-24", "2018-01-24"), ("24/01/2018 10h20", "2018-01-24"), ("yesterday", None), ("", None)],
)
def test_dates_as_the_collections_write_them(tmp_path, written, day):
    (tmp_path / "news").mkdir()
    row = {"id": "x", "lang": "pt", "date": written, "text": "A porta.\n" + "Ninguém abriu a porta. " * 20}
    with gzip.open(tmp_path / "news" / "fakebr_pt.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    (article,) = stories.articles(tmp_path, "fakebr_pt")
    assert (article.title, article.published.value) == ("A porta.", day)


def test_events_list_each_article_once():
    for truth in stories.events().values():
        assert len(truth) > 200
        assert 90 <= len(set(truth.values())) <= 110


def test_two_reports_are_grouped(tmp_path):
    (tmp_path / "news").mkdir()
    texts = [
        "Fire in Port Alvane\nA fire destroyed the terminal of Port Alvane, said Ilda Branco of Serrat.",
        "Port Alvane burns\nThe terminal at Port Alvane burned down; Ilda Branco of Serrat saw nobody hurt.",
        "Chess in Karsk\nMirela Dantas beat Otto Venn in Karsk and won the open tournament of the winter.",
    ]
    rows = [
        {"id": str(n), "lang": "en", "date": "2024-03-05", "text": text + " " * 200 + "."}
        for n, text in enumerate(texts)
    ]
    with gzip.open(tmp_path / "news" / "tech_news_web.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    found = stories.articles(tmp_path, "tech_news_web")
    assert sorted(stories.grouped(found).values()) == [0, 0, 2]


def test_the_figures_on_file_hold_their_floors():
    result = json.loads((report.RESULTS / "stories.json").read_text(encoding="utf-8"))
    assert report.misses("stories", result["metrics"]) == []
    assert set(report.floors()["stories"]["least"]) <= set(result["metrics"])

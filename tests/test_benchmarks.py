"""The benchmarks themselves: the text they make, the measures they use, and one tiny run of each."""

from __future__ import annotations

import gzip
import json
import re
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import corpus, engine, relevance, report
from benchmarks.bm25 import VARIANTS, Fields, Lucene
from benchmarks.judged import Document, average_precision, load, ndcg
from benchmarks.peers import PEERS, missing
from benchmarks.queries import KINDS, Asker, Question

SMALL = 200


@pytest.fixture(scope="module")
def made():
    return list(corpus.articles(SMALL))


# --- the text --------------------------------------------------------------------------------


def test_a_seed_always_makes_the_same_articles(made):
    assert list(corpus.articles(SMALL)) == made
    assert list(corpus.articles(SMALL, seed=2)) != made


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 400])
def test_the_first_articles_do_not_depend_on_how_many_follow(count):
    assert list(corpus.articles(count)) == list(islice(corpus.articles(450), count))


def test_every_article_says_where_its_body_stands(made):
    assert all(a.raw[a.body_start : a.body_end] == a.body and a.raw.startswith(a.title) for a in made)
    assert len({a.id for a in made}) == SMALL


def test_the_vocabulary_keeps_growing_ever_more_slowly():
    seen: set[str] = set()
    sizes = []
    for article in corpus.articles(800):
        seen.update(re.findall(r"\w+", article.raw.lower()))
        sizes.append(len(seen))
    first, second = sizes[399], sizes[799] - sizes[399]
    assert first / 5 < second < first


def test_few_words_make_up_much_of_the_text(made):
    words = " ".join(article.body for article in made).lower().split()
    function = sum(word in corpus.FUNCTION_WORDS for word in words)
    assert 0.15 < function / len(words) < 0.6


@given(st.floats(0, 1, exclude_max=True))
def test_ranks_are_whole_numbers_from_zero(uniform):
    ranks = corpus.zipf(corpus.np.array([0.0, uniform]))
    assert ranks[0] == 0
    assert 0 <= ranks[1] <= 1 << 40


def test_articles_are_read_as_they_were_written(made, tmp_path):
    corpus.save(made, tmp_path / "corpus.tsv")
    assert list(corpus.load(tmp_path / "corpus.tsv")) == made


def test_real_articles_come_from_news_collections(tmp_path):
    (tmp_path / "news").mkdir()
    rows = [
        {"title": "Bridge\topens", "text": f"It opened on day {n}.", "source": "River Post"} for n in range(3)
    ]
    with gzip.open(tmp_path / "news" / "post.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    found = list(corpus.real_articles(tmp_path, 2))
    assert [(a.title, a.source.value, a.body) for a in found] == [
        ("Bridge opens", "River Post", "It opened on day 0."),
        ("Bridge opens", "River Post", "It opened on day 1."),
    ]


# --- the questions ---------------------------------------------------------------------------


def test_no_word_is_asked_for_twice(made):
    asker = Asker(made)
    questions = [question for kind in KINDS if kind != "prefix" for question in asker.ask(kind, 5)]
    words = [word for question in questions for word in question.words]
    assert len(words) == len(set(words)) > 30


def test_the_words_of_a_question_stand_in_one_article(made):
    texts = [set(re.findall(r"\w+", article.body.lower())) for article in made]
    questions = Asker(made).ask("and", 10)
    assert questions
    assert all(any(text.issuperset(question.words) for text in texts) for question in questions)


def test_phrases_recur(made):
    texts = [" ".join(re.findall(r"[a-z]{3,}", article.body.lower())) for article in made]
    questions = Asker(made).ask("phrase", 5)
    assert questions
    assert all(sum(" ".join(question.words) in text for text in texts) for question in questions)


def test_a_question_survives_being_sent(made):
    for kind in KINDS:
        for question in Asker(made).ask(kind, 2):
            assert Question.read(question.line()) == question


# --- the measures ----------------------------------------------------------------------------

GRADES = {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("ranking", "gain", "precision"),
    [
        (["a", "b"], 1.0, 1.0),
        (["b", "a"], (1 + 2 / 1.585) / (2 + 1 / 1.585), 1.0),
        (["x", "a"], (2 / 1.585) / (2 + 1 / 1.585), 0.25),
        (["x", "y"], 0.0, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_rankings_are_measured_as_the_field_does(ranking, gain, precision):
    assert ndcg(ranking, GRADES) == pytest.approx(gain, abs=1e-4)
    assert average_precision(ranking, GRADES) == pytest.approx(precision)


def test_only_the_first_ten_count_for_gain():
    assert ndcg([*"0123456789", "a"], GRADES) == 0.0
    assert average_precision([*"0123456789", "a"], GRADES) > 0


DOCUMENTS = (
    Document("1", "Rain floods the harbour", "The harbour was closed after three days of rain."),
    Document("2", "Harbour workers on strike", "Workers of the harbour asked for higher wages."),
    Document("3", "Wages rise", "Teachers and nurses are paid more this year."),
)


def test_the_baseline_stems_and_drops_stop_words():
    lucene = Lucene(DOCUMENTS)
    assert lucene.search("the of and") == []
    assert lucene.search("flooding") == ["1"]
    assert lucene.search("wage") == ["3", "2"]


def test_every_variant_finds_the_same_documents():
    fields = Fields(DOCUMENTS)
    for variant in VARIANTS.values():
        assert sorted(fields.search("harbour strike", variant)) == ["1", "2"]
        assert fields.search("harbour strike", variant)[0] == "2"


def test_neighbours_count_only_where_they_stand_together():
    fields = Fields((Document("apart", "", "grain from a port"), Document("near", "", "a port grain from")))
    assert fields.search("grain port", VARIANTS["+ neighbours (engine.ranking)"]) == ["near", "apart"]
    assert fields.search("grain port", VARIANTS["+ b 0.6"]) == ["apart", "near"]


# --- the report ------------------------------------------------------------------------------


def test_floors_name_bounds_of_known_benchmarks():
    floors = report.floors()
    assert set(floors) <= {path.stem for path in (report.ROOT / "benchmarks").glob("*.py")}
    for bounds in floors.values():
        assert set(bounds) <= {"least", "most"}
        assert all(isinstance(bound, float | int) for each in bounds.values() for bound in each.values())


def test_what_is_below_a_floor_is_said(tmp_path):
    path = tmp_path / "floors.toml"
    path.write_text('[speed.least]\n"a" = 2\n"absent" = 9\n[speed.most]\n"b" = 3\n', encoding="utf-8")
    assert report.misses("speed", {"a": 2.0, "b": 3.0}, path) == []
    assert report.misses("speed", {"a": 1.0, "b": 4.5}, path) == ["a is 1, at least 2", "b is 4.5, at most 3"]
    assert report.misses("other", {"a": 0.0}, path) == []


def test_the_document_shows_tables_smallest_first(tmp_path):
    for name in ("engine-20000", "engine-5000", "relevance"):
        report.save(name, {"a": 1.23456789}, f"## Table of {name}", f"run {name}", tmp_path)
    (tmp_path / "other.json").write_text('{"metrics": {}}', encoding="utf-8")
    text = report.document(tmp_path)
    places = [text.index(f"Table of {name}") for name in ("engine-5000", "engine-20000", "relevance")]
    assert places == sorted(places)
    assert "`run relevance`" in text
    assert report.machine() in text


def test_tables_are_aligned():
    lines = report.markdown(("", "n"), [("long name", "1"), ("x", "1,000")]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1] == "| --------- | ----: |"


# --- the runs --------------------------------------------------------------------------------


def test_a_small_run_of_the_engines(tmp_path):
    plan = engine.Plan(tmp_path, SMALL, tuple(PEERS), questions=1, repeats=1)
    figures, tables = engine.run(plan)
    assert figures["index.dateline.per_second"] > 0
    for kind in ("common", "and", "or", "phrase", "filter", "range", "date"):
        ours = figures[f"facets.{kind}.dateline.matches"]
        assert ours == figures[f"facets.{kind}.fts5.matches"] == figures[f"facets.{kind}.whoosh.matches"]
        assert figures[f"ratio.facets.{kind}.fts5"] > 0
    assert figures["ratio.index.fts5.disk"] == pytest.approx(
        figures["index.dateline.disk"] / figures["index.fts5.disk"]
    )
    assert "| common |" in tables
    assert "lucene: skipped, no jar" in tables


def test_a_peer_that_is_not_here_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert missing("xapian") == "xapian: skipped, no module 'xapian'"


@pytest.mark.parametrize(("share", "expected"), [(0, 1.0), (50, 3.0), (95, 4.0), (100, 4.0)])
def test_percentiles_are_values_that_occurred(share, expected):
    assert engine.percentile([4.0, 1.0, 3.0, 2.0], share) == expected


def test_a_small_run_of_relevance(made, tmp_path):
    folder = tmp_path / "ir" / "tiny"
    folder.mkdir(parents=True)
    with gzip.open(folder / "docs.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number, article in enumerate(made):
            row = {"id": str(number), "title": article.title, "author": "A. Writer", "text": article.body}
            lines.write(json.dumps(row) + "\n")
    queries = [{"id": f"q{n}", "text": made[n].title} for n in (3, 77, 150)] + [
        {"id": "q9", "text": "unjudged"}
    ]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (folder / "qrels.tsv").write_text(
        "query\tdoc\trel\nq3\t3\t1\nq77\t77\t2\nq150\t150\t1\nq9\t1\t0\n", encoding="utf-8"
    )
    assert set(load(folder).queries) == {"q3", "q77", "q150"}
    figures = relevance.run(Path(tmp_path), ("tiny",), variants=True)
    assert figures["Dateline.tiny.ndcg10"] > 0.9
    assert figures["Lucene-style BM25.tiny.map"] > 0.9
    assert all(variant in relevance.table(figures, ("tiny",)) for variant in VARIANTS)

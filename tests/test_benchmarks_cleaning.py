"""The benchmark of cleaning: its measures, one tiny run, and the figures on file against their floors."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import cleaning, extraction, report, templates
from engine.model import Edit

BODY = " ".join(cleaning.NEUTRAL)


@pytest.mark.parametrize(
    ("true", "found", "counts"),
    [
        ("a b c d e", "a b c d e", (2, 0, 0)),
        ("a b c d e", "a b c d", (1, 0, 1)),
        ("a b c d", "a b c d x", (1, 1, 0)),
        ("a b c d", "a, b: c – d!", (1, 0, 0)),
        ("a b c d a b c d", "a b c d", (1, 0, 4)),
        ("a b", "a b", (1, 0, 0)),
        ("a b", "", (0, 0, 1)),
        ("", "", (0, 0, 0)),
    ],
)
def test_shingles_are_compared_one_by_one(true, found, counts):
    assert extraction.compare(true, found) == counts


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_what_is_missed_one_way_is_wrong_the_other(true, found):
    right, wrong, missed = extraction.compare(true, found)
    assert extraction.compare(found, true) == (right, missed, wrong)


def test_pages_weigh_the_same_whatever_their_length():
    scored = extraction.score([("a b c d " * 100, "a b c d " * 100), ("a b c d", "x y z w")])
    assert (scored.precision, scored.recall, scored.f1) == (0.5, 0.5, 0.5)


def edited(text, *spans):
    edits = tuple(Edit(start, end, "", "remove", "r", "l", "1") for start, end in spans)
    return cleaning.Draft(cleaning.page(text), edits=edits)


@pytest.mark.parametrize(
    ("spans", "lines"),
    [([(0, 3)], {0}), ([(0, 4)], {0}), ([(4, 11)], {1, 2}), ([(4, 6)], set()), ([(0, 3), (8, 11)], {0, 2})],
)
def test_a_line_is_taken_when_nothing_of_it_is_left(spans, lines):
    assert cleaning._taken(edited("one\ntwo\nend\n", *spans)) == lines


def test_neutral_sentences_stay_and_a_phrase_goes():
    assert cleaning.cleaned("\n".join(cleaning.NEUTRAL)).edits == ()
    assert cleaning._is_taken("Back to top")
    assert not cleaning._is_taken("A grey heron stood at the end of the pier.")


@pytest.mark.parametrize(("line", "prose"), [(BODY, True), (BODY.rstrip("."), False), ("It sailed.", False)])
def test_prose_is_long_and_ends_with_a_stop(line, prose):
    assert cleaning._is_prose(line) is prose


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("Follow the Amari Post on Facebook and on Instagram.", True),
        ("You can follow Lena Abara on Twitter @abara.", True),
        ("Watch: how the ferry came back", True),
        ("Follow the money, the auditor said.", False),
        ("Facebook lost users.", False),
    ],
)
def test_a_call_names_a_place_to_follow(line, call):
    assert bool(cleaning._CALL.match(line)) is call


def test_lines_are_learned_from_a_tiny_archive(tmp_path, monkeypatch):
    words = [f"{a}{b}" for a in ("kel", "mor", "tan", "vis") for b in ("am", "il", "ode", "ust", "en", "ar")]
    texts = ["\n".join(" ".join(words[n:] + words[:n]) + f" {n} {m}" for m in "abcdefgh") for n in range(20)]
    write(tmp_path / "news" / "bbc_2005.jsonl.gz", [{"text": text} for text in texts])
    lines = [f"Read the {word} letter of the harbour" for word in words]
    phrases = [
        {"text": line, "domains": 1 + n % 2}
        for n, line in enumerate(lines + ["Newsletter of the " + w for w in words])
    ]
    calls = [{"text": f"Subscribe to the {word} newsletter", "domains": 1} for word in words]
    write(tmp_path / "cleaning" / "phrases_by_domain_count_dev.jsonl.gz", [*phrases, *calls])
    monkeypatch.setattr(templates, "SIZES", (10,))
    figures = dict(templates.measure(tmp_path))
    assert figures["templates.10.precision"] == 1
    assert figures["templates.10.known"] >= figures["templates.10.recall"] > 0.5
    assert figures["templates.10.body lost"] == 0
    assert templates.learnable(tmp_path, ["Back to the harbour", "***"]) == [True, False]


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / extraction.FOLDER
    (folder / "html").mkdir(parents=True)
    truth = {"one": {"url": "https://port.example/1", "articleBody": BODY}}
    (folder / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in cleaning.NEUTRAL)
    head = "<title>A calm day</title><link rel=canonical href='https://port.example/1'>"
    with gzip.open(folder / "html" / "one.html.gz", "wt", encoding="utf-8") as markup:
        markup.write(
            f"<html><head>{head}</head><body><h1>A calm day</h1><article>{paragraphs}</article></body>"
        )
    labelled = [*(("c", sentence) for sentence in cleaning.NEUTRAL), ("?", "Quay"), ("b", "Back to top")]
    write(tmp_path / "cleaning" / "dirty_clean_pages_dev.jsonl.gz", [{"lines": labelled}])
    phrases = [{"text": "Back to top", "domains": 3, "category": ["nav"]}, {"text": "Heron", "domains": 1}]
    write(tmp_path / "cleaning" / "phrases_by_domain_count_dev.jsonl.gz", phrases)
    for name in cleaning.NEWS:
        write(tmp_path / "news" / f"{name}.jsonl.gz", [{"text": BODY}, {"text": None}])
    return tmp_path


def test_a_tiny_run(data, monkeypatch):
    sizes = ("precision", "known", "recall", "body lost")
    zeros = [(f"templates.{size}.{name}", 0.0) for size in templates.SIZES for name in sizes]
    monkeypatch.setattr(templates, "measure", lambda _data: zeros)
    figures = cleaning.run(data)
    assert figures["html.Dateline.f1"] == 1
    assert figures["html.Dateline.times"] > 0
    assert figures["metadata.url right"] == 1
    assert (figures["lines.precision"], figures["lines.recall"], figures["lines.content lost"]) == (1, 1, 0)
    assert figures["news.bbc_2005.removed per million"] == 0
    coverage = [value for name, value in figures.items() if name.startswith("phrases.")]
    assert coverage == [0.75, 1, 1, 1]
    assert figures["adversarial.sentences"] >= 60
    assert figures["adversarial.kept"] == 1
    assert figures["fields.Dateline.title"] == 1
    assert (figures["undone.documents"], figures["undone.exact"]) == (5, 1)
    text = cleaning.table(figures)
    assert all(name in text for name in (extraction.OURS, *extraction.PEERS, *cleaning.NEWS))
    unknown = {m for bounds in report.floors()["cleaning"].values() for m in bounds} - set(figures)
    assert not unknown


@pytest.mark.parametrize("name", sorted(report.floors()))
def test_no_figure_on_file_is_worse_than_its_floor(name):
    for path in report.RESULTS.glob(f"{name}*.json"):
        assert report.misses(name, json.loads(path.read_text(encoding="utf-8"))["metrics"]) == []


def test_quality_and_performance_are_shown_apart(tmp_path):
    for name in ("cleaning", "engine-5"):
        report.save(name, {}, f"## Table of {name}", "run", tmp_path)
    performance, quality = (report.document(tmp_path, subject) for subject in ("performance", "quality"))
    assert ("Table of cleaning" in quality, "Table of engine-5" in quality) == (True, False)
    assert ("Table of cleaning" in performance, "Table of engine-5" in performance) == (False, True)

"""An update ends with what a rebuild would give, whatever happened to the corpus in between."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.article_json import to_dict
from engine.memory import MemoryEngine
from engine.model import SearchRequest
from engine.query import All
from indexer import build as module
from indexer.build import BuildSettings, build
from indexer.cleaning import CleaningSettings
from indexer.documents import RawDocument
from indexer.errors import NothingToIndexError
from indexer.formats import read
from indexer.pipeline import Pipeline, PipelineSettings
from indexer.report import Report

PATHS = ("a.txt", "b.json", "Courier/c.json", "Courier/d.jsonl")
URLS = (None, "https://courier.example/1", "https://courier.example/2?utm_source=x")
BODIES = (
    "The market of Gao opened again on Monday.\n\nTraders said that prices had doubled.\n\nBack to top",
    "Le marché de Gao a rouvert lundi, et les commerçants disent que les prix ont doublé depuis l'été.",
    "",
)
Content = tuple[str | None, str]
State = dict[str, Content]

states = st.dictionaries(
    st.sampled_from(PATHS), st.tuples(st.sampled_from(URLS), st.sampled_from(BODIES)), min_size=1
)


def lay_out(folder: Path, state: State) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, (url, text) in state.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        record = {key: value for key, value in (("url", url), ("text", text)) if value}
        path.write_text(text if name.endswith(".txt") else json.dumps(record), encoding="utf-8")


def run(
    engine: MemoryEngine, folder: Path, *, fresh: bool, pipeline: PipelineSettings | None = None
) -> Report:
    chosen = pipeline or PipelineSettings()
    return build(engine, read(folder, chosen.read), chosen, BuildSettings(), fresh=fresh)


def contents(engine: MemoryEngine) -> list[dict[str, Any]]:
    return sorted(
        (to_dict(article) for article in engine.scan(SearchRequest(All()))), key=lambda row: row["id"]
    )


def lasting(report: Report) -> dict[str, Any]:
    """The part of a report that says what is in the archive, not what this run did."""
    passing = {"added", "changed", "unchanged", "regrouped", "deleted", "seconds", "documents_per_second"}
    return {name: value for name, value in report.as_dict().items() if name not in passing}


@pytest.fixture(scope="module")
def workshop() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "corpus"


@settings(max_examples=40, deadline=None)
@given(history=st.lists(states, min_size=2, max_size=5))
def test_an_update_equals_a_rebuild(workshop: Path, history: list[State]) -> None:
    updated = MemoryEngine()
    for state in history:
        lay_out(workshop, state)
        rebuilt = MemoryEngine()
        try:
            fresh = run(rebuilt, workshop, fresh=True)
        except NothingToIndexError:
            with pytest.raises(NothingToIndexError):
                run(updated, workshop, fresh=False)
            continue
        report = run(updated, workshop, fresh=False)
        assert contents(updated) == contents(rebuilt)
        assert list(updated.entries()) == list(rebuilt.entries())
        assert lasting(report) == lasting(fresh)


STORIES = (
    """Soldiers entered the town of Kidal on Tuesday after three days of fighting in the hills to the south,
and raised the flag over the old fort while a drone circled above the market, witnesses said.""",
    """The river Niger rose over its banks near Mopti on Friday and cut the road to the north, so that lorries
with onions, rice and medicine waited in a line of six kilometres, the prefect said.""",
    """A court in Bamako acquitted the editor of a weekly paper on Monday of insulting the state, in a case
that had been put off eleven times since the spring and that drew observers from four countries.""",
    """Teachers in Gao went back to their classrooms on Wednesday after a strike of five weeks over pay that
had not come since the banks closed, and found that the roof of one school had been sold.""",
)
EDGES = ("", "Read the Courier every morning", "All rights of the Courier of Gao reserved")
WHOLE = " ".join(" ".join(story.split()) for story in STORIES)
CUT = WHOLE[: len(WHOLE) // 2]
tellings = st.tuples(st.sampled_from((*STORIES, WHOLE, CUT)), st.sampled_from(EDGES), st.booleans()).map(
    lambda told: f"{told[0]}{' He gave no figure.' if told[2] else ''}\n\n{told[1]}"
)
archives = st.dictionaries(st.sampled_from([f"Courier/{n}.txt" for n in range(6)]), tellings, min_size=3)


@settings(max_examples=20, deadline=None)
@given(history=st.lists(archives, min_size=2, max_size=4))
def test_an_update_regroups_what_a_rebuild_would(workshop: Path, history: list[dict[str, str]]) -> None:
    """Copies and template lines come and go with the other articles of the archive."""
    updated = MemoryEngine()
    for texts in history:
        rebuilt = MemoryEngine()
        lay_out(workshop, {name: (None, text) for name, text in texts.items()})
        fresh = run(rebuilt, workshop, fresh=True)
        report = run(updated, workshop, fresh=False)
        assert contents(updated) == contents(rebuilt)
        assert list(updated.entries()) == list(rebuilt.entries())
        assert lasting(report) == lasting(fresh)


def test_the_archive_says_what_is_alike(workshop: Path) -> None:
    engine = MemoryEngine()
    lay_out(
        workshop,
        {f"Courier/{n}.txt": (None, f"{text}\n\n{EDGES[1]}") for n, text in enumerate(STORIES)}
        | {"Post/copy.txt": (None, f"{STORIES[0]} He gave no figure.")},
    )
    run(engine, workshop, fresh=True)
    articles = {article.path: article for article in engine.scan(SearchRequest(All()))}
    first, copy = articles["Courier/0.txt"], articles["Post/copy.txt"]
    assert first.copies is not None
    assert copy.copies is not None
    assert (first.copies.group_id, first.copies.size) == (copy.copies.group_id, 2)
    assert first.story == copy.story
    assert {edit.rule.partition(".")[0] for edit in first.edits} == {"template"}
    assert EDGES[1] not in first.body
    assert articles["Courier/1.txt"].copies != first.copies


def test_a_text_that_goes_on_elsewhere_was_cut(workshop: Path) -> None:
    engine = MemoryEngine()
    lay_out(workshop, {"Courier/a.txt": (None, WHOLE), "Post/b.txt": (None, CUT)})
    run(engine, workshop, fresh=True)
    cut = engine.get("Post/b.txt")
    assert cut is not None
    assert cut.access.truncated
    assert cut.access.percent_left in range(40, 60)
    assert [reason.kind for reason in cut.access.reasons] == ["longer_twin"]
    lay_out(workshop, {"Post/b.txt": (None, CUT)})
    run(engine, workshop, fresh=False)
    alone = engine.get("Post/b.txt")
    assert alone is not None
    assert not alone.access.truncated


def test_what_moved_is_counted_apart(workshop: Path) -> None:
    engine = MemoryEngine()
    lay_out(workshop, {"a.txt": (None, STORIES[0]), "b.txt": (None, STORIES[1])})
    run(engine, workshop, fresh=True)
    lay_out(
        workshop, {name: (None, STORIES["abc".index(name[0]) % 2]) for name in ("a.txt", "b.txt", "c.txt")}
    )
    report = run(engine, workshop, fresh=False)
    assert (report.added, report.changed, report.unchanged, report.regrouped) == (1, 0, 1, 1)


def test_an_update_processes_only_what_changed(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = MemoryEngine()
    lay_out(workshop, {"a.txt": (None, "Rain fell on Lima all night."), "b.json": (None, BODIES[1])})
    run(engine, workshop, fresh=True)
    processed = []
    process = Pipeline.process

    def watched(self: Pipeline, document: RawDocument) -> Any:
        processed.append(document.path)
        return process(self, document)

    monkeypatch.setattr(Pipeline, "process", watched)
    lay_out(workshop, {"a.txt": (None, "The bridge of Mopti is closed."), "b.json": (None, BODIES[1])})
    report = run(engine, workshop, fresh=False)
    assert processed == ["a.txt"]
    assert (report.added, report.changed, report.unchanged, report.deleted) == (0, 1, 1, 0)


def test_nothing_changed_means_no_new_generation(workshop: Path) -> None:
    engine = MemoryEngine()
    lay_out(workshop, {"a.txt": (None, BODIES[0])})
    run(engine, workshop, fresh=True)
    before = engine.info()
    assert run(engine, workshop, fresh=False).unchanged == 1
    assert engine.info() == before


def test_a_mended_failure_leaves_the_report_of_the_index(workshop: Path) -> None:
    engine = MemoryEngine()
    lay_out(workshop, {"a.txt": (None, BODIES[0]), "b.json": (None, "")})
    run(engine, workshop, fresh=True)
    assert [row["path"] for row in json.loads(engine.info().report)["failures"]] == ["b.json"]
    lay_out(workshop, {"a.txt": (None, BODIES[0])})
    assert run(engine, workshop, fresh=False).unchanged == 1
    assert json.loads(engine.info().report)["failures"] == []


def test_changed_rules_process_everything_again(workshop: Path) -> None:
    engine = MemoryEngine()
    lay_out(workshop, {"a.txt": (None, BODIES[0])})
    run(engine, workshop, fresh=True)
    without = replace(PipelineSettings(), cleaning=CleaningSettings(disabled=frozenset({"backtotop.link"})))
    assert run(engine, workshop, fresh=False, pipeline=without).changed == 1
    article = engine.get("a.txt")
    assert article is not None
    assert "Back to top" in article.body


def test_two_documents_with_one_url_are_both_kept(workshop: Path) -> None:
    engine = MemoryEngine()
    url = "https://courier.example/1"
    lay_out(workshop, {"b.json": (url, BODIES[0]), "Courier/c.json": (url, BODIES[1])})
    report = run(engine, workshop, fresh=True)
    assert report.documents == 2
    assert {entry.id for entry in engine.entries()} == {url, "b.json"}


def test_failures_are_listed_with_path_and_reason(workshop: Path) -> None:
    lay_out(workshop, {"a.txt": (None, BODIES[0]), "b.json": (None, "")})
    report = run(MemoryEngine(), workshop, fresh=True)
    assert report.documents == 1
    (failure,) = report.failures
    assert failure.path == "b.json"
    assert "text" in failure.reason


def test_a_fault_in_the_code_becomes_a_row_and_not_a_crash(
    workshop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("indexer.metadata.structure", broken)
    lay_out(workshop, {"a.txt": (None, BODIES[0])})
    with pytest.raises(NothingToIndexError, match="ZeroDivisionError: oops"):
        run(MemoryEngine(), workshop, fresh=True)


def test_progress_counts_every_document(workshop: Path) -> None:
    lay_out(workshop, {"a.txt": (None, BODIES[0]), "b.json": (None, "")})
    told: list[int] = []
    chosen = PipelineSettings()
    build(MemoryEngine(), read(workshop), chosen, BuildSettings(progress=told.append), fresh=True)
    assert told == [1, 2]


def test_what_follows_the_documents_is_named(workshop: Path) -> None:
    lay_out(workshop, {"a.txt": (None, BODIES[0]), "b.json": (None, BODIES[1])})
    told: list[str] = []
    chosen = BuildSettings(stage=told.append)
    build(MemoryEngine(), read(workshop), PipelineSettings(), chosen, fresh=True)
    assert told == ["grouping 2 articles", "writing 2 articles"]


def test_two_processes_give_what_one_gives(workshop: Path) -> None:
    lay_out(workshop, {path: (None, BODIES[i % 2]) for i, path in enumerate(PATHS)})
    alone, together = MemoryEngine(), MemoryEngine()
    chosen = PipelineSettings()
    build(alone, read(workshop), chosen, BuildSettings(jobs=1), fresh=True)
    build(together, read(workshop), chosen, BuildSettings(jobs=2), fresh=True)
    assert contents(alone) == contents(together)


def test_the_pipeline_is_loaded_once_in_a_process() -> None:
    assert module._pipeline(PipelineSettings()) is module._pipeline(PipelineSettings())

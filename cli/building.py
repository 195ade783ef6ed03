"""`dateline index` and `update`: making the index."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cli import console, corpus, settings
from cli.options import DEFAULT_CORPUS, config_option, index_option, json_option
from cli.place import Place
from engine.errors import EngineError
from engine.protocol import SearchEngine
from indexer.build import BuildSettings, build
from indexer.jumps import jumps
from indexer.report import UNKNOWN, Report

paths_argument = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    show_default="one per core",
    help="Worker processes.",
)


def run(  # noqa: PLR0913 - the options of two commands, passed on once
    engine: SearchEngine,
    paths: Sequence[Path],
    config: Path | None,
    jobs: int,
    *,
    fresh: bool,
    scratch: Path | None = None,
) -> dict[str, Any]:
    """Build or update, show progress, and return the report as a dictionary.

    `scratch` is the folder of the working file: the index has the most room as a rule.
    """
    paths = paths or (DEFAULT_CORPUS,)
    pipeline = settings.load(config, paths[0])
    stream = corpus.documents(paths, pipeline.read)
    former = _sources(engine)
    with console.progress("indexing" if fresh else "updating") as shown:
        chosen = BuildSettings(jobs, shown.documents, shown.stage, scratch)
        report = build(engine, stream, pipeline, chosen, fresh=fresh)
    return described(engine, report, former)


def _sources(engine: SearchEngine) -> list[dict[str, Any]]:
    """Return the sources as the index reports them now; none when there is no good index yet."""
    try:
        rows: list[dict[str, Any]] = json.loads(engine.info().report).get("sources", [])
    except EngineError:
        return []
    return rows


def described(engine: SearchEngine, report: Report, former: list[dict[str, Any]]) -> dict[str, Any]:
    """Complete the report with what only this process knows: the build, what jumped, its memory."""
    rows = report.as_dict()
    jumped = [asdict(jump) for jump in jumps(former, rows["sources"])]
    return {"build": engine.info().build, **rows, "jumps": jumped, "peak_memory_mb": _peak_memory()}


def _peak_memory() -> int | None:
    """The largest resident size of this process or any worker, in MB; None where the system can not say."""
    if sys.platform == "win32":
        return None
    import resource

    # ru_maxrss counts bytes on macOS and kilobytes elsewhere.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(peaks) // unit


@click.command("index")
@paths_argument
@index_option
@config_option
@jobs_option
@json_option
def index_command(
    paths: tuple[Path, ...], index: Place, config: Path | None, jobs: int, *, as_json: bool
) -> None:
    """Build the index anew from PATH (default: corpus/), verify it, and swap it in.

    Searches see the former index until then, and it stays if anything fails.
    """
    _run_and_show(index, paths, config, jobs, fresh=True, as_json=as_json)


@click.command("update")
@paths_argument
@index_option
@config_option
@jobs_option
@json_option
def update_command(
    paths: tuple[Path, ...], index: Place, config: Path | None, jobs: int, *, as_json: bool
) -> None:
    """Bring the index in line with PATH (default: corpus/), processing only what changed.

    The result is the same as that of a rebuild.
    """
    _run_and_show(index, paths, config, jobs, fresh=False, as_json=as_json)


def _run_and_show(  # noqa: PLR0913 - the options of two commands, passed on once
    index: Place, paths: tuple[Path, ...], config: Path | None, jobs: int, *, fresh: bool, as_json: bool
) -> None:
    scratch = index.folder if index.address is None else None
    with closing(index.open()) as engine:
        report = run(engine, paths, config, jobs, fresh=fresh, scratch=scratch)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        show(report)
    sys.exit(console.SOME_FAILED if report["failed"] else console.DONE)


def show(report: dict[str, Any]) -> None:
    """Print the report for people."""
    articles = console.counted(report["documents"], "article")
    sources = console.counted(sum(row["source"] != UNKNOWN for row in report["sources"]), "source")
    click.echo(
        f"{articles}, {sources}, build {report['build']}"
        f" ({report['added']:,} added, {report['changed']:,} changed, {report['deleted']:,} deleted,"
        f" {report['unchanged']:,} unchanged; {report['seconds']:.1f} s)"
    )
    if report["regrouped"]:
        moved = console.counted(report["regrouped"], "unchanged article")
        click.echo(f"{moved} written again: their story or group of copies changed")
    for name in ("languages", "removed", "jumps", "failures"):
        rows = report[name]
        if rows:
            click.echo()
            _TABLES[name](rows)


def _languages(rows: dict[str, int]) -> None:
    console.table(("language", "articles"), list(rows.items()), frozenset({1}))


def _removed(rows: list[dict[str, Any]]) -> None:
    console.table(
        ("removed", "rule", "times"), [(r["label"], r["rule"], r["count"]) for r in rows], frozenset({2})
    )


def _jumps(rows: list[dict[str, Any]]) -> None:
    headings = ("removes far more than before", "rule", "per article before", "now")
    table = [
        (f"{r['label']}, {r['source']}", r["rule"], f"{r['before']:.2f}", f"{r['now']:.2f}") for r in rows
    ]
    console.table(headings, table, frozenset({2, 3}))
    click.echo(
        "see what went with search 'in:removed \"…\"'; dateline restore and dateline.toml bring it back"
    )


def _failures(rows: list[dict[str, Any]], limit: int = 50) -> None:
    console.table(("not indexed", "because"), [(r["path"], r["reason"]) for r in rows[:limit]])
    if len(rows) > limit:
        click.echo(f"and {len(rows) - limit:,} more; --json lists them all")


_TABLES: dict[str, Callable[[Any], None]] = {
    "languages": _languages,
    "removed": _removed,
    "jumps": _jumps,
    "failures": _failures,
}

"""What the command shows: progress, tables, and every expected error as one sentence.

Exit status: 0 done; 1 done, but some documents failed; 2 wrong usage; 3 nothing done; 130 interrupted.
"""

from __future__ import annotations

import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

DONE, SOME_FAILED, WRONG_USAGE, NOTHING_DONE, INTERRUPTED = 0, 1, 2, 3, 130


class SettingsError(Exception):
    """The settings file can not be used; the message names the file and what is wrong in it."""


def fail(message: str, status: int) -> None:
    """Print one sentence to stderr and leave with `status`."""
    click.echo(f"dateline: {message}", err=True)
    sys.exit(status)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of a build: `documents` how many are done, `stage` what is done when all are."""

    documents: Callable[[int], None]
    stage: Callable[[str], None]


@contextmanager
def progress(verb: str) -> Iterator[Shown]:
    """Give what to call with the number of documents done, and with the name of a stage after them.

    A live line on a terminal; elsewhere a log line now and then, so that a cron mail stays short.
    """
    with _interruptible() as stop_if_asked:
        if sys.stderr.isatty():
            with _bar(verb) as shown:
                yield _stopping(stop_if_asked, shown)
        else:
            yield _stopping(stop_if_asked, _log_lines(verb))


def _stopping(stop_if_asked: Callable[[], None], shown: Shown) -> Shown:
    def documents(done: int) -> None:
        stop_if_asked()
        shown.documents(done)

    def stage(name: str) -> None:
        stop_if_asked()
        shown.stage(name)

    return Shown(documents, stage)


@contextmanager
def _interruptible() -> Iterator[Callable[[], None]]:
    """Make sure that one Ctrl-C is enough.

    Python drops a KeyboardInterrupt that arrives while a finaliser or a C callback runs; then the next
    document or stage raises it again.
    """
    asked = False

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        raise KeyboardInterrupt

    def stop_if_asked() -> None:
        if asked:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # only there can signals be handled
        yield stop_if_asked
        return
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop_if_asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(verb: str) -> Iterator[Shown]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None, rate="")
        started = time.monotonic()

        def documents(done: int) -> None:
            rate = done / max(time.monotonic() - started, 0.001)
            bar.update(task, description=f"{verb} {done:,} documents", rate=f"{rate:,.0f}/s")

        def stage(name: str) -> None:
            bar.update(task, description=name, rate="")

        yield Shown(documents, stage)


def _log_lines(verb: str, every: float = 10.0) -> Shown:
    """Log documents now and then, and the stages of a build that has taken that long."""
    started = last = time.monotonic()

    def documents(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= every:
            last = time.monotonic()
            click.echo(f"{verb} {done} documents", err=True)

    def stage(name: str) -> None:
        if time.monotonic() - started >= every:
            click.echo(name, err=True)

    return Shown(documents, stage)


def table(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], numbers: frozenset[int] = frozenset()
) -> None:
    """Print a plain table; the columns in `numbers` are right-aligned."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for i, heading in enumerate(headings):
        grid.add_column(heading, justify="right" if i in numbers else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(printable("" if cell is None else str(cell))) for cell in row))
    console().print(grid)


def counted(number: int, one: str, many: str = "") -> str:
    """Say a number of things: "1 article", "1,204 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave a reader that has gone (`| head`) to the command group, which ends quietly."""
        raise BrokenPipeError


def console() -> Console:
    """Return the console for results: as wide as the terminal, 100 columns in a file or pipe."""
    return _Console(width=None if sys.stdout.isatty() else 100, highlight=False)


_DRIVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, what turns the direction of writing, line ends of other kinds, lone surrogates."""


def printable(text: str) -> str:
    """Show what could drive or deceive a terminal as escapes; all else, no-break spaces too, stays."""
    return _DRIVING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)

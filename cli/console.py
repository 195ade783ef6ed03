"""What the command shows: progress, tables, and every expected error as one sentence.

Exit status: 0 done; 1 done, but some documents failed; 2 wrong usage; 3 nothing done; 130 interrupted.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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


@contextmanager
def progress(verb: str) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number of documents done.

    A live line on a terminal; elsewhere a log line now and then, so that a cron mail stays short.
    """
    if sys.stderr.isatty():
        with _bar(verb) as report:
            yield report
    else:
        yield _log_lines(verb)


@contextmanager
def _bar(verb: str) -> Iterator[Callable[[int], None]]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None, rate="")
        started = time.monotonic()

        def report(done: int) -> None:
            rate = done / max(time.monotonic() - started, 0.001)
            bar.update(task, description=f"{verb} {done:,} documents", rate=f"{rate:,.0f}/s")

        yield report


def _log_lines(verb: str, every: float = 10.0) -> Callable[[int], None]:
    last = time.monotonic()

    def report(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= every:
            last = time.monotonic()
            click.echo(f"{verb} {done} documents", err=True)

    return report


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

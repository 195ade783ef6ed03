"""What the command shows: progress, tables, and every expected error as one sentence.

Exit status: 0 done; 1 done, but some documents failed; 2 wrong usage; 3 nothing done; 130 interrupted.
"""

from __future__ import annotations

import logging
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

from cli.settings import SettingsError
from engine.errors import CallerError, EngineError, UserError
from indexer.build import NothingToIndexError
from indexer.formats import CorpusError
from webapp.params import ParamError

DONE, SOME_FAILED, WRONG_USAGE, NOTHING_DONE, INTERRUPTED = 0, 1, 2, 3, 130

log = logging.getLogger(__name__)

_WRONG_USAGE = (UserError, CallerError, CorpusError, SettingsError, ParamError)
_NOTHING_DONE = (EngineError, NothingToIndexError, OSError)


class DatelineGroup(click.Group):
    """A command group whose expected errors end as one line on stderr and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn expected errors into messages."""
        try:
            return super().invoke(ctx)
        except _WRONG_USAGE as error:
            fail(str(error), WRONG_USAGE)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(DONE)
        except _NOTHING_DONE as error:
            fail(_sentence(error), NOTHING_DONE)
        except KeyboardInterrupt:
            fail("interrupted; the index is as it was before", INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            log.debug("unexpected fault", exc_info=True)
            what = f"unexpected fault, {type(error).__name__}: {error}"
            fail(f"{what}; set DATELINE_DEBUG=1 to see where, and please report it", NOTHING_DONE)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


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


def console() -> Console:
    """Return the console for results: as wide as the terminal, 100 columns in a file or pipe."""
    return Console(width=None if sys.stdout.isatty() else 100, highlight=False)


def printable(text: str) -> str:
    """Show control characters as escapes: corpus text must not drive the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)

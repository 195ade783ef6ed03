"""`dateline check`: making sure of the index."""

from __future__ import annotations

from contextlib import closing

import click

from cli import console
from cli.options import index_option
from cli.place import Place


@click.command("check")
@index_option
def check_command(index: Place) -> None:
    """Verify checksums, counts and a sample of texts of the index."""
    with closing(index.open()) as engine:
        problems = engine.check()
        info = engine.info() if not problems else None
    for problem in problems:
        click.echo(problem, err=True)
    if info is None:
        count = console.counted(len(problems), "problem")
        console.fail(f"{count} found in {index}; rebuild it with: dateline index", console.NOTHING_DONE)
    else:
        articles = console.counted(info.articles, "article")
        click.echo(f"{articles} in build {info.build}: checksums, counts and texts agree")

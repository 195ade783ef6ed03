"""`dateline restore`: bring back what was removed, by a row in the settings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import click

from cli import console, settings
from cli.options import DEFAULT_CORPUS, config_option, index_option
from cli.place import Place
from engine.edits import ordered
from engine.model import Article, Edit

MAX_LINES = 20
"""A longer block is not brought back line by line."""


@click.command("restore")
@click.argument("id")
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.option("--everywhere", is_flag=True, help="In every article of this source, not only in this one.")
@index_option
@config_option
def restore_command(
    id: str,  # noqa: A002 - the argument's name in the help
    number: int,
    index: Place,
    config: Path | None,
    *,
    everywhere: bool,
) -> None:
    """Keep a text that was removed: edit N of the article with this ID, as `show ID --removed` counts.

    Writes it to the settings file, under [[cleaning.keep]]; `dateline update` applies it.
    """
    with closing(index.open()) as engine:
        article = engine.get(id)
    if article is None:
        console.fail(f"there is no article with the id or path {id!r}", console.NOTHING_DONE)
        return
    lines = _lines(article, _edit(article, number))
    name, value = _scope(article, everywhere=everywhere)
    file = config or settings.find(DEFAULT_CORPUS) or Path(settings.FILE_NAME)
    added = keep(file, lines, name, value)
    where = f"every article of {value}" if everywhere else value
    for line in lines:
        state = "stays" if line in added else "was already to stay"
        click.echo(console.printable(f"{line!r} {state} in {where}"))
    if added:
        click.echo(console.printable(f"written to {file}; run: dateline update"))


def _edit(article: Article, number: int) -> Edit:
    if number > len(article.edits):
        changes = console.counted(len(article.edits), "change")
        raise click.UsageError(f"{article.id!r} has {changes}; dateline show ID --removed numbers them")
    edit = ordered(article.edits)[number - 1]
    if edit.kind != "remove":
        raise click.UsageError(f"change {number} is a repair ({edit.label}); only removed text can be kept")
    return edit


def _lines(article: Article, edit: Edit) -> list[str]:
    lines = [" ".join(line.split()) for line in article.raw[edit.start : edit.end].splitlines()]
    lines = list(dict.fromkeys(filter(None, lines)))
    if len(lines) > MAX_LINES:
        raise click.UsageError(
            f"this is a block of {len(lines)} lines; write those to keep into {settings.FILE_NAME} yourself,"
            " as docs/cleaning.md shows, or switch off its rule there"
        )
    return lines


def _scope(article: Article, *, everywhere: bool) -> tuple[str, str]:
    if not everywhere:
        return "path", article.path
    if article.source.value is None:
        raise click.UsageError("the source of this article is not known; leave out --everywhere")
    return "source", article.source.value


def keep(file: Path, lines: Iterable[str], name: str, value: str) -> list[str]:
    """Add a row for each line that has none yet to a settings file; return these lines.

    What stands in the file stays as it is, comments too. It is replaced as a whole, or not at all.

    Args:
        file: the settings; it need not exist.
        lines: the texts to keep.
        name: "path" or "source".
        value: the path or source they are kept in.

    Raises:
        SettingsError: the file can not be read, or not be added to.

    """
    text = settings.read(file) if file.exists() else ""
    known = settings.parse(file, text).cleaning.keep
    added = [
        line for line in lines if not any((row.text, getattr(row, name)) == (line, value) for row in known)
    ]
    if added:
        rows = "".join(
            f"\n[[cleaning.keep]]\ntext = {_quoted(line)}\n{name} = {_quoted(value)}\n" for line in added
        )
        _replace(
            file,
            (text if text.endswith("\n") or not text else text + "\n") + rows.removeprefix("\n" * (not text)),
        )
    return added


def _quoted(text: str) -> str:
    """Write a text as TOML; its strings are those of JSON, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(file: Path, text: str) -> None:
    try:
        settings.parse(file, text)
        beside = file.with_name(file.name + ".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except (console.SettingsError, UnicodeEncodeError) as error:
        raise console.SettingsError(
            f"{file} was left as it is, for a row for [[cleaning.keep]] can not be added at its end;"
            " if it says keep = [...] or cleaning = {...}, write tables instead"
        ) from error

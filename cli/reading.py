"""`dateline search`, `show`, `sources` and `export`: what the index answers, on a terminal or as data.

Searches go through the web app's own parameters and service, so that the command, the page and the
endpoint can not disagree.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeVar

import click

from cli import console, display
from cli.options import QueryCommand, index_option, json_option
from cli.place import Place
from cli.relations import relations
from engine.article_json import to_dict
from engine.model import Article
from engine.protocol import SearchEngine
from webapp import WebSettings, citations, create_app
from webapp.export import csv_lines, jsonl_lines, scan_request
from webapp.params import SearchParams, read
from webapp.search_service import interpret, relax, run

F = TypeVar("F", bound=Callable[..., Any])

LIMIT = 10_000
"""The most hits one `search` prints; `export` has no limit."""

_SETTINGS = WebSettings(per_page_max=LIMIT)


def search_options(command: F) -> F:
    """Add the options that narrow and order a search."""
    options = (
        click.option(
            "--match", type=click.Choice(("all", "any")), help="Must an article have all words, or any?"
        ),
        click.option("--source", multiple=True, metavar="S", help="Only this source; may be repeated."),
        click.option("--lang", multiple=True, metavar="L", help="Only this language; may be repeated."),
        click.option("--from", "from_", metavar="D", help="First date: YYYY, YYYY-MM or YYYY-MM-DD."),
        click.option("--to", metavar="D", help="Last date, inclusive."),
        click.option(
            "--sort",
            type=click.Choice(("relevance", "date", "-date")),
            help="Oldest first: date; newest: -date.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _params(query: str, chosen: dict[str, Any]) -> tuple[SearchParams, tuple[str, ...]]:
    named = {"q": [query], **{name.rstrip("_"): _strings(value) for name, value in chosen.items()}}
    return read({name: values for name, values in named.items() if values}, _SETTINGS)


def _strings(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, tuple) else [str(value)]


@click.command("search", cls=QueryCommand)
@click.argument("query")
@search_options
@click.option("--group", is_flag=True, help="List one article for each story.")
@click.option("--limit", type=click.IntRange(1, LIMIT), default=10, show_default=True, help="How many hits.")
@index_option
@json_option
def search_command(
    query: str, index: Place, limit: int, *, group: bool, as_json: bool, **chosen: Any
) -> None:
    """Search the archive.

    QUERY: words (all of them), "a phrase", kid*, goita~, OR, -word, (…), title: author: place: source:
    agency: lang: date: before: after:, is:translated, is:truncated, in:removed; * is every article.
    """
    chosen |= {"per_page": limit, "group": "story" if group else None}
    params, warnings = _params(query, chosen)
    with closing(index.open()) as engine:
        if as_json:
            click.echo(_endpoint(engine, f"/api/v1/search?{params.query_string()}"))
        else:
            limits = _SETTINGS.query
            display.answer(relax(engine, run(engine, params, limits, warnings), limits))


def _endpoint(engine: SearchEngine, address: str) -> str:
    """Ask the JSON endpoint in this process: one form of answer, wherever it is asked for."""
    response = create_app(engine, _SETTINGS).test_client().get(address)
    answer = response.get_json(force=True)
    if response.status_code != 200:
        wrong = response.status_code < 500
        console.fail(answer["detail"], console.WRONG_USAGE if wrong else console.NOTHING_DONE)
    return json.dumps(answer, ensure_ascii=False, indent=2)


@click.command("show")
@click.argument("id")
@click.option("--removed", "part", flag_value="removed", help="What was taken out of the text, and why.")
@click.option("--evidence", "part", flag_value="evidence", help="What each claim about the text rests on.")
@click.option("--raw", "part", flag_value="raw", help="The text as it was read.")
@click.option("--json", "part", flag_value="json", help="Everything, as JSON.")
@index_option
def show_command(id: str, part: str | None, index: Place) -> None:  # noqa: A002 - the argument's name in the help
    """Show the article with this ID, which may also be its path in the corpus."""
    with closing(index.open()) as engine:
        article = engine.get(id)
        build = engine.info().build
        related = tuple(relations(engine, article)) if article and part is None else ()
    if article is None:
        console.fail(f"there is no article with the id or path {id!r} in build {build}", console.NOTHING_DONE)
    elif part is None:
        display.article(article, related)
    else:
        _PARTS[part](article, build)


def _show_raw(article: Article) -> None:
    """Print the text, to anything but a terminal byte for byte what its `sha256` was taken of."""
    if sys.stdout.isatty():
        click.echo(console.printable(article.raw))
    else:
        click.echo(article.raw.encode("utf-8", "surrogatepass"), nl=False)


def _show_json(article: Article, build: str) -> None:
    click.echo(json.dumps({**to_dict(article, full=False), "build": build}, ensure_ascii=False, indent=2))


_PARTS: dict[str, Callable[[Article, str], None]] = {
    "removed": lambda article, _build: display.removed(article),
    "evidence": lambda article, _build: display.evidence(article),
    "raw": lambda article, _build: _show_raw(article),
    "json": _show_json,
}


@click.command("sources")
@index_option
@json_option
def sources_command(index: Place, *, as_json: bool) -> None:
    """List the sources: articles, span, what was removed from them, truncated, translated."""
    with closing(index.open()) as engine:
        rows = json.loads(engine.info().report).get("sources", [])
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        display.sources(rows)


@click.command("export", cls=QueryCommand)
@click.argument("query")
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "jsonl", "ris")),
    required=True,
    help="Table, articles, or references.",
)
@search_options
@index_option
def export_command(query: str, form: str, index: Place, **chosen: Any) -> None:
    """Write every match to standard output, with the same filters as search."""
    params, warnings = _params(query, chosen)
    for warning in (*warnings, *interpret(params, _SETTINGS.query).warnings):
        click.echo(console.printable(warning), err=True)
    with closing(index.open()) as engine:
        build = engine.info().build
        for piece in _FORMS[form](engine.scan(scan_request(params, _SETTINGS.query)), build):
            click.echo(piece, nl=False)


_FORMS: dict[str, Callable[[Iterator[Article], str], Iterator[str]]] = {
    "csv": csv_lines,
    "jsonl": jsonl_lines,
    "ris": lambda articles, build: (citations.ris(article, build) for article in articles),
}

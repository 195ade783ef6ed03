"""Every match as a file: the same parameters as the page, streamed, not capped.

The Atom feed alone is cut, to the newest: a reader that polls it wants what is new.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from engine.article_json import to_dict
from engine.model import Article, IndexInfo, SearchRequest
from engine.parser import Limits
from webapp import citations
from webapp.params import SearchParams, read
from webapp.search_service import interpret, request_for
from webapp.site import index_info, site
from webapp.text import plain, web_address

blueprint = Blueprint("export", __name__)

COLUMNS: dict[str, Callable[[Article], object]] = {
    "id": lambda a: a.id,
    "title": lambda a: a.title,
    "url": lambda a: a.url,
    "source": lambda a: a.source.value,
    "agency": lambda a: a.agency.value,
    "published": lambda a: a.published.value,
    "date_precision": lambda a: a.published.precision,
    "language": lambda a: a.language,
    "authors": lambda a: "; ".join(a.byline.people),
    "words": lambda a: a.words,
    "translated": lambda a: a.translated.verdict,
    "translated_from": lambda a: a.translated.from_language,
    "truncated": lambda a: "yes" if a.access.truncated else "no",
    "percent_left": lambda a: a.access.percent_left,
    "flags": lambda a: " ".join(a.flags),
    "path": lambda a: a.path,
    "sha256": lambda a: a.sha256,
}
"""The columns of the CSV export, in order."""

_FORMULA = re.compile(r"[=+\-@\t\r]")


@blueprint.get("/search.csv")
def as_csv() -> Response:
    """Export a table."""
    found, info = _matches()
    return _stream(csv_lines(found, info.build), "text/csv", f"dateline-{info.build}.csv")


@blueprint.get("/search.jsonl")
def as_jsonl() -> Response:
    """Export articles with their evidence, one on each line."""
    found, info = _matches()
    return _stream(jsonl_lines(found, info.build), "application/jsonl", f"dateline-{info.build}.jsonl")


@blueprint.get("/search.ris")
def as_ris() -> Response:
    """Export references."""
    found, info = _matches()
    records = (citations.ris(article, info.build) for article in found)
    return _stream(records, "application/x-research-info-systems", f"dateline-{info.build}.ris")


@blueprint.get("/search.atom")
def as_atom() -> Response:
    """Export the newest matches as a feed."""
    found, info = _matches(sort="-date")
    newest = islice(found, site().settings.feed_size)
    return _stream(tuple(atom_feed(newest, info, request.url)), "application/atom+xml")


@blueprint.get("/cite.<any(ris, bib):form>/<article:article_id>")
def cite(form: str, article_id: str) -> Response:
    """Export one article as a reference."""
    found, info = site().engine.get(article_id), index_info()
    if found is None:
        raise NotFound("There is no article with this id or path in the present build.")
    if form == "ris":
        text, media = citations.ris(found, info.build), "application/x-research-info-systems"
    else:
        text, media = citations.bibtex(found, info.build), "application/x-bibtex"
    return _stream((text,), media, f"dateline-{found.sha256[:12]}.{form}")


def _matches(**changes: str) -> tuple[Iterator[Article], IndexInfo]:
    """Start the scan here, so that an error is still an error and not a broken file."""
    params, _ = read(request.args.to_dict(flat=False), site().settings)
    found = site().engine.scan(scan_request(params.changed(**changes), site().settings.query))
    first = list(islice(found, 1))
    return chain(first, found), index_info()


def scan_request(params: SearchParams, limits: Limits) -> SearchRequest:
    """The request of an export: the filters and order of the page, none of its paging."""
    asked = request_for(params.changed(facet=()), interpret(params, limits).query)
    return replace(asked, offset=0, after=None, snippets=False, group="none")


def _stream(parts: Iterable[str], media: str, filename: str = "") -> Response:
    body = (part.encode("utf-8", "replace") for part in parts)
    response = Response(body, content_type=f"{media}; charset=utf-8")
    if filename:
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response


def jsonl_lines(articles: Iterable[Article], build: str) -> Iterator[str]:
    """Write the public form of each article as one line of JSON."""
    for article in articles:
        yield json.dumps({**to_dict(article, full=False), "build": build}, ensure_ascii=False) + "\n"


def csv_lines(articles: Iterable[Article], build: str) -> Iterator[str]:
    """Write the table, one line at a time; no cell can be taken for a formula."""
    yield _row([*COLUMNS, "build"])
    for article in articles:
        yield _row([*(value(article) for value in COLUMNS.values()), build])


def _row(cells: list[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def _cell(value: object) -> object:
    """Spreadsheets run a cell that begins like a formula; an apostrophe makes it text."""
    if not isinstance(value, str):
        return value
    text = " ".join(plain(value).split())
    return f"'{text}" if _FORMULA.match(text) else text


_FEED = Markup(
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    '<id>{}</id><title>Dateline: {}</title><updated>{}</updated><link rel="self" href="{}"/>\n'
)
_ENTRY = Markup(
    "<entry><id>{}</id><title>{}</title><updated>{}</updated><author><name>{}</name></author>"
    '<link href="{}"/>{}<summary>{}</summary></entry>\n'
)
_ORIGINAL = Markup('<link rel="via" href="{}"/>')


def atom_feed(articles: Iterable[Article], info: IndexInfo, address: str) -> Iterator[str]:
    """Write the feed; entries carry the day of publication, or of the build when none is known."""
    query = request.args.get("q", "") or "every article"
    yield _FEED.format(plain(address), plain(query), _instant(info.created), plain(address))
    for article in articles:
        page = url_for("pages.article", article_id=article.id, _external=True)
        via = web_address(article.url)
        yield _ENTRY.format(
            page,
            plain(article.title),
            _instant(article.published.value or info.created),
            plain(article.source.value or "unknown"),
            page,
            _ORIGINAL.format(via) if via else "",
            plain(article.body[:300]),
        )
    yield "</feed>\n"


def _instant(value: str) -> str:
    """An ISO date of any precision as the full time that Atom wants."""
    try:
        moment = datetime.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
    except ValueError:
        return "1970-01-01T00:00:00Z"
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat()

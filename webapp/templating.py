"""What the templates can call, beside what each page is given."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from markupsafe import Markup

from engine.model import Claim, IndexInfo, Published
from webapp import charts, labels
from webapp.archive_days import Days
from webapp.caching import release
from webapp.site import index_info_or_none, site
from webapp.text import encodable, excerpt, marked, plain, spelled, visible, web_address
from webapp.when import instant, when
from webapp.wording import (
    ENGLISH,
    INTERFACES,
    decimal,
    gettext,
    interface,
    ngettext,
    npgettext,
    number,
    pgettext,
)

THEMES = ("light", "dark")
_EDGES = {"probable": "probable", "inferred": "possible"}


def dress(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        plain=plain,
        visible=visible,
        marked=marked,
        excerpt=excerpt,
        spelled=spelled,
        when=when,
        instant=instant,
        edge=edge,
        number=number,
        decimal=decimal,
        sentence=sentence,
        web_address=web_address,
    )
    app.jinja_env.globals.update(
        labels=labels,
        histogram=_histogram,
        meter=charts.meter,
        day_chart=_day_chart,
        missing=_missing,
        hatched=_hatched,
        search_link=search_link,
        release=release(),
    )
    app.jinja_env.finalize = encodable
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    app.context_processor(_page)


def _page() -> dict[str, Any]:
    theme = request.cookies.get("theme")
    info: IndexInfo | None = index_info_or_none()
    return {
        "theme": theme if theme in THEMES else None,
        "index": info,
        "ui": interface().code,
        "english": Markup(' lang="en"') if interface() is not ENGLISH else "",
        "interfaces": INTERFACES.values(),
        "query_length": site().settings.query.characters,
    }


def search_link(**parameters: str) -> str:
    """The page of a search given by its parameters."""
    return f"{url_for('pages.search')}?{urlencode(parameters, errors='replace')}"


def sentence(text: str) -> str:
    """The words with a capital at their beginning, the others as they are."""
    return text[:1].upper() + text[1:]


def edge(claim: Claim | Published) -> str:
    """The class that draws a badge's border by certainty: solid, dashed, dotted."""
    return _EDGES.get(claim.certainty, "")


def _unique() -> str:
    """A name for a pattern of an SVG, used once on the page."""
    g.patterns = g.get("patterns", 0) + 1
    return f"x{g.patterns}"


def _missing(percent: int) -> Markup:
    return charts.missing(min(max(percent, 0), 100), _unique())


def _hatched(size: str = "") -> Markup:
    return charts.hatched(_unique(), size)


def _day_chart(days: Days) -> Markup:
    return days.chart(_unique())


def _histogram(buckets: tuple[charts.Bucket, ...], height: int = 84) -> Markup:
    return charts.histogram(buckets, height, _unique())

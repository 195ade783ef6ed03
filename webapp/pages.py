"""The pages people read. Each works without JavaScript and has its whole state in its address."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from engine.errors import UserError
from engine.fields import BY_NAME
from engine.model import FacetRequest, SearchRequest
from engine.query import All, Query
from webapp import citations
from webapp.addresses import article_url, search_url
from webapp.article_view import view
from webapp.copies import members
from webapp.elsewhere import copies, quoted, worded
from webapp.help import examples, queries_for
from webapp.neighbours import Place, place_of
from webapp.page_state import PageState, take
from webapp.pairs import pair_of, translations
from webapp.params import DATE, SearchParams, read
from webapp.restoring import commands, numbers
from webapp.search_service import Answer, interpret, relax, run
from webapp.search_view import (
    PAGE_FACETS,
    chips,
    facet_views,
    groupings,
    opened,
    pager,
    reading,
    ways_out,
)
from webapp.similar import similar
from webapp.site import EVERY_MONTH, build_report, index_info, site
from webapp.templating import THEMES
from webapp.timeline import timeline
from webapp.wording import COOKIE, INTERFACES, gettext

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """Show the search box and the state of the index."""
    index_info()
    facets = *(FacetRequest(name, 6) for name in PAGE_FACETS), FacetRequest("month", EVERY_MONTH)
    everything = SearchRequest(All(), limit=0, facets=facets)
    result = site().engine.search(everything)
    return render_template(
        "home.html",
        report=build_report(),
        facets={f.name: f for f in facet_views(result)},
        timeline=timeline(SearchParams(), everything, result),
        total=result.total,
        examples=site().settings.example_queries or queries_for(result),
    )


@blueprint.get("/search")
def search() -> str:
    """Show the answer to a search."""
    engine, settings = site().engine, site().settings
    args, state = take(request.args.to_dict(flat=False))
    params, warnings = read(args, settings)
    asked = params.model_copy(update={"facet": (*PAGE_FACETS, DATE), "facet_size": _rows(params)})
    answer = relax(engine, run(engine, asked, settings.query, warnings), settings.query)
    tidy = answer.params.model_copy(update={"facet": (), "facet_size": params.facet_size})
    return render_template("search.html", **_search_page(answer, tidy, state))


def _rows(params: SearchParams) -> int:
    default: int = SearchParams.model_fields["facet_size"].default
    return site().settings.facet_size if params.facet_size == default else params.facet_size


def _search_page(answer: Answer, params: SearchParams, state: PageState) -> dict[str, Any]:
    """What the template shows; `params` are those of its links, without the facets it counts itself."""
    shown = replace(answer, params=params)
    engine = site().engine
    return {
        "answer": shown,
        "params": params,
        "result": answer.result,
        "q": params.q,
        "state": state,
        "facets": opened(facet_views(answer.result), engine, answer.request, state),
        "copies": members(engine, answer.request, state.copies) if state.copies else (),
        "chips": chips(shown),
        "timeline": timeline(params, answer.request, answer.result, state.stack),
        "pager": pager(shown, site().settings.reach),
        "ways": ways_out(engine, shown, site().settings.query) if not answer.result.total else (),
        "reading": reading(answer.reading.query, index_info().languages),
        "groupings": groupings(answer.result),
        "url": search_url,
        "link": article_url,
        "sizes": _sizes(params.per_page),
        "exports": {form: _export_url(form, params) for form in ("csv", "jsonl", "ris", "atom")},
    }


def _sizes(present: int) -> list[int]:
    """How many hits a page may have, among the common choices."""
    settings = site().settings
    return sorted({present, settings.per_page, *(n for n in (50, 100) if n <= settings.per_page_max)})


def _export_url(form: str, params: SearchParams) -> str:
    query = params.changed(per_page=site().settings.per_page).query_string()
    return url_for(f"export.as_{form}") + (f"?{query}" if query else "")


@blueprint.get("/article/<article:article_id>")
def article(article_id: str) -> str:
    """Show an article, with the words of the search that led here marked."""
    found = site().engine.get(article_id)
    if found is None:
        said = gettext("The present build has no article “{name}”.").format(name=article_id[:200])
        raise NotFound(said)
    args, _ = take(request.args.to_dict(flat=False))
    audit = args.pop("audit", ["0"])[-1] not in ("", "0")
    at = args.pop("at", [""])[-1]
    undone = numbers(args.pop("restore", []), found)
    params, _ = read(args, site().settings)
    return render_template(
        "article.html",
        article=found,
        view=view(found, _words(params), site().settings, undone),
        audit=audit,
        params=params,
        q=params.q,
        back=search_url(params) if args or at else None,
        place=_place(found.id, params, at),
        permalink=article_url(found.id),
        citation=citations.sentence(found, index_info().build),
        similar=similar(site().engine, found),
        copies=copies(site().engine, found),
        quoted=quoted(site().engine, found),
        worded=worded(site().engine, found),
        pair=pair_of(site().engine, found),
        translations=translations(site().engine, found),
        link=article_url,
        restoring=partial(_restoring, found.id, undone),
        commands=commands(found, undone),
    )


def _restoring(article_id: str, undone: tuple[int, ...], number: int) -> str:
    """The address of the same view with one more edit put back, or one less."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in ("restore", "ui")]
    asked = [("restore", str(n)) for n in sorted(set(undone) ^ {number})]
    query = urlencode([*kept, *asked], errors="replace")
    return f"{article_url(article_id, query)}#row{number}"


def _place(article_id: str, params: SearchParams, at: str) -> Place | None:
    """Where the article stands among the hits, when its address says so and it is true."""
    settings = site().settings
    if not re.fullmatch(r"[1-9][0-9]{0,6}", at) or int(at) > settings.reach:
        return None
    return place_of(site().engine, article_id, params, int(at), settings.query)


def _words(params: SearchParams) -> Query | None:
    """The query whose hits are marked; a query that can not be read marks nothing."""
    if not params.q:
        return None
    try:
        return interpret(params, site().settings.query).query
    except UserError:
        return None


@blueprint.get("/sources")
def sources() -> str:
    """Report on each source."""
    index_info()
    rows = build_report().get("sources") or _counted_sources()
    return render_template("sources.html", rows=rows)


def _counted_sources() -> list[dict[str, Any]]:
    """The sources of an index that was built without a report: their names and sizes."""
    request_ = SearchRequest(All(), limit=0, facets=(FacetRequest("source", 1000),))
    facets = site().engine.search(request_).facets
    return [{"source": v.value, "articles": v.count} for facet in facets for v in facet.values]


@blueprint.get("/help")
def help_page() -> str:
    """Explain the query language by examples that run."""
    return render_template("help.html", examples=examples(), fields=BY_NAME)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search box to browsers."""
    response = make_response(render_template("opensearch.xml"))
    response.mimetype = "application/opensearchdescription+xml"
    return response


@blueprint.post("/theme")
def theme() -> BaseResponse:
    """Switch between light and dark, and go back to the page."""
    chosen = request.form.get("theme", "toggle")
    if chosen not in THEMES:
        chosen = "light" if request.cookies.get("theme") == "dark" else "dark"
    response = redirect(_same_page(), 303)
    response.set_cookie("theme", chosen, max_age=31_536_000, samesite="Lax", path="/")
    return response


@blueprint.post("/language")
def language() -> BaseResponse:
    """Choose the language of the interface, and go back to the page."""
    response = redirect(_same_page(), 303)
    chosen = request.form.get(COOKIE, "")
    if chosen in INTERFACES:
        response.set_cookie(COOKIE, chosen, max_age=31_536_000, samesite="Lax", path="/")
    return response


def _same_page() -> str:
    """The page the form was on, if it was one of ours: an address that can not lead elsewhere."""
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:
        return url_for("pages.home")
    if came_from.netloc != request.host:
        return url_for("pages.home")
    query = f"?{came_from.query}" if came_from.query else ""
    return request.host_url + came_from.path.lstrip("/") + query

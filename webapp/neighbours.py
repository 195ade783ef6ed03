"""The hits before and after an article in the search that led to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.errors import UserError
from engine.parser import Limits
from engine.protocol import SearchEngine
from webapp.addresses import article_url
from webapp.params import SearchParams
from webapp.search_service import interpret, listed, request_for


@dataclass(frozen=True, slots=True)
class Place:
    """An article is the `at`-th (from 1) of `of` hits; addresses of those beside it, if there are any."""

    at: int
    of: int
    previous: str | None
    next: str | None


def place_of(
    engine: SearchEngine, article_id: str, params: SearchParams, at: int, limits: Limits
) -> Place | None:
    """Find the neighbours of a hit; None when the search does not have the article at this place."""
    first = max(at - 2, 0)
    try:
        asked = request_for(params.changed(facet=()), interpret(params, limits).query)
    except UserError:
        return None
    result = engine.search(replace(asked, offset=first, limit=at - first + 1, after=None, snippets=False))
    found = {first + n: hit.article.id for n, hit in enumerate(result.hits, 1)}
    if found.get(at) != article_id:
        return None
    before, after = (_address(found, params, n) for n in (at - 1, at + 1))
    return Place(at, listed(params, result), before, after)


def _address(found: dict[int, str], params: SearchParams, at: int) -> str | None:
    """The address of a hit, which leads back to the page of results it stands on."""
    if at not in found:
        return None
    page = (at - 1) // params.per_page + 1
    return article_url(found[at], params.changed(page=page).query_string(), at)

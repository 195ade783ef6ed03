"""The members of a group of near copies, for the list under a hit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.model import Card, Filter, SearchRequest
from engine.protocol import SearchEngine
from engine.query import All

SHOWN = 50
"""Members listed under a hit, the earliest first; a search for the group has them all."""


@dataclass(frozen=True, slots=True)
class Member:
    """One copy; `found` says whether the search that is on screen finds it too."""

    article: Card
    found: bool


def members(engine: SearchEngine, request: SearchRequest, group_id: str) -> tuple[Member, ...]:
    """List a group, the earliest first, undated articles last."""
    chosen = Filter("copies", (group_id,))
    whole = SearchRequest(All(), (chosen,), sort="date", limit=SHOWN, snippets=False)
    asked = replace(
        request,
        filters=(*request.filters, chosen),
        group="none",
        facets=(),
        offset=0,
        after=None,
        limit=SHOWN,
        sort="date",
        snippets=False,
    )
    found = {hit.article.id for hit in engine.search(asked).hits}
    return tuple(Member(hit.article, hit.article.id in found) for hit in engine.search(whole).hits)

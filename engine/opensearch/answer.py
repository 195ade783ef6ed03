"""A response of the cluster -> a `SearchResult`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import cursor
from engine.errors import QueryLimitError
from engine.facets import facet
from engine.highlight import hits, snippets
from engine.model import Card, Facet, Fragment, Group, Hit, SearchRequest, SearchResult
from engine.opensearch.documents import article_of
from engine.opensearch.schema import WINDOW, unescape

LATE = "The search took too long and was stopped; some articles may be missing."
MISSING = "A part of the archive does not answer just now; some articles are missing."
ABOUT = "There are too many groups to count them exactly; their number is good to about one percent."
CUT = "A facet has too many values to count them all exactly."


def page(request: SearchRequest, start: int) -> dict[str, Any]:
    """Return which hits to ask for: by number near the beginning, by the last hit seen further on."""
    if not request.limit or (anchor := _anchor(request, start)) is None:
        return {"size": 0}
    if anchor:
        return {"size": request.limit, "search_after": anchor}
    return {"from": start, "size": request.limit}


def _anchor(request: SearchRequest, start: int) -> list[Any] | None:
    """Return the place of the last hit seen; nothing when it is not needed, None when it is not known."""
    if start + request.limit <= WINDOW:
        return []
    return cursor.anchor_of(request.after) if request.after else None


@dataclass(frozen=True, slots=True)
class Answer:
    """One response, to one request."""

    request: SearchRequest
    start: int
    response: Mapping[str, Any]

    @property
    def total(self) -> int:
        """How many articles match."""
        return int(self.response["hits"]["total"]["value"])

    def result(self, build: str, suggestion: str | None, took_ms: float) -> SearchResult:
        """Return the result; raises QueryLimitError for a page that only a cursor leads to."""
        stories, copies = self._groups("story"), self._groups("copies")
        results = {"none": self.total, "story": stories, "copies": copies}[self.request.group]
        results = self.total if results is None else results
        self._refuse_distant_page(results)
        warnings = tuple(self._warnings())
        partial = self._late or self._missing
        return SearchResult(
            hits=tuple(self._hit(found) for found in self._found),
            total=self.total,
            facets=tuple(self._facets()),
            total_stories=stories,
            total_copies=copies,
            total_relation="gte" if warnings else "eq",
            partial=partial,
            warnings=warnings,
            suggestion=suggestion,
            next=self._next(build, results),
            build=build,
            took_ms=took_ms,
        )

    # --- hits -----------------------------------------------------------------------------

    @property
    def _found(self) -> list[Any]:
        return list(self.response["hits"]["hits"])

    def _refuse_distant_page(self, results: int) -> None:
        asked = page(self.request, self.start)["size"]
        if self.request.limit and not asked and self.start < results:
            raise QueryLimitError(
                f"Only the first {WINDOW:,} results have page numbers; follow the cursors, or export.",
                "window",
            )

    def _hit(self, found: Mapping[str, Any]) -> Hit:
        article, query = article_of(found["_source"]), self.request.query
        title = Fragment(article.title, hits(article.title, query, article.language, "title"))
        lines = snippets(article.body, query, article.language) if self.request.snippets else ()
        members = found.get("inner_hits", {}).get("members", {}).get("hits", {}).get("total", {})
        return Hit(
            Card.of(article), float(found.get("_score") or 0.0), title, lines, int(members.get("value", 1))
        )

    def _next(self, build: str, results: int) -> str | None:
        """Return the cursor of the next page; behind the window it says where this page ends."""
        limit, found = self.request.limit, self._found
        following = cursor.following(build, self.start, limit, results)
        if following is None or self.start + 2 * limit <= WINDOW:
            return following
        if self.request.group != "none" or not found:
            return None
        return cursor.encode(build, self.start + limit, found[-1]["sort"])

    # --- counts ---------------------------------------------------------------------------

    def _facets(self) -> list[Facet]:
        return [
            facet(asked, self._counts(asked.field), self.request.filters) for asked in self.request.facets
        ]

    def _counts(self, field: str) -> dict[str, int]:
        return {
            unescape(bucket["key"]): int(bucket["doc_count"]) for bucket in self._values(field)["buckets"]
        }

    def _values(self, field: str) -> Mapping[str, Any]:
        values: Mapping[str, Any] = self.response["aggregations"][f"facet.{field}"]["values"]
        return values

    def _groups(self, group: Group) -> int | None:
        """Return how many groups match, None when the index has none."""
        counts = self.response.get("aggregations", {}).get("groups", {})
        if group not in counts:
            return None
        exact = not counts[group]["sum_other_doc_count"]
        return int(counts[f"{group}.count"]["count"] if exact else counts[f"{group}.about"]["value"])

    # --- what must be said ----------------------------------------------------------------

    @property
    def _late(self) -> bool:
        return bool(self.response["timed_out"])

    @property
    def _missing(self) -> bool:
        return bool(self.response["_shards"]["failed"])

    def _warnings(self) -> list[str]:
        groups = self.response.get("aggregations", {}).get("groups", {})
        cut = any(self._values(asked.field)["sum_other_doc_count"] for asked in self.request.facets)
        about = any(groups.get(name, {}).get("sum_other_doc_count") for name in ("story", "copies"))
        said = {LATE: self._late, MISSING: self._missing, CUT: cut, ABOUT: about}
        return [sentence for sentence, true in said.items() if true]

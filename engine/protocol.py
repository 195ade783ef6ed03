"""What an engine promises. The contract suite (tests/contract) holds every engine to it.

Promised: the same sets, totals, facet counts and date order on every engine, and that what a writer
put is seen all at once when it closes, or not at all. Not promised: equal scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from engine.model import Article, Entry, IndexInfo, SearchRequest, SearchResult


class Writer(Protocol):
    """Collects changes for the next generation. The last call for an id wins."""

    def put(self, article: Article) -> None:
        """Add the article, or replace the one with its id."""

    def delete(self, article_id: str) -> None:
        """Remove the article; an unknown id is ignored."""

    def describe(self, report: str) -> None:
        """Attach the build report (JSON text); it comes back in `IndexInfo.report`."""


class SearchEngine(Protocol):
    """An index and how to ask it. Safe to share between threads."""

    def writer(self, *, fresh: bool) -> AbstractContextManager[Writer]:
        """Write the next generation: from nothing when `fresh`, else from the present one.

        Leaving the block normally verifies the generation and makes it current in one step;
        leaving it by an exception drops it. Raises `IndexLockedError` when another writer is open.
        """

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a request. Raises `IndexMissingError` before the first build."""

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """Stream every match in the request's order, uncapped, from one generation."""

    def complete(self, start: str, limit: int = 8) -> tuple[str, ...]:
        """Return words that begin like the last word typed, those of the most articles first.

        They are unstemmed terms of titles and bodies. Nothing before the first build, and nothing from an
        engine that can not list its words.
        """

    def get(self, key: str) -> Article | None:
        """Return the article with this id, or else with this path."""

    def entries(self) -> Iterator[Entry]:
        """List what is indexed, in id order; nothing when there is no index yet."""

    def info(self) -> IndexInfo:
        """Describe the current generation. Raises `IndexMissingError` before the first build."""

    def check(self) -> tuple[str, ...]:
        """Verify checksums, counts and a sample of texts; one sentence per problem found."""

    def close(self) -> None:
        """Release files and connections."""

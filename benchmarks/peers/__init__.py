"""The engines measured, one small adapter each, all behind one promise.

Every peer stems English, keeps positions and stores the articles, unless its row says otherwise.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from benchmarks.queries import Question
from engine.model import Article

Ask = Literal["top", "facets"]
"""The ten best articles; or these, the exact total, and counts by source and month of all matches.

Ours gives the exact total in both cases; the others may stop early at "top", where they can."""


class Peer(Protocol):
    """An engine in a folder."""

    def __init__(self, folder: Path) -> None: ...

    def add(self, articles: Sequence[Article]) -> None:
        """Index some articles."""

    def finish(self) -> None:
        """Make what was added searchable and durable, in as few segments as the engine likes."""

    def open(self) -> None:
        """Open the finished index for searching."""

    def search(self, question: Question, ask: Ask) -> int | None:
        """Answer; return how many articles match, -1 if that was not counted, None if it can not answer."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where an adapter is, what it needs, and what to know when reading its figures."""

    adapter: str
    needs: str
    note: str = ""


PEERS: dict[str, Row] = {
    "dateline": Row(
        "benchmarks.peers.dateline:Dateline", "engine", "also unstemmed terms, all facets, groups"
    ),
    "whoosh": Row("benchmarks.peers.stock:Stock", "whoosh", "2.7.4 as it comes"),
    "tantivy": Row("benchmarks.peers.tantivy:Tantivy", "tantivy", "one indexing thread"),
    "fts5": Row("benchmarks.peers.fts5:Fts5", "sqlite3", "SQLite; no fuzzy words"),
    "xapian": Row("benchmarks.peers.xapian:Xapian", "xapian", "no fuzzy words"),
    "bm25s": Row("benchmarks.peers.bm25s:Bm25s", "bm25s", "ranked OR only; no positions, no stored text"),
    "lucene": Row("", "", "in a Java machine; thread CPU"),
}


def missing(name: str) -> str:
    """Say why a Python peer can not run here; "" when it can."""
    needs = PEERS[name].needs
    return "" if importlib.util.find_spec(needs) else f"{name}: skipped, no module {needs!r}"


def make(name: str, folder: Path) -> Peer:
    """Return the adapter on a folder."""
    module, _, adapter = PEERS[name].adapter.partition(":")
    peer: Peer = getattr(importlib.import_module(module), adapter)(folder)
    return peer


def month(article: Article) -> str:
    """Return the month of an article, or "none"."""
    return (article.published.value or "none")[:7]


def day_number(value: str) -> int:
    """Return an ISO day as a number that sorts; 0 for none."""
    return int(value.replace("-", "") or 0)

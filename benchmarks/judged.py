"""Test collections: documents, queries, and which documents people judged to answer them.

A collection is a folder with `docs.jsonl.gz` (id, text, perhaps title and author), `queries.jsonl` (id,
text) and `qrels.tsv` (query, document, relevance, with a heading). Relevance 0 or below is not relevant.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEPTH = 1000
"""How far down a ranking is looked."""

Grades = Mapping[str, int]
"""Relevance of the relevant documents of a query, by id."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document; both systems see the same title and text, the authors being the text's first line."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection in memory; only queries with a relevant document are kept."""

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    relevant: Mapping[str, Grades]


def load(folder: Path) -> Collection:
    """Read a collection."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = tuple(_document(json.loads(line)) for line in lines)
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for query, document, grade in _judgements(folder / "qrels.tsv"):
        if grade > 0:
            relevant[query][document] = grade
    rows = map(json.loads, (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines())
    queries = {row["id"]: row["text"] for row in rows if row["id"] in relevant}
    return Collection(folder.name, documents, queries, relevant)


def _document(row: Mapping[str, str]) -> Document:
    text = "\n".join(part for part in (row.get("author"), row["text"]) if part)
    return Document(row["id"], row.get("title") or "", text)


def _judgements(path: Path) -> Iterator[tuple[str, str, int]]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        yield query, document, int(grade)


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain; the gain of a document is its grade."""
    return _gain(grades.get(name, 0) for name in ranking[:depth]) / _gain(
        sorted(grades.values(), reverse=True)[:depth]
    )


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def average_precision(ranking: Sequence[str], grades: Grades) -> float:
    """Return the precision at each relevant document, on average over all of them."""
    found, total = 0, 0.0
    for place, name in enumerate(ranking, 1):
        if name in grades:
            found += 1
            total += found / place
    return total / len(grades)

"""Does a generation hold what it says: counts, copies, and a sample of texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine.edits import body_of
from engine.errors import EngineError, IndexDamagedError
from engine.matching import words_of
from engine.model import Article, Entry
from engine.opensearch.client import Cluster, part
from engine.opensearch.compile import compile_query
from engine.opensearch.documents import article_of, document_key, entry_of
from engine.opensearch.generations import Generation
from engine.query import And, Term

_SAMPLE = 100


def require_sound(cluster: Cluster, generation: Generation) -> None:
    """Ask a generation a few questions; raises IndexDamagedError for the first wrong answer."""
    for found in _some(cluster, generation, 3):
        for problem in _sound(cluster, generation, found):
            raise IndexDamagedError(f"The new build is not sound and was dropped: {problem}")


def check(cluster: Cluster, generation: Generation) -> Iterator[str]:
    """Verify health and counts, and look closely at a sample of articles."""
    index, promised = generation.index, generation.manifest.articles
    health = cluster.ask("GET", f"/_cluster/health/{part(index)}?level=shards")
    if health["status"] == "red":
        yield f"A part of {index} is on no machine; bring the lost machine back, or rebuild."
        return
    if health["status"] == "yellow":
        yield f"Some shards of {index} have no copy; look at disks and nodes of the cluster."
    found = int(cluster.ask("GET", f"/{part(index)}/_count")["count"])
    if found != promised:
        yield f"{index} promises {promised} articles, {found} can be searched."
    for one in _some(cluster, generation, _SAMPLE):
        yield from _sound(cluster, generation, one)


def _some(cluster: Cluster, generation: Generation, size: int) -> list[Any]:
    """Return some documents, the same ones each time, from all over the index."""
    order = {"random_score": {"seed": 1, "field": "_seq_no"}}
    body = {"size": size, "query": {"function_score": {**order}}, "_source": ["article", "entry"]}
    return list(cluster.ask("POST", f"/{part(generation.index)}/_search", body)["hits"]["hits"])


def _sound(cluster: Cluster, generation: Generation, found: Any) -> Iterator[str]:
    """Look closely at one article: readable, findable by a word, its texts as they should be."""
    try:
        article, entry = article_of(found["_source"]), entry_of(found["_source"])
    except EngineError as error:
        yield f"The document {found['_id']} can not be read: {error}"
        return
    yield from _consistent(article, entry)
    for word in words_of(article.title)[:1]:
        query = compile_query(And((Term(word, "title"),)), generation.manifest.known)
        body = {"query": {"bool": {"must": [query], "filter": [{"ids": {"values": [found["_id"]]}}]}}}
        if not cluster.ask("POST", f"/{part(generation.index)}/_count", body)["count"]:
            yield f"The article {article.id!r} is not found by {word!r}, a word of its title."
    if found["_id"] != document_key(article.id):
        yield f"The article {article.id!r} is kept under the id of another."


def _consistent(article: Article, entry: Entry) -> Iterator[str]:
    if Entry.of(article) != _unsigned(entry):
        yield f"The article {article.id!r} is not the one that is listed."
    if body_of(article) != article.body:
        yield f"The text of {article.id!r} is not its raw text with its edits."
    if (
        article.sha256
        and hashlib.sha256(article.raw.encode("utf-8", "surrogatepass")).hexdigest() != article.sha256
    ):
        yield f"The raw text of {article.id!r} does not have its SHA-256."


def _unsigned(entry: Entry) -> Entry:
    """Leave out the signature, which comes back with the entry and not with the article."""
    return replace(entry, signature="")

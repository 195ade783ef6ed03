"""The embedded engine, on Whoosh 2.7.4: an index is a directory, nothing needs to run beside it.

pack, lexicon      many arrays in one file, sorted strings among them
analyse, invert    texts of many articles -> postings, by sorting
numbers, records   whole numbers in few bytes; lines compressed one by one
build, merge       articles -> a pack; packs -> one pack
builders           packs made by several processes
segments, write    a draft: batches, deletions, merging, verified at the end
segment, columns   one pack open for reading; what a search needs of every document
lookup, evaluate   words -> posting lists; a query tree -> documents and scores
sequence, fuzzy    phrases; words that are alike
counting, ranking  facets; the order, and one page of it
search, limits     one request -> one answer, within what it may cost
snapshot           one generation, open for threads
publish, generations, lock, verify   drafts made current
schema, codec, stock   Whoosh's view of all this
"""

from __future__ import annotations

from pathlib import Path

from engine.whoosh.engine import WhooshEngine
from engine.whoosh.limits import Limits

__all__ = ["Limits", "WhooshEngine", "open_engine"]


def open_engine(path: Path, limits: Limits | None = None, jobs: int = 1) -> WhooshEngine:
    """Return the engine on an index directory; it need not exist before the first build.

    Args:
        path: the directory, given to Dateline alone.
        limits: what one search may cost.
        jobs: processes that write; the index is the same whatever their number.

    """
    return WhooshEngine(Path(path), limits or Limits(), jobs)

"""The embedded engine, on Whoosh 2.7.4: an index is a directory, nothing needs to run beside it.

schema    FIELDS as a Whoosh schema, an article as a row of it
segments  articles into Whoosh segments              entries   the list of what is indexed
write     a draft, finished and verified             publish, generations, lock   drafts made current
compile   our query tree -> Whoosh's                 expand    prefixes and fuzzy words, in a budget
collect   a matcher -> arrays of documents, scores   columns   facets, dates, groups as arrays
search    one request -> one answer                  snapshot  one generation, open for threads
"""

from __future__ import annotations

from pathlib import Path

from engine.whoosh.engine import WhooshEngine
from engine.whoosh.limits import Limits

__all__ = ["Limits", "WhooshEngine", "open_engine"]


def open_engine(path: Path, limits: Limits | None = None) -> WhooshEngine:
    """Return the engine on an index directory; it need not exist before the first build.

    Args:
        path: the directory, given to Dateline alone.
        limits: what one search may cost.

    """
    return WhooshEngine(Path(path), limits or Limits())

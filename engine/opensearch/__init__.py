"""The distributed engine: an OpenSearch cluster holds the archive, Dateline stays as it is.

settings, client    which cluster, and what goes wrong on the way to it
schema, documents   the mapping; articles -> documents and back
compile, leaves     a request -> one search body; words -> clauses
answer, vocabulary  a response -> a result; other spellings
generations         the alias and the builds behind it
lock, bulk, write   one writer; documents on their way; the next generation
verify              does a generation hold what it says
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.opensearch.engine import OpenSearchEngine
from engine.opensearch.settings import ClusterSettings

__all__ = ["ClusterSettings", "OpenSearchEngine", "open_engine"]


def open_engine(address: str, environment: Mapping[str, str]) -> OpenSearchEngine:
    """Return the engine on a cluster; nothing is asked of the cluster yet.

    Args:
        address: `https://host:9200/name`, several separated by commas; `name` is the alias, "dateline" if
            there is none.
        environment: where user, password and certificate are named (`engine.opensearch.settings`).

    """
    return OpenSearchEngine(ClusterSettings.read(address, environment))

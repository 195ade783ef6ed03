"""The order of what was found, and the one page of it that is wanted.

Only a page is ever put in order: what may stand on it is told from the rest by a threshold, which is
quick; ties are settled by the id of the articles, so that pages never overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.dates import UNDATED
from engine.model import SearchRequest
from engine.whoosh.columns import Columns, Numbers
from engine.whoosh.evaluate import Found

Floats = NDArray[np.float32]
Keys = NDArray[Any]

_ENOUGH = 8
"""A page by groups is sought first among this many times as many articles."""

_BLOCK = 64
_LARGE = 8192


def rank(
    columns: Columns, found: Found, request: SearchRequest, page: slice
) -> Iterator[tuple[int, float, int]]:
    """Yield document, score and number of members found, for each hit of a page.

    Args:
        columns: of the generation.
        found: the documents and their scores.
        request: what to order and group by.
        page: which hits are wanted, none beyond the last.

    """
    if page.start >= page.stop:
        return
    documents, scores = found.documents, found.known_scores()
    if request.group == "none":
        places = order(columns, documents, scores, request.sort, page.stop)
        sizes = np.ones(len(places), np.int64)
    else:
        places, sizes = _by_group(columns, documents, scores, request, page.stop)
    shown = places[page]
    yield from zip(documents[shown].tolist(), scores[shown].tolist(), sizes[page].tolist(), strict=True)


def order(columns: Columns, found: Numbers, scores: Floats, sort: str, limit: int | None = None) -> Numbers:
    """Return the places of the first `limit` in order: undated ones last by date, ties by id."""
    keys = _keys(columns, found, scores, sort)
    if limit is None or limit >= len(found):
        return np.lexsort((columns.rank.take(found), keys))
    places = _foremost(keys, limit)
    near = keys.take(places)
    last = np.partition(near, limit - 1)[limit - 1]
    tied = places.take(np.flatnonzero(near == last))
    places = places.take(np.flatnonzero(near < last))
    ranks = columns.rank.take(found.take(tied))
    if len(tied) > limit - len(places):
        tied = tied.take(np.argpartition(ranks, limit - len(places) - 1)[: limit - len(places)])
    places = np.concatenate((places, tied))
    return places.take(np.lexsort((columns.rank.take(found.take(places)), keys.take(places))))


def _keys(columns: Columns, found: Numbers, scores: Floats, sort: str) -> Keys:
    """Return numbers that are smaller the further in front a document belongs."""
    if sort == "relevance":
        return -scores
    moments = columns.moments.take(found)
    keys = moments if sort == "date" else -moments
    return np.where(moments == UNDATED, np.iinfo(np.int64).max, keys)


def _foremost(keys: Keys, limit: int) -> Numbers:
    """Return places that hold the `limit` smallest keys and all equal to the last, and not many more.

    The least keys of the best `limit` blocks are `limit` keys; nothing beyond the worst of them is needed.
    """
    blocks = len(keys) // _BLOCK
    if len(keys) <= _LARGE or blocks <= limit:
        return np.arange(len(keys))
    least = keys[: blocks * _BLOCK].reshape(blocks, _BLOCK).min(axis=1)
    return np.flatnonzero(keys <= np.partition(least, limit - 1)[limit - 1])


def _by_group(
    columns: Columns, found: Numbers, scores: Floats, request: SearchRequest, end: int
) -> tuple[Numbers, Numbers]:
    """Return the first member of each of the first `end` groups, and how many members were found."""
    groups = columns.copies if request.group == "copies" else columns.story
    keys = groups.keys(found)
    limit = end * _ENOUGH
    while True:
        places = order(columns, found, scores, request.sort, limit)
        _, first = np.unique(keys[places], return_index=True)
        if len(first) >= end or limit >= len(found):
            break
        limit *= _ENOUGH
    heads = places[np.sort(first)[:end]]
    wanted = np.sort(keys[heads])
    at = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    sizes = np.bincount(at[wanted[at] == keys], minlength=len(wanted))
    return heads, sizes[np.searchsorted(wanted, keys[heads])]

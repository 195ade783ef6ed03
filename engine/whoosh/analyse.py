"""The one place where the writer meets the analysis: fields of many documents in, arrays of tokens out.

The documents are read in portions of about two megabytes of text: the tokeniser is fastest with so much, and
its postings are sorted in the caches of a processor. A portion holds some documents with all their fields:

    documents 0-960    title, title, ... body, body, ... place, ...  ──>  tokens, and which are whose
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from engine.analysis.vector import TokenBatch, Vocabulary, tokenize_batch
from engine.matching import GAP

Fields = Mapping[str, Sequence[tuple[str, ...]]]
"""What each field holds, for each document; a field may hold several values."""

Whole = NDArray[np.int32]
Numbers = NDArray[np.int64]

_CHARACTERS = 1 << 21


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a field, document by document: the number of the term, and where it stands."""

    ids: Whole
    documents: Numbers
    places: Numbers


@dataclass(frozen=True, slots=True)
class Portion:
    """The tokens of the documents from `low` up to `high`, by field."""

    low: int
    high: int
    fields: dict[str, Tokens]


def analyse(fields: Fields, vocabulary: Vocabulary) -> Iterator[Portion]:
    """Yield the tokens of all documents, some documents at a time.

    Args:
        fields: the texts; `GAP` positions are left free between the values of a field.
        vocabulary: numbers the terms.

    """
    low, size = 0, 0
    documents = len(next(iter(fields.values()), ()))
    for number, values in enumerate(zip(*fields.values(), strict=True), 1):
        size += sum(len(text) for texts in values for text in texts)
        if size >= _CHARACTERS or number == documents:
            some = {name: texts[low:number] for name, texts in fields.items()}
            yield Portion(low, number, _tokens(some, low, number, vocabulary))
            low, size = number, 0


def _tokens(fields: Fields, low: int, high: int, vocabulary: Vocabulary) -> dict[str, Tokens]:
    """Split all fields at once, and the tokens by field."""
    values = list(chain.from_iterable(fields.values()))
    batch = tokenize_batch(list(chain.from_iterable(values)), vocabulary)
    owners = np.repeat(np.arange(len(values)), list(map(len, values)))
    places = batch.position + _bases(batch, owners)[batch.text]
    owned = owners[batch.text]
    ends = np.searchsorted(owned, np.arange(len(fields) + 1) * (high - low))
    found = {}
    for number, (name, (start, end)) in enumerate(zip(fields, pairwise(ends.tolist()), strict=True)):
        documents = owned[start:end] + (low - number * (high - low))
        found[name] = Tokens(batch.term[start:end], documents, places[start:end])
    return found


def _bases(batch: TokenBatch, owners: Numbers) -> Numbers:
    """Return the position at which each text begins within its field of its document."""
    steps = np.bincount(batch.text, minlength=len(owners)) - 1 + GAP
    before = np.cumsum(steps) - steps
    heads = np.flatnonzero(np.diff(owners, prepend=-1))
    bases: Numbers = before - np.repeat(before[heads], np.diff(heads, append=len(owners)))
    return bases

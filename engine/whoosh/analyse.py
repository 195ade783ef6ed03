"""The one place where the writer meets the analysis: many texts in, arrays of tokens out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.vector import tokenize_batch

Whole = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens in the order of the texts: `terms[ids[i]]` stands in text `texts[i]` at `positions[i]`."""

    terms: Sequence[str]
    ids: Whole
    texts: Whole
    positions: Whole


_CHARACTERS = 1 << 20
"""About how much text is analysed at once; the vectorised tokeniser is fastest so."""


def analyse(texts: Sequence[str]) -> Tokens:
    """Return the tokens of all texts."""
    known: dict[str, int] = {}
    ids, owners, positions = [_NONE], [_NONE], [_NONE]
    for first, some in _portions(texts):
        batch = tokenize_batch(some)
        numbers = np.array([known.setdefault(term, len(known)) for term in batch.terms], np.int32)
        ids.append(numbers[batch.term])
        owners.append(batch.text + np.int32(first))
        positions.append(batch.position)
    joined = (np.concatenate(parts) for parts in (ids, owners, positions))
    return Tokens(tuple(known), *joined)


_NONE = np.empty(0, np.int32)


def _portions(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Divide texts into runs of about `_CHARACTERS`, each with the number of its first."""
    first, size = 0, 0
    for number, text in enumerate(texts, 1):
        size += len(text)
        if size >= _CHARACTERS or number == len(texts):
            yield first, texts[first:number]
            first, size = number, 0

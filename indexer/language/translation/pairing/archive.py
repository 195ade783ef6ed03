"""The anchors of a whole archive in memory, and how rare each is in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.language.translation.pairing.signing import WORD
from indexer.ragged import Ragged

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Codes = NDArray[np.uint64]

KEY_BITS = 24
ROW_BITS = 32
LANGUAGES = 255
"""Languages told apart; the rarest beyond that are taken for one."""
SHARD = 4_000_000
"""Anchors that are sorted at a time."""

ALPHABETIC = 0.45
"""Share of beginnings of names and words among the anchors of a language with capitals."""
PRIOR = 100.0
"""A language is thought of as having this many more articles, ..."""
SHARES = np.array([0.04, 0.03, 0.015, 0.015])
"""... of which so large a share has any one word, skeleton, or figure."""


@dataclass(frozen=True)
class Archive:
    """All signatures. `language` numbers the languages, the one with the fewest articles first."""

    items: Ragged
    language: NDArray[np.uint8]

    @classmethod
    def of(cls, items: Ragged, languages: Ints) -> Archive:
        """Take signatures and any numbers for languages."""
        _, number, count = np.unique(languages, return_inverse=True, return_counts=True)
        order = np.lexsort((np.arange(len(count)), count))
        rank = np.argsort(order)[number]
        return cls(items, np.minimum(rank, LANGUAGES - 1).astype(np.uint8))

    @cached_property
    def articles(self) -> Ints:
        """How many articles there are in each language."""
        return np.bincount(self.language, minlength=LANGUAGES)

    @cached_property
    def alphabetic(self) -> NDArray[np.bool_]:
        """Which languages are written in letters that tell names from words."""
        kinds, language = self.items.values >> 8 & 3, self.language[self.items.owners()]
        every, words = (
            np.bincount(language[chosen], minlength=LANGUAGES) for chosen in (kinds >= 0, kinds == WORD)
        )
        return words >= ALPHABETIC * every

    @cached_property
    def frequencies(self) -> Frequencies:
        """In how many articles of each language each key is."""
        parts = [_counted(codes) for codes in self.postings()]
        keys, counts = (
            zip(*parts, strict=True) if parts else ((np.zeros(0, np.uint64),), (np.zeros(0, np.int32),))
        )
        return Frequencies(np.concatenate(keys), np.concatenate(counts), self.articles)

    def postings(self) -> Iterator[Codes]:
        """Yield which article has which key, as key << 40 | language << 32 | row, sorted, in pieces."""
        keys = self.items.values >> 8
        shards = 1 << max(0, int(len(keys) // SHARD).bit_length())
        owners = self.items.owners()
        for shard in range(shards):
            chosen = (
                np.flatnonzero(keys * np.uint64(shards) >> KEY_BITS == shard) if shards > 1 else slice(None)
            )
            rows = owners[chosen]
            codes = keys[chosen].astype(np.uint64) << np.uint64(40)
            codes |= self.language[rows].astype(np.uint64) << np.uint64(32)
            codes |= rows.astype(np.uint64)
            yield np.unique(codes)


def _counted(codes: Codes) -> tuple[Codes, NDArray[np.int32]]:
    keys, counts = np.unique(codes >> np.uint64(ROW_BITS), return_counts=True)
    return keys, counts.astype(np.int32)


@dataclass(frozen=True)
class Frequencies:
    """`counts[n]` articles have `keys[n]`, which is key << 8 | language; sorted."""

    keys: Codes
    counts: NDArray[np.int32]
    articles: Ints

    def of(self, keys: NDArray[np.uint32], languages: NDArray[np.uint8]) -> Ints:
        """In how many articles of a language each key is."""
        wanted = keys.astype(np.uint64) << np.uint64(8) | languages
        at = np.minimum(np.searchsorted(self.keys, wanted), max(len(self.keys) - 1, 0))
        return (
            np.where(self.keys[at] == wanted, self.counts[at], 0)
            if len(self.keys)
            else np.zeros(len(keys), np.int64)
        )

    def rarity(self, keys: NDArray[np.uint32], languages: NDArray[np.uint8]) -> Floats:
        """How much it says, in nats, that an article of a language has a key."""
        expected = PRIOR * SHARES[keys & 3]
        share = (self.of(keys, languages) + expected) / (self.articles[languages] + PRIOR)
        return np.asarray(-np.log(np.minimum(share, 1.0)), np.float32)

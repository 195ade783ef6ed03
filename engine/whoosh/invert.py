"""Inverting a batch: texts of many articles become postings, all at once, by sorting numbers.

Each portion of the documents (`engine.whoosh.analyse`) is sorted alone, in the caches of the processor; then
the runs of each term are put together, as they are when packs are merged:

    portion 0   "army" 0 3   "goita" 0               "army"   ──> 0 3 │ 8
    portion 1   "army" 8     "mali" 7 9      ──>     "goita"  ──> 0
                                                     "mali"   ──> 7 9

term        first        document  frequency    place (position)
"army"      0  ───────>  0         2  ────────> 7 19
"goita"     3            3         1            4
                         8         1            12
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.analysis.vector import Vocabulary, stem_batch
from engine.whoosh.analyse import Fields, Tokens, analyse
from engine.whoosh.numbers import Numbers, firsts, joined, spread

Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one field of a batch.

    Term `terms[i]` has the postings `first[i]` to `first[i + 1]`: documents in rising order and how
    often it stands in each. `places` holds the positions of all postings, one posting after the other;
    those of term i begin at `place_first[i]`. `lengths` counts the tokens of every document of the batch.
    """

    terms: tuple[str, ...]
    first: Numbers
    documents: Whole
    frequencies: Whole
    place_first: Numbers
    places: Whole
    lengths: Numbers


@dataclass(frozen=True, slots=True)
class Stems:
    """The postings of the stems of several fields together.

    `frequencies[k]` says how often a stem stands in field k of the document; in at least one it does.
    """

    terms: tuple[str, ...]
    first: Numbers
    documents: Whole
    frequencies: tuple[Whole, ...]


@dataclass(frozen=True, slots=True)
class _Runs:
    """Postings of some documents: term number `ids[i]` has the next `counts[i]` of them."""

    ids: Whole
    counts: Numbers
    documents: Whole
    frequencies: tuple[Whole, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The same for the words of a field, with positions: those of term i are the next `tokens[i]` places."""

    runs: _Runs
    tokens: Numbers
    places: Whole


def invert(
    fields: Fields, stemmed: Sequence[str], languages: Sequence[str | None]
) -> tuple[dict[str, Postings], Stems]:
    """Return the postings of each field, and of the stems of some of them.

    Args:
        fields: what each field holds, for each document.
        stemmed: the fields whose words are stemmed too.
        languages: the language of each document, which decides what its words become.

    """
    vocabulary, stemmer = Vocabulary(), _Stemmer(languages)
    words: Mapping[str, list[_Words]] = {name: [] for name in fields}
    lengths: Mapping[str, list[Numbers]] = {name: [] for name in fields}
    stems: list[_Runs] = []
    for portion in analyse(fields, vocabulary):
        for name, tokens in portion.fields.items():
            words[name].append(_grouped(tokens))
            documents = tokens.documents - portion.low
            lengths[name].append(np.bincount(documents, minlength=portion.high - portion.low))
        found = [words[name][-1].runs for name in stemmed]
        stems.append(_united(found, stemmer, vocabulary, portion.low))
    order = _Order(vocabulary)
    postings = {name: _postings(words[name], joined(lengths[name], np.int64), order) for name in fields}
    return postings, _stems(stems, _Order(stemmer.stems), len(stemmed))


# --- a portion -------------------------------------------------------------------------------


def in_order(*keys: Whole) -> Numbers:
    """Return the stable order by some keys from 0 up, the first counting most.

    Digits of 16 bits, the lowest first: numpy sorts those by counting, faster than by comparing.
    """
    order: Numbers | None = None
    for key in reversed(keys):
        for shift in range(0, int(key.max(initial=0)).bit_length(), 16):
            digits = (key >> shift).astype(np.uint16)
            if order is None:
                order = np.argsort(digits, kind="stable")
            else:
                order = order[np.argsort(digits[order], kind="stable")]
    return np.arange(len(keys[0])) if order is None else order


def _starts(*sorted_keys: Whole) -> Numbers:
    """Return where a new combination of keys begins."""
    if not len(sorted_keys[0]):
        return np.empty(0, np.int64)
    changed = np.zeros(len(sorted_keys[0]), np.bool_)
    changed[0] = True
    for keys in sorted_keys:
        changed[1:] |= keys[1:] != keys[:-1]
    return np.flatnonzero(changed)


def _grouped(tokens: Tokens) -> _Words:
    """Gather the tokens of a field into postings."""
    order = in_order(tokens.ids)
    ids, documents = tokens.ids[order], tokens.documents[order]
    starts = _starts(ids, documents)
    frequencies = np.diff(starts, append=len(ids))
    ids = ids[starts]
    heads = _starts(ids)
    ends = np.append(starts[heads], len(order))
    counts = np.diff(heads, append=len(ids))
    runs = _Runs(ids[heads], counts, documents[starts].astype(np.int32), (frequencies.astype(np.int32),))
    return _Words(runs, np.diff(ends), tokens.places[order].astype(np.int32))


class _Stemmer:
    """Turns numbers of terms into numbers of stems; each term is stemmed once for each language."""

    def __init__(self, languages: Sequence[str | None]) -> None:
        self.stems = Vocabulary()
        numbers: dict[str | None, int] = {}
        self._of_documents = np.array(
            [numbers.setdefault(each, len(numbers)) for each in languages], np.int32
        )
        self._languages = list(numbers)
        self._known: defaultdict[int, Numbers] = defaultdict(lambda: np.empty(0, np.int64))

    def numbers(self, runs: _Runs, vocabulary: Vocabulary) -> Numbers:
        """Return the stem of each posting."""
        ids = np.repeat(runs.ids, runs.counts)
        languages = self._of_documents[runs.documents]
        stems = np.empty(len(ids), np.int64)
        for language in np.unique(languages).tolist():
            here = np.flatnonzero(languages == language)
            stems[here] = self._in_language(ids[here], language, vocabulary)
        return stems

    def _in_language(self, ids: Whole, language: int, vocabulary: Vocabulary) -> Numbers:
        known = self._known[language]
        if len(known) < len(vocabulary.terms):
            more = np.full(len(vocabulary.terms) * 2 - len(known), -1)
            known = self._known[language] = np.concatenate((known, more))
        new = np.unique(ids[known[ids] < 0]).tolist()
        found = stem_batch([vocabulary.terms[number] for number in new], self._languages[language])
        known[new] = [self.stems[stem] for stem in found]
        return known[ids]


def _united(fields: Sequence[_Runs], stemmer: _Stemmer, vocabulary: Vocabulary, low: int) -> _Runs:
    """Return the postings of the stems of some fields of a portion that begins with document `low`."""
    numbers = joined([stemmer.numbers(runs, vocabulary) for runs in fields], np.int64)
    documents = joined([runs.documents for runs in fields], np.int32)
    order = in_order(numbers, documents - low)
    numbers, documents = numbers[order], documents[order]
    starts = _starts(numbers, documents)
    heads = _starts(numbers[starts])
    counts = np.diff(heads, append=len(starts))
    frequencies = tuple(_sums(fields, k, order, starts) for k in range(len(fields)))
    return _Runs(numbers[starts[heads]], counts, documents[starts], frequencies)


def _sums(fields: Sequence[_Runs], k: int, order: Numbers, starts: Numbers) -> Whole:
    """Return how often each stem stands in field k of its document."""
    counted = [
        f.frequencies[0] if n == k else np.zeros(len(f.documents), np.int32) for n, f in enumerate(fields)
    ]
    counts = joined(counted, np.int32)[order]
    return np.add.reduceat(counts, starts) if len(starts) else counts


# --- all portions ----------------------------------------------------------------------------


class _Order:
    """The order of the terms of a vocabulary; as UTF-8 they are in the same one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._terms = vocabulary.terms
        self._sorted = np.array(sorted(range(len(self._terms)), key=self._terms.__getitem__), np.int64)
        self.ranks = np.empty(len(self._terms), np.int32)
        self.ranks[self._sorted] = np.arange(len(self._terms))

    def terms(self, ranks: Whole) -> tuple[str, ...]:
        """Return the terms of some ranks."""
        return tuple(self._terms[number] for number in self._sorted[ranks].tolist())


def _postings(parts: Sequence[_Words], lengths: Numbers, order: _Order) -> Postings:
    """Put the postings of all portions together."""
    runs = [part.runs for part in parts]
    terms, first, by_rank = _terms(runs, order)
    picks = _picks(joined([run.counts for run in runs], np.int64), by_rank)
    tokens = joined([part.tokens for part in parts], np.int64)
    places = joined([part.places for part in parts], np.int32)[_picks(tokens, by_rank)]
    documents = joined([run.documents for run in runs], np.int32)[picks]
    frequencies = joined([run.frequencies[0] for run in runs], np.int32)[picks]
    place_first = firsts(frequencies)[first]
    return Postings(terms, first, documents, frequencies, place_first, places, lengths)


def _stems(runs: Sequence[_Runs], order: _Order, fields: int) -> Stems:
    terms, first, by_rank = _terms(runs, order)
    picks = _picks(joined([run.counts for run in runs], np.int64), by_rank)
    documents = joined([run.documents for run in runs], np.int32)[picks]
    frequencies = (joined([run.frequencies[k] for run in runs], np.int32)[picks] for k in range(fields))
    return Stems(terms, first, documents, tuple(frequencies))


def _terms(runs: Sequence[_Runs], order: _Order) -> tuple[tuple[str, ...], Numbers, Numbers]:
    """Return the terms sorted, where the postings of each begin, and the order of all runs by term."""
    ranks = order.ranks[joined([run.ids for run in runs], np.int32)]
    counts = joined([run.counts for run in runs], np.int64)
    by_rank = in_order(ranks)
    ranks, counts = ranks[by_rank], counts[by_rank]
    heads = _starts(ranks)
    return order.terms(ranks[heads]), np.append(firsts(counts)[heads], counts.sum()), by_rank


def _picks(counts: Numbers, order: Numbers) -> Numbers:
    """Return the places of what stands in runs of some lengths when the runs come in another order."""
    return spread(firsts(counts)[:-1][order], counts[order])

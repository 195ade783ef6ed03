"""Splitting many texts at once: exactly what `tokenize` says of each, several times faster.

    texts      "Goïta said: the U.N.", "An army, x_y"
    joined     |Goïta said: the U.N.|An army, x_y|
    symbols    0LLLLL0LLLL00LLL0L1L10LL0LLLL10L2L0     0 SEPARATOR, 1 JOINER, 2 RARE, L letters
    stretches   ----- ----  --- ==== -- ----- ===      - words found by numpy, = read by `tokenize`

The texts, joined by line ends, become one byte per code point. Such a symbol is SEPARATOR (part of no
token), JOINER (an apostrophe, dot or comma: it may hold its two sides together), RARE (needs the whole
grammar) or, from FIRST_LETTER on, a letter or digit of this batch.

A *stretch* is what stands between two separators. Nothing beyond a separator decides what is a token, so
a stretch can be read alone: by `tokenize` when anything in it is RARE or a joiner stands between two
letters; otherwise every run of letters in it is one word, and numpy finds it.

Equal words are found without cutting them out of the text. A word's first eight symbols, zeros behind a
shorter one, are a 64-bit key. A word of eight letters or more gets a new key, its next four symbols
beside the number of the key so far, until a zero is among them. Words of equal keys are equal: nothing
rests on a hash. Only one word of each kind is then cut out and folded.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.analysis.folding import MARKS, fold
from engine.analysis.stemming import stem_terms
from engine.analysis.tokens import APOSTROPHES, LETTER, MAX_TERM, UNSPACED, Token, iter_tokens, tokenize

_Ints = NDArray[np.int64]
_Keys = NDArray[np.uint64]
_Symbols = NDArray[np.uint8]

_SEPARATOR, _JOINER, _RARE, _FIRST_LETTER = range(4)
_MOST_LETTERS = 256 - _FIRST_LETTER
_BEYOND = 0xFFFF
"""The code point that stands for all from it on."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose multiples differ in their upper bits."""

_ONES = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
"""Masks: the lowest n bytes of eight."""


@dataclass(frozen=True, slots=True, eq=False)
class TokenBatch:
    """The tokens of a batch of texts, text by text, in reading order.

    Token i is `terms[term[i]]`; it stands at `start[i]:end[i]` of text number `text[i]` and is that
    text's `position[i]`-th. `terms` has every term of the batch once, in no order that means anything.
    """

    terms: Sequence[str]
    term: NDArray[np.int32]
    text: NDArray[np.int32]
    position: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]


class Vocabulary(dict[str, int]):
    """Numbers terms in the order they are met: `terms[vocabulary[term]]` is the term."""

    def __init__(self) -> None:
        super().__init__({"": -1})
        self.terms: list[str] = []
        self.spelled = _Spellings(self)

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self.terms)
        self.terms.append(term)
        return number


class _Spellings(dict[str, int]):
    """The number of the term that a word of a text becomes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, word: str) -> int:
        self[word] = number = self._vocabulary[fold(word)[:MAX_TERM]]
        return number


def tokenize_batch(texts: Sequence[str], vocabulary: Vocabulary | None = None) -> TokenBatch:
    """Return the tokens of all `texts`: the terms, offsets and positions that `tokenize` gives.

    A batch of a megabyte is fastest; it takes 20 bytes of memory per code point of prose, 100 at worst.

    Args:
        texts: what to split.
        vocabulary: numbers the terms, those of earlier batches too; a new one if it is not given.

    """
    ids = Vocabulary() if vocabulary is None else vocabulary
    text = "\n".join(("", *texts, ""))
    symbols = _symbols(text)
    stretches = _blank_irregular(symbols)
    starts, ends = _runs(symbols >= _FIRST_LETTER)
    long = np.flatnonzero(ends - starts > MAX_TERM)
    pieces = np.concatenate((stretches, np.column_stack((starts[long], ends[long]))))
    regular = _read_words(text, symbols, np.delete(starts, long), np.delete(ends, long), ids)
    irregular = _read_pieces(text, pieces, ids)
    tokens = np.concatenate((regular, irregular), axis=1)
    order = np.argsort(tokens[1], kind="stable")
    order = order[tokens[0, order] >= 0]
    return _batch(ids.terms, tokens.take(order, axis=1), texts)


def stem_batch(terms: Sequence[str], language: str | None) -> list[str]:
    """Return what `stem_term` makes of each of `terms` in `language`."""
    return stem_terms(terms, language)


def _kinds() -> _Symbols:
    """Tell for every code point up to `_BEYOND` what symbol it is; letters are all one."""
    every = np.arange(_BEYOND + 1, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    kinds = np.full(_BEYOND + 1, _SEPARATOR, np.uint8)
    classes = {_JOINER: rf"[{APOSTROPHES}.,٬٫]", _RARE: rf"[\w{MARKS}{UNSPACED}]", _FIRST_LETTER: LETTER}
    for kind, members in classes.items():
        for run in re.finditer(f"{members}+", every):
            kinds[run.start() : run.end()] = kind
    kinds[_BEYOND] = _RARE
    return kinds


_KINDS = _kinds()


def _symbols(text: str) -> _Symbols:
    """Write each code point as one byte; should the letters not suffice, the least used are RARE."""
    codes = _codes(text)
    used = np.bincount(codes, minlength=_BEYOND + 1)
    letters = np.flatnonzero((used > 0) & (_KINDS == _FIRST_LETTER))
    letters = letters[np.argsort(-used[letters], kind="stable")[:_MOST_LETTERS]]
    table: _Symbols = np.minimum(_KINDS, _RARE)
    table[letters] = np.arange(_FIRST_LETTER, _FIRST_LETTER + len(letters))
    symbols: _Symbols = table.take(codes)
    return symbols


def _codes(text: str) -> NDArray[np.uint16]:
    """Return the code points, `_BEYOND` for larger ones: in two bytes at once where all fit in two."""
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, "<u2")
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    codes: NDArray[np.uint16] = np.minimum(points, _BEYOND).astype(np.uint16)
    return codes


def _blank_irregular(symbols: _Symbols) -> _Ints:
    """Return start and end of each stretch only `tokenize` can read, and blank it out of `symbols`."""
    joiners = np.flatnonzero(symbols == _JOINER)
    joining = (symbols[joiners - 1] > _JOINER) & (symbols[joiners + 1] > _JOINER)
    causes = np.concatenate((joiners[joining], np.flatnonzero(symbols == _RARE)))
    separators = np.flatnonzero(symbols == _SEPARATOR)
    behind = np.unique(np.searchsorted(separators, causes))
    stretches = np.column_stack((separators[behind - 1] + 1, separators[behind]))
    for start, end in stretches.tolist():
        symbols[start:end] = _SEPARATOR
    return stretches


def _runs(inside: NDArray[np.bool_]) -> tuple[_Ints, _Ints]:
    """Return where the runs of True start and end; the first and the last are False."""
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[0::2], edges[1::2]


def _read_words(text: str, symbols: _Symbols, starts: _Ints, ends: _Ints, ids: Vocabulary) -> _Ints:
    """Return term, start and end of every word; `ids` numbers the terms."""
    alike = _alike_words(symbols, starts, ends - starts)
    kinds = np.flatnonzero(alike == np.arange(len(alike)))
    spans = zip(starts[kinds].tolist(), ends[kinds].tolist(), strict=True)
    term = np.empty(len(alike), np.int64)
    spelled = ids.spelled
    term[kinds] = [spelled[text[start:end]] for start, end in spans]
    return np.stack((term[alike], starts, ends))


def _alike_words(symbols: _Symbols, starts: _Ints, lengths: _Ints) -> _Ints:
    """Return for each word the number of one equal to it, the same for all that are equal."""
    padded = np.concatenate((symbols, np.zeros(MAX_TERM, np.uint8)))
    eights = np.ndarray(len(symbols), "<u8", padded, strides=(1,))
    alike = _alike(eights[starts] & _ONES[np.minimum(lengths, 8)])
    read, longer = 8, np.flatnonzero(lengths >= 8)
    while len(longer):
        more = eights[starts[longer] + read] & _ONES[np.minimum(lengths[longer] - read, 4)]
        alike[longer] = longer[_alike(alike[longer].astype(np.uint64) << np.uint64(32) | more)]
        read += 4
        longer = longer[lengths[longer] >= read]
    return alike


def _alike(keys: _Keys) -> _Ints:
    """Return for each key the index of one equal to it, the same for all that are equal.

    Every key puts its index into a slot; equal keys share it and find the same index there, which is
    theirs unless a different key took the slot. Those it happened to are sorted instead.
    """
    bits = len(keys).bit_length()
    slot = (keys * _SPREAD >> np.uint64(64 - bits)).view(np.int64)
    slots = np.empty(1 << bits, np.int64)
    slots[slot] = np.arange(len(keys))
    alike = slots[slot]
    rest = np.flatnonzero(keys[alike] != keys)
    _, first, number = np.unique(keys[rest], return_index=True, return_inverse=True)
    alike[rest] = rest[first][number]
    return alike


def _read_pieces(text: str, pieces: _Ints, ids: Vocabulary) -> _Ints:
    """Return term, start and end of the tokens in the pieces, as `tokenize` reads each."""
    rows = array("q")
    for begin, stop in pieces.tolist():
        for term, start, end, _ in _tokens(text[begin:stop]):
            rows.extend((ids[term], begin + start, begin + end))
    return np.array(rows, np.int64).reshape(-1, 3).T


def _tokens(piece: str) -> Iterable[Token]:
    return _remembered(piece) if len(piece) <= MAX_TERM else iter_tokens(piece)


@lru_cache(maxsize=1 << 15)
def _remembered(piece: str) -> tuple[Token, ...]:
    return tuple(tokenize(piece))


def _batch(terms: Sequence[str], tokens: _Ints, texts: Sequence[str]) -> TokenBatch:
    """Count offsets and positions from the start of each text instead of the batch's."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.cumsum(lengths + 1) - lengths
    term, start, end = tokens
    first = np.searchsorted(start, begins)
    counts = np.diff(first, append=len(start))
    begin = np.repeat(begins, counts)
    return TokenBatch(
        terms=terms,
        term=term.astype(np.int32),
        text=np.repeat(np.arange(len(texts), dtype=np.int32), counts),
        position=(np.arange(len(start)) - np.repeat(first, counts)).astype(np.int32),
        start=(start - begin).astype(np.int32),
        end=(end - begin).astype(np.int32),
    )

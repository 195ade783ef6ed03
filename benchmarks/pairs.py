"""Originals and translations found in an archive, measured by script.

Weights were fitted on one half of the pairs (`FITTED`); every share is also given for the other half, on
which nothing was fitted. The threshold was set once, so that few are paired wrongly in both halves.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks import language
from engine.model import Article
from indexer.language.translation import pairing
from indexer.ragged import Ragged

Figures = Iterator[tuple[str, float]]
Change = Callable[[str], str]

GROUPS = {
    "Latin": ("de", "fr", "pl", "cs", "fi", "tr", "is", "ha"),
    "Cyrillic": ("ru", "uk"),
    "Greek": ("el",),
    "Chinese": ("zh",),
    "Japanese": ("ja",),
    "Arabic": ("ar",),
    "other": ("he", "fa", "hi", "ko"),
}
LONG = {"Chinese": 300, "Japanese": 350}
"""Characters from which a text counts; 800 in scripts that need one letter per sound."""

SYSTEMS = ("human", "human-A")
DISTRACTORS = 2000
SMALL = 25
"""Texts in a small archive, and as many English ones: no name is rare there."""
FITTED = 0
"""Half of the pairs the weights of `likeness` were fitted on, by the checksum of their names."""
SIZES = (10_000, 50_000)
"""Articles of the made-up archives on which growth is measured."""

NOTICE = (
    "\nYou have 55% of this article left to read. The rest is reserved for subscribers.\nBack to top button"
)
HEAD = "This theme has no licence, please visit the page of options and enter one.\nWorld News\n\n"
FOOT = "\n\nSubscribe to our newsletter. Follow us on Facebook and Twitter. All rights reserved 2024."


@dataclass(frozen=True, slots=True)
class Document:
    """A text in parallel: `pair` is the same in all its languages."""

    pair: str
    language: str
    text: str


@cache
def parallel(data: Path) -> tuple[Document, ...]:
    """Read the parallel documents, one per language and pair."""
    rows = language.read(data / "translation" / "pairs_dev.jsonl.gz")
    kept = {(row["pair_id"], row["lang"]): row["doc_text"] for row in rows if row["system"] in SYSTEMS}
    return tuple(Document(pair, code, text) for (pair, code), text in kept.items())


@cache
def distractors(data: Path) -> tuple[str, ...]:
    """English news that nobody translated, as far as known."""
    news = [row["text"] for row in language.read(data / "news" / "bbc_2005.jsonl.gz")]
    web = language.read(data / "news" / "masakhanews.jsonl.gz")
    return tuple([*news, *(row["text"] for row in web if row["lang"] == "eng" and row["text"])][:DISTRACTORS])


@cache
def signed(text: str) -> bytes:
    """Sign a bare text, all of it body."""
    return pairing.sign(Article("a", "a", text, "", 0, len(text), ""))


@cache
def strangers(data: Path) -> tuple[bytes, ...]:
    """Sign the distractors, once."""
    return tuple(map(signed, distractors(data)))


def pairs_of(left: Sequence[bytes], right: Sequence[bytes]) -> dict[int, int]:
    """Pair two lists of signatures, in two languages; number on the left -> number on the right."""
    many, n = len(left), len(left) + len(right)
    facts = pairing.Facts(
        language=np.array([1] * many + [0] * len(right)),
        day=np.full(n, pairing.UNDATED),
        shows=np.zeros(n, np.int64),
        source=np.full(n, pairing.UNKNOWN),
        copies=np.arange(n),
    )
    found = pairing.pair(Ragged.of([*left, *right], np.uint32), facts)
    ordered = (sorted((p.original, p.translation)) for p in sorted(found, key=lambda p: p.score))
    return {a: b - many for a, b in ordered if a < many <= b}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a text: whether its own English version was found, and whether another was."""

    pair: str
    found: bool
    wrong: bool

    @property
    def unseen(self) -> bool:
        """Whether nothing was fitted on it."""
        return crc32(self.pair.encode()) % 2 != FITTED


def share(outcomes: Sequence[Outcome], what: str, *, unseen: bool) -> float:
    """Return the share of texts that were `found` or `wrong`, of all or of those nothing was fitted on."""
    asked = [getattr(outcome, what) for outcome in outcomes if outcome.unseen or not unseen]
    return sum(asked) / max(len(asked), 1)


def _outcomes(asked: Sequence[Document], there: Sequence[Document], found: dict[int, int]) -> list[Outcome]:
    """Judge the pairs of texts and English versions; numbers beyond these are strangers."""
    paired = {k: there[i].pair if i < len(there) else "" for k, i in found.items()}
    return [
        Outcome(d.pair, paired.get(k) == d.pair, k in paired and paired[k] != d.pair)
        for k, d in enumerate(asked)
    ]


def recall(corpus: Corpus, group: str, change: Change) -> list[Outcome]:
    """Look for the changed English version of each text."""
    found: list[Outcome] = []
    for code in GROUPS[group]:
        texts, english = corpus.both(group, code)
        signatures = [*(signed(change(d.text)) for d in english), *strangers(corpus.data)]
        found += _outcomes(texts, english, pairs_of([signed(d.text) for d in texts], signatures))
    return found


def absent(corpus: Corpus, group: str) -> list[Outcome]:
    """Look for English versions that are not there, though those of half of the others are."""
    found: list[Outcome] = []
    for code in GROUPS[group]:
        texts, english = corpus.both(group, code)
        half = {pair: n % 2 for n, pair in enumerate(sorted({d.pair for d in texts}))}
        for odd in (0, 1):
            asked = [d for d in texts if half[d.pair] == odd]
            there = [d for d in english if half.get(d.pair) != odd]
            signatures = [*(signed(d.text) for d in there), *strangers(corpus.data)]
            found += _outcomes(asked, there, pairs_of([signed(d.text) for d in asked], signatures))
    return found


def same_event(corpus: Corpus, group: str) -> list[Outcome]:
    """Look for the first half of an English version where only its second half is; any pair is wrong."""
    found: list[Outcome] = []
    for code in GROUPS[group]:
        texts, english = corpus.both(group, code)
        pairs = pairs_of(
            [signed(halves(d.text)[0]) for d in texts],
            [*(signed(halves(d.text)[1]) for d in english), *strangers(corpus.data)],
        )
        found += [Outcome(d.pair, found=False, wrong=k in pairs) for k, d in enumerate(texts)]
    return found


def small(corpus: Corpus, group: str, *, there: bool) -> list[Outcome]:
    """Look for English versions in archives of a few texts; unless they are `there`, others are."""
    found: list[Outcome] = []
    for code in GROUPS[group]:
        texts, every = corpus.both(group, code)
        english = {d.pair: d for d in every}
        for start in range(0, len(texts), SMALL):
            asked, others = texts[start : start + SMALL], texts[start + SMALL :][:SMALL] or texts[:SMALL]
            right = [english[d.pair] for d in (asked if there else others)]
            signatures = [signed(d.text) for d in asked], [signed(d.text) for d in right]
            found += _outcomes(asked, right, pairs_of(*signatures))
    return found


@dataclass(frozen=True, slots=True)
class Corpus:
    """The parallel documents; of each language `texts` at most."""

    data: Path
    texts: int

    def both(self, group: str, code: str) -> tuple[list[Document], list[Document]]:
        """Return the texts of a language that are long enough, and all English versions."""
        english = {d.pair: d for d in parallel(self.data) if d.language == "en"}
        least = LONG.get(group, 800)
        texts = [d for d in parallel(self.data) if d.language == code and d.pair in english]
        return [d for d in texts if len(d.text) >= least][: self.texts], list(english.values())


def cut(text: str) -> str:
    """Cut to 45 %, with the notice of a paywall."""
    return text[: len(text) * 45 // 100] + NOTICE


def padded(text: str) -> str:
    """Put page furniture around it."""
    return HEAD + text + FOOT


def halves(text: str) -> tuple[str, str]:
    """Return the sentences of the first 45 % of a text and those of the last: nothing is told in both."""
    ends = [match.end() for match in re.finditer(r"[.!?。！？]", text)] or [len(text)]
    middle = len(text) / 2
    before, after = (min(ends, key=lambda end: abs(end - middle * share)) for share in (0.9, 1.1))
    return text[:before], text[after:]


def news(data: Path, _texts: int) -> Figures:
    """Pair news in French, Hausa and Swahili with English news of the same years: mostly no translations."""
    rows = [row for row in language.read(data / "news" / "masakhanews.jsonl.gz") if row["text"]]
    english = [signed(row["text"]) for row in rows if row["lang"] == "eng"]
    for code in ("fra", "hau", "swa"):
        texts = [signed(row["text"]) for row in rows if row["lang"] == code]
        yield f"news.{code}", len(pairs_of(texts, english)) / len(texts)


def pairings(data: Path, texts: int) -> Figures:
    """Measure pairing per group of languages."""
    corpus = Corpus(data, texts)
    for group in GROUPS:
        whole = recall(corpus, group, str)
        yield f"pairing.{group}.texts", len(whole)
        yield f"pairing.{group}.unseen.texts", sum(outcome.unseen for outcome in whole)
        measured = (
            ("recall", "found", whole),
            ("wrong", "wrong", whole),
            ("cut", "found", recall(corpus, group, cut)),
            ("padded", "found", recall(corpus, group, padded)),
            ("absent", "wrong", absent(corpus, group)),
            ("same event", "wrong", same_event(corpus, group)),
            ("small", "found", small(corpus, group, there=True)),
            ("small, absent", "wrong", small(corpus, group, there=False)),
        )
        for name, what, outcomes in measured:
            yield f"pairing.{group}.{name}", share(outcomes, what, unseen=False)
            yield f"pairing.{group}.unseen.{name}", share(outcomes, what, unseen=True)


# --- speed -----------------------------------------------------------------------------------


def speed(data: Path, _texts: int) -> Figures:
    """Measure signing on news, and pairing on made-up archives of growing size."""
    texts = distractors(data)[:1000]
    start = time.process_time()
    sizes = [len(signed.__wrapped__(text)) for text in texts]
    yield "speed.signing", len(texts) / (time.process_time() - start)
    yield "speed.bytes", sum(sizes) / len(sizes)
    for size in SIZES:
        anchors, facts = made_up(size)
        start = time.process_time()
        found = pairing.pair(anchors, facts)
        yield f"speed.pairing {size}", size / (time.process_time() - start)
        yield f"speed.found {size}", len(found) / (size // 20)


def made_up(size: int) -> tuple[Ragged, pairing.Facts]:
    """Make an archive up: a third in a second language, one article in twenty a translation.

    Keys are as frequent as words are: the nth has a share of 1 / n.
    """
    chance = np.random.default_rng(5)
    keys = (chance.pareto(0.6, (size, 100)) * 40).astype(np.int64) % (1 << 22)
    places = np.sort(chance.integers(0, 256, (size, 100)), axis=1)
    languages = np.zeros(size, np.int64)
    languages[: size // 3] = 1
    for row in range(size // 20):
        same = chance.random(100) < 0.5
        keys[row, same] = keys[size - 1 - row, same]
        places[row] = places[size - 1 - row]
    values = (keys << 10 | places).astype(np.uint32)
    facts = pairing.Facts(
        languages,
        np.full(size, pairing.UNDATED),
        np.zeros(size, np.int64),
        np.full(size, -1),
        np.arange(size),
    )
    return Ragged(values.ravel(), np.arange(size + 1, dtype=np.int64) * 100), facts

"""Articles of any number, made from a seed alone: words by Zipf's law, a vocabulary that grows by Heaps'.

    rank  ~ 1 / r over the first 8 000 ranks, 1 / r ** 1.8 beyond: a kernel everybody uses, and names
            without end, as large corpora show (Ferrer i Cancho and Sole, 2001)
    unit  = the function word, content word or collocation of a rank
    text  = 60 % units of the whole language, 25 % of the topic, 15 % of a few this article returns to

Collocations make phrases that recur, topics and returning words make frequencies as uneven as in real
text, and word endings give the stemmers something to do. The first n articles of a seed are the same
whatever their total; only uniform random numbers are drawn, so they are the same everywhere.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.model import Article, Claim, Copies, Evidence, Published, Story, Translated

BLOCK = 200
"""Articles made at once, from a generator of their own."""

_KERNEL = 8_000
_SHIFT = 2.0
_TAIL = 1.8
_TOPICS = 60
_TOPIC_WORDS = 250
_FIRST_OF_TOPIC = 300
_SOURCES = 50
_PARAGRAPH = "\u2029"
_FLAT = {ord("\t"): " ", ord("\r"): " ", ord("\n"): _PARAGRAPH}
_MONTHS = 120
FUNCTION_WORDS = (
    "the of to and in a that for is on was with as by at from be it an he has are this which had its said"
    " were not or have will but their they been who after one his more also would about there up when"
    " out all she over into if no than could her so two we last you first can other new some what"
).split()
_ONSETS = "b c d f g h k l m n p r s t v w br ch cl cr dr fl fr gr pl pr sh sl st str th tr".split()
_VOWELS = "a e i o u ai ea ee ou".split()
_CODAS = "n r s t l m nd rt ck st rn ld mp nt".split()
_ENDINGS = ("", "", "", "s", "s", "ed", "ing", "er", "ly", "ment")

Ranks = NDArray[np.int64]
Uniform = NDArray[np.float64]


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Yield the first `count` articles of a seed."""
    for first in range(0, count, BLOCK):
        yield from _block(first, min(BLOCK, count - first), seed)


def save(made: Iterable[Article], path: Path) -> None:
    """Write articles as lines of tab-separated text, for builders of every language to read."""
    with path.open("w", encoding="utf-8") as lines:
        for item in made:
            day = item.published.value or ""
            row = (day, item.source.value or "", item.title, item.body)
            lines.write("\t".join(cell.translate(_FLAT) for cell in row) + "\n")


def load(path: Path) -> Iterator[Article]:
    """Read what `save` wrote."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines):
            day, source, title, body = line.rstrip("\n").split("\t")
            yield article(number, title, body.replace(_PARAGRAPH, "\n"), source, day or None)


def real_articles(data: Path, count: int) -> Iterator[Article]:
    """Yield up to `count` articles from the news collections in `data/news`, gzipped JSON Lines."""
    number = 0
    for path in sorted((data / "news").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if number == count:
                    return
                title, body = " ".join((row.get("title") or "").split()), row.get("text") or ""
                yield article(number, title, body, str(row.get("source") or path.stem), _day(number, number))
                number += 1


def _block(first: int, count: int, seed: int) -> Iterator[Article]:
    """Make `count` articles from number `first` on; all random numbers of an article come in its turn."""
    random = np.random.Generator(np.random.PCG64([seed, first]))
    for number in range(first, first + count):
        shape = random.random(8)
        words = _words(random, _length(shape[:4]), int(shape[4] * _TOPICS))
        title = " ".join(words[: 6 + number % 5]).capitalize()
        source = f"Courier {int(_SOURCES ** shape[5]):02d}"
        yield article(
            number, title, _prose(words[6 + number % 5 :]), source, _day(int(1e6 * shape[6]), number)
        )


def _length(uniform: Uniform) -> int:
    """Draw the length of an article in units, about log-normal: four uniform numbers make a bell."""
    return int(np.clip(180 * np.exp(1.9 * (uniform.mean() - 0.5) * 1.8), 30, 2500))


def _words(random: np.random.Generator, length: int, topic: int) -> list[str]:
    """Draw the words of an article."""
    ranks = zipf(random.random(length))
    kind = random.random(length)
    of_topic = _FIRST_OF_TOPIC + (zipf(random.random(length)) % _TOPIC_WORDS) * _TOPICS + topic
    returning = of_topic[np.minimum((random.random(length) * 6).astype(np.int64), length - 1)]
    ranks = np.where(kind < 0.6, ranks, np.where(kind < 0.85, of_topic, returning))
    return [word for rank in ranks.tolist() for word in unit(rank)]


def zipf(uniform: Uniform) -> Ranks:
    """Turn uniform numbers into ranks from 0; the two laws meet at rank _KERNEL with one density."""
    spread = np.log((_KERNEL + _SHIFT) / _SHIFT)
    kernel = 1 / (1 + 1 / (spread * (_TAIL - 1)))
    low = _SHIFT * np.exp(np.minimum(uniform / kernel, 1) * spread) - _SHIFT
    left = np.maximum((1 - uniform) / (1 - kernel), 1e-12)
    high = _KERNEL * left ** (1 / (1 - _TAIL))
    ranks: Ranks = np.where(uniform < kernel, low, np.minimum(high, 1 << 40)).astype(np.int64)
    return ranks


@lru_cache(maxsize=1 << 18)
def unit(rank: int) -> tuple[str, ...]:
    """Return the word or the words of a rank."""
    if rank < len(FUNCTION_WORDS):
        return (FUNCTION_WORDS[rank],)
    mixed = _mixed(rank)
    if rank % 4 == 3 and rank > 200:  # a collocation of two or three commoner words
        return tuple(word(100 + (mixed >> shift) % (rank // 2)) for shift in (3, 17, 31)[: 2 + mixed % 2])
    return (word(rank),)


def word(number: int) -> str:
    """Spell a content word; rare ones are names. Its root is the number in syllables, so roots differ."""
    root, letters = number, ""
    while True:
        root, onset = divmod(root, len(_ONSETS))
        root, vowel = divmod(root, len(_VOWELS))
        letters += _ONSETS[onset] + _VOWELS[vowel]
        if root == 0:
            break
    mixed = _mixed(number)
    spelled = letters + _CODAS[mixed % len(_CODAS)] + _ENDINGS[(mixed >> 8) % len(_ENDINGS)]
    return spelled.capitalize() if number > 30_000 else spelled


def _mixed(number: int) -> int:
    """Scatter a number over 48 bits (Knuth's multiplicative hash)."""
    return (number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF) >> 16


def _prose(words: list[str]) -> str:
    """Set words in sentences and paragraphs; how long they are follows from the words alone."""
    sentences, start = [], 0
    while start < len(words):
        end = start + 12 + len(words[start]) * 2
        text = " ".join(words[start:end])
        sentences.append(text[:1].upper() + text[1:] + ".")
        start = end
    return "\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


def _day(spread: int, number: int) -> str | None:
    """Pick a day of ten years; one article in thirty has none."""
    if number % 30 == 29:
        return None
    month = spread % _MONTHS
    return f"{2014 + month // 12}-{month % 12 + 1:02d}-{1 + number % 28:02d}"


def article(number: int, title: str, body: str, source: str, day: str | None) -> Article:
    """Dress title and body as the indexer would."""
    raw = f"{title}\n\n{body}"
    quoted = (Evidence("header", source),)
    return Article(
        id=f"https://{source.lower().replace(' ', '-')}.example/{number}",
        path=f"{source}/{number}.txt",
        raw=raw,
        body=body,
        body_start=len(title) + 2,
        body_end=len(raw),
        title=title,
        words=len(body.split()),
        language="en",
        source=Claim(source, "declared", quoted),
        published=Published(day, "declared", quoted, "day") if day else Published(),
        translated=Translated("translated" if number % 12 == 5 else "none"),
        copies=Copies(f"c{number - (number % 20 == 19)}"),
        story=Story(f"s{number // 5}"),
        fingerprint=str(number),
    )

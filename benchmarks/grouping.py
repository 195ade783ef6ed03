"""How well near copies are found: `python -m benchmarks.grouping --data DIR`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read are
`dups/recrawl_same_url.jsonl.gz` and news under `news/`.
Prints tables, writes `benchmarks/results/grouping.json` and `docs/quality.md`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import report, thirdparty
from benchmarks.cleaning import Figures, rows
from indexer.grouping import copies
from indexer.ragged import Ragged

NEWS = ("bbc_2005", "masakhanews", "fakebr_pt", "reuters21578")
LEAST = 150
"""Words of a text of which copies are made: cut to 40 % it still has 60."""

ORIGINALS = 2_000
DISTRACTORS = 6_000
DISTINCT = 100_000
SIZES = (10_000, 100_000)
COPIED = 3
"""In the archives that grow, one article in so many is a copy."""

Grouping = NDArray[np.int64]
Chance = random.Random
BOILERPLATE = (
    "Sign up for our newsletter and never miss a story again.",
    "Read more about this topic in our special section.",
    "All rights reserved. This material may not be published or rewritten.",
    "Share this article with your friends and leave a comment below.",
    "Our journalism is paid for by readers like you.",
)


def grouped(texts: Sequence[str]) -> tuple[Grouping, float, float]:
    """Return the groups, and the CPU seconds of signing and of grouping."""
    start = time.process_time()
    signatures = Ragged.of([copies.sign(text) for text in texts], copies.DTYPE)
    signed = time.process_time()
    words = np.array([len(text.split()) for text in texts])
    found = copies.group(signatures, words, texts.__getitem__)
    return found, signed - start, time.process_time() - signed


def seeded(seed: int) -> Chance:
    """Return chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311 - made-up texts, no secret


def news(data: Path, collections: Sequence[str] = NEWS) -> list[str]:
    """Return news of several languages, each text once."""
    found = (
        row.get("text") or "" for name in collections for row in rows(data / "news" / f"{name}.jsonl.gz")
    )
    return list(dict.fromkeys(found))


# --- re-crawls -------------------------------------------------------------------------------


def recrawls(data: Path) -> Figures:
    """Group crawls of the same pages on several days; the address is the truth."""
    crawls = [row for row in rows(data / "dups" / "recrawl_same_url.jsonl.gz") if row.get("text")]
    found, _, _ = grouped([row["text"] for row in crawls])
    precision, recall = b_cubed(found.tolist(), [row["cluster"] for row in crawls])
    yield "recrawls.articles", len(crawls)
    yield "recrawls.precision", precision
    yield "recrawls.recall", recall
    yield "recrawls.f1", 2 * precision * recall / (precision + recall)


def b_cubed(found: Sequence[object], truth: Sequence[object]) -> tuple[float, float]:
    """Return B-cubed precision and recall."""
    both = Counter(zip(found, truth, strict=True))
    of_found, of_truth = Counter(found), Counter(truth)
    squares = {pair: count * count for pair, count in both.items()}
    precision = sum(square / of_found[pair[0]] for pair, square in squares.items())
    recall = sum(square / of_truth[pair[1]] for pair, square in squares.items())
    return precision / len(found), recall / len(found)


# --- copies made on purpose ------------------------------------------------------------------


def edited(words: list[str], share: float, chance: Chance) -> list[str]:
    """Replace a share of the words by words from elsewhere in the text."""
    places = set(chance.sample(range(len(words)), round(share * len(words))))
    return [chance.choice(words) if place in places else word for place, word in enumerate(words)]


def reordered(words: list[str], chance: Chance) -> list[str]:
    """Put five parts of a text into another order."""
    step = len(words) // 5 + 1
    parts = [words[start : start + step] for start in range(0, len(words), step)]
    chance.shuffle(parts)
    return [word for part in parts for word in part]


def padded(words: list[str], chance: Chance) -> list[str]:
    """Add lines of a page above and below."""
    above, below = chance.sample(BOILERPLATE, 2), chance.sample(BOILERPLATE, 4)
    return [*" ".join(above).split(), *words, *" ".join(below).split()]


KINDS: dict[str, Callable[[list[str], Chance], list[str]]] = {
    "5 % of the words edited": lambda words, chance: edited(words, 0.05, chance),
    "10 % edited": lambda words, chance: edited(words, 0.1, chance),
    "20 % edited": lambda words, chance: edited(words, 0.2, chance),
    "cut to 70 %": lambda words, _: words[: int(0.7 * len(words))],
    "cut to 40 %": lambda words, _: words[: int(0.4 * len(words))],
    "cut to 60 % and 10 % edited": lambda words, chance: edited(words[: int(0.6 * len(words))], 0.1, chance),
    "lines of the page added": padded,
    "parts reordered": reordered,
}


@dataclass(frozen=True, slots=True)
class Made:
    """Texts, the number of the original of each, and how each was made."""

    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    kinds: tuple[str, ...]


def synthetic(texts: Sequence[str], chance: Chance) -> Made:
    """Make copies of some texts, and put them among the others."""
    made: list[tuple[str, int, str]] = []
    for number, text in enumerate(texts[:ORIGINALS]):
        made.append((text, number, "original"))
        chosen = chance.sample(sorted(KINDS), chance.choice((1, 1, 2, 3)))
        made += [(" ".join(KINDS[kind](text.split(), chance)), number, kind) for kind in chosen]
    others = texts[ORIGINALS : ORIGINALS + DISTRACTORS]
    made += [(text, ORIGINALS + number, "distractor") for number, text in enumerate(others)]
    chance.shuffle(made)
    return Made(*zip(*made, strict=True))


def made_copies(data: Path) -> Figures:
    """Find copies made of real news among other news, with datasketch in the same run."""
    chance = seeded(4)
    usable = [text for text in news(data) if len(text.split()) >= LEAST]
    chance.shuffle(usable)
    made = synthetic(usable, chance)
    found, signing, grouping = grouped(made.texts)
    yield "copies.articles", len(made.texts)
    yield from _measured("Dateline", made, found, signing + grouping)
    start = time.process_time()
    peers = _datasketch(made.texts)
    if peers is not None:
        yield from _measured("datasketch", made, peers, time.process_time() - start)


def _measured(name: str, made: Made, found: Grouping, seconds: float) -> Figures:
    originals = {number: row for row, number in enumerate(made.numbers) if made.kinds[row] == "original"}
    hits: dict[str, list[bool]] = defaultdict(list)
    for row, kind in enumerate(made.kinds):
        if kind in KINDS:
            hits[kind].append(bool(found[row] == found[originals[made.numbers[row]]]))
    pairs = list(_pairs(found))
    wrong = sum(_is_wrong(made, one, other) for one, other in pairs)
    yield f"copies.{name}.precision", 1 - wrong / max(1, len(pairs))
    yield f"copies.{name}.recall", float(np.mean([hit for kind in KINDS for hit in hits[kind]]))
    yield f"copies.{name}.articles per second", len(made.texts) / seconds
    for kind in KINDS:
        yield f"copies.{name}.{kind}", float(np.mean(hits[kind]))


def _pairs(found: Grouping) -> Iterator[tuple[int, int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for row, group in enumerate(found.tolist()):
        members[group].append(row)
    for group in members.values():
        yield from combinations(group, 2)


def _is_wrong(made: Made, one: int, other: int) -> bool:
    """Tell whether two texts were joined wrongly.

    News collections have copies of their own: texts of two origins that share half of their runs of
    five words, by plain counting, are not held against anybody.
    """
    same_origin = made.numbers[one] == made.numbers[other]
    return not same_origin and _shared_runs(made.texts[one], made.texts[other]) < 0.5


def _shared_runs(one: str, other: str) -> float:
    words = (one.lower().split(), other.lower().split())
    runs = [{tuple(own[place : place + 5]) for place in range(len(own))} for own in words]
    return len(runs[0] & runs[1]) / max(1, min(map(len, runs)))


def _datasketch(texts: Sequence[str]) -> Grouping | None:
    """Group as its manual shows: MinHash of word triples, LSH at 0.5, connected pairs become groups."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    found = np.arange(len(texts))
    for row, text in enumerate(texts):
        words = text.lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 3]).encode() for i in range(max(1, len(words) - 2))])
        near = lsh.query(sketch)
        found[row] = min((found[other] for other in near), default=row)
        lsh.insert(row, sketch)
    return found


# --- distinct articles, and archives that grow -----------------------------------------------


def generated(texts: Sequence[str], count: int, chance: Chance) -> Iterator[str]:
    """Yield new texts made of the word pairs of real ones."""
    follows: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        words = text.split()
        for word, following in pairwise(words):
            follows[word].append(following)
    starts = sorted(follows)
    for _ in range(count):
        word, made = chance.choice(starts), []
        for _ in range(chance.randint(120, 320)):
            made.append(word)
            word = chance.choice(follows.get(word) or starts)
        yield " ".join(made)


def distinct(data: Path) -> Figures:
    """Group articles of which no two are copies, and count the groups that are wrong."""
    real = news(data)
    texts = [*real, *generated(real[:4_000], DISTINCT - len(real), seeded(7))]
    found, signing, grouping = grouped(texts)
    wrong = {int(found[one]) for one, other in _pairs(found) if _shared_runs(texts[one], texts[other]) < 0.5}
    old = len(real) - len(news(data, NEWS[:-1]))
    forms = sum(len(real) - old <= group < len(real) for group in wrong)
    yield "distinct.articles", len(texts)
    yield "distinct.false groups per 10000", len(wrong) * 1e4 / len(texts)
    yield "distinct.false groups per 10000 of agency forms of 1987", forms * 1e4 / old
    yield "distinct.false groups per 10000 of the others", (len(wrong) - forms) * 1e4 / (len(texts) - old)
    yield "distinct.signatures per second", len(texts) / signing
    yield "distinct.ms per article", (signing + grouping) * 1e3 / len(texts)


def growth(data: Path) -> Figures:
    """Group archives of growing size in which one article of three is a copy of another."""
    chance = seeded(11)
    base = list(generated(news(data)[:4_000], SIZES[-1] * (COPIED - 1) // COPIED, chance))
    kinds = [KINDS[kind] for kind in ("10 % edited", "cut to 40 %", "lines of the page added")]
    for size in SIZES:
        plain = base[: size * (COPIED - 1) // COPIED]
        again = [chance.choice(kinds)(text.split(), chance) for text in plain[: size - len(plain)]]
        yield from _grown(size, [*plain, *(" ".join(words) for words in again)])


def _grown(size: int, texts: list[str]) -> Figures:
    signatures = Ragged.of([copies.sign(text) for text in texts], copies.DTYPE)
    words = np.array([len(text.split()) for text in texts])
    start = time.process_time()
    found = copies.group(signatures, words, texts.__getitem__)
    yield f"growth.{size}.µs per article", (time.process_time() - start) * 1e6 / size
    yield f"growth.{size}.copies found", float(np.mean(found != np.arange(size))) * COPIED
    tracemalloc.start()
    copies.group(signatures, words, texts.__getitem__)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    kept = signatures.values.nbytes + signatures.starts.nbytes
    yield f"growth.{size}.bytes of signatures", kept / size
    yield f"growth.{size}.bytes at work", peak / size


# --- the report ------------------------------------------------------------------------------


def table(figures: Mapping[str, float]) -> str:
    """Show the figures."""
    return "\n\n".join(("## Near copies", _copies(figures), _archives(figures)))


def _copies(figures: Mapping[str, float]) -> str:
    peers = [name for name in ("Dateline", "datasketch") if f"copies.{name}.recall" in figures]
    lines = ["precision", "recall", *KINDS]
    body = [[line, *(f"{figures[f'copies.{peer}.{line}']:.4f}" for peer in peers)] for line in lines]
    speeds = [figures[f"copies.{peer}.articles per second"] for peer in peers]
    body.append(["articles per second", *(f"{speed:.0f}" for speed in speeds)])
    about = (
        f"{figures['copies.articles']:.0f} articles of {LEAST} words or more in many languages: {ORIGINALS}"
        " with one to three copies each, made by editing, cutting, adding and reordering, and others that are"
        " nobody's copies. Precision is of pairs; the lower lines are recall by kind of copy. Our thresholds"
        " were chosen while looking at these collections. datasketch is measured in one setting, as its"
        " manual shows it and not tuned: MinHash of word triples, 128 permutations, LSH at 0.5, which looks"
        " for similarity and not for parts of a text."
    )
    return f"{about}\n\n{report.markdown(('', *peers), body)}"


def _archives(figures: Mapping[str, float]) -> str:
    crawls = f"{figures['recrawls.articles']:.0f} crawls of addresses on several days"
    distinct = f"{figures['distinct.articles']:.0f} articles, real and generated"
    lines = [(f"{crawls}: B-cubed {part}", f"recrawls.{part}", 4) for part in ("precision", "recall", "f1")]
    lines += [
        (f"{distinct}: false groups per 10 000", "distinct.false groups per 10000", 2),
        (
            "the same: of 21 000 Reuters articles of 1987, many of them forms",
            "distinct.false groups per 10000 of agency forms of 1987",
            2,
        ),
        ("the same: of all others", "distinct.false groups per 10000 of the others", 2),
        (f"{distinct}: signatures per second", "distinct.signatures per second", 0),
        (f"{distinct}: signing and grouping, ms per article", "distinct.ms per article", 3),
    ]
    for size in SIZES:
        archive, metric = f"archive of {size}, a third copies", f"growth.{size}"
        lines += [
            (f"{archive}: grouping, µs per article", f"{metric}.µs per article", 0),
            (f"{archive}: signatures, bytes per article", f"{metric}.bytes of signatures", 0),
            (f"{archive}: more at work, bytes per article", f"{metric}.bytes at work", 0),
        ]
    about = (
        "A group is called false when two of its texts share less than half of their runs of five words;"
        " forms with new figures that share more are not counted, so this is a lower bound. About half of the"
        " articles that are not Reuters's are generated, which makes the last of these"
        " figures look better than it is."
    )
    shown = [[text, f"{figures[name]:.{places}f}"] for text, name, places in lines]
    return f"{about}\n\n{report.markdown(('', 'figure'), shown)}"


def main() -> int:
    """Measure, print, keep, and say what fell below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    thirdparty.add_argument(parser)
    data = parser.parse_args().data
    figures = {
        name: value for part in (recrawls, made_copies, distinct, growth) for name, value in part(data)
    }
    shown = table(figures)
    print(shown)
    report.save("grouping", figures, shown, "python -m benchmarks.grouping")
    report.write("quality")
    missed = report.misses("grouping", figures)
    print(*missed, sep="\n")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())

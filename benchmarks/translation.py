"""Translations, measured: `python -m benchmarks.translation --data DIR`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read are
`translation/pairs_dev.jsonl.gz`, `translation/en_dev.jsonl.gz` and `translation/lid_dev.jsonl.gz`, and
news under `news/`. Prints tables, writes `benchmarks/results/translation.json` and `docs/quality.md`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks import language, report, thirdparty
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
SIZES = (10_000, 50_000)
"""Articles of the made-up archives on which growth is measured."""

SAMPLE = 600
"""Texts of each length in which languages are identified."""
JUDGED = 2500
"""Texts of each collection that are judged by their text alone."""

NOTICE = (
    "\nYou have 55% of this article left to read. The rest is reserved for subscribers.\nBack to top button"
)
HEAD = "This theme has no licence, please visit the page of options and enter one.\nWorld News\n\n"
FOOT = "\n\nSubscribe to our newsletter. Follow us on Facebook and Twitter. All rights reserved 2024."


# --- pairing ---------------------------------------------------------------------------------


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


def recall(data: Path, group: str, change: Change) -> tuple[float, float, int]:
    """Return the share of texts whose changed English version is found, of wrong pairs, and the texts."""
    right = wrong = many = 0
    for code in GROUPS[group]:
        texts, english = _both(data, group, code)
        found = pairs_of(
            [signed(d.text) for d in texts], [*(signed(change(d.text)) for d in english), *strangers(data)]
        )
        hits = [i < len(english) and texts[k].pair == english[i].pair for k, i in found.items()]
        many, right, wrong = many + len(texts), right + sum(hits), wrong + len(hits) - sum(hits)
    return right / many, wrong / many, many


def absent(data: Path, group: str) -> float:
    """Return the share of texts that are paired although their English version is not there."""
    wrong = many = 0
    for code in GROUPS[group]:
        texts, english = _both(data, group, code)
        half = {pair: n % 2 for n, pair in enumerate(sorted({d.pair for d in texts}))}
        for odd in (0, 1):
            asked = [signed(d.text) for d in texts if half[d.pair] == odd]
            there = [signed(d.text) for d in english if half.get(d.pair) != odd]
            wrong += len(pairs_of(asked, [*there, *strangers(data)]))
            many += len(asked)
    return wrong / many


def same_event(data: Path, group: str) -> float:
    """Return the share of first halves that are paired with the second half of their English version."""
    wrong = many = 0
    for code in GROUPS[group]:
        texts, english = _both(data, group, code)
        found = pairs_of(
            [signed(halves(d.text)[0]) for d in texts],
            [*(signed(halves(d.text)[1]) for d in english), *strangers(data)],
        )
        wrong, many = wrong + len(found), many + len(texts)
    return wrong / many


def _both(data: Path, group: str, code: str) -> tuple[list[Document], list[Document]]:
    english = {d.pair: d for d in parallel(data) if d.language == "en"}
    least = LONG.get(group, 800)
    texts = [d for d in parallel(data) if d.language == code and d.pair in english and len(d.text) >= least]
    return texts, list(english.values())


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


def news(data: Path) -> Figures:
    """Pair news in French, Hausa and Swahili with English news of the same years: mostly no translations."""
    rows = [row for row in language.read(data / "news" / "masakhanews.jsonl.gz") if row["text"]]
    english = [signed(row["text"]) for row in rows if row["lang"] == "eng"]
    for code in ("fra", "hau", "swa"):
        texts = [signed(row["text"]) for row in rows if row["lang"] == code]
        yield f"news.{code}", len(pairs_of(texts, english)) / len(texts)


def pairings(data: Path) -> Figures:
    """Measure pairing per group of languages."""
    for group in GROUPS:
        whole, wrong, many = recall(data, group, str)
        yield f"pairing.{group}.texts", many
        yield f"pairing.{group}.recall", whole
        yield f"pairing.{group}.wrong", wrong
        yield f"pairing.{group}.cut", recall(data, group, cut)[0]
        yield f"pairing.{group}.padded", recall(data, group, padded)[0]
        yield f"pairing.{group}.absent", absent(data, group)
        yield f"pairing.{group}.same event", same_event(data, group)


# --- speed -----------------------------------------------------------------------------------


def speed(data: Path) -> Figures:
    """Measure signing on news, and pairing on made-up archives of growing size."""
    texts = distractors(data)[:1000]
    start = time.process_time()
    sizes = [len(signed(text)) for text in texts]
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


# --- language and residue --------------------------------------------------------------------


def peers() -> dict[str, language.Guess]:
    """Language identifiers besides ours and langdetect, as far as they are installed."""
    found: dict[str, language.Guess] = {}
    try:
        import py3langid

        found["py3langid"] = lambda text: str(py3langid.classify(text)[0])
    except ImportError:
        pass
    try:
        from lingua import LanguageDetectorBuilder
    except ImportError:
        return found
    detector = LanguageDetectorBuilder.from_all_languages().build()

    def lingua(text: str) -> str | None:
        named = detector.detect_language_of(text)
        return named and str(named.iso_code_639_1.name).lower()

    return found | {"lingua": lingua}


def languages(data: Path) -> Figures:
    """Measure our language identification beside langdetect (seeded) and whatever peers are installed."""
    rows = list(language.read(data / "translation" / "lid_dev.jsonl.gz"))
    random.Random(0).shuffle(rows)  # noqa: S311 -- a sample
    language.langdetect.DetectorFactory.seed = 0
    tools = {"Dateline": language.ours, "langdetect": language.stock} | peers()
    for tool, guess in tools.items():
        guess("A first sentence loads the profiles.")
        for unit in language.UNITS:
            every, _, per_second = language.accuracy([r for r in rows if r["unit"] == unit][:SAMPLE], guess)
            yield f"language.{tool}.{unit}", every
            yield f"language.{tool}.{unit} per second", per_second


def verdicts(data: Path) -> Figures:
    """Count what is said of originals and of translations by their text alone."""
    for name, code, texts in language.groups(data):
        if name.startswith(("original", "machine", "human")):
            judged = [language.verdict(text, code).verdict for text in texts[:JUDGED]]
            for verdict in ("translated", "probable"):
                yield f"text.{name}.{verdict}", judged.count(verdict) / len(judged)


# --- report ----------------------------------------------------------------------------------


_ABOUT = """Originals found in the archive, from 800 characters (Chinese 300, Japanese 350). The English
version is among 2 000 other English articles: whole, cut to 45 % with a notice, or between page furniture.
Absent: it is not there, though others on the same events may be. Same event: only its other half is there."""


def table(figures: Mapping[str, float]) -> str:
    """Show the figures."""
    parts = (
        "## Translations",
        _ABOUT,
        _pairing_table(figures),
        _speed_table(figures),
        _language_table(figures),
        _text_table(figures),
    )
    return "\n\n".join(parts)


def _pairing_table(figures: Mapping[str, float]) -> str:
    names = ("recall", "cut", "padded", "wrong", "absent", "same event")
    rows = [
        [
            group,
            f"{figures[f'pairing.{group}.texts']:.0f}",
            *(f"{figures[f'pairing.{group}.{n}']:.4f}" for n in names),
        ]
        for group in GROUPS
        if f"pairing.{group}.recall" in figures
    ]
    head = ("script", "texts", "found", "cut", "padded", "wrong", "wrong, absent", "wrong, same event")
    return report.markdown(head, rows)


def _speed_table(figures: Mapping[str, float]) -> str:
    rows = [["signing, articles per CPU second", f"{figures['speed.signing']:.0f}"]]
    rows += [["bytes per signature", f"{figures['speed.bytes']:.0f}"]]
    for size in SIZES:
        rows.append(
            [
                f"pairing, articles per CPU second, archive of {size:,}",
                f"{figures[f'speed.pairing {size}']:.0f}",
            ]
        )
    for code, name in (("fra", "French"), ("hau", "Hausa"), ("swa", "Swahili")):
        rows.append([f"{name} news paired with English news, share", f"{figures[f'news.{code}']:.4f}"])
    return report.markdown(("", "figure"), rows)


def _language_table(figures: Mapping[str, float]) -> str:
    tools = dict.fromkeys(name.split(".")[1] for name in figures if name.startswith("language."))
    rows = [
        [tool, *(f"{figures[f'language.{tool}.{unit}']:.4f}" for unit in language.UNITS)]
        + [f"{figures[f'language.{tool}.{unit} per second']:.0f}" for unit in language.UNITS]
        for tool in tools
    ]
    units = ("documents", "sentences", "headlines")
    return report.markdown(("language", *units, *(f"{unit} per s" for unit in units)), rows)


def _text_table(figures: Mapping[str, float]) -> str:
    names = dict.fromkeys(name.split(".")[1] for name in figures if name.startswith("text."))
    rows = [
        [name, *(f"{figures[f'text.{name}.{v}']:.4f}" for v in ("translated", "probable"))] for name in names
    ]
    return report.markdown(("verdict on the text alone", "translated", "probable"), rows)


def run(data: Path) -> dict[str, float]:
    """Measure everything."""
    parts = (pairings, news, speed, languages, verdicts)
    return {name: value for part in parts for name, value in part(data)}


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    thirdparty.add_argument(parser)
    given = parser.parse_args().data
    figures = run(given)
    text = table(figures)
    print(text)
    report.save("translation", figures, text, "python -m benchmarks.translation")
    report.write("quality")
    below = report.misses("translation", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()

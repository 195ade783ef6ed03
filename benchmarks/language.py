"""Language identification and translation evidence, measured: `python benchmarks/language.py --data DIR`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read are
`translation/lid_dev.jsonl.gz` and `translation/en_dev.jsonl.gz`; news collections under `news/` are
measured too when they are there. Prints tables and writes `benchmarks/results/language.json`: metric ->
value.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import langdetect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import thirdparty  # noqa: E402 -- the checkout is found first
from engine.model import Translated  # noqa: E402 -- the same
from indexer.documents import Declared, Draft, Page  # noqa: E402 -- the same
from indexer.language import identify  # noqa: E402 -- the same
from indexer.language.translation import judge  # noqa: E402 -- the same

RESULTS = ROOT / "benchmarks" / "results" / "language.json"
UNITS = ("doc", "sent", "head")
LARGEST = ("en", "fr", "de", "es", "pt", "it", "nl", "ru", "ar", "zh")
PRIOR = dict.fromkeys(LARGEST, 1.0)
RUNS = 3
Row = dict[str, Any]
Guess = Callable[[str], str | None]


# --- language --------------------------------------------------------------------------------


def ours(text: str) -> str | None:
    """Ours, without a prior."""
    return identify(text).language


def ours_with_prior(text: str) -> str | None:
    """Ours, told that the ten largest news languages are to be expected."""
    return identify(text, PRIOR).language


def stock(text: str) -> str | None:
    """Stock langdetect, with a seed."""
    try:
        return str(langdetect.detect(text)).partition("-")[0]
    except langdetect.LangDetectException:
        return None


TOOLS: dict[str, Guess] = {"exact": ours, "exact, prior": ours_with_prior, "langdetect": stock}


def languages(data: Path) -> Iterator[tuple[str, float]]:
    """Print the table of tools and units; yield its figures."""
    rows = list(read(data / "translation" / "lid_dev.jsonl.gz"))
    langdetect.DetectorFactory.seed = 0
    print(f"{'':14}" + "".join(f"{unit:>10}{'largest':>9}{'per s':>8}" for unit in UNITS))
    for tool, guess in TOOLS.items():
        guess("A first sentence loads the profiles.")
        print(f"{tool:14}", end="")
        for unit in UNITS:
            wanted = [row for row in rows if row["unit"] == unit]
            every, largest, speed = accuracy(wanted, guess)
            print(f"{every:10.4f}{largest:9.4f}{speed:8.0f}", end="", flush=True)
            yield f"language.{tool}.{unit}", every
            yield f"language.{tool}.{unit}.largest", largest
            yield f"language.{tool}.{unit}.per_second", speed
        print()
    undecided = sum(ours(row["text"]) is None for row in rows)
    print(f"undecided: {undecided} of {len(rows)}; {RUNS} runs the same: {same_runs(rows)}")
    yield "language.undecided", undecided
    yield "language.same_runs", float(same_runs(rows))


def accuracy(rows: list[Row], guess: Guess) -> tuple[float, float, float]:
    """Return the share of right answers, that of the ten largest languages, and texts per CPU second."""
    start = time.process_time()
    right = [guess(row["text"]) == row["lang"] for row in rows]
    seconds = time.process_time() - start
    largest = [hit for hit, row in zip(right, rows, strict=True) if row["lang"] in LARGEST]
    return sum(right) / len(right), sum(largest) / len(largest), len(rows) / seconds


def same_runs(rows: list[Row]) -> bool:
    """Whether repeated runs give the same bytes."""
    return len({digest(identify(row["text"]) for row in rows[::10]) for _ in range(RUNS)}) == 1


def digest(items: Iterable[object]) -> str:
    """Hash the answers of one run."""
    return hashlib.sha256(repr(list(items)).encode()).hexdigest()


# --- translation -----------------------------------------------------------------------------


def groups(data: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (name, language, texts); names that begin with "original" hold no translations."""
    documents = list(read(data / "translation" / "en_dev.jsonl.gz"))
    for label in ("original", "human_translated", "machine_translated"):
        yield label, "en", [row["doc_text"] for row in documents if row["label"] == label]
    for name, language, wanted in (
        ("bbc_2005", "en", None),
        ("reuters21578", "en", None),
        ("masakhanews", "en", "eng"),
        ("masakhanews", "fr", "fra"),
        ("fakebr_pt", "pt", None),
    ):
        path = data / "news" / f"{name}.jsonl.gz"
        if path.exists():
            rows = [row for row in read(path) if wanted in (None, row["lang"])]
            yield f"original {name} {language}", language, [row.get("text") or "" for row in rows]
    web = data / "news" / "tech_news_web.jsonl.gz"
    if web.exists():
        yield "web pages", "en", [row.get("text") or "" for row in read(web) if row["lang"] == "en"]


def translations(data: Path) -> Iterator[tuple[str, float]]:
    """Print verdicts and kinds of evidence per group; yield their shares."""
    for name, language, texts in groups(data):
        start = time.process_time()
        judged = [verdict(text, language) for text in texts]
        seconds = time.process_time() - start
        verdicts = Counter(item.verdict for item in judged)
        kinds = Counter(kind for item in judged for kind in {evidence.kind for evidence in item.evidence})
        print(f"\n{name}: {len(texts)} documents, {len(texts) / seconds:.0f} per CPU second")
        for label, counted in (("verdict", verdicts), ("evidence", kinds)):
            for what, count in sorted(counted.items()):
                print(f"  {label:9}{what:28}{count:6}{100 * count / len(texts):8.2f} %")
                yield f"{name}.{label}.{what}", count / len(texts)
        yield f"{name}.per_second", len(texts) / seconds


def verdict(text: str, language: str) -> Translated:
    """Judge a bare text, all of it body."""
    draft = Draft(Page("benchmark.txt", text, Declared(), ""))
    return judge(draft, 0, len(text), language)


# --- in and out ------------------------------------------------------------------------------


def read(path: Path) -> Iterator[Row]:
    """Read gzipped JSON Lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def save(metrics: Mapping[str, float]) -> None:
    """Write the figures with the commit and the machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 -- whichever git runs here
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    RESULTS.parent.mkdir(exist_ok=True)
    content = {"commit": commit, "machine": machine, "metrics": dict(metrics)}
    RESULTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    thirdparty.add_argument(parser)
    data = parser.parse_args().data
    save({**dict(languages(data)), **dict(translations(data))})


if __name__ == "__main__":
    main()

"""How well articles on one event are brought together: `python -m benchmarks.stories --data DIR`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read is `news/`. Which
articles tell of the same event was decided by reading headlines; `stories_events.json` lists them by the
hash of their id, event by event. Some articles that look alike and are of no event of the list stand
there alone. Each collection is grouped twice: as an archive of the listed articles only, and whole. Only
listed articles are judged.

Prints tables, writes `benchmarks/results/stories.json` and `docs/quality.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import report, thirdparty
from engine.model import Article, Claim, Published
from indexer.grouping import stories
from indexer.ragged import Ragged

EVENTS = Path(__file__).with_name("stories_events.json")
LANGUAGES = {"tech_news_web": "en", "fakebr_pt": "pt"}
SIZES = (10_000, 100_000)
"""Sizes of archive on which speed is measured."""

SIGNED = 1500
"""How many articles are signed to measure the speed of that."""

_SITE = re.compile(r"\s*[|\-:]\s*[^|\-:]{2,25}$")
_DAY_FIRST = re.compile(r"(\d{2})/(\d{2})/(\d{4})")

Row = dict[str, Any]
Figures = Iterator[tuple[str, float]]
Groups = Mapping[str, int]


# --- the collections -------------------------------------------------------------------------


def articles(data: Path, name: str) -> list[Article]:
    """Read a collection; of pages crawled twice, one."""
    with gzip.open(data / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = {row.get("url") or row["id"]: row for row in map(json.loads, lines)}
    return [_article(row) for row in found.values() if len(row.get("text", "")) > 200]


def _article(row: Row) -> Article:
    text = row["text"].strip()
    title = _SITE.sub("", row.get("title") or text.partition("\n")[0][:160])
    when = row.get("date") or ""
    day = _DAY_FIRST.match(when)
    iso = f"{day[3]}-{day[2]}-{day[1]}" if day else when[:10]
    return Article(
        id=row["id"],
        path=row["id"],
        raw=text,
        body=text,
        body_start=0,
        body_end=len(text),
        title=title,
        language=row["lang"],
        source=Claim(row.get("source")),
        published=Published(iso if re.fullmatch(r"\d{4}-\d\d-\d\d", iso) else None),
    )


def events() -> dict[str, dict[str, int]]:
    """Return for each collection which event each listed article is of, by the hash of its id."""
    listed: dict[str, list[list[str]]] = json.loads(EVENTS.read_text(encoding="utf-8"))
    return {
        name: {key: number for number, event in enumerate(found) for key in event}
        for name, found in listed.items()
    }


def key(article: Article) -> str:
    """Return what the list names an article by."""
    return sha256(article.id.encode()).hexdigest()[:10]


def day(article: Article) -> int:
    """Return the day of an article."""
    value = article.published.value
    return date.fromisoformat(value).toordinal() if value else stories.UNDATED


# --- quality ---------------------------------------------------------------------------------


def grouped(found: Sequence[Article], *, dated: bool = True) -> Groups:
    """Group articles, all in one language; return the story of each."""
    days = np.array([day(article) if dated else stories.UNDATED for article in found], np.int64)
    rows = np.arange(len(found))
    story = stories.group(_signatures(found), days, rows, [], np.zeros_like(rows))
    return {key(article): int(number) for article, number in zip(found, story, strict=True)}


def _signatures(found: Sequence[Article]) -> Ragged:
    return Ragged.of((stories.sign(article) for article in found), np.dtype("<u4"))


def bcubed(found: Groups, truth: Groups) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 over the keys of `truth`."""
    ours, theirs, both = (
        Counter(found[one] for one in truth),
        Counter(truth.values()),
        Counter((found[one], truth[one]) for one in truth),
    )
    precision = sum(n * n / ours[group] for (group, _), n in both.items()) / len(truth)
    recall = sum(n * n / theirs[group] for (_, group), n in both.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pair_precision(found: Groups, truth: Groups) -> float:
    """Return the share of the pairs put together that belong together."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for one, event in truth.items():
        members[found[one]].append(event)
    pairs = sum(len(group) * (len(group) - 1) for group in members.values())
    right = sum(n * (n - 1) for group in members.values() for n in Counter(group).values())
    return right / max(1, pairs)


def quality(data: Path) -> Figures:
    """Judge each collection, its listed articles alone and among all others."""
    for name, truth in events().items():
        whole = articles(data, name)
        listed = [article for article in whole if key(article) in truth]
        present = {key(article): truth[key(article)] for article in listed}
        yield f"{name}.articles", len(present)
        yield f"{name}.events", len(set(present.values()))
        yield f"{name}.all articles", len(whole)
        for kind, found in (
            ("alone", grouped(listed)),
            ("among all", grouped(whole)),
            ("alone, undated", grouped(listed, dated=False)),
        ):
            for figure, value in zip(("precision", "recall", "f1"), bcubed(found, present), strict=True):
                yield f"{name}.{kind}.{figure}", value
            yield f"{name}.{kind}.pair precision", pair_precision(found, present)


# --- speed -----------------------------------------------------------------------------------


def speed(data: Path) -> Figures:
    """Measure signing and grouping in CPU time, and how the cost grows."""
    found = [article for name in LANGUAGES for article in articles(data, name)]
    start = time.process_time()
    rows = [stories.sign(article) for article in found[:SIGNED]]
    yield "signed per second", len(rows) / (time.process_time() - start)
    yield "bytes per signature", sum(map(len, rows)) / len(rows)
    rows += [stories.sign(article) for article in found[SIGNED:]]
    days = np.array([day(article) for article in found], np.int64)
    costs = [_cost(rows, days, size) for size in SIZES]
    for size, cost in zip(SIZES, costs, strict=True):
        yield f"grouped per second, {size}", size / cost
    yield "cost per article, 100000 to 10000", costs[1] / costs[0] * SIZES[0] / SIZES[1]


def _cost(rows: Sequence[bytes], days: np.ndarray[Any, np.dtype[np.int64]], size: int) -> float:
    """Group `size` articles: the collections again and again, in other years and with other names."""
    texts = Ragged.of(rows, np.dtype("<u4"))
    common = np.bincount(texts.values >> 4, minlength=1 << 28)[texts.values >> 4] > len(rows) // 200
    times = -(-size // len(rows))
    shifted = [np.where(common, texts.values, texts.values ^ np.uint32(n << 8)) for n in range(times)]
    made = [Ragged(values, texts.starts)[row] for values in shifted for row in range(len(rows))][:size]
    when = np.concatenate([np.where(days < 0, days, days + 2000 * n) for n in range(times)])[:size]
    archive = Ragged.of(made, np.uint32)
    start = time.process_time()
    stories.group(archive, when, np.arange(size), [], np.zeros(size, np.int64))
    return time.process_time() - start


# --- the report ------------------------------------------------------------------------------


def table(figures: Mapping[str, float]) -> str:
    """Show the figures."""
    head = ("", "B-cubed precision", "recall", "F1", "precision of pairs")
    body = [
        [f"{name}, {kind}", *(f"{figures[f'{name}.{kind}.{one}']:.3f}" for one in columns)]
        for name in LANGUAGES
        for kind in ("alone", "among all", "alone, undated")
        for columns in [("precision", "recall", "f1", "pair precision")]
    ]
    sets = ", ".join(
        f"{name} ({figures[f'{name}.articles']:.0f} on {figures[f'{name}.events']:.0f} events listed,"
        f" {figures[f'{name}.all articles']:.0f} in all)"
        for name in LANGUAGES
    )
    about = f"Articles of several outlets on one event, by headline: {sets}. Thresholds were chosen on these."
    times = [
        ["articles signed per CPU second", f"{figures['signed per second']:.0f}"],
        ["bytes of a signature", f"{figures['bytes per signature']:.0f}"],
        *(
            [f"grouped per CPU second, archive of {size}", f"{figures[f'grouped per second, {size}']:.0f}"]
            for size in SIZES
        ),
        ["cost per article at 100 000, at 10 000 = 1", f"{figures['cost per article, 100000 to 10000']:.2f}"],
    ]
    parts = ("## Stories", about, report.markdown(head, body), report.markdown(("", "figure"), times))
    return "\n\n".join(parts)


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    thirdparty.add_argument(parser)
    given = parser.parse_args().data
    figures = dict((*quality(given), *speed(given)))
    text = table(figures)
    print(text)
    report.save("stories", figures, text, "python -m benchmarks.stories")
    report.write("quality")
    below = report.misses("stories", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()

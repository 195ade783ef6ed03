"""Indexing and search, beside peers: `python -m benchmarks.engine [--documents N] [--peers A,B]`.

The articles are generated, or real ones with `--data DIR`. Each peer builds its index in a process of
its own, then all answer the same questions in turn, each in its own process. A question's first run
is the first time its words are asked for; the repeated runs follow at once. Files are warm, and so
are filters and columns: each kind of question has been asked before with other words.

Prints tables, writes `benchmarks/results/engine-N.json` and `docs/performance.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, get_args

from benchmarks import corpus, report
from benchmarks.peers import PEERS, Ask, missing
from benchmarks.queries import KINDS, Asker

WARM, WARM_REPEATS = 2, 10
"""Questions of each kind asked before the measured ones, and how often: Java compiles what it repeats."""

RIVAL = "tantivy"
"""The peer whose times ours are divided by in the tables."""

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: how large, which peers, how many questions of a kind, how often repeated."""

    folder: Path
    documents: int
    peers: tuple[str, ...]
    questions: int = 20
    repeats: int = 3
    seed: int = 1
    data: Path | None = None
    lucene: Path | None = None

    @property
    def texts(self) -> Path:
        """Where the articles are written for the builders."""
        return self.folder / "corpus.tsv"


# --- the processes ---------------------------------------------------------------------------


def command(plan: Plan, mode: str, peer: str) -> list[str]:
    """Return the command of a peer's process."""
    arguments = [str(plan.folder / peer), str(plan.texts)]
    if peer == "lucene":
        program = report.ROOT / "benchmarks" / "peers" / "Lucene.java"
        return ["java", "-Xmx2g", "-cp", str(plan.lucene), str(program), mode, *arguments]
    return [sys.executable, "-m", "benchmarks.worker", mode, peer, *arguments]


def runnable(plan: Plan) -> tuple[tuple[str, ...], list[str]]:
    """Return the peers that can run here, and one line for each that can not."""
    reasons = {peer: missing(peer) if PEERS[peer].needs else _no_lucene(plan) for peer in plan.peers}
    return tuple(peer for peer in plan.peers if not reasons[peer]), [
        line for line in reasons.values() if line
    ]


def _no_lucene(plan: Plan) -> str:
    found = plan.lucene and plan.lucene.exists()
    return "" if found else "lucene: skipped, no jar (name one by LUCENE_JAR)"


def build(plan: Plan, peer: str) -> Figures:
    """Build a peer's index; return articles per CPU second, and MB of disk and of memory."""
    done = subprocess.run(
        command(plan, "build", peer), cwd=report.ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    cost = json.loads(done.stdout.splitlines()[-1])
    files = (path for path in (plan.folder / peer).rglob("*") if path.is_file())
    inodes = {(s.st_dev, s.st_ino): s.st_size for s in map(os.stat, files)}
    return {
        "per_second": plan.documents / cost["cpu"],
        "wall": cost["wall"],
        "disk": sum(inodes.values()) / 1e6,
        "memory": cost["rss"],
    }


class Server:
    """A peer's process, answering one question at a time."""

    def __init__(self, plan: Plan, peer: str) -> None:
        for path in (plan.folder / peer).rglob("*"):
            if path.is_file():
                path.read_bytes()  # warm
        self._process = subprocess.Popen(
            command(plan, "serve", peer),
            cwd=report.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._read()

    def ask(self, line: str) -> Figures:
        """Send a line, return the answer."""
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Figures:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{' '.join(self._process.args)} ended early")  # type: ignore[arg-type]
        answer: Figures = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


# --- the questions ---------------------------------------------------------------------------

Answers = dict[tuple[Ask, str, str], list[Figures]]
"""Answers by ask, kind and peer."""


def interview(plan: Plan, servers: Mapping[str, Server]) -> Answers:
    """Ask all questions, every one of all peers in turn before the next."""
    answers: Answers = defaultdict(list)
    asker = Asker(corpus.load(plan.texts), plan.seed)
    for kind in KINDS:
        for ask in asks(kind):
            questions = asker.ask(kind, WARM + plan.questions)
            for number, question in enumerate(questions):
                warming = number < min(WARM, len(questions) - 1)
                repeats = WARM_REPEATS if warming else plan.repeats
                for peer in _turn(tuple(servers), number):
                    answer = servers[peer].ask(f"{ask}\t{repeats}\t{question.line()}")
                    if answer and not warming:
                        answers[ask, kind, peer].append(answer)
    return answers


def asks(kind: str) -> tuple[Ask, ...]:
    """Return how a kind of question is asked: with facets and without, but a page only with them."""
    return ("facets",) if kind == "page" else get_args(Ask)


def _turn(peers: Sequence[str], number: int) -> Sequence[str]:
    """Rotate, so that nobody always comes first."""
    first = number % len(peers)
    return (*peers[first:], *peers[:first])


# --- the figures -----------------------------------------------------------------------------


def metrics(built: Mapping[str, Figures], answers: Answers) -> Iterator[tuple[str, float]]:
    """Yield all figures: `index.PEER.what`, `ASK.KIND.PEER.first.p50`, and ours over tantivy's."""
    for peer, figures in built.items():
        yield from ((f"index.{peer}.{what}", value) for what, value in figures.items())
    for (ask, kind, peer), given in answers.items():
        for run in ("first", "again"):
            for share in (50, 95):
                yield f"{ask}.{kind}.{peer}.{run}.p{share}", percentile([a[run] for a in given], share)
        yield f"{ask}.{kind}.{peer}.matches", statistics.median(a["matches"] for a in given)


_COMPARED = frozenset({"per_second", "disk"})
"""What of an index is shown as a ratio."""


def ratios(figures: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield ours over each other peer's: time at p50 of first runs, speed of indexing, size on disk."""
    for name, value in figures.items():
        first, _, what = name.rpartition(".")
        ours = figures.get(f"index.dateline.{what}")
        if first.startswith("index.") and first != "index.dateline" and what in _COMPARED and ours and value:
            yield f"ratio.{first}.{what}", ours / value
        ask, _, rest = name.partition(".")
        kind, _, rest = rest.partition(".")
        peer, _, rest = rest.partition(".")
        ours = figures.get(f"{ask}.{kind}.dateline.{rest}")
        if rest == "first.p50" and peer != "dateline" and ours and value:
            yield f"ratio.{ask}.{kind}.{peer}", ours / value


def percentile(values: Iterable[float], share: int) -> float:
    """Return the value that `share` percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


# --- the tables ------------------------------------------------------------------------------

_TITLES: dict[Ask, str] = {
    "facets": "top ten, exact total, counts by source and month of all matches",
    "top": "top ten only; ours with the exact total",
}


def tables(plan: Plan, peers: Sequence[str], skipped: Sequence[str], figures: Mapping[str, float]) -> str:
    """Return all tables of a run."""
    parts = [f"## {plan.documents:,} articles", _index_table(peers, figures)]
    for ask, title in _TITLES.items():
        kinds = [kind for kind in KINDS if ask in asks(kind)]
        for run, word in (("first", "words not asked for before"), ("again", "the same questions again")):
            parts.append(f"{title.capitalize()}: {word}, CPU ms, p50 / p95.")
            parts.append(_query_table(peers, kinds, f"{ask}.{{}}.{{}}.{run}", figures))
    notes = [f"{peer}: {PEERS[peer].note}" for peer in peers]
    parts.append("; ".join([*notes, *skipped]) + ".")
    return "\n\n".join(parts)


def _index_table(peers: Sequence[str], figures: Mapping[str, float]) -> str:
    whats = ("per_second", "wall", "disk", "memory", "serving")
    head = ("", "articles per CPU s", "wall s", "index MB", "peak MB, building", "peak MB, serving")
    rows = [(peer, *(f"{figures[f'index.{peer}.{what}']:,.0f}" for what in whats)) for peer in peers]
    return report.markdown(head, rows)


def _query_table(peers: Sequence[str], kinds: Sequence[str], key: str, figures: Mapping[str, float]) -> str:
    rows = []
    for kind in kinds:
        names = [key.format(kind, peer) for peer in peers]
        pairs = (_pair(figures.get(f"{n}.p50"), figures.get(f"{n}.p95")) for n in names)
        ours, rival = (figures.get(f"{key.format(kind, peer)}.p50") for peer in ("dateline", RIVAL))
        rows.append((kind, *pairs, f"{ours / rival:.2f}" if ours and rival else "–"))
    return report.markdown(("", *peers, f"ours / {RIVAL}"), rows)


def _pair(middle: float | None, high: float | None) -> str:
    return "–" if middle is None or high is None else f"{_short(middle)} / {_short(high)}"


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


# --- the run ---------------------------------------------------------------------------------


def run(plan: Plan) -> tuple[Figures, str]:
    """Measure; return the figures and the tables."""
    made = (
        corpus.real_articles(plan.data, plan.documents)
        if plan.data
        else corpus.articles(plan.documents, plan.seed)
    )
    corpus.save(made, plan.texts)
    peers, skipped = runnable(plan)
    built = {peer: build(plan, peer) for peer in peers}
    with ExitStack() as stack:
        servers = {peer: stack.enter_context(Server(plan, peer)) for peer in peers}
        answers = interview(plan, servers)
        for peer, server in servers.items():
            built[peer]["serving"] = server.ask("")["rss"]
    figures = dict(metrics(built, answers))
    return {**figures, **dict(ratios(figures))}, tables(plan, peers, skipped, figures)


def arguments() -> Any:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=20, help="of each kind")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--peers", default=",".join(PEERS), help="which, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, help="index the real news texts in DIR/news")
    return parser.parse_args()


def main() -> None:
    """Run and report."""
    given = arguments()
    jar = os.environ.get("LUCENE_JAR")
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        plan = Plan(
            Path(folder),
            given.documents,
            tuple(given.peers.split(",")),
            given.questions,
            given.repeats,
            given.seed,
            given.data,
            Path(jar) if jar else None,
        )
        figures, table = run(plan)
    print(table)
    words = "python -m benchmarks.engine " + " ".join(sys.argv[1:])
    report.save(f"engine-{plan.documents}", figures, table, words.strip())
    report.write()
    below = report.misses("engine", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()

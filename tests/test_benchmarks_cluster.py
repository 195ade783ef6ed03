"""The benchmark of the cluster, on two engines that need none."""

import gzip
import json

import pytest

from benchmarks import cluster, corpus
from benchmarks.queries import KINDS
from engine.memory import MemoryEngine
from engine.whoosh import open_engine

PLAN = cluster.Plan(documents=60, url="", questions=2, repeats=1)


@pytest.fixture
def engines(tmp_path):
    made = {cluster.EMBEDDED: open_engine(tmp_path / "index"), cluster.CLUSTER: MemoryEngine()}
    for engine in made.values():
        assert cluster.build(engine, PLAN) > 0
    yield made
    made[cluster.EMBEDDED].close()


def test_both_engines_are_asked_the_same(engines):
    assert cluster.same_totals(engines, PLAN) == 1.0


def test_the_index_on_disk_is_measured(engines, tmp_path):
    assert engines
    assert cluster.size_on_disk(tmp_path / "index") > 60 * 1000


def test_rankings_are_compared(engines, tmp_path, monkeypatch):
    folder = tmp_path / "ir" / "tiny"
    folder.mkdir(parents=True)
    rows = [{"id": one.id, "title": one.title, "text": one.body} for one in corpus.articles(20)]
    with gzip.open(folder / "docs.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    query = {"id": "q", "text": rows[3]["title"]}
    (folder / "queries.jsonl").write_text(json.dumps(query), encoding="utf-8")
    (folder / "qrels.tsv").write_text(f"query\tdocument\tgrade\nq\t{rows[3]['id']}\t1\n", encoding="utf-8")
    monkeypatch.setattr(cluster, "COLLECTIONS", ("tiny",))
    figures = cluster.overlap(engines, tmp_path)
    assert figures["overlap.tiny"] > 0.5
    assert set(figures) == {"overlap.tiny", "embedded.tiny.ndcg10", "cluster.tiny.ndcg10"}


def test_the_table_has_a_row_for_every_kind_of_question():
    figures = {"same totals and facets": 1.0}
    for engine in (cluster.EMBEDDED, cluster.CLUSTER):
        figures |= {f"{engine}.articles per second": 1234.0, f"{engine}.bytes per article": 3300.0}
        figures |= {f"{engine}.{kind}.{part}": 1.25 for kind in KINDS for part in ("p50", "p95")}
    shown = cluster.table(figures, 20_000)
    assert "20,000 articles" in shown
    assert all(f"| {kind}, ms" in shown for kind in KINDS)
    for name in cluster.COLLECTIONS:
        figures |= {f"overlap.{name}": 0.9, f"embedded.{name}.ndcg10": 0.5, f"cluster.{name}.ndcg10": 0.5}
    assert "in common" in cluster.table(figures, 20_000)

"""Several processes make the index one would, and nothing of them stays behind."""

import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from builders import article

from engine.errors import IndexWriteError
from engine.whoosh import builders, open_engine, segments
from engine.whoosh.builders import Builders
from engine.whoosh.segment import Segment

ARTICLES = [
    replace(article(f"a{n % 23}", body=f"The army took town {n}. " * 3), signature=f"s{n}") for n in range(30)
]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(segments, "_BATCH_ARTICLES", 4)


def sections(root):
    (path,) = root.glob("builds/*/whoosh/*.pack")
    pack = Segment(path).pack
    return {name: bytes(pack.view(name)) for name in pack.names()}


def write(root, jobs, articles=ARTICLES):
    engine = open_engine(root, jobs=jobs)
    with engine.writer(fresh=True) as writer:
        for one in articles:
            writer.put(one)
    return engine


def test_the_index_is_the_same_whatever_the_number_of_processes(tmp_path):
    one, two = write(tmp_path / "1", 1), write(tmp_path / "2", 2)
    assert list(one.entries()) == list(two.entries())
    assert [entry.signature for entry in two.entries()].count("s29") == 1
    assert sections(tmp_path / "1") == sections(tmp_path / "2")
    assert two.check() == ()


def test_what_fails_in_another_process_fails_here(tmp_path):
    made = Builders(2)
    made.build(tmp_path / "gone" / "p", ARTICLES[:2], b"")
    with pytest.raises(FileNotFoundError):
        made.finish()
    made.abandon()


def test_a_full_disk_is_said(tmp_path, monkeypatch):
    def full(_self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(builders.Builders, "finish", full)
    with pytest.raises(IndexWriteError, match="No space left"):
        write(tmp_path, 2)


def test_a_worker_that_dies_is_replaced_here(tmp_path):
    made = Builders(2)
    made.build(tmp_path / "1", ARTICLES[:2], b"")
    for process in made._pool._processes.values():
        process.kill()
    made._await()
    made.build(tmp_path / "2", ARTICLES[2:4], b"")
    made.finish()
    assert [Segment(tmp_path / name).size for name in ("1", "2")] == [2, 2]


def test_giving_up_ends_the_workers(tmp_path):
    made = Builders(2)
    made.build(tmp_path / "1", ARTICLES[:2], b"")
    processes = list(made._pool._processes.values())
    made.abandon()
    assert not any(process.is_alive() for process in processes)


def test_workers_end_with_a_killed_writer(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(
            """
            import sys, time
            from pathlib import Path
            from builders import article
            from engine.whoosh.builders import Builders

            if __name__ == "__main__":
                made = Builders(2)
                made.build(Path(sys.argv[1]), [article("a")], b"")
                made._waiting[0][1].result()
                print("made", flush=True)
                time.sleep(60)
            """
        )
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}
    command = [sys.executable, str(program), str(tmp_path / "p")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as writer:
        assert writer.stdout.readline() == "made\n"
        writer.kill()
        # The pipe is closed when the last process that has it ends, and workers have it too.
        assert writer.communicate(timeout=30) == ("", None)

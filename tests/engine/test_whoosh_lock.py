"""One writer at a time, and no lock outlives its process."""

import os
import subprocess
import sys
import time

import pytest

from engine.errors import IndexLockedError
from engine.whoosh.lock import WriteLock

HOLD = """
import os, sys, time
from pathlib import Path
from engine.whoosh.lock import WriteLock
lock = WriteLock(Path(sys.argv[1]))
if sys.argv[2] == "fork" and os.fork() == 0:
    time.sleep(60)
print(os.getpid(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "LOCK"


def holder(path, how="alone"):
    """Start a process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), how],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert int(process.stdout.readline()) == process.pid
    return process


def stop(process):
    process.kill()
    process.communicate()


def test_the_second_writer_learns_who_has_it(path):
    lock = WriteLock(path)
    with pytest.raises(IndexLockedError, match=rf"process {os.getpid()}\) is writing the index in .*; wait"):
        WriteLock(path)
    lock.release()


def test_after_release_it_can_be_had_again(path):
    WriteLock(path).release()
    lock = WriteLock(path)
    lock.release()
    lock.release()


def test_another_process_is_named_and_its_death_frees_the_lock(path):
    process = holder(path)
    with pytest.raises(IndexLockedError, match=f"process {process.pid}"):
        WriteLock(path)
    stop(process)
    WriteLock(path).release()


def test_a_worker_that_outlives_its_writer_does_not_keep_the_lock(path):
    process = holder(path, "fork")
    time.sleep(0.05)
    process.kill()
    process.wait()
    WriteLock(path).release()
    os.killpg(process.pid, 9)
    process.communicate()

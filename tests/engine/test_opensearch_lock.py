"""Whose lock it is, and whether they still live."""

import os
import subprocess
import sys

from engine.opensearch.lock import _is_dead, _owner


def test_a_process_of_this_machine_that_ended_is_dead():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert _is_dead(_owner(ended.pid))
    assert not _is_dead(_owner(os.getpid()))


def test_nothing_is_known_of_other_machines():
    assert not _is_dead("process 1 on somewhere else")
    assert not _is_dead("")
    assert not _is_dead("process x on y")

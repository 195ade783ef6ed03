"""One writer at a time: a document that only one can create, kept alive by a beat.

A lock whose process has died on this machine, or whose beat has stopped for `STALE` seconds, is taken over.
Should the process only have slept, it finds on waking that the document has changed, and can not publish.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from typing import Any

from engine.errors import EngineError, IndexLockedError
from engine.opensearch.client import AbsentError, Cluster, RefusedError, part
from engine.opensearch.generations import state_name

BEAT = 15.0
STALE = 180.0

_SETTINGS = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "owner": {"type": "keyword"},
            "beat": {"type": "double"},
            "report": {"type": "keyword", "index": False, "doc_values": False},
        },
    },
}


class WriteLock:
    """The right to write, from construction to `release`; raises IndexLockedError when another has it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._index = state_name(cluster.settings.name)
        self._owner = _owner(os.getpid())
        self._turn = threading.Lock()
        self._over = threading.Event()
        _ensure(cluster, self._index)
        self._place = self._create()
        self._heart = threading.Thread(target=self._beat, name="dateline lock", daemon=True)
        self._heart.start()

    def renew(self) -> None:
        """Show that the writer lives; raises IndexLockedError when another has taken its place."""
        with self._turn:
            try:
                self._place = _place(self._write(f"_doc/lock?{self._place}"))
            except RefusedError as error:
                raise IndexLockedError(
                    "Another build has taken over, since this one was silent for too long; run it again."
                ) from error

    def release(self) -> None:
        """Let the next writer in."""
        self._over.set()
        self._heart.join()
        try:
            self._cluster.ask("DELETE", f"/{part(self._index)}/_doc/lock?{self._place}")
        except EngineError:
            return  # the lock is another's by now, or will be when its beat has stopped for long enough

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self.renew()
            except IndexLockedError:
                return
            except EngineError:
                continue  # the cluster is away; whether the lock is still ours shows when it is back

    def _create(self) -> str:
        try:
            return _place(self._write("_create/lock?"))
        except RefusedError:
            return self._take_over()

    def _take_over(self) -> str:
        """Take the lock of a dead process."""
        try:
            found = self._cluster.ask("GET", f"/{part(self._index)}/_doc/lock")
        except AbsentError:
            return self._create()
        if time.time() - found["_source"]["beat"] > STALE or _is_dead(found["_source"]["owner"]):
            try:
                return _place(self._write(f"_doc/lock?{_place(found)}"))
            except RefusedError:
                pass
        raise IndexLockedError(
            f"Another build ({found['_source']['owner']}) is writing the index {self._cluster.settings};"
            f" wait until it ends. The lock of a dead one is free after {STALE:.0f} seconds."
        )

    def _write(self, where: str) -> Any:
        body = {"owner": self._owner, "beat": time.time()}
        return self._cluster.ask("PUT", f"/{part(self._index)}/{where}", body)


def _owner(process: int) -> str:
    return f"process {process} on {socket.gethostname()}"


def _is_dead(owner: str) -> bool:
    """Whether a process of this machine held the lock and is no more; of others only the beat tells."""
    number = owner.removeprefix("process ").partition(" ")[0]
    if os.name == "nt" or not number.isdecimal() or owner != _owner(int(number)):
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _place(answer: Any) -> str:
    """Return the condition that the document is still as it was written or read."""
    return f"if_seq_no={answer['_seq_no']}&if_primary_term={answer['_primary_term']}"


def _ensure(cluster: Cluster, index: str) -> None:
    """Create the index of the lock, if it is not there."""
    try:
        cluster.ask("PUT", f"/{part(index)}", _SETTINGS, patience=20)
    except RefusedError as error:
        if error.kind != "resource_already_exists_exception":
            raise

"""Documents on their way to the cluster: two requests under way at most, so a slow cluster slows us down.

Every call carries a number, and the cluster keeps the document with the highest: requests may be repeated and
overtake each other, the last call for an id still wins.
"""

from __future__ import annotations

import json
import random
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from engine.errors import EngineError, IndexLockedError, IndexWriteError
from engine.opensearch.client import AbsentError, Cluster, RefusedError, TooBusyError, full, is_full, part

_UNDER_WAY = 2
_PATIENCE = 60.0
"""Seconds for which refused documents are offered again: long enough for a node to be replaced."""

_AGAIN = frozenset({429, 502, 503, 504})
_DONE = frozenset({200, 201, 404, 409})
"""404: there was nothing to delete; 409: a later call for this id has arrived before."""


@dataclass(frozen=True, slots=True)
class Action:
    """One call: a document to index, or to delete when it has no source."""

    key: str
    number: int
    source: str | None

    def lines(self) -> str:
        """Return the call as the bulk endpoint reads it."""
        about = {"_id": self.key, "version": self.number, "version_type": "external_gte"}
        if self.source is None:
            return json.dumps({"delete": about}) + "\n"
        return f"{json.dumps({'index': about})}\n{self.source}\n"


class Bulk:
    """Sends actions to one index."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._path = f"/{part(index)}/_bulk?timeout=10s&filter_path=errors,items.*.status,items.*.error"
        self._threads = ThreadPoolExecutor(_UNDER_WAY, thread_name_prefix="dateline bulk")
        self._sent: deque[Future[None]] = deque()
        self._stopped = False

    def send(self, actions: list[Action]) -> None:
        """Send some actions; waits while others are under way, and raises what became of them."""
        while len(self._sent) >= _UNDER_WAY:
            self._sent.popleft().result()
        self._sent.append(self._threads.submit(self._deliver, actions))

    def finish(self) -> None:
        """Wait until everything has arrived; raises IndexWriteError when something was refused for good."""
        while self._sent:
            self._sent.popleft().result()

    def close(self) -> None:
        """Stop; what has not arrived is dropped."""
        self._stopped = True
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, actions: list[Action]) -> None:
        deadline = time.monotonic() + _PATIENCE
        for attempt in range(1000):
            actions, reason = self._offer(actions)
            if not actions or self._stopped:
                return
            if time.monotonic() > deadline:
                raise IndexWriteError(
                    f"The cluster kept refusing {len(actions)} documents ({reason}); the build before is"
                    " untouched: give the cluster more room or less load, then build again."
                )
            time.sleep(min(0.1 * 2**attempt, 5.0) * random.uniform(0.5, 1.0))  # noqa: S311 - spreads load

    def _offer(self, actions: list[Action]) -> tuple[list[Action], str]:
        """Send some actions once and return what was not taken, and why."""
        try:
            answer = self._post(actions)
        except TooBusyError:
            if len(actions) == 1:
                return actions, "too busy"
            half = len(actions) // 2  # what is too much at once may be taken in parts
            parts = [self._offer(some) for some in (actions[:half], actions[half:])]
            return [action for some, _ in parts for action in some], "too busy"
        return self._refused(actions, answer["items"]) if answer.get("errors") else ([], "")

    def _post(self, actions: list[Action]) -> Any:
        body = "".join(action.lines() for action in actions)
        busy = 1.0 if len(actions) > 1 else _PATIENCE
        try:
            return self._cluster.ask("POST", self._path, body, patience=_PATIENCE, busy=busy, timeout=60.0)
        except AbsentError as error:
            raise _gone() from error
        except RefusedError as error:
            raise IndexWriteError(f"The cluster can not read what it was sent: {error.kind}.") from error

    def _refused(self, actions: Iterable[Action], items: Iterable[Any]) -> tuple[list[Action], str]:
        """Return what to offer again and why; raises the error of what will never be taken."""
        again, reason = [], ""
        for action, item in zip(actions, items, strict=True):
            (outcome,) = item.values()
            status, error = outcome["status"], outcome.get("error", {})
            if status in _AGAIN and not is_full(str(error.get("reason", ""))):
                again.append(action)
                reason = str(error.get("type", status))
            elif status not in _DONE or error.get("type") == "index_not_found_exception":
                raise self._hopeless(error)
        return again, reason

    def _hopeless(self, error: Any) -> EngineError:
        if error.get("type") == "index_not_found_exception":
            return _gone()
        reason = str(error.get("reason", ""))
        if is_full(reason):
            return full(self._cluster.settings.name)
        cause = error.get("caused_by", {}).get("reason", "")
        return IndexWriteError(
            f"The cluster refuses an article for good: {reason[:200]} {cause[:200]}".strip()
        )


def _gone() -> IndexLockedError:
    return IndexLockedError(
        "Another build has removed this one, since it was silent for too long; run it again."
    )


def batches(actions: Iterable[Action], size: int) -> Iterator[list[Action]]:
    """Divide actions into requests of about `size` characters."""
    some: list[Action] = []
    length = 0
    for action in actions:
        some.append(action)
        length += len(action.source or "")
        if length >= size:
            yield some
            some, length = [], 0
    if some:
        yield some

"""One writer at a time, held by the operating system: a lock of a dead process never blocks."""

from __future__ import annotations

import os
import sys
import weakref
from pathlib import Path

from engine.errors import IndexLockedError

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    _FAR = 1 << 20
    """Windows locks bytes, and locked bytes can not be read: lock one far behind the process number."""

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriteLock:
    """The right to write an index directory, from construction to `release`.

    Raises IndexLockedError, naming the process, when another writer has it.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        try:
            _try_lock(self._descriptor)
        except OSError as error:
            holder = os.read(self._descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            self.release()
            raise IndexLockedError(
                f"Another build (process {holder}) is writing the index in {path.parent}; wait until it ends."
            ) from error
        os.truncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode())
        _forget_in_children(self)

    def release(self) -> None:
        """Let go; the file stays, since removing it could take the lock of the next writer."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _forget_in_children(lock: WriteLock) -> None:
    """Close the lock in forked children: a worker that outlives a killed writer must not keep it."""
    if hasattr(os, "register_at_fork"):
        reference = weakref.ref(lock)

        def forget() -> None:
            held = reference()
            if held is not None:
                held.release()

        os.register_at_fork(after_in_child=forget)

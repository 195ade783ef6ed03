"""A working file: what is too much for memory while an archive is looked at as a whole."""

from __future__ import annotations

import tempfile
from array import array
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer.errors import ScratchError


class Spool:
    """Byte strings, numbered as they came, in a file that nobody else sees and that goes with the process.

    Args:
        folder: where the file lies; None lets the system choose. It holds about as much as the corpus.

    """

    def __init__(self, folder: Path | None = None) -> None:
        self._ends = array("Q", [0])
        try:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise _unusable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def put(self, data: bytes) -> int:
        """Add `data` and return its number."""
        try:
            self._file.seek(self._ends[-1])
            self._file.write(data)
        except OSError as error:
            raise _unusable(error) from error
        self._ends.append(self._ends[-1] + len(data))
        return len(self) - 1

    def get(self, number: int) -> bytes:
        """Return what `put` numbered so."""
        start, end = self._ends[number], self._ends[number + 1]
        try:
            self._file.seek(start)
            return self._file.read(end - start)
        except OSError as error:
            raise _unusable(error) from error


def _unusable(error: OSError) -> ScratchError:
    return ScratchError(
        f"The working file of the build can not be written ({error.strerror}); the index was left as it is. "
        "Free some space, or keep the index on another disk, and run the command again."
    )

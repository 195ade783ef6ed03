"""The files of a corpus in a fixed order, and what stands in the way of the others.

Hidden files and folders, `dateline.toml` and `*.meta.json` are no documents. A link is followed only when
its target would otherwise not be read: inside the corpus, but in a hidden folder (as git-annex does).
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.documents import Failure
from indexer.errors import CorpusError

SETTINGS = "dateline.toml"
SIDECAR = ".meta.json"
PACKED = ".gz"

_NUMBER = re.compile(r"#(?=[0-9]+\Z)")

_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, its name in reports, its folder directly under the corpus, its sidecar."""

    file: Path
    path: str
    folder: str | None = None
    sidecar: Path | None = None


@dataclass(frozen=True, slots=True)
class _Folder:
    place: Path
    names: frozenset[str]


class _RefusedError(Exception):
    """Something in the corpus is not read; the message is the reason."""


def walk(corpus: Path) -> Iterator[Found | Failure]:
    """List the files of a corpus (a folder, or one file), sorted by name, folder by folder.

    Raises:
        CorpusError: it does not exist, or can not be opened.

    """
    try:
        root = _real(corpus)
        if root.is_dir():
            return _Walk(root).run(_names(root))
        _require_regular(root)
        names = _names(root.parent)
    except OSError as error:
        raise CorpusError(f"{corpus} can not be read: {_lower(error)}") from error
    except _RefusedError as error:
        raise CorpusError(f"{corpus} can not be read: it is {error}") from error
    return iter([Found(root, _document(root.name), None, _sidecar(root, names))])


def printable(path: str) -> str:
    """Show a path so that it fits on one line of a report, and no two paths look the same.

    Bytes that are no UTF-8, control characters and backslashes become backslash escapes.
    """
    return "".join(c if c.isprintable() and c != "\\" else _escaped(c) for c in path)


def _document(path: str) -> str:
    """Name a document by its path; a file called `story#1` must not pass for the first record of `story`."""
    return _NUMBER.sub(r"\\x23", printable(path))


def _escaped(c: str) -> str:
    if "\udc80" <= c <= "\udcff":
        return f"\\x{ord(c) - 0xDC00:02x}"  # how Python spells a byte that is not UTF-8
    return c.encode("unicode_escape").decode()


class _Walk:
    """One walk; keeps the open folders on a stack, because they may be nested to any depth."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._followed: set[Path] = set()

    def run(self, names: frozenset[str]) -> Iterator[Found | Failure]:
        stack = [self._entries(self._root, names)]
        while stack:
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
            elif isinstance(entry, _Folder):
                stack.append(self._entries(entry.place, entry.names))
            else:
                yield entry

    def _entries(self, folder: Path, names: frozenset[str]) -> Iterator[Found | Failure | _Folder]:
        """Yield the files and failures in one folder, and the folders in it as they come."""
        described = names | {_stem(name) for name in names if not name.endswith(SIDECAR)}
        for name in sorted(names, key=os.fsencode):
            if not name.startswith(".") and name != SETTINGS:
                try:
                    yield from self._entry(folder / name, names, described)
                except OSError as error:
                    yield Failure(self._path(folder / name), _lower(error))
                except _RefusedError as error:
                    yield Failure(self._path(folder / name), str(error))

    def _entry(
        self, place: Path, names: frozenset[str], described: frozenset[str]
    ) -> Iterator[Found | _Folder]:
        if place.is_symlink() and not self._leads_to_more(place):
            return
        if place.is_dir():
            yield _Folder(place, _names(place))
        elif place.name.endswith(SIDECAR):
            if place.name.removesuffix(SIDECAR) not in described:
                raise _RefusedError("metadata of a file that is not there")
        else:
            _require_regular(place)
            parts = place.relative_to(self._root).parts
            folder = printable(parts[0]) if len(parts) > 1 else None
            yield Found(place, self._path(place), folder, _sidecar(place, names))

    def _path(self, place: Path) -> str:
        return _document(place.relative_to(self._root).as_posix())

    def _leads_to_more(self, link: Path) -> bool:
        """Whether a link leads to something that is read under no other name."""
        target = _real(link)
        if not target.is_relative_to(self._root):
            raise _RefusedError("a link that leads outside the corpus; copy the file into it")
        if _real(link.parent).is_relative_to(target):
            raise _RefusedError("a link that leads back to a folder it stands in")
        hidden = any(part.startswith(".") for part in target.relative_to(self._root).parts)
        if hidden and target.is_dir():
            if target in self._followed:
                raise _RefusedError("a link to a folder that another link has led to already")
            self._followed.add(target)
        return hidden


def _real(path: Path) -> Path:
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError as error:
        if path.is_symlink():
            raise _RefusedError("a broken link") from error
        raise


def _names(folder: Path) -> frozenset[str]:
    return frozenset(entry.name for entry in folder.iterdir())


def _require_regular(path: Path) -> None:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise _RefusedError(_SPECIAL.get(stat.S_IFMT(mode), "a special file") + ", not a file")


def _sidecar(file: Path, names: frozenset[str]) -> Path | None:
    """Find `name.txt.meta.json` or `name.meta.json` beside `name.txt`."""
    candidates = (base + SIDECAR for base in (file.name, _stem(file.name)))
    return next((file.with_name(name) for name in candidates if name in names), None)


def _stem(name: str) -> str:
    name = name.removesuffix(PACKED)
    return name.rpartition(".")[0] or name


def _lower(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

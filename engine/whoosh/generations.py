"""Generations: an index directory holds whole, verified builds and one pointer to the current one.

    index/
        CURRENT                        "<build id> <sha256 of its manifest>"
        LOCK                           the writer's process number; locked while it writes
        builds/20261120T224501Z-9c41f0/
            manifest.json              what this build is, with size and SHA-256 of every file
            ...                        the engine's files, never changed again
        builds/.20261120T230000Z-77ab01.tmp/    a build being written, or what a crash left of one

The pointer pins the manifest and the manifest pins the files, so a generation is either whole or
reported as damaged. This module reads; `engine.whoosh.publish` writes. It knows nothing of Whoosh.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import IndexDamagedError, IndexIncompatibleError, IndexMissingError

FORMAT = "dateline index"
VERSION = 1
BUILD_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}")
DRAFT_NAME = re.compile(rf"\.{BUILD_ID.pattern}\.tmp")

MANIFEST = "manifest.json"
_POINTER = re.compile(rf"({BUILD_ID.pattern}) ([0-9a-f]{{64}})\n")
_OURS = frozenset({"CURRENT", "LOCK", "builds", "README.md"})
_SMALL = 1 << 20
"""Files up to this size are checked against their digest whenever a generation is opened."""


@dataclass(frozen=True, slots=True)
class FileSum:
    """Size and SHA-256 of one file of a generation."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileSum:
        """Measure a file."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(path.stat().st_size, digest)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is. `schema` names fields and analysis; another schema needs a rebuild."""

    build: str
    created: str
    schema: str
    articles: int
    languages: tuple[str, ...]
    files: Mapping[str, FileSum]
    report: str = "{}"

    def to_bytes(self) -> bytes:
        """Return the manifest as the JSON that is written."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Read a manifest; raises IndexIncompatibleError if another version wrote it."""
        values = json.loads(data)
        if (values.pop("format"), values.pop("version")) != (FORMAT, VERSION):
            raise IndexIncompatibleError("another format version")
        files = {name: FileSum(**entry) for name, entry in values.pop("files").items()}
        return cls(**{**values, "languages": tuple(values["languages"])}, files=files)


@dataclass(frozen=True, slots=True)
class Generation:
    """One build on disk."""

    path: Path
    manifest: Manifest


def pointer(root: Path) -> tuple[str, str] | None:
    """Return build id and manifest digest of the current generation, None when there is none yet.

    Raises IndexIncompatibleError for a directory of another program, IndexDamagedError for a
    pointer that can not be read.
    """
    text = _read_pointer(root / "CURRENT")
    match = _POINTER.fullmatch(text)
    if match:
        return match[1], match[2]
    refuse_foreign(root)
    if text:
        raise IndexDamagedError(
            f"{root / 'CURRENT'} names no build; run `dateline index` to rebuild the index."
        )
    return None


def _read_pointer(path: Path) -> str:
    """Return what the pointer file says, nothing when there is none."""
    try:
        return path.read_bytes()[:200].decode("ascii", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise IndexDamagedError(f"{path} can not be read ({error.strerror}); give access to it.") from error


def refuse_foreign(root: Path) -> None:
    """Raise IndexIncompatibleError if `root` is no directory or holds files that are not ours."""
    if root.exists() and not root.is_dir():
        raise IndexIncompatibleError(f"{root} is a file; give a directory for the index.")
    names = (path.name for path in root.iterdir()) if root.exists() else ()
    foreign = sorted(name for name in names if name not in _OURS and not name.startswith("."))
    if foreign:
        raise IndexIncompatibleError(
            f"{root} holds files of another program ({foreign[0]!r}); give an empty directory for the index."
        )


def current(root: Path, schema: str) -> Generation:
    """Return the current generation, its small files verified.

    Raises IndexMissingError before the first build, IndexIncompatibleError when another version
    made it, IndexDamagedError when something does not agree.
    """
    found = pointer(root)
    if found is None:
        raise IndexMissingError(f"There is no index in {root} yet; run `dateline index` to build it.")
    generation = _load(root / "builds" / found[0], found[1])
    if generation.manifest.schema != schema:
        raise _outdated(root)
    accuse(generation, limit=_SMALL)
    return generation


def _load(path: Path, digest: str) -> Generation:
    try:
        data = (path / MANIFEST).read_bytes()
    except OSError as error:
        raise IndexDamagedError(
            f"The current build {path} can not be read ({error.strerror}); run `dateline index` to rebuild."
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise IndexDamagedError(f"{path / MANIFEST} was changed; run `dateline index` to rebuild the index.")
    try:
        return Generation(path, Manifest.from_bytes(data))
    except (ValueError, KeyError, TypeError, IndexIncompatibleError) as error:
        raise _outdated(path.parents[1]) from error


def _outdated(root: Path) -> IndexIncompatibleError:
    return IndexIncompatibleError(
        f"The index in {root} was made by another version of Dateline; run `dateline index` to rebuild it."
    )


def problems(generation: Generation, limit: int | None = None) -> Iterator[str]:
    """Compare the files with the manifest: one sentence for each that is missing, cut or changed.

    Args:
        generation: the build to look at.
        limit: of larger files only the size is compared; None reads everything.

    """
    for name, expected in generation.manifest.files.items():
        path = generation.path / name
        try:
            size = path.stat().st_size
            whole = limit is None or size <= limit
            found = FileSum.of(path) if whole else FileSum(size, expected.sha256)
        except OSError as error:
            yield f"{path} can not be read ({error.strerror})."
            continue
        if found != expected:
            yield f"{path} is not what was written (size {found.size}, expected {expected.size})."


def accuse(generation: Generation, limit: int | None = None) -> None:
    """Raise IndexDamagedError if a file is not as it was written; see `problems` for `limit`."""
    for problem in problems(generation, limit):
        raise IndexDamagedError(f"{problem} Run `dateline index` to rebuild the index.")

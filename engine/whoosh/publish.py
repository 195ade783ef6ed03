"""Writing a generation: draft, sync, rename, one pointer swapped, leftovers swept.

Whatever happens at whatever instant (kill -9, power loss, full disk), readers find the old
generation or the new one, whole: nothing is named before it is on disk, and nothing is removed
before the pointer that no longer names it is on disk.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import IndexDamagedError, IndexWriteError
from engine.whoosh.generations import BUILD_ID, DRAFT_NAME, MANIFEST, FileSum, Generation, Manifest, pointer


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation being written in `path`; `carried` are files linked from the one before."""

    root: Path
    build: str
    created: datetime
    carried: dict[str, FileSum] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it is written."""
        return self.root / "builds" / f".{self.build}.tmp"

    def carry(self, generation: Generation, names: Iterator[str]) -> None:
        """Link files of an earlier generation into this one; where links do not work, copy."""
        for name in names:
            target = self.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(generation.path / name, target)
                self.carried[name] = generation.manifest.files[name]
            except OSError:
                shutil.copyfile(generation.path / name, target)


@contextmanager
def saying_why(root: Path) -> Iterator[None]:
    """Turn an OSError of ours into one sentence for whoever runs Dateline."""
    try:
        yield
    except OSError as error:
        raise IndexWriteError(
            f"The index in {root} can not be written ({error.strerror or error}); "
            "the one before is untouched: make room or give access and build again."
        ) from error


def begin(root: Path) -> Draft:
    """Start a draft; the caller holds the lock. What crashed builds left is swept first."""
    now = datetime.now(UTC)
    draft = Draft(root, f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", now)
    sweep(root)
    draft.path.mkdir(parents=True)
    return draft


def abandon(draft: Draft) -> None:
    """Remove a draft that will not be published."""
    shutil.rmtree(draft.path, ignore_errors=True)


def seal(draft: Draft, schema: str, articles: int, languages: tuple[str, ...], report: str) -> Generation:
    """Bring every file of the draft to disk and write its manifest; returns it, ready to verify."""
    files = {}
    for path in sorted(p for p in draft.path.rglob("*") if p.is_file()):
        name = path.relative_to(draft.path).as_posix()
        if name in draft.carried:
            files[name] = draft.carried[name]
        else:
            _sync(path)
            files[name] = FileSum.of(path)
    created = draft.created.isoformat(timespec="seconds")
    manifest = Manifest(draft.build, created, schema, articles, languages, files, report)
    _write_synced(draft.path / MANIFEST, manifest.to_bytes())
    for directory in (*(p for p in draft.path.rglob("*") if p.is_dir()), draft.path):
        _sync_directory(directory)
    return Generation(draft.path, manifest)


def publish(draft: Draft, generation: Generation) -> Generation:
    """Give the sealed draft its name and make it current in one step."""
    root, path = draft.root, draft.root / "builds" / draft.build
    before = _current_build(root)
    draft.path.rename(path)
    _sync_directory(path.parent)
    _sync_directory(root)
    digest = hashlib.sha256(generation.manifest.to_bytes()).hexdigest()
    temporary = root / ".CURRENT.tmp"
    _write_synced(temporary, f"{draft.build} {digest}\n".encode())
    temporary.replace(root / "CURRENT")
    _sync_directory(root)
    sweep(root, keep=frozenset({before, draft.build}))
    return Generation(path, generation.manifest)


def _current_build(root: Path) -> str | None:
    """Return the current build; a damaged pointer names none (a rebuild heals it)."""
    try:
        found = pointer(root)
    except IndexDamagedError:
        return None
    return found[0] if found else None


def sweep(root: Path, keep: frozenset[str | None] | None = None) -> None:
    """Remove drafts of crashed builds and, when `keep` is given, generations it does not name.

    What can not be removed now (files open on Windows) goes next time; unknown names are left alone.
    """
    builds = root / "builds"
    for path in list(builds.iterdir()) if builds.is_dir() else ():
        old = keep is not None and BUILD_ID.fullmatch(path.name) and path.name not in keep
        if old or DRAFT_NAME.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_directory(path: Path) -> None:
    """Make names in a directory durable; where directories can not be opened (Windows) it is not needed."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

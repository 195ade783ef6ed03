"""Drafts become current in one step; what is no longer needed goes, what is unknown stays."""

import errno
import os
from pathlib import Path

import pytest

from engine.errors import IndexWriteError
from engine.whoosh import publish
from engine.whoosh.generations import BUILD_ID, current

SCHEMA = "s1"


def build(root, content=b"one", before=None):
    draft = publish.begin(root)
    if before:
        draft.carry(before, iter(["data"]))
    else:
        (draft.path / "data").write_bytes(content)
    return publish.publish(draft, publish.seal(draft, SCHEMA, 1, (), "{}"))


def builds(root):
    return {path.name for path in (root / "builds").iterdir()}


@pytest.fixture
def root(tmp_path):
    return tmp_path


def test_build_ids_are_dated_and_differ(root):
    first, second = publish.begin(root), publish.begin(root)
    assert BUILD_ID.fullmatch(first.build)
    assert first.build != second.build
    assert first.build.startswith(f"{first.created:%Y%m%dT%H%M}")


def test_the_generation_before_is_kept_and_older_ones_go(root):
    made = [build(root).manifest.build for _ in range(4)]
    assert builds(root) == set(made[-2:])
    assert current(root, SCHEMA).manifest.build == made[-1]


def test_drafts_of_crashed_builds_go_when_the_next_begins(root):
    kept = build(root)
    crashed = publish.begin(root)
    (crashed.path / "half").touch()
    draft = publish.begin(root)
    assert builds(root) == {kept.manifest.build, draft.path.name}
    publish.abandon(draft)
    assert builds(root) == {kept.manifest.build}


def test_a_generation_that_never_became_current_goes_too(root):
    build(root)
    draft = publish.begin(root)
    publish.seal(draft, SCHEMA, 1, (), "{}")
    draft.path.rename(root / "builds" / draft.build)
    made = [build(root).manifest.build for _ in range(2)]
    assert builds(root) == set(made)


def test_what_is_not_ours_in_builds_is_left_alone(root):
    for name in ("notes", ".hidden", "20261120T224501Z-9c41f0.bak"):
        (root / "builds" / name).mkdir(parents=True)
    build(root)
    build(root)
    assert {"notes", ".hidden", "20261120T224501Z-9c41f0.bak"} <= builds(root)


def test_carried_files_are_the_same_on_disk_and_in_the_manifest(root):
    first = build(root)
    second = build(root, before=first)
    assert (first.path / "data").samefile(second.path / "data")
    assert second.manifest.files == first.manifest.files


def test_where_links_do_not_work_files_are_copied(root, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "no links here")

    first = build(root)
    monkeypatch.setattr(os, "link", refuse)
    second = build(root, before=first)
    assert not (first.path / "data").samefile(second.path / "data")
    assert second.manifest.files == first.manifest.files


def test_nothing_is_named_before_it_is_on_disk(root, monkeypatch):
    """Every file of a generation, and its folder, is synced before the rename; the pointer after."""
    events = []
    fsync, rename, replace = os.fsync, os.rename, os.replace
    monkeypatch.setattr(
        os, "fsync", lambda fd: (events.append(str(Path(f"/proc/self/fd/{fd}").readlink())), fsync(fd))
    )
    monkeypatch.setattr(os, "rename", lambda a, b: (events.append("rename"), rename(a, b)))
    monkeypatch.setattr(os, "replace", lambda a, b: (events.append("replace"), replace(a, b)))
    build(root)
    names = [event.rsplit("/", 1)[-1] for event in events]
    assert [name for name in names if not name.endswith(".tmp")] == [
        "data", "manifest.json", "rename", "builds", root.name, "replace", root.name,
    ]  # fmt: skip
    assert names.index(".CURRENT.tmp") < names.index("replace")


def test_an_os_error_becomes_a_sentence(root):
    message = "can not be written .No space left.*the one before is untouched"
    with pytest.raises(IndexWriteError, match=message), publish.saying_why(root):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

"""The working file of a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Entry
from indexer.archive.entries import Entries
from indexer.archive.spool import Spool
from indexer.errors import ScratchError


@given(st.lists(st.binary(max_size=20), max_size=8), st.data())
def test_what_was_put_comes_back_in_any_order(items: list[bytes], data: st.DataObject) -> None:
    with Spool() as spool:
        numbers = [spool.put(item) for item in items]
        assert len(spool) == len(items)
        for number in data.draw(st.permutations(numbers)):
            assert spool.get(number) == items[number]
        assert spool.get(spool.put(b"later")) == b"later"


def test_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        spool.put(b"text")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_named_as_the_fault(tmp_path: Path) -> None:
    with pytest.raises(ScratchError, match="working file"):
        Spool(tmp_path / "not there")


def test_a_full_disk_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with Spool() as spool:

        class Full:
            def seek(self, _place: int) -> None: ...

            def write(self, _data: bytes) -> None:
                raise OSError(28, "No space left on device")

            def close(self) -> None: ...

        spool._file.close()
        monkeypatch.setattr(spool, "_file", Full())
        with pytest.raises(ScratchError, match="No space left on device"):
            spool.put(b"text")


def entry(path: str) -> Entry:
    return Entry(
        id=path,
        path=path,
        url=None,
        fingerprint="f",
        sha256="0",
        source="Courier",
        language="en",
        published="2023-11-14",
        words=3,
        truncated=False,
        verdict="none",
        flags=("quarantined",),
        removed=(("share.line", "Share line", 2),),
        signature="YWJj.",
    )


def test_entries_come_back_by_path() -> None:
    entries = [entry("a.txt"), entry("odd \udcff.txt")]
    with Spool() as spool:
        known = Entries(entries, spool)
        assert [known[path] for path in known] == entries
        assert len(known) == 2
        assert "a.txt" in known
        assert known.get("b.txt") is None

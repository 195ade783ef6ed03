from __future__ import annotations

import inspect
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import Failure
from indexer.errors import CorpusError
from indexer.formats.walk import printable, walk


@pytest.fixture
def corpus(tmp_path):
    root = tmp_path / "corpus"
    root.mkdir()
    return root


def add(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Words.")


def paths(root):
    return [item.path for item in walk(root)]


def reasons(root):
    return {item.path: item.reason for item in walk(root) if isinstance(item, Failure)}


def test_order_is_that_of_the_names(corpus):
    add(corpus, "b.txt", "a/2.txt", "a/10.txt", "c/d/e.txt", "Z.txt", "é.txt")
    assert paths(corpus) == ["Z.txt", "a/10.txt", "a/2.txt", "b.txt", "c/d/e.txt", "é.txt"]


def test_the_folder_is_the_one_directly_under_the_corpus(corpus):
    add(corpus, "top.txt", "harbour-post/a.txt", "harbour-post/2024/b.txt")
    assert {item.path: item.folder for item in walk(corpus)} == {
        "top.txt": None,
        "harbour-post/a.txt": "harbour-post",
        "harbour-post/2024/b.txt": "harbour-post",
    }


def test_hidden_files_settings_and_metadata_are_no_documents(corpus):
    add(corpus, ".hidden", ".git/config", "dateline.toml", "a.txt", "a.meta.json", "b.html.gz", "b.meta.json")
    assert paths(corpus) == ["a.txt", "b.html.gz"]


def test_metadata_is_found_under_both_names(corpus):
    add(corpus, "a.txt", "a.txt.meta.json", "b.txt", "b.meta.json", "c.txt.gz", "c.meta.json", "d.txt")
    assert [item.sidecar and item.sidecar.name for item in walk(corpus)] == [
        "a.txt.meta.json",
        "b.meta.json",
        "c.meta.json",
        None,
    ]


def test_metadata_of_nothing_is_reported(corpus):
    add(corpus, "a.txt", "lost.meta.json")
    assert reasons(corpus) == {"lost.meta.json": "metadata of a file that is not there"}


def test_a_single_file_is_a_corpus(corpus):
    add(corpus, "a.txt", "a.meta.json", "other.txt")
    (found,) = walk(corpus / "a.txt")
    assert (found.path, found.folder, found.sidecar) == ("a.txt", None, corpus / "a.meta.json")


def test_a_corpus_that_does_not_exist(corpus):
    with pytest.raises(CorpusError, match=r"nowhere can not be read: no such file or directory"):
        walk(corpus / "nowhere")


def test_a_broken_link_or_a_pipe_is_no_corpus(corpus):
    (corpus / "link").symlink_to("gone")
    os.mkfifo(corpus / "pipe")
    with pytest.raises(CorpusError, match="it is a broken link"):
        walk(corpus / "link")
    with pytest.raises(CorpusError, match="it is a named pipe, not a file"):
        walk(corpus / "pipe")


def test_the_corpus_itself_may_be_a_link(corpus, tmp_path):
    add(corpus, "a.txt")
    (tmp_path / "link").symlink_to(corpus)
    assert paths(tmp_path / "link") == ["a.txt"]


def test_links_that_lead_nowhere_outside_or_in_circles(corpus, tmp_path):
    add(corpus, "a/b.txt")
    add(tmp_path, "secret.txt")
    (corpus / "gone").symlink_to("nothing")
    (corpus / "self").symlink_to("self")
    (corpus / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "a" / "up").symlink_to("..")
    (corpus / "a" / "here").symlink_to(".")
    assert reasons(corpus) == {
        "gone": "a broken link",
        "self": "too many levels of symbolic links",
        "outside.txt": "a link that leads outside the corpus; copy the file into it",
        "a/up": "a link that leads back to a folder it stands in",
        "a/here": "a link that leads back to a folder it stands in",
    }
    assert [path for path in paths(corpus) if path.endswith("b.txt")] == ["a/b.txt"]


def test_a_sibling_folder_with_the_same_beginning_is_outside(corpus, tmp_path):
    add(tmp_path, "corpus-private/a.txt")
    (corpus / "link").symlink_to(tmp_path / "corpus-private")
    assert "outside" in reasons(corpus)["link"]


def test_a_link_to_what_is_read_anyway_is_not_read_twice(corpus):
    add(corpus, "a/b.txt")
    (corpus / "again.txt").symlink_to("a/b.txt")
    (corpus / "z").symlink_to("a")
    assert paths(corpus) == ["a/b.txt"]


def test_links_into_a_hidden_store_are_followed(corpus):
    add(corpus, ".store/one", ".store/folder/two.txt")
    (corpus / "one.txt").symlink_to(".store/one")
    (corpus / "copy.txt").symlink_to(".store/one")
    (corpus / "x").symlink_to(".store/folder")
    (corpus / "y").symlink_to(".store/folder")
    (corpus / ".store" / "folder" / "loop").symlink_to("../folder")
    assert [path for path in paths(corpus) if path.endswith(".txt")] == ["copy.txt", "one.txt", "x/two.txt"]
    assert set(reasons(corpus)) == {"x/loop", "y"}


def test_special_files_are_refused(corpus, monkeypatch):
    os.mkfifo(corpus / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(corpus)  # the path of a socket must be short
        server.bind("socket.txt")
    assert reasons(corpus) == {"pipe.txt": "a named pipe, not a file", "socket.txt": "a socket, not a file"}


def test_a_folder_that_can_not_be_listed_is_one_row(corpus, monkeypatch):
    add(corpus, "closed/a.txt", "open/b.txt")
    list_folder = Path.iterdir

    def guarded(self):
        if self.name == "closed":
            raise PermissionError(13, "Permission denied", str(self))
        return list_folder(self)

    monkeypatch.setattr(Path, "iterdir", guarded)
    assert reasons(corpus) == {"closed": "permission denied"}
    assert paths(corpus) == ["closed", "open/b.txt"]


def test_folders_may_be_nested_deeper_than_python_recurses(corpus):
    deep = corpus.joinpath(*["d"] * 400)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("Words.")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 200)
    try:
        assert paths(corpus) == ["d/" * 400 + "a.txt"]
    finally:
        sys.setrecursionlimit(limit)


def test_strange_names_fit_on_one_line(corpus):
    add(corpus, "two\nlines.txt", "tab\there.txt", "back\\slash.txt", "bidi\u202ename.txt")
    (corpus / os.fsdecode(b"caf\xe9.txt")).write_text("Words.")
    assert sorted(paths(corpus)) == [
        "back\\\\slash.txt",
        "bidi\\u202ename.txt",
        "caf\\xe9.txt",
        "tab\\there.txt",
        "two\\nlines.txt",
    ]


def test_a_file_can_not_pass_for_a_record(corpus):
    add(corpus, "a.jsonl", "a.jsonl#1", "No. #2.txt", "desk#1/b.txt")
    assert paths(corpus) == ["No. #2.txt", "a.jsonl", "a.jsonl\\x231", "desk#1/b.txt"]
    assert [item.folder for item in walk(corpus)][-1] == "desk#1"


@given(st.binary(min_size=1, max_size=20), st.binary(min_size=1, max_size=20))
def test_different_names_look_different(one, other):
    a, b = printable(os.fsdecode(one)), printable(os.fsdecode(other))
    assert (a == b) == (os.fsdecode(one) == os.fsdecode(other))
    assert a.isprintable()
    a.encode()

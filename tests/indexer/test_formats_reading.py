from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from indexer import formats
from indexer.documents import Declared, Failure, RawDocument
from indexer.errors import CorpusError
from indexer.formats import FORMATS, ReadSettings, load, read, reading

BODY = "The ferry is back after a year in the yard."
PAGE = f"<!doctype html><html><body><article><p>{BODY}</p></article></body></html>"


def write(root: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def failures(root, **settings):
    return {i.path: i.reason for i in read(root, ReadSettings(**settings)) if isinstance(i, Failure)}


def test_everything_exported_exists():
    assert all(hasattr(formats, name) for name in formats.__all__)


def test_no_two_formats_claim_one_extension():
    extensions = [extension for row in FORMATS for extension in row.extensions]
    assert len(extensions) == len(set(extensions))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", BODY),
        ("a.md", BODY),
        ("a.html", PAGE),
        ("a.json", json.dumps({"text": BODY})),
        ("a.jsonl", json.dumps({"text": BODY})),
        ("a.csv", f"title,text\nT,{BODY}\n"),
        ("a.TXT", BODY),
        ("article", BODY),
        ("page.php", PAGE),
        ("page.asp?id=3", "\ufeff \n" + PAGE),
        ("page.xml", "<?xml version='1.0'?>\n" + PAGE),
    ],
)
def test_every_format_plain_and_packed(tmp_path, name, content, packed):
    data = gzip.compress(content.encode()) if packed else content.encode()
    (tmp_path / (name + ".gz" * packed)).write_bytes(data)
    (document,) = read(tmp_path)
    assert load(document).text == BODY


def test_a_bad_file_does_not_stop_the_others(tmp_path):
    whole = gzip.compress(BODY.encode() * 1000)
    files = {
        "a.txt": b"",
        "b.dat": bytes(range(256)) * 10,
        "c.txt.gz": whole[:-20],
        "d.txt.gz": whole[:30] + b"\0\xff" * 40,
        "e.txt": b"x" * 2000,
        "f.jsonl": b"",
        "g.txt": BODY.encode(),
        "h.txt.gz": b"\x1f\x8b",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = failures(tmp_path, max_document=1000)
    assert found.pop("d.txt.gz").startswith("the gzip data is")
    assert found == {
        "a.txt": "the file is empty",
        "b.dat": "binary file, not text",
        "c.txt.gz": "the file is larger than 0.001 MB",
        "e.txt": "the file is larger than 0.001 MB",
        "f.jsonl": "the file is empty",
        "h.txt.gz": "the gzip data is truncated; only what is complete before that point was read",
    }
    assert [item.path for item in read(tmp_path) if isinstance(item, RawDocument)] == ["e.txt", "g.txt"]
    assert "truncated" in failures(tmp_path)["c.txt.gz"]


def test_a_file_that_can_not_be_opened_is_one_row(tmp_path, monkeypatch):
    write(tmp_path, a_dot_txt=BODY, b_dot_txt=BODY)
    opened = reading.opened

    def guarded(path):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(reading, "opened", guarded)
    first, second = read(tmp_path)
    assert first == Failure("a.txt", "permission denied")
    assert second.path == "b.txt"


def test_folder_and_metadata_are_declared(tmp_path):
    meta = json.dumps({"headline": "Ferry returns", "site": "Harbour Post", "folder": "x"})
    write(tmp_path, north__a_dot_txt=BODY, north__a_dot_meta_dot_json=meta)
    (document,) = read(tmp_path)
    assert document.declared == Declared(title="Ferry returns", source="Harbour Post", folder="north")


def test_metadata_of_a_record_file_is_the_default_of_its_records(tmp_path):
    lines = '{"text": "One.", "source": "Own"}\n{"text": "Two."}'
    write(tmp_path, a_dot_jsonl=lines, a_dot_meta_dot_json='{"source": "Default", "lang": "en"}')
    assert [(i.declared.source, i.declared.language) for i in read(tmp_path)] == [
        ("Own", "en"),
        ("Default", "en"),
    ]


def test_changed_metadata_changes_the_fingerprint(tmp_path):
    write(tmp_path, a_dot_txt=BODY, a_dot_meta_dot_json='{"title": "One"}')
    (before,) = read(tmp_path)
    write(tmp_path, a_dot_meta_dot_json='{"title": "Two"}')
    (after,) = read(tmp_path)
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize("meta", ["{broken", "[1]", "", "[" * 100_000])
def test_bad_metadata_is_a_row_and_the_text_is_still_read(tmp_path, meta):
    write(tmp_path, north__a_dot_txt=BODY, north__a_dot_meta_dot_json=meta)
    failure, document = read(tmp_path)
    assert failure.path == "north/a.meta.json"
    assert failure.reason.startswith("this metadata was not used: ")
    assert document.declared == Declared(folder="north")


def test_a_corpus_that_does_not_exist_is_said_at_once(tmp_path):
    with pytest.raises(CorpusError, match="nowhere"):
        read(tmp_path / "nowhere")


def test_an_empty_corpus_gives_nothing(tmp_path):
    assert list(read(tmp_path)) == []


def test_reading_is_lazy_and_repeatable(tmp_path):
    for i in range(5):
        (tmp_path / f"{i}.txt").write_text(f"{BODY} {i}")
    first = next(read(tmp_path))
    assert first.path == "0.txt"
    assert list(read(tmp_path)) == list(read(tmp_path))


def test_a_mapping_applies_to_metadata_too(tmp_path):
    write(tmp_path, a_dot_txt=BODY, a_dot_meta_dot_json='{"titre": "Le bac"}')
    (document,) = read(tmp_path, ReadSettings(fields=(("title", "titre"),)))
    assert document.declared.title == "Le bac"

from __future__ import annotations

import gzip
import json
import tracemalloc

from indexer.documents import Failure, RawDocument
from indexer.formats import ReadSettings, load, read


def write(path, lines):
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def row(i):
    return json.dumps({"title": f"Item {i}", "text": f"The council met for the {i}th time."})


def test_a_bad_line_fails_alone_and_shifts_no_other(tmp_path):
    lines = [row(i) for i in range(1, 1001)]
    lines[16] = '{"title": "Item 17", "text": '
    items = list(read(write(tmp_path / "a.jsonl", lines)))
    assert len(items) == 1000
    assert items[16] == Failure("a.jsonl#17", "invalid JSON: Expecting value at column 30")
    assert [item.path for item in items] == [f"a.jsonl#{i}" for i in range(1, 1001)]
    assert items[17].declared.title == "Item 18"


def test_blank_lines_do_not_count(tmp_path):
    items = list(read(write(tmp_path / "a.ndjson", [row(1), "", "  ", row(2)])))
    assert [item.path for item in items] == ["a.ndjson#1", "a.ndjson#2"]


def test_hostile_json_is_a_row_in_the_report(tmp_path):
    lines = ["[" * 100_000, '{"text": 1' + "0" * 10_000 + "}", '"text"', row(4)]
    *bad, good = read(write(tmp_path / "a.jsonl", lines))
    assert all(isinstance(item, Failure) for item in bad)
    assert good.path == "a.jsonl#4"


def test_an_endless_line_is_refused_in_bounded_memory(tmp_path):
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(row(1).encode() + b'\n{"text": "')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + row(3).encode())
    tracemalloc.start()
    try:
        items = list(read(tmp_path / "a.jsonl.gz", ReadSettings(max_document=1_000_000)))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
    assert items[1] == Failure("a.jsonl.gz#2", "the line is larger than 1 MB")
    assert [item.path for item in items if isinstance(item, RawDocument)] == ["a.jsonl.gz#1", "a.jsonl.gz#3"]


def test_a_truncated_archive_keeps_what_was_whole(tmp_path):
    packed = gzip.compress("\n".join(row(i) for i in range(5000)).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[:-2000])
    *good, last = read(tmp_path)
    assert len(good) > 1000
    assert all(isinstance(item, RawDocument) for item in good)
    reason = "the gzip data is truncated; only what is complete before that point was read"
    assert last == Failure("a.jsonl.gz", reason)


def test_lines_of_other_encodings_are_read(tmp_path):
    text = "À l’été, la fête a commencé très tôt dans la cité."
    line = json.dumps({"text": text}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_bytes(line.encode() + b"\n" + line.encode("cp1252") + b"\n")
    (tmp_path / "b.jsonl").write_bytes(f"{line}\n{line}\n".encode("utf-16"))
    assert [load(item).text for item in read(tmp_path)] == [text] * 4


def test_a_smuggled_surrogate_is_replaced_and_flagged(tmp_path):
    (item,) = read(write(tmp_path / "a.jsonl", ['{"text": "half \\ud83d pair"}']))
    page = load(item)
    assert (page.text, page.flags) == ("half \ufffd pair", ("encoding_replaced",))

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from indexer.formats.opening import broken_gzip, head_of, lines, opened


def read_lines(path, limit=1000):
    with opened(path) as stream:
        return list(lines(stream, limit))


def collect(items, into):
    for item in items:
        into.append(item)


def test_gzip_is_recognised_whatever_the_name(tmp_path):
    (tmp_path / "a.txt").write_bytes(gzip.compress(b"packed"))
    (tmp_path / "b.gz").write_bytes(b"not packed")
    for name, content in (("a.txt", b"packed"), ("b.gz", b"not packed")):
        with opened(tmp_path / name) as stream:
            assert head_of(stream) == content
            assert stream.read() == content


def test_several_gzip_members_are_one_file(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"one\n") + gzip.compress(b"two\n"))
    assert read_lines(tmp_path / "a.gz") == ["one\n", "two\n"]


def test_a_truncated_file_gives_all_complete_lines_first(tmp_path):
    packed = gzip.compress(b"".join(b"line %d %s\n" % (i, bytes([97 + i % 7]) * 40) for i in range(5000)))
    (tmp_path / "a.gz").write_bytes(packed[: len(packed) // 2])
    got = []
    with opened(tmp_path / "a.gz") as stream, pytest.raises(EOFError) as caught:
        collect(lines(stream, 1000), got)
    assert len(got) > 1000
    assert all(line.endswith("\n") for line in got)
    assert "truncated" in broken_gzip(caught.value)


def test_damaged_data_is_told_from_truncated_data():
    assert "damaged" in broken_gzip(zlib.error("invalid block"))
    assert "damaged" in broken_gzip(gzip.BadGzipFile("CRC check failed"))


def test_every_line_is_decoded_by_itself(tmp_path):
    (tmp_path / "a").write_bytes("Straße\n".encode() + "Straße\n".encode("cp1252") + b"plain\n")
    assert read_lines(tmp_path / "a") == ["Straße\n", "Straße\n", "plain\n"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_unicode_is_read_in_lines(tmp_path, encoding):
    (tmp_path / "a").write_bytes("één\ntwee\n".encode(encoding))
    assert read_lines(tmp_path / "a") == ["één\n", "twee\n"]


def test_an_endless_line_is_refused_without_being_kept(tmp_path):
    with gzip.open(tmp_path / "bomb.gz", "wb", compresslevel=1) as file:
        file.write(b"first\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\nlast")
    tracemalloc.start()
    try:
        assert read_lines(tmp_path / "bomb.gz", limit=500_000) == ["first\n", None, "last"]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_line_of_exactly_the_limit_is_kept(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 10 + b"\n" + b"y" * 11 + b"\nz")
    assert read_lines(tmp_path / "a", limit=10) == ["x" * 10 + "\n", None, "z"]

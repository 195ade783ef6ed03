from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import Declared, Failure, RawDocument
from indexer.formats import ReadSettings, json_, read
from indexer.formats.base import Source

ARTICLES = [{"title": f"Item {i}", "text": f"The council met for the {i}th time."} for i in range(1, 4)]


def items(tmp_path, content, **settings):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "a.json").write_bytes(data)
    return list(read(tmp_path, ReadSettings(**settings)))


def titles(found):
    return [(item.path, item.declared.title) for item in found]


NUMBERED = [(f"a.json#{i}", f"Item {i}") for i in (1, 2, 3)]


def test_one_record_has_no_number(tmp_path):
    assert titles(items(tmp_path, json.dumps(ARTICLES[0], indent=2))) == [("a.json", "Item 1")]


def test_an_array_of_records(tmp_path):
    assert titles(items(tmp_path, json.dumps(ARTICLES))) == NUMBERED


@pytest.mark.parametrize("key", ["articles", "items", "data"])
def test_an_object_that_holds_the_array(tmp_path, key):
    assert (
        titles(items(tmp_path, json.dumps({"status": "ok", "total": 3, key: ARTICLES, "next": None})))
        == NUMBERED
    )


def test_a_record_per_line_under_the_wrong_extension(tmp_path):
    assert titles(items(tmp_path, "\n".join(map(json.dumps, ARTICLES)))) == NUMBERED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    article = {"title": "Fête à l’île", "text": "La fête a été fêtée à Nîmes, où l’été s’achève."}
    (found,) = items(tmp_path, json.dumps(article, ensure_ascii=False).encode(encoding))
    assert (found.payload, found.declared.title) == (article["text"], article["title"])


def test_a_fault_names_its_place_and_keeps_what_came_before(tmp_path):
    content = json.dumps(ARTICLES, indent=1).replace('"Item 3"', "Item 3")
    *good, bad = items(tmp_path, content)
    assert titles(good) == NUMBERED[:2]
    reason = "invalid JSON: Expecting value at line 11, column 12; the rest of the file was not read"
    assert bad == Failure("a.json", reason)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[1, 2", "Expecting ',' at line 1, column 6"),
        ("[] []", "Extra data at line 1, column 4"),
        ('{"text" "x"}', "Expecting ':' at line 1, column 9"),
        ('{"text": "x"', "Expecting ',' at line 1, column 13"),
        ("nonsense", "Expecting value at line 1, column 1"),
    ],
)
def test_broken_files(tmp_path, content, reason):
    assert reason in items(tmp_path, content)[-1].reason


def test_an_empty_array_is_said_to_be_empty(tmp_path):
    assert items(tmp_path, "[]") == [Failure("a.json", "no article in it")]


def test_nesting_and_numbers_without_end(tmp_path):
    assert "rest of the file" in items(tmp_path, "[" + "[" * 200_000)[0].reason
    assert "rest of the file" in items(tmp_path, '[{"text": 1' + "0" * 9000 + "}]")[0].reason


def test_a_scalar_is_no_record(tmp_path):
    assert items(tmp_path, '"text"')[0].reason == "the record is a string, not an object"


def test_a_long_array_is_read_piece_by_piece(tmp_path):
    article = json.dumps({"title": "T", "text": "word " * 200})
    (tmp_path / "a.json").write_text("[" + ",\n".join([article] * 10_000) + "]")
    tracemalloc.start()
    try:
        assert sum(isinstance(item, RawDocument) for item in read(tmp_path)) == 10_000
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("content", ['[{"text": "%s"}]', '{"text": "%s"}'])
def test_a_record_beyond_the_limit_is_refused(tmp_path, content):
    found = items(tmp_path, content % ("x" * 3_000_000), max_document=1_000_000)
    assert [item.reason for item in found] == [
        "a record is larger than 1 MB; the rest of the file was not read"
    ]


def test_an_object_of_many_small_members_is_bounded_too(tmp_path):
    content = json.dumps({f"id {i}": {"text": "x" * 1000} for i in range(3000)})
    (failure,) = items(tmp_path, content, max_document=1_000_000)
    assert failure.reason.startswith("a record is larger than 1 MB")


class Drip:
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        self._pieces = [data[i : i + step] for i in range(0, len(data), step)]

    def peek(self, _size: int) -> bytes:
        return self._pieces[0] if self._pieces else b""

    def read1(self, _size: int) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


@given(
    st.lists(st.fixed_dictionaries({"text": st.text(min_size=1), "n": st.integers()}), max_size=5),
    st.sampled_from([None, 1]),
    st.booleans(),
    st.integers(1, 40),
)
def test_where_the_pieces_are_cut_does_not_matter(data, indent, wrapped, step):
    content = json.dumps(
        {"total": 12, "articles": data} if wrapped else data, indent=indent, ensure_ascii=False
    )
    source = Source("a", Declared(), ReadSettings())
    found = list(json_.read(Drip(content.encode("utf-8", "replace"), step), source))
    expected = [(f"a#{i}", row["text"]) for i, row in enumerate(data, 1) if row["text"].strip()]
    documents = [item for item in found if isinstance(item, RawDocument)]
    assert [(item.path, item.payload) for item in documents] == expected

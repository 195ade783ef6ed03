"""A batch becomes a pack whose every part is what it says; very long texts too."""

import numpy as np
import pytest
from builders import article

from engine.model import Entry
from engine.whoosh.build import STORED, build, entry_line, keyword, learned
from engine.whoosh.entries import entry
from engine.whoosh.pack import Pack, PackWriter
from engine.whoosh.segment import Segment, Values


def test_every_section_has_a_checksum(tmp_path):
    build(tmp_path / "p", [article("a"), article("b", removed=["Lire aussi"], story="s", copies="c")], b"")
    data = bytearray((tmp_path / "p").read_bytes())
    pack = Pack(tmp_path / "p")
    assert list(pack.problems()) == []
    assert {f"{name}.frames" for name in STORED} < set(pack.names())
    for name in pack.names():
        if size := len(pack.view(name)):
            start = pack._table[name][1]
            wrong = bytearray(data)
            wrong[start + size - 1] ^= 0x80
            (tmp_path / "q").write_bytes(wrong)
            assert [name in problem for problem in Pack(tmp_path / "q").problems()] == [True]


def test_ten_megabytes_of_text(tmp_path):
    words = [f"w{n % 70_000}" for n in range(1_500_000)]
    long = article("a", body=" ".join(words) + " end")
    assert len(long.body) > 10_000_000 - 1_000_000
    build(tmp_path / "p", [article("b"), long], b"")
    made = Segment(tmp_path / "p")
    body = made.words["body"]
    assert body.lengths.tolist() == [10, 1_500_001]
    term = body.lexicon.find(b"w7")
    start, end = body.range(term)
    assert body.documents[start:end].tolist() == [1]
    often = body.often.between(start, end).tolist()
    assert often == [len(range(7, 1_500_000, 70_000))]
    first = body.place_first[term]
    assert body.places.between(first, first + often[0]).tolist() == list(range(7, 1_500_000, 70_000))
    last = body.place_first[body.lexicon.find(b"end")]
    assert body.places.at(np.array([last])).tolist() == [1_500_000]
    assert made.body(1) == long.body


def test_lengths_and_frequencies_do_not_saturate(tmp_path):
    build(tmp_path / "p", [article("a", title="Go", body="go " * 70_000), article("b", body="go")], b"")
    made = Segment(tmp_path / "p")
    assert made.words["body"].lengths.tolist() == [70_000, 1]
    start, end = made.stems.range(made.stems.lexicon.find(b"en/go"))
    assert made.stems.often["body"].between(start, end).tolist() == [70_000, 1]
    assert made.stems.often["title"].at(np.arange(start, end)).tolist() == [1, 0]


@pytest.mark.parametrize("values", [[("x",), ("y",)], [(), ("y", "x", "y")], [("x",), ()]])
def test_a_keyword_field(tmp_path, values):
    with PackWriter(tmp_path / "p") as pack:
        keyword(pack, "k", values)
    made = Values.of(Pack(tmp_path / "p"), "k")
    held = made.holders if made.holders is not None else np.arange(len(made.ordinals))
    names = list(made.lexicon)
    found = [(int(n), names[o].decode()) for n, o in zip(held, made.ordinals, strict=True)]
    assert found == [(n, value) for n, item in enumerate(values) for value in dict.fromkeys(item)]


def test_a_small_archive_has_nothing_to_learn_from():
    assert learned([article("a")]) == b""
    assert learned([article(f"a{n}", body=f"The army took town {n}. " * 20) for n in range(300)])


def test_an_entry_comes_back():
    one = article("a", removed=["Lire aussi", "Lire aussi"], language=None)
    assert entry(entry_line(one)) == Entry.of(one)

"""Numbers come back as they were, whatever their size and however many were written at once."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.whoosh import numbers
from engine.whoosh.numbers import (
    Capped,
    CappedWriter,
    HalvesWriter,
    Steps,
    StepsWriter,
    firsts,
    joined,
    narrow,
    spread,
    stepped,
)
from engine.whoosh.pack import Pack, PackWriter

sizes = st.sampled_from([0, 1, 14, 15, 16, 254, 255, 256, 65_534, 65_535, 65_536, (1 << 32) - 1])
pieces = st.lists(st.lists(sizes, max_size=30), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("numbers")


def packed(folder, write):
    path = folder / "p"
    with PackWriter(path) as pack:
        write(pack)
    return Pack(path)


def ranges(count):
    return [(a, b) for a in range(0, count + 1, 3) for b in range(a, count + 1, 4)]


@pytest.mark.parametrize(
    ("values", "expected"), [([], "u1"), ([255], "u1"), ([256], "u2"), ([1 << 16], "u4"), ([1 << 32], "u8")]
)
def test_the_smallest_type_that_holds_everything(values, expected):
    assert narrow(np.array(values, np.int64)).dtype == np.dtype(expected)


@settings(deadline=None)
@given(pieces, st.sampled_from(["u1", "u2"]))
def test_capped(folder, pieces, dtype):
    def write(pack):
        writer = CappedWriter(pack, "n", dtype)
        for piece in pieces:
            writer.write(np.array(piece, np.int64))
        writer.finish()

    every = list(chain.from_iterable(pieces))
    read = Capped(packed(folder, write), "n")
    for a, b in ranges(len(every)):
        assert read.between(a, b).tolist() == every[a:b]
    places = np.arange(len(every))[::2]
    assert read.at(places).tolist() == every[::2]


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(sizes, sizes, sizes), max_size=9), min_size=1, max_size=4))
def test_halves(folder, pieces):
    names = ["a", "b", "c"]

    def write(pack):
        writer = HalvesWriter(pack, "n", names)
        for piece in pieces:
            writer.write(list(np.array(piece, np.int64).reshape(-1, 3).T))
        writer.finish()

    every = list(chain.from_iterable(pieces))
    pack = packed(folder, write)
    for number, name in enumerate(names):
        column = [row[number] for row in every]
        read = Capped(pack, "n", names, name)
        for a, b in ranges(len(column)):
            assert read.between(a, b).tolist() == column[a:b]
        assert read.at(np.arange(len(column))[1::2]).tolist() == column[1::2]


@settings(deadline=None)
@given(pieces, st.sampled_from([1, 2, 5, 1024]))
def test_steps(folder, pieces, block):
    def write(pack):
        writer = StepsWriter(pack, "n")
        for piece in pieces:
            writer.write(np.array(piece, np.int64))
        writer.finish()

    every = list(chain.from_iterable(pieces))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_BLOCK", block)
        read = Steps(packed(folder, write), "n")
        assert len(read) == len(every)
        for a, b in ranges(len(every)):
            assert read[a:b].tolist() == every[a:b]


def test_steps_begin_anew_at_each_head():
    documents = np.array([3, 8, 900, 4, 70_004], np.int32)
    assert stepped(documents, np.array([0, 3])).tolist() == [3, 5, 892, 4, 70_000]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 4))))
def test_runs_are_spread(runs):
    starts, counts = np.array(runs, np.int64).reshape(-1, 2).T
    expected = [start + n for start, count in runs for n in range(count)]
    assert spread(starts, counts).tolist() == expected


def test_runs_one_after_the_other():
    assert firsts(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]
    assert joined([], np.int64).tolist() == []
    assert joined([np.array([1]), np.array([2, 3])], np.int64).tolist() == [1, 2, 3]

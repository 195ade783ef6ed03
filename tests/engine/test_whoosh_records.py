"""Lines come back as they were; what they have in common is learned; damage is named."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import IndexDamagedError
from engine.whoosh.pack import Pack, PackWriter
from engine.whoosh.records import DICTIONARY, Compressor, Records, RecordsWriter, learn

ALIKE = [f'["https://courier.example/{n}","The army took the town of {n * 7}"]'.encode() for n in range(3000)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("records")


def packed(folder, pieces, dictionary=b""):
    with PackWriter(folder / "p") as pack:
        pack.add(DICTIONARY, np.frombuffer(dictionary, np.uint8))
        writer = RecordsWriter(pack, "r")
        for piece in pieces:
            writer.write(*Compressor(dictionary).frames(piece))
        writer.finish()
    return Records(Pack(folder / "p"), "r")


@settings(deadline=None)
@given(st.lists(st.lists(st.binary(max_size=50), max_size=4), max_size=3))
def test_lines_come_back(folder, pieces):
    every = list(chain.from_iterable(pieces))
    records = packed(folder, pieces)
    assert len(records) == len(every)
    assert [records[n] for n in range(len(every))] == every


def test_a_dictionary_is_worth_it_and_always_the_same(folder):
    dictionary = learn(ALIKE)
    assert dictionary
    assert dictionary == learn(list(ALIKE))
    small, large = Compressor(dictionary).frames(ALIKE)[0], Compressor(b"").frames(ALIKE)[0]
    assert len(small) < len(large) * 0.8
    records = packed(folder, [ALIKE], dictionary)
    assert records.dictionary == dictionary
    assert [records[n] for n in (0, 1500, 2999)] == [ALIKE[n] for n in (0, 1500, 2999)]


@pytest.mark.parametrize("lines", [[], [b"one"], [b"x" * 100_000], [b""] * 100])
def test_nothing_is_learned_from_little(lines):
    assert learn(lines) == b""


@pytest.mark.parametrize("kept", [[], [0, 1, 2], [1, 2], [0, 2]])
def test_frames_are_copied(folder, kept):
    lines = [b"one", b"two" * 9, b""]
    records = packed(folder, [lines])
    with PackWriter(folder / "copy") as pack:
        pack.add(DICTIONARY, np.empty(0, np.uint8))
        writer = RecordsWriter(pack, "r")
        writer.write(*records.frames(np.array(kept, np.int64)))
        writer.finish()
    copied = Records(Pack(folder / "copy"), "r")
    assert [copied[n] for n in range(len(copied))] == [lines[n] for n in kept]


def test_threads_read_side_by_side(folder):
    records = packed(folder, [ALIKE], learn(ALIKE))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(records.__getitem__, range(len(ALIKE)))) == ALIKE


def test_damage_is_named(folder):
    with PackWriter(folder / "bad") as pack:
        pack.add(DICTIONARY, np.empty(0, np.uint8))
        writer = RecordsWriter(pack, "r")
        writer.write(b"no frame", np.array([8]))
        writer.finish()
    with pytest.raises(IndexDamagedError, match="run `dateline index`"):
        Records(Pack(folder / "bad"), "r")[0]

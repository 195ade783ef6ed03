"""What is written to a pack comes back, and what was changed is noticed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import IndexDamagedError
from engine.whoosh.pack import Pack, PackWriter

TYPES = ["u1", "u2", "u4", "i8"]
arrays = st.tuples(st.sampled_from(TYPES), st.lists(st.integers(0, 255), max_size=200))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packs")
    return (folder / str(n) for n in range(1_000_000))


@given(st.lists(arrays, max_size=5), st.lists(arrays, max_size=3), st.integers(1, 7))
def test_arrays_survive_whole_or_in_pieces(folders, whole, spooled, step):
    path = next(folders)
    with PackWriter(path) as pack:
        spools = [pack.spool(f"s{n}", dtype) for n, (dtype, _) in enumerate(spooled)]
        for n, (dtype, values) in enumerate(whole):
            pack.add(f"w{n}", np.array(values, dtype))
        for section, (_, values) in zip(spools, spooled, strict=True):
            for start in range(0, len(values), step):
                section.write(np.array(values[start : start + step], np.int64))
    made = Pack(path)
    names = [f"w{n}" for n in range(len(whole))] + [f"s{n}" for n in range(len(spooled))]
    assert set(made.names()) == set(names)
    for name, (dtype, values) in zip(names, whole + spooled, strict=True):
        assert made.array(name).tolist() == values
        assert made.array(name).dtype == np.dtype(dtype)
        assert bytes(made.view(name)) == made.array(name).tobytes()
    assert list(made.problems()) == []


def written(path):
    with PackWriter(path) as pack:
        pack.add("a", np.arange(100, dtype=np.uint8))
        pack.add("b", np.arange(9))
    return path.read_bytes()


def test_sections_begin_at_multiples_of_64(tmp_path):
    data = written(tmp_path / "p")
    assert data[:8] == b"DTLNPACK"
    assert data[64:164] == bytes(range(100))
    assert data[192:200] == bytes(8)


@pytest.mark.parametrize(("place", "named"), [(70, "'a'"), (200, "'b'")])
def test_a_changed_section_is_named(tmp_path, place, named):
    data = bytearray(written(tmp_path / "p"))
    data[place] ^= 1
    (tmp_path / "q").write_bytes(data)
    (problem,) = Pack(tmp_path / "q").problems()
    assert named in problem


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda _: b"", "it is empty"),
        (lambda data: data[:20], "it is cut short"),
        (lambda data: b"X" + data[1:], "its table is not"),
        (lambda data: data[:-3] + b"}}}", "its table is not"),
        (lambda data: data[:8] + b"\x01" + data[9:], "its table is not"),
    ],
)
def test_what_is_no_pack_is_not_opened(tmp_path, change, why):
    path = tmp_path / "p"
    path.write_bytes(change(written(path)))
    with pytest.raises(IndexDamagedError, match=why):
        Pack(path)


def test_a_pack_given_up_has_no_table(tmp_path):
    def write():
        with PackWriter(tmp_path / "p") as pack:
            pack.spool("s", "u1")
            pack.add("a", np.zeros(1, np.uint8))
            raise KeyError

    with pytest.raises(KeyError):
        write()
    with pytest.raises(IndexDamagedError):
        Pack(tmp_path / "p")

"""Packs merged are, byte for byte, the pack that all their living articles together would make."""

from itertools import chain

import pytest
import random_archives
import whoosh_index
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.whoosh import merge, numbers
from engine.whoosh.build import build, learned
from engine.whoosh.pack import Pack
from engine.whoosh.segment import Segment, write_dead

blocks = st.sampled_from([1, 3, 1024])
archives = st.lists(random_archives.articles, min_size=1, max_size=6, unique_by=lambda one: one.id)


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("packs")


def sections(path):
    pack = Pack(path)
    return {name: (pack.array(name).dtype.str, bytes(pack.view(name))) for name in pack.names()}


def segment(folder, name, articles, dead, dictionary=b""):
    build(folder / name, articles, dictionary)
    bits = Segment(folder / name)
    if not dead:
        return bits
    marks = [one.id in dead for one in articles]
    write_dead(folder / f"{name}.dead", marks)
    return Segment(folder / name, folder / f"{name}.dead")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(archives, st.integers(1, 3), st.sets(st.integers(0, 5)), st.integers(1, 30), blocks)
def test_merging_is_building_at_once(folder_of, articles, size, gone, stretch, block):  # noqa: PLR0917  # varied
    folder = folder_of()
    dead = {one.id for number, one in enumerate(articles) if number in gone}
    batches = [articles[start : start + size] for start in range(0, len(articles), size)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "_STRETCH", stretch)
        patch.setattr(numbers, "_BLOCK", block)
        merge.merge(folder / "m", [segment(folder, f"{n}", batch, dead) for n, batch in enumerate(batches)])
        build(folder / "b", [one for one in articles if one.id not in dead], b"")
    merged, built = sections(folder / "m"), sections(folder / "b")
    # A value nobody living has any more may stay in the dictionary of a keyword field.
    same = [name for name in built if not dead or name.partition(".")[0] not in VALUES]
    assert {name: merged[name] for name in same} == {name: built[name] for name in same}


VALUES = {"source", "agency", "lang", "translated", "access", "year", "month", "day", "copies", "story"}


def test_lines_of_another_dictionary_are_compressed_anew(tmp_path):
    many = [article(f"a{n}", body=f"The army took town {n}, the radio said. " * 9) for n in range(200)]
    few = [article("b"), article("c")]
    parts = [segment(tmp_path, "1", many, (), learned(many)), segment(tmp_path, "2", few, {"b"})]
    assert parts[0].records["stored"].dictionary
    merge.merge(tmp_path / "m", parts)
    whole = Segment(tmp_path / "m")
    assert [whole.article(n) for n in range(whole.size)] == [*many, few[1]]
    assert [line for _, line in whole.entry_lines()]


def test_an_update_keeps_the_dictionary(tmp_path):
    many = [article(f"a{n}", body=f"The army took town {n}, the radio said. " * 9) for n in range(200)]
    index = whoosh_index.make(tmp_path / "ix", many, [article("b")])
    first, second = (part.records["stored"].dictionary for part in index.segments)
    assert first == second != b""
    assert [entry.id for entry in index.entries()] == sorted(chain(["b"], (one.id for one in many)))

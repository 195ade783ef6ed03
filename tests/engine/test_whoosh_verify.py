"""`check` names what is wrong, and an unsound draft never becomes current."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import article

from engine.errors import IndexDamagedError
from engine.model import SearchRequest
from engine.query import All
from engine.whoosh import open_engine, write
from engine.whoosh.generations import current
from engine.whoosh.pack import PackWriter
from engine.whoosh.publish import Draft, seal
from engine.whoosh.records import Compressor, RecordsWriter
from engine.whoosh.schema import digest
from engine.whoosh.segment import Segment
from engine.whoosh.snapshot import Snapshot
from engine.whoosh.verify import check, smoke


def sound(key, **changes):
    made = article(key, **changes)
    return replace(made, sha256=hashlib.sha256(made.raw.encode()).hexdigest())


@pytest.fixture
def root(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(root):
    made = open_engine(root)
    yield made
    made.close()


def build(engine, *articles):
    with engine.writer(fresh=True) as writer:
        for one in articles:
            writer.put(one)


def forge(root, change):
    """Change a file of the current generation and make the manifest agree, as only a bug of ours could."""
    generation = current(root, digest())
    change(generation.path)
    (generation.path / "manifest.json").unlink()
    manifest = generation.manifest
    draft = Draft(root, manifest.build, datetime.now(UTC))
    generation.path.rename(draft.path)
    made = seal(draft, manifest.schema, manifest.articles, manifest.languages, "{}")
    draft.path.rename(generation.path)
    return replace(made, path=generation.path)


def found(generation):
    snapshot = Snapshot(generation)
    problems = list(check(snapshot))
    snapshot.release()
    return problems


def test_a_sound_index(engine):
    build(engine, sound("a"), sound("b", title="…"), sound("c", title="北京 today", language="zh"))
    assert engine.check() == ()


def test_an_empty_index_is_sound(engine):
    build(engine)
    assert engine.check() == ()


def test_a_changed_file_is_the_only_thing_said(engine, root):
    build(engine, sound("a"))
    (segment,) = root.glob("builds/*/whoosh/*.pack")
    data = bytearray(segment.read_bytes())
    data[100] ^= 1
    segment.write_bytes(data)
    (problem,) = engine.check()
    assert f"{segment} is not what was written" in problem


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"sha256": "0" * 64}, "does not have its SHA-256"),
        ({"body": "Something else."}, "is not its raw text with its edits"),
    ],
)
def test_texts_are_looked_at(engine, wrong, problem):
    build(engine, sound("a"), replace(sound("b"), **wrong))
    (sentence,) = engine.check()
    assert problem in sentence
    assert "'b'" in sentence


def repacked(change):
    """Return what writes the pack of a generation anew, with an entry line or an article changed."""

    def rewrite(folder):
        (path,) = folder.glob("whoosh/*.pack")
        segment = Segment(path)
        copy = path.with_suffix(".copy")
        with PackWriter(copy) as pack:
            for name in segment.pack.names():
                if not name.startswith("entries."):
                    pack.add(name, segment.pack.array(name))
            lines = change([segment.records["entries"][n] for n in range(segment.size)])
            records = RecordsWriter(pack, "entries")
            records.write(*Compressor(segment.records["entries"].dictionary).frames(lines))
            records.finish()
        copy.replace(path)

    return rewrite


def test_an_entry_that_says_something_else(engine, root):
    build(engine, sound("a"), sound("b"))
    wrong = forge(root, repacked(lambda lines: [line.replace(b"Sahel", b"Niger") for line in lines]))
    assert found(wrong) == [f"The article '{key}' is not the one that is listed." for key in "ab"]


def test_an_entry_without_its_document(engine, root):
    build(engine, sound("a"), sound("b"))
    wrong = forge(root, repacked(lambda lines: [lines[0], lines[1].replace(b'"b"', b'"x"', 1)]))
    assert any("'x' is listed, but 0 documents" in problem for problem in found(wrong))
    index = Snapshot(wrong).index
    assert list(smoke(wrong, index)) == ["The article 'x' is listed but can not be found by its id."]


def test_a_wrong_number_of_articles(engine, root):
    build(engine, sound("a"), sound("b"))
    generation = current(root, digest())
    wrong = replace(generation, manifest=replace(generation.manifest, articles=3))
    assert found(wrong) == ["The manifest promises 3 articles, 2 are listed and 2 can be searched."]
    assert list(smoke(wrong, Snapshot(wrong).index)) == [
        "The manifest promises 3 articles, 2 can be searched."
    ]


def test_a_draft_that_fails_its_test_is_dropped(engine, root, monkeypatch):
    build(engine, sound("a"))
    monkeypatch.setattr(write, "smoke", lambda *_: iter(["The article 'b' is not found."]))
    with pytest.raises(IndexDamagedError, match="not sound and was dropped: The article 'b'"):
        build(engine, sound("b"))
    assert engine.search(SearchRequest(All())).hits[0].article.id == "a"
    assert len(list(root.glob("builds/*"))) == len(list(root.glob("builds/.*"))) + 1


def test_a_damaged_manifest_is_a_problem_not_a_crash(engine, root):
    build(engine, sound("a"))
    engine.close()
    next(root.glob("builds/*/manifest.json")).write_text("{}")
    (problem,) = engine.check()
    assert "was changed" in problem

"""What is not whole, not ours or not of this version is never opened, and the message says what to do."""

import hashlib
import json

import pytest

from engine.errors import IndexDamagedError, IndexIncompatibleError, IndexMissingError
from engine.whoosh import generations, publish
from engine.whoosh.generations import Manifest, current, pointer, problems

SCHEMA = "s1"


def build(root, content=b"postings", schema=SCHEMA):
    """Publish a generation of one file."""
    root.mkdir(exist_ok=True)
    draft = publish.begin(root)
    (draft.path / "part").mkdir()
    (draft.path / "part" / "data").write_bytes(content)
    return publish.publish(draft, publish.seal(draft, schema, 3, ("en", "fr"), '{"failed": 0}'))


def point(root, build_id, manifest):
    digest = hashlib.sha256(manifest).hexdigest()
    (root / "CURRENT").write_text(f"{build_id} {digest}\n")


@pytest.fixture
def root(tmp_path):
    return tmp_path / "index"


def test_a_published_generation_is_current(root):
    made = build(root)
    found = current(root, SCHEMA)
    assert found == made
    assert found.manifest.articles == 3
    assert found.manifest.languages == ("en", "fr")
    assert found.manifest.report == '{"failed": 0}'
    assert set(found.manifest.files) == {"part/data"}
    assert list(problems(found)) == []


def test_before_the_first_build(root):
    assert pointer(root) is None
    with pytest.raises(IndexMissingError, match=r"no index in .* run `dateline index`"):
        current(root, SCHEMA)


def test_a_folder_with_only_our_own_files_is_an_empty_index(root):
    root.mkdir()
    for name in ("README.md", ".gitkeep", "LOCK"):
        (root / name).touch()
    (root / "builds").mkdir()
    assert pointer(root) is None


@pytest.mark.parametrize("name", ["_MAIN_1.toc", "segments_1", "photos", "readme.txt"])
def test_a_folder_of_another_program_is_refused(root, name):
    root.mkdir()
    (root / name).touch()
    with pytest.raises(IndexIncompatibleError, match=f"another program .*{name}"):
        pointer(root)


def test_a_pointer_of_another_program_is_not_ours(root):
    root.mkdir()
    (root / "CURRENT").write_text("MANIFEST-000001\n")
    (root / "000003.log").touch()
    with pytest.raises(IndexIncompatibleError, match="another program"):
        pointer(root)


def test_a_file_in_place_of_the_folder_is_refused(root):
    root.touch()
    with pytest.raises(IndexIncompatibleError, match="is a file; give a directory"):
        pointer(root)


def test_a_pointer_that_can_not_be_read(root):
    (root / "CURRENT").mkdir(parents=True)
    with pytest.raises(IndexDamagedError, match="can not be read"):
        pointer(root)


def test_a_note_left_beside_our_index_does_no_harm(root):
    build(root)
    (root / "notes.txt").touch()
    assert current(root, SCHEMA)


@pytest.mark.parametrize("text", ["", " ", "nonsense\n", "20261120T224501Z-9c41f0\n", "../../etc abc\n"])
def test_a_pointer_that_names_no_build(root, text):
    build(root)
    (root / "CURRENT").write_text(text)
    expected = IndexDamagedError if text else IndexMissingError
    with pytest.raises(expected, match="run `dateline index`"):
        current(root, SCHEMA)


def test_a_lost_generation(root):
    made = build(root)
    (made.path / "manifest.json").unlink()
    with pytest.raises(IndexDamagedError, match="can not be read"):
        current(root, SCHEMA)


def test_a_changed_manifest(root):
    made = build(root)
    path = made.path / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"articles": 3', b'"articles": 4'))
    with pytest.raises(IndexDamagedError, match="was changed"):
        current(root, SCHEMA)


@pytest.mark.parametrize("content", [b"", b"post", b"postings and more", b"pastings"])
def test_a_small_file_that_was_changed_is_noticed_on_opening(root, content):
    made = build(root)
    (made.path / "part" / "data").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="is not what was written"):
        current(root, SCHEMA)


def test_a_large_file_is_read_only_by_the_full_check(root, monkeypatch):
    monkeypatch.setattr(generations, "_SMALL", 4)
    made = build(root)
    (made.path / "part" / "data").write_bytes(b"pastings")
    assert current(root, SCHEMA)
    (problem,) = problems(made)
    assert "is not what was written" in problem


def test_a_missing_file_is_noticed(root):
    made = build(root)
    (made.path / "part" / "data").unlink()
    with pytest.raises(IndexDamagedError, match="can not be read"):
        current(root, SCHEMA)


def test_another_schema_asks_for_a_rebuild(root):
    build(root, schema="s0")
    with pytest.raises(IndexIncompatibleError, match="another version of Dateline; run `dateline index`"):
        current(root, SCHEMA)


@pytest.mark.parametrize("change", [{"version": 99}, {"format": "something else"}, {"colour": "red"}])
def test_another_format_asks_for_a_rebuild(root, change):
    made = build(root)
    values = json.loads((made.path / "manifest.json").read_bytes())
    data = json.dumps({**values, **change}).encode()
    (made.path / "manifest.json").write_bytes(data)
    point(root, made.manifest.build, data)
    with pytest.raises(IndexIncompatibleError, match="another version of Dateline"):
        current(root, SCHEMA)


def test_the_manifest_survives_its_bytes():
    files = {"part/data": generations.FileSum(8, "ab" * 32)}
    made = Manifest("20261120T224501Z-9c41f0", "2026-11-20T22:45:01+00:00", SCHEMA, 3, ("en",), files, "{}")
    assert Manifest.from_bytes(made.to_bytes()) == made

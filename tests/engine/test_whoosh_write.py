"""A writer's changes become a verified generation, open for reading; what is not sound is dropped."""

import pytest
from builders import article

from engine.errors import IndexDamagedError
from engine.whoosh import publish, write
from engine.whoosh.write import GenerationWriter


def written(draft, before, *changes):
    writer = GenerationWriter(draft, before)
    for change in changes:
        writer.put(change)
    writer.describe('{"n": 1}')
    return writer.finish()


def test_a_generation_and_its_index(tmp_path):
    draft = publish.begin(tmp_path)
    twice = article("b", language="fr"), article("b", language=None)
    generation, index = written(draft, None, article("a"), *twice)
    assert generation.manifest.articles == index.columns.articles == 2
    assert generation.manifest.languages == ("en",)
    assert generation.manifest.report == '{"n": 1}'
    assert index.get("b") == article("b", language=None)


def test_an_update_carries_what_did_not_change(tmp_path):
    first, _ = written(publish.begin(tmp_path), None, article("a"))
    first = publish.publish(publish.Draft(tmp_path, first.manifest.build, None), first)
    draft = publish.begin(tmp_path)
    second, index = written(draft, first, article("b"))
    (pack,) = [name for name in first.manifest.files if name.endswith(".pack")]
    assert second.manifest.files[pack] == first.manifest.files[pack]
    assert pack in draft.carried
    assert [entry.id for entry in index.entries()] == ["a", "b"]


def test_what_is_not_sound_is_not_sealed(tmp_path, monkeypatch):
    monkeypatch.setattr(write, "smoke", lambda *_: iter(["It is odd."]))
    with pytest.raises(IndexDamagedError, match="not sound and was dropped: It is odd"):
        written(publish.begin(tmp_path), None, article("a"))

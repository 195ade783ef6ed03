"""Which engine a command gets."""

import sys
from pathlib import Path

import pytest

from cli.console import SettingsError
from cli.place import Place
from engine.errors import EngineAddressError
from engine.opensearch import OpenSearchEngine
from engine.whoosh import WhooshEngine


def test_a_folder_unless_a_cluster_is_named(tmp_path):
    assert isinstance(Place(tmp_path).open(), WhooshEngine)
    cluster = Place(tmp_path, "http://127.0.0.1:9200/press").open()
    assert isinstance(cluster, OpenSearchEngine)
    cluster.close()


def test_the_environment_names_both():
    assert Place.of_environment({}) == Place(Path("index"))
    found = Place.of_environment({"DATELINE_INDEX": "here", "DATELINE_ENGINE": "https://a.example"})
    assert found == Place(Path("here"), "https://a.example")
    assert str(found) == "the cluster"
    assert str(Place(Path("here"))) == "here"


def test_a_wrong_address_is_a_sentence():
    with pytest.raises(EngineAddressError, match="unencrypted"):
        Place(address="http://search.example").open()


def test_the_missing_package_is_named(monkeypatch):
    for name in [name for name in sys.modules if name.startswith("engine.opensearch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(SettingsError, match=r"dateline-search\[opensearch\]"):
        Place(address="https://a.example").open()

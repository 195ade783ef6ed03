"""Which addresses are taken, and that no password gets out."""

import pytest

from engine.errors import EngineAddressError
from engine.opensearch.settings import ClusterSettings

USER = {"DATELINE_ENGINE_USER": "archive", "DATELINE_ENGINE_PASSWORD": "open sesame"}


def read(address, **environment):
    return ClusterSettings.read(address, environment)


def test_an_address_names_hosts_and_an_index():
    found = read("https://a.example:9200, https://b.example:9200/sahel-press")
    assert found.hosts == ("https://a.example:9200", "https://b.example:9200")
    assert found.name == "sahel-press"
    assert read("http://127.0.0.1:9201").name == "dateline"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_this_machine_needs_no_encryption(host):
    assert read(f"http://{host}:9200").hosts == (f"http://{host}:9200",)


@pytest.mark.parametrize(
    "host", ["search.example", "10.0.0.7", "localhost.example", "127.0.0.1.example", "[::2]"]
)
def test_other_machines_do_unless_it_is_switched_off(host):
    with pytest.raises(EngineAddressError, match="unencrypted"):
        read(f"http://{host}:9200")
    with pytest.raises(EngineAddressError, match="unencrypted"):
        read(f"https://a.example:9200,http://{host}:9200")
    assert read(f"http://{host}:9200", DATELINE_ENGINE_ALLOW_HTTP="1").hosts == (f"http://{host}:9200",)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "search.example",
        "search.example:9200/x",
        "ftp://search.example/x",
        "https://",
        "https://search.example:x/",
        "https://search.example:99999/",
        "https://search.example/UPPER",
        "https://search.example/a/b",
        "https://search.example/.kibana",
        "https://search.example/_all",
        "https://search.example/*",
        "https://search.example/a?b",
        "https://a.example/one,https://b.example/two",
    ],
)
def test_other_addresses_are_refused_in_one_sentence(address):
    with pytest.raises(EngineAddressError, match=r"^[^\n]+\.$"):
        read(address)


def test_credentials_in_an_address_are_refused_and_not_repeated():
    with pytest.raises(EngineAddressError) as refused:
        read("https://archive:secret@search.example:9200")
    assert "secret" not in str(refused.value)


def test_a_password_comes_from_the_environment_or_a_file(tmp_path):
    assert ClusterSettings.read("https://a.example", USER).password == "open sesame"
    file = tmp_path / "password"
    file.write_text("from a file\nnot this\n", encoding="utf-8")
    found = read("https://a.example", DATELINE_ENGINE_USER="archive", DATELINE_ENGINE_PASSWORD_FILE=str(file))
    assert found.password == "from a file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(EngineAddressError, match="empty"):
        read("https://a.example", DATELINE_ENGINE_USER="a", DATELINE_ENGINE_PASSWORD_FILE=str(file))
    with pytest.raises(EngineAddressError, match="can not be read"):
        read("https://a.example", DATELINE_ENGINE_USER="a", DATELINE_ENGINE_PASSWORD_FILE=str(tmp_path / "x"))


@pytest.mark.parametrize("name", USER)
def test_half_of_the_credentials_is_a_mistake(name):
    with pytest.raises(EngineAddressError, match="both"):
        read("https://a.example", **{name: "x"})


def test_a_password_is_in_no_text():
    found = ClusterSettings.read("https://a.example", USER)
    assert "sesame" not in f"{found} {found!r}"


@pytest.mark.parametrize("shards", ["0", "x", "-1", "1025", "²", "9" * 50])
def test_a_number_of_shards_is_a_number(shards):
    with pytest.raises(EngineAddressError, match="number"):
        read("https://a.example", DATELINE_ENGINE_SHARDS=shards)


def test_a_certificate_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EngineAddressError, match=r"no such file"):
        read("https://a.example", DATELINE_ENGINE_CA=str(tmp_path / "ca.pem"))

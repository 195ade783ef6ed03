"""TLS, passwords, and clusters that are not there: what is said, and that no secret is in it."""

import logging

import pytest
from builders import article
from click.testing import CliRunner
from tls_proxy import Proxy, certificate

from cli.main import main
from engine.errors import IndexUnavailableError
from engine.model import SearchRequest
from engine.opensearch import open_engine
from engine.query import Term

PASSWORD = "open sesame"


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def proxy(cluster, own_certificate):
    made = Proxy(cluster.first, own_certificate, "archive", PASSWORD)
    yield made
    made.close()


def environment(certificate_, password=PASSWORD):
    return {
        "DATELINE_ENGINE_USER": "archive",
        "DATELINE_ENGINE_PASSWORD": password,
        "DATELINE_ENGINE_CA": str(certificate_),
        "DATELINE_ENGINE_SHARDS": "1",
    }


def test_an_archive_behind_tls_and_a_password(proxy, own_certificate, cluster, caplog):
    caplog.set_level(logging.DEBUG)
    engine = open_engine(f"{proxy.url}/{cluster.name()}", environment(own_certificate))
    with engine.writer(fresh=True) as writer:
        writer.put(article("a"))
    assert engine.search(SearchRequest(Term("army"))).total == 1
    engine.close()
    cluster.wipe()
    assert PASSWORD not in caplog.text


def test_a_wrong_password_is_named_and_not_repeated(proxy, own_certificate, caplog):
    caplog.set_level(logging.DEBUG)
    engine = open_engine(f"{proxy.url}/x", environment(own_certificate, "open barley"))
    with pytest.raises(IndexUnavailableError, match="DATELINE_ENGINE_PASSWORD") as refused:
        engine.info()
    engine.close()
    assert "barley" not in str(refused.value) + caplog.text


def test_a_certificate_of_somebody_else_is_refused(proxy, tmp_path):
    engine = open_engine(f"{proxy.url}/x", environment(certificate(tmp_path, "other")))
    with pytest.raises(IndexUnavailableError, match="DATELINE_ENGINE_CA"):
        engine.info()
    engine.close()


def test_a_cluster_that_is_away_is_named():
    for command in (["search", "kidal"], ["index", "corpus"], ["serve", "--port", "0"]):
        result = CliRunner().invoke(main, [*command, "--engine", "http://127.0.0.1:9/press"])
        assert result.exit_code == 3
        assert "“press” on http://127.0.0.1:9 can not be reached" in result.stderr


def test_plain_http_to_another_machine_is_refused():
    result = CliRunner().invoke(main, ["search", "kidal", "--engine", "http://search.example:9200"])
    assert result.exit_code == 3
    assert "unencrypted" in result.stderr

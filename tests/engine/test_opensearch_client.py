"""What each failure of a cluster is called, and which are tried again; the cluster is played by the test."""

import pytest
from opensearchpy import (
    AuthenticationException,
    AuthorizationException,
    ConflictError,
    ConnectionTimeout,
    NotFoundError,
    RequestError,
    SSLError,
    TransportError,
)
from opensearchpy import (
    ConnectionError as NoConnectionError,
)

from engine.errors import IndexUnavailableError, QueryLimitError
from engine.opensearch import client
from engine.opensearch.client import AbsentError, Cluster, RefusedError, TooBusyError, part
from engine.opensearch.settings import ClusterSettings

GONE = NoConnectionError("N/A", "refused", OSError("refused"))
FULL = {"error": {"reason": "blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"}}


@pytest.fixture
def cluster(monkeypatch):
    monkeypatch.setattr(client.time, "sleep", lambda _seconds: None)
    found = {"DATELINE_ENGINE_USER": "archive", "DATELINE_ENGINE_PASSWORD": "open sesame"}
    return Cluster(ClusterSettings.read("https://search.example:9200/press", found))


def play(cluster, monkeypatch, *outcomes):
    """Let the cluster answer with these, errors being raised; return the list of what was not asked for."""
    left = list(outcomes)

    def answer(*_args):
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(cluster, "_send", answer)
    return left


@pytest.mark.parametrize(
    "passing", [GONE, TransportError(503, "unavailable", {}), TransportError(429, "busy", {})]
)
def test_what_may_pass_is_tried_again(cluster, monkeypatch, passing):
    play(cluster, monkeypatch, passing, passing, {"took": 1})
    assert cluster.ask("GET", "/") == {"took": 1}


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (GONE, IndexUnavailableError, "can not be reached"),
        (ConnectionTimeout("TIMEOUT", "late", OSError()), IndexUnavailableError, "too long"),
        (SSLError("N/A", "bad", OSError()), IndexUnavailableError, "DATELINE_ENGINE_CA"),
        (AuthenticationException(401, "no", {}), IndexUnavailableError, "DATELINE_ENGINE_PASSWORD"),
        (AuthorizationException(403, "no", {}), IndexUnavailableError, "rights"),
        (AuthorizationException(403, "block", FULL), IndexUnavailableError, "disks are full"),
        (TransportError(429, "block", FULL), IndexUnavailableError, "disks are full"),
        (TransportError(429, "busy", {}), TooBusyError, "too busy"),
        (TransportError(500, "oops", {}), IndexUnavailableError, "HTTP 500"),
        (NotFoundError(404, "index_not_found_exception", {}), AbsentError, "build the index again"),
        (ConflictError(409, "version_conflict", {}), RefusedError, "version_conflict"),
        (RequestError(400, "parsing_exception", {}), RefusedError, "parsing_exception"),
        (RequestError(400, "x", {"reason": "too_many_clauses: 2000"}), QueryLimitError, "simpler"),
    ],
)
def test_every_failure_is_one_sentence(cluster, monkeypatch, error, kind, said):
    play(cluster, monkeypatch, error)
    with pytest.raises(kind, match=said) as raised:
        cluster.ask("GET", "/", patience=-1)
    text = str(raised.value)
    assert text.endswith((".", "?"))
    assert "sesame" not in text


def test_a_certificate_or_a_full_disk_does_not_mend_itself(cluster, monkeypatch):
    for error in (SSLError("N/A", "bad", OSError()), TransportError(429, "block", FULL)):
        left = play(cluster, monkeypatch, error, {})
        with pytest.raises(IndexUnavailableError):
            cluster.ask("GET", "/", patience=60)
        assert left == [{}]


def test_names_are_escaped_in_paths():
    assert part("a/../_all?x") == "a%2F..%2F_all%3Fx"

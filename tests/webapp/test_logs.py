from __future__ import annotations

import io
import json
import logging

import pytest
from webapp_archive import ARTICLES

from engine.memory import MemoryEngine
from webapp import create_app
from webapp.logs import NAME, configure


class Broken(MemoryEngine):
    def search(self, request):  # noqa: ARG002 - the protocol
        raise RuntimeError("broken on purpose")


@pytest.fixture
def log():
    stream = io.StringIO()
    logger = logging.getLogger(NAME)
    before = logger.handlers, logger.propagate, logger.level
    configure(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.handlers, logger.propagate, logger.level = before


def test_each_request_is_one_line_without_its_query(log, client_for):
    client = client_for(*ARTICLES, api_keys=("secret",))
    response = client.get("/api/v1/search?q=wagner", headers={"Authorization": "Bearer secret"})
    (line,) = log()
    assert line["request"] == response.headers["X-Request-ID"]
    assert (line["page"], line["status"], line["method"], line["level"]) == ("api.search", 200, "GET", "info")
    assert "wagner" not in json.dumps(line)
    assert "secret" not in json.dumps(line)


def test_a_fault_is_logged_under_the_same_id(log):
    broken = Broken()
    with broken.writer(fresh=True):
        pass
    response = create_app(broken).test_client().get("/search")
    assert response.status_code == 500
    lines = log()
    assert {line["request"] for line in lines} == {response.headers["X-Request-ID"]}
    assert any("broken on purpose" in json.dumps(line) for line in lines)
    assert response.headers["X-Request-ID"] in response.text


def test_an_id_is_taken_only_from_a_believed_proxy(client_for):
    given = {"X-Request-ID": "from-the-proxy"}
    assert client_for().get("/healthz", headers=given).headers["X-Request-ID"] != "from-the-proxy"
    proxied = client_for(proxies=1)
    assert proxied.get("/healthz", headers=given).headers["X-Request-ID"] == "from-the-proxy"
    hostile = {"X-Request-ID": "a" * 100}
    assert len(proxied.get("/healthz", headers=hostile).headers["X-Request-ID"]) == 16


def test_people_get_lines_to_read():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    logger = logging.getLogger(NAME)
    before = logger.handlers, logger.propagate, logger.level
    stream = Terminal()
    configure(stream)
    logger.warning("disk nearly full")
    logger.handlers, logger.propagate, logger.level = before
    assert "disk nearly full" in stream.getvalue()
    assert not stream.getvalue().startswith("{")

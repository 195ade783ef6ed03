from __future__ import annotations

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import (
    EngineError,
    IndexDamagedError,
    IndexMissingError,
    QueryLimitError,
    StaleCursorError,
    UnknownFieldError,
)
from engine.memory import MemoryEngine
from webapp import WebSettings, create_app
from webapp.errors import status_of


class Failing(MemoryEngine):
    """Describes itself, and fails at every search."""

    def __init__(self, error):
        super().__init__()
        self.error = error
        with self.writer(fresh=True):
            pass

    def search(self, request):  # noqa: ARG002 - the protocol
        raise self.error


def client_of(error):
    app = create_app(Failing(error))
    return app.test_client()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryLimitError("Too many words.", "clauses"), 400),
        (UnknownFieldError("There is no such field."), 400),
        (StaleCursorError("The cursor is of an earlier build."), 410),
        (IndexMissingError("There is no index yet; run dateline index."), 503),
        (IndexDamagedError("The index is damaged; run dateline index."), 503),
        (EngineError("Strange."), 500),
    ],
)
def test_who_can_mend_it_decides_the_status(error, status):
    assert status_of(error) == status
    client = client_of(error)
    page = client.get("/search?q=a")
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert str(error) in page.text
    problem = client.get("/api/v1/search?q=a")
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    body = problem.get_json()
    assert (body["status"], body["detail"], body["instance"]) == (status, str(error), "/api/v1/search")


def test_without_an_index_the_page_says_what_to_do():
    client = create_app(MemoryEngine()).test_client()
    response = client.get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "dateline index" in response.text
    assert client.get("/help").status_code == 200


def test_an_unforeseen_error_tells_nothing_of_itself():
    client = client_of(RuntimeError("secret"))
    for address in ("/search", "/api/v1/search"):
        response = client.get(address)
        assert response.status_code == 500
        assert "secret" not in response.text


def test_refused_parameters_are_listed(client):
    body = client.get("/api/v1/search?sort=size&colour=red").get_json()
    assert body["status"] == 400
    assert {e["param"] for e in body["errors"]} == {"sort", "colour"}
    text = BeautifulSoup(client.get("/search?sort=size&colour=red").text, "lxml").main.text
    assert "sort should be" in text
    assert "There is no parameter “colour”" in text


def test_a_query_beyond_the_limit_names_it(client):
    response = client.get("/api/v1/search", query_string={"q": "a" * 513})
    assert response.status_code == 400
    assert "512" in response.get_json()["detail"]
    assert response.get_json()["errors"][0]["param"] == "q"


@pytest.mark.parametrize(
    "query", ["(" * 100, "a " * 200, '"' * 99, "\x00", "%F0%9F%98%80", "a* " * 100, "date:9999-99"]
)
def test_no_query_breaks_the_server(client, query):
    for address in ("/search", "/api/v1/search", "/search.csv"):
        assert client.get(address, query_string={"q": query}).status_code in (200, 400)


@given(
    st.text(max_size=80), st.text(max_size=20), st.sampled_from(["/search", "/api/v1/search", "/search.ris"])
)
def test_no_text_breaks_the_server(app, query, source, address):
    values = {"q": query, "source": source, "-agency": query, "facet_size": "3"}
    assert app.test_client().get(address, query_string=values).status_code in (200, 400)


@given(st.text(min_size=1, max_size=40))
def test_no_address_breaks_the_server(app, key):
    address = "/article/" + quote(key, safe="", errors="replace")
    assert app.test_client().get(address).status_code in (200, 404)


def test_requests_are_bounded(engine):
    client = create_app(engine, WebSettings(url_length=300, parameters=5)).test_client()
    assert client.get("/search?q=" + "a" * 400).status_code == 414
    assert client.get("/search?" + "source=a&" * 6).status_code == 400
    assert client.get("/search?" + "source=a&" * 5).status_code == 200


@pytest.mark.parametrize(
    "address", ["/nowhere", "/api/v1/nowhere", "/article/", "/static/none.css", "/search/"]
)
def test_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_wrong_method_names_the_right_ones(client):
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert client.get("/theme").status_code == 405
    assert client.delete("/api/v1/search").get_json()["status"] == 405

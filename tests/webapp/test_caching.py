from __future__ import annotations

import pytest
from webapp_archive import ARTICLES

from engine.memory import MemoryEngine
from webapp import create_app


@pytest.fixture
def changing():
    engine = MemoryEngine()
    with engine.writer(fresh=True) as writer:
        writer.put(ARTICLES[0])
    return engine, create_app(engine).test_client()


@pytest.mark.parametrize(
    "address", ["/", "/search?q=kidal", "/api/v1/search?q=kidal", "/search.csv", "/sources"]
)
def test_what_a_client_has_is_not_sent_again(changing, address):
    _, client = changing
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" in again.headers


def test_a_new_build_makes_everything_new(changing):
    engine, client = changing
    tag = client.get("/search?q=kidal").headers["ETag"]
    with engine.writer(fresh=False) as writer:
        writer.put(ARTICLES[1])
    assert client.get("/search?q=kidal", headers={"If-None-Match": tag}).status_code == 200


def test_another_query_or_theme_is_another_answer(changing):
    _, client = changing
    tag = client.get("/search?q=kidal").headers["ETag"]
    assert client.get("/search?q=gao", headers={"If-None-Match": tag}).status_code == 200
    client.set_cookie("theme", "dark")
    assert client.get("/search?q=kidal", headers={"If-None-Match": tag}).status_code == 200


def test_errors_health_and_metrics_are_never_kept(changing):
    _, client = changing
    for address in ("/nowhere", "/search?sort=size", "/healthz", "/metrics"):
        assert "ETag" not in client.get(address).headers


def test_head_has_the_tag_and_no_body(changing):
    _, client = changing
    response = client.head("/search?q=kidal")
    assert response.data == b""
    assert response.headers["ETag"] == client.get("/search?q=kidal").headers["ETag"]


def test_the_months_of_the_archive_are_counted_once_for_each_build(changing):
    engine, client = changing
    calendar = client.application.extensions["dateline"].calendar
    build = engine.info().build
    assert calendar.months(build) == {"2023-11": 1}
    assert calendar.months(build) is calendar.months(build)
    with engine.writer(fresh=False) as writer:
        writer.put(ARTICLES[1])
    assert calendar.months(engine.info().build) == {"2023-11": 1, "2023-09": 1}

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webapp_archive import ARTICLES

from webapp import WebSettings, create_app, guard
from webapp.guard import RateLimit, client_of


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_a_burst_is_let_through_and_then_an_even_rate():
    clock = Clock()
    limit = RateLimit(60, clock)
    assert [limit.wait("a") for _ in range(10)] == [0.0] * 10
    assert limit.wait("a") == pytest.approx(1)
    assert limit.wait("b") == 0
    clock.now += 1
    assert limit.wait("a") == 0
    assert limit.wait("a") > 0


@given(st.integers(1, 1000), st.lists(st.floats(0, 30), max_size=60))
def test_waiting_as_told_is_enough_and_the_rate_is_kept(rate, pauses):
    clock = Clock()
    limit = RateLimit(rate, clock)
    passed = 0
    for pause in pauses:
        clock.now += pause
        seconds = limit.wait("a")
        clock.now += seconds + 1e-6 if seconds else 0
        assert not seconds or limit.wait("a") == 0
        passed += 1
    assert passed <= 1 + max(rate / 6, 1) + (clock.now - 100) * rate / 60 + 1e-3


def test_only_so_many_clients_are_remembered(monkeypatch):
    monkeypatch.setattr(guard, "CLIENTS", 3)
    limit = RateLimit(1, Clock())
    for n in range(100):
        assert limit.wait(str(n)) == 0
    assert limit.wait("99") > 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        (None, "unknown"),
        ("x", "x"),
    ],
)
def test_a_client_is_an_address_or_a_network(address, client):
    assert client_of(address) == client


def test_too_many_requests_are_told_when_to_come_back(client_for, monkeypatch):
    client = client_for(*ARTICLES, rate=60)
    monkeypatch.setattr(RateLimit, "wait", lambda _limit, _client: 2.5)
    refused = client.get("/api/v1/search?q=gao")
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert refused.headers["Retry-After"] == "3"
    assert "wait 3 s" in client.get("/search").text
    for free in ("/healthz", "/readyz", "/metrics", "/static/style.css"):
        with client.get(free) as answer:
            assert answer.status_code == 200


KEYED = {"Authorization": "Bearer second"}


@pytest.mark.parametrize("address", ["/api/v1/search", "/api/v1/sources", "/metrics", "/api/v1/nothing"])
def test_programs_must_show_a_key_where_there_is_one(client_for, address):
    client = client_for(*ARTICLES, api_keys=("first", "second"))
    refused = client.get(address)
    assert (refused.status_code, refused.mimetype) == (401, "application/problem+json")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get(address, headers={"Authorization": "Bearer sëcond"}).status_code == 401
    assert client.get(address, headers={"X-API-Key": "first"}).status_code != 401
    assert client.get(address, headers=KEYED).status_code != 401
    assert client.options(address).status_code != 401


def test_pages_and_files_need_no_key(client_for):
    client = client_for(*ARTICLES, api_keys=("first",))
    for address in ("/", "/search?q=gao", "/search.csv", "/openapi.json", "/healthz"):
        assert client.get(address).status_code == 200


def test_keys_are_not_shown_with_the_settings():
    assert "secret" not in repr(WebSettings(api_keys=("secret",)))


def test_a_body_is_bounded(client):
    assert client.post("/theme", data={"theme": "x" * 100_000}).status_code == 413


def test_who_asks_is_believed_only_of_so_many_proxies(engine):
    def limited(proxies):
        return create_app(engine, replace(WebSettings(), rate=6, proxies=proxies)).test_client()

    def ask(client, forwarded):
        return client.get("/api/v1/sources", headers={"X-Forwarded-For": forwarded}).status_code

    direct, proxied = limited(0), limited(1)
    assert [ask(direct, f"203.0.113.{n}") for n in range(2)] == [200, 429]
    assert [ask(proxied, f"203.0.113.{n}") for n in range(2)] == [200, 200]
    assert ask(proxied, "203.0.113.9, 203.0.113.1") == 429  # the last is what the proxy saw


def test_addresses_are_those_the_proxy_was_asked_for(engine):
    client = create_app(engine, replace(WebSettings(), proxies=1)).test_client()
    said = {"Proto": "https", "Host": "news.example", "Prefix": "/archive"}
    headers = {f"X-Forwarded-{name}": value for name, value in said.items()}
    feed = client.get("/search.atom?q=quiet", headers=headers).text
    assert 'href="https://news.example/archive/article/' in feed
    assert json.loads(client.get("/api/v1/search?q=gao&per_page=2", headers=headers).text)["next"].startswith(
        "/archive/api/v1/search?"
    )

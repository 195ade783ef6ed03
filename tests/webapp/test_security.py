from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=kidal", "/nowhere", "/api/v1/search", "/search.csv", "/static/style.css", "/healthz"],
)
def test_every_answer_is_protected(client, address):
    with client.get(address) as response:
        headers = response.headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_other_site_may_read_an_answer(client):
    response = client.get("/api/v1/search", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_only_sites_in_the_settings_may_read_the_api(client_for):
    client = client_for(origins=("https://desk.example",))

    def allowed(origin, address="/api/v1/search"):
        return client.get(address, headers={"Origin": origin}).headers.get("Access-Control-Allow-Origin")

    assert allowed("https://desk.example") == "https://desk.example"
    assert allowed("https://evil.example") is None
    assert allowed("https://desk.example", "/search") is None
    assert "Origin" in client.get("/api/v1/search").headers["Vary"]

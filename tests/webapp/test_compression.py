from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from webapp.compression import packed_stream

TAKES = {"Accept-Encoding": "gzip"}


def test_pages_files_and_answers_are_packed(client):
    for address in ("/search?q=gao", "/api/v1/search?q=gao", "/search.jsonl?q=gao", "/static/style.css"):
        with client.get(address, headers=TAKES) as packed, client.get(address) as plain:
            assert packed.headers["Content-Encoding"] == "gzip"
            assert "Content-Encoding" not in plain.headers
            assert "Accept-Encoding" in packed.headers["Vary"]
            assert "Accept-Encoding" in plain.headers["Vary"]
            if "api" in address or "search?" in address:
                continue  # the time it took differs
            assert gzip.decompress(packed.data) == plain.data


def test_what_is_small_or_not_wanted_is_left_alone(client):
    assert "Content-Encoding" not in client.get("/healthz", headers=TAKES).headers
    refusing = {"Accept-Encoding": "gzip;q=0"}
    assert "Content-Encoding" not in client.get("/search?q=gao", headers=refusing).headers
    assert "Content-Encoding" not in client.head("/search?q=gao", headers=TAKES).headers


def test_what_a_client_has_is_not_sent_again_packed_or_not(client):
    tag = client.get("/search?q=gao", headers=TAKES).headers["ETag"]
    again = client.get("/search?q=gao", headers={**TAKES, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@given(st.lists(st.binary()))
def test_a_packed_stream_unpacks_to_the_same(pieces):
    assert gzip.decompress(b"".join(packed_stream(pieces))) == b"".join(pieces)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.identity import MAX_ID, IdRegister, canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://News.Example/a/b", "https://news.example/a/b"),
        ("https://news.example:443/a?id=7&utm_source=x&fbclid=y#top", "https://news.example/a?id=7"),
        ("http://news.example:8080", "http://news.example:8080/"),
        (" https://news.example/é ", "https://news.example/é"),
        ("ftp://news.example/a", None),
        ("javascript:alert(1)", None),
        ("https://[broken", None),
        ("https://news.example:99999/a", None),
        ("news.example/a", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_url(url: str | None, canonical: str | None) -> None:
    assert canonical_url(url) == canonical


@given(st.text(max_size=200))
def test_canonical_url_is_stable_on_anything(url: str) -> None:
    once = canonical_url(url)
    assert once is None or canonical_url(once) == once


def test_the_first_document_gets_the_url_and_no_document_is_lost() -> None:
    register = IdRegister()
    url = "https://news.example/a"
    assert register.assign("one.txt", url) == url
    assert register.assign("two.txt", url) == "two.txt"
    assert register.assign("three.txt", None) == "three.txt"
    assert register.assign("four.txt", url + "x" * MAX_ID) == "four.txt"

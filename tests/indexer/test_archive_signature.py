"""Signatures: what the whole archive is compared by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Access, Article, Claim, Evidence, Published, Translated
from indexer.archive.signature import UNDATED, Own, Signature, day_of, sign

OWN = Own(
    Access(truncated=True, percent_left=40, reasons=(Evidence("percent_left", "40 %", 3, 7),)),
    Translated("probable", "fr", (Evidence("credit", "Traduit de l’anglais"),)),
)
blobs = st.binary(max_size=12)
words = st.none() | st.text(max_size=5)
signatures = st.builds(
    Signature,
    words=st.integers(0, 10**6),
    left=st.integers(0, 10**6),
    day=st.integers(-1, 30_000),
    agency=words,
    verdict=st.sampled_from(["translated", "probable", "none", "unknown"]),
    from_language=words,
    lines=blobs,
    first=blobs,
    copies=blobs.filter(bool),
    story=blobs,
    templates=st.lists(st.integers(0, 2**64 - 1), max_size=3).map(tuple),
    facts=st.text("0123456789abcdef", max_size=18),
    own=st.sampled_from([None, OWN]),
)


@given(signatures)
def test_a_signature_comes_back_from_its_text(signature: Signature) -> None:
    text = signature.dump()
    assert Signature.load(text) == signature
    assert not set(text) & set(" \n\"'")


def test_it_says_what_the_article_says_of_itself() -> None:
    article = Article(
        id="a",
        path="a",
        raw="Rain fell.",
        body="Rain fell.",
        body_start=0,
        body_end=10,
        title="Rain",
        words=2,
        agency=Claim("AFP", "certain"),
        published=Published("2023-11-14T20:31:20Z", "certain", precision="second"),
        translated=Translated("probable", "fr"),
    )
    signature = sign(article)
    assert (signature.words, signature.left, signature.agency) == (2, 2, "AFP")
    assert (signature.verdict, signature.from_language) == ("probable", "fr")
    assert signature.first == signature.copies
    assert signature.own is None


@pytest.mark.parametrize(
    ("published", "day"),
    [("1970-01-01", 0), ("2023-11-14T20:31:20Z", 19675), ("2023-11", UNDATED), (None, UNDATED)],
)
def test_a_day_counts_from_1970(published: str | None, day: int) -> None:
    assert day_of(published) == day

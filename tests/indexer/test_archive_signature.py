"""Signatures: what the whole archive is compared by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Access, Article, Claim, Evidence, Published, Translated
from indexer.archive.signature import About, Compared, Own, Signature, sign
from indexer.grouping.twins import Twin

OWN = Own(
    Access(truncated=True, percent_left=40, reasons=(Evidence("percent_left", "40 %", 3, 7),)),
    Translated("probable", "fr", (Evidence("credit", "Traduit de l’anglais"),)),
)
blobs = st.binary(max_size=12)
words = st.none() | st.text(max_size=5)
abouts = st.builds(
    About,
    published=words,
    words=st.integers(0, 10**6),
    truncated=st.booleans(),
    agency=st.sampled_from(["certain", "probable", "unknown"]),
    shows=st.integers(-1, 2),
    from_language=words,
)
signatures = st.builds(
    Signature,
    about=abouts,
    lines=blobs,
    first=blobs,
    left=st.integers(0, 10**6),
    copies=blobs.filter(bool),
    story=blobs,
    anchors=blobs,
    templates=st.lists(st.integers(0, 2**64 - 1), max_size=3).map(tuple),
    compared=st.none()
    | st.builds(
        Compared, st.text(max_size=3), st.none() | st.builds(Twin.of, st.text(max_size=5), st.integers(0, 99))
    ),
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
    about = signature.about
    assert (about.words, signature.left, about.agency, about.truncated) == (2, 2, "certain", False)
    assert (about.published, about.from_language) == ("2023-11-14T20:31:20Z", "fr")
    assert signature.first == signature.copies
    assert signature.own is None


@pytest.mark.parametrize(
    ("published", "day"),
    [("1970-01-01", 0), ("2023-11-14T20:31:20Z", 19675), ("2023-11", None), (None, None)],
)
def test_a_day_counts_from_1970(published: str | None, day: int | None) -> None:
    about = About(published, 0, truncated=False, agency="unknown", shows=0, from_language=None)
    assert about.day == day

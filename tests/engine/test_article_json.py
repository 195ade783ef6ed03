"""An article survives its JSON form exactly, and the public form shows what it promises."""

import json
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import article_json
from engine.article_json import STORED_ONLY, from_dict, to_dict
from engine.model import (
    Access,
    Article,
    Byline,
    Claim,
    Copies,
    Edit,
    Evidence,
    Paragraph,
    Published,
    Story,
    Translated,
)

RAW = "BAMAKO (Savane Wire) -The ferry is back. Back to top"
REMOVAL = Edit(0, 21, "", "remove", "core/dateline", "dateline", "3", "BAMAKO (Savane Wire)", 0.98)
ARTICLE = Article(
    id="https://savane.example/ferry",
    path="savane/ferry.html",
    raw=RAW,
    body="The ferry is back.",
    body_start=0,
    body_end=40,
    title="Ferry back",
    url="https://savane.example/ferry",
    words=4,
    language="en",
    source=Claim("Savane Daily", "declared", (Evidence("folder", "savane"),)),
    published=Published("2023-11", "probable", (Evidence("body", "November", 3, 11),), "month"),
    translated=Translated("probable", "fr", (Evidence("mark", "traduit"),), "https://savane.example/bac"),
    access=Access(truncated=True, percent_left=55, reasons=(Evidence("notice", "55 % left", 4, 9),)),
    byline=Byline(authors=("Awa Diop",), desk="ad/kl"),
    flags=("date_conflict",),
    edits=(REMOVAL,),
    foreign=(Paragraph(3, 9, "fr"),),
    copies=Copies("g1", 3, "original"),
    story=Story("s1", 7),
    sha256="ab" * 32,
    fingerprint="cd" * 32,
)

text = st.text(max_size=20)
maybe = st.none() | text
evidence = st.lists(st.builds(Evidence, text, text, st.none() | st.integers(0, 99)), max_size=2).map(tuple)
names = st.lists(text, max_size=2).map(tuple)
kinds = st.sampled_from(["remove", "repair"])
precisions = st.sampled_from([None, "day", "month"])
edits = st.lists(
    st.builds(
        Edit,
        st.integers(0, 9),
        st.integers(9, 20),
        text,
        kinds,
        text,
        text,
        text,
    ),
    max_size=3,
).map(tuple)
articles = st.builds(
    Article,
    id=text,
    path=text,
    raw=text,
    body=text,
    body_start=st.integers(0, 9),
    body_end=st.integers(0, 9),
    title=text,
    url=maybe,
    language=maybe,
    section=maybe,
    source=st.builds(Claim, maybe, evidence=evidence),
    agency=st.builds(Claim, maybe, evidence=evidence),
    published=st.builds(
        Published, maybe, evidence=evidence, precision=st.sampled_from([None, "day", "month"])
    ),
    dateline_place=maybe,
    byline=st.builds(Byline, names, names, names, names, maybe),
    access=st.builds(Access, st.booleans(), st.none() | st.integers(0, 100), evidence),
    translated=st.builds(Translated, from_language=maybe, evidence=evidence, original_id=maybe),
    flags=names,
    edits=edits,
    foreign=st.lists(st.builds(Paragraph, st.integers(0, 9), st.integers(0, 9), text), max_size=2).map(tuple),
    copies=st.none() | st.builds(Copies, text, st.integers(1, 9), text),
    story=st.none() | st.builds(Story, text, st.integers(1, 9)),
)


@given(articles)
def test_round_trip_is_exact(article):
    assert from_dict(json.loads(json.dumps(to_dict(article)))) == article


def test_round_trip_of_a_full_article():
    assert from_dict(json.loads(json.dumps(to_dict(ARTICLE)))) == ARTICLE


def test_public_form_has_the_promised_keys_and_values():
    data = to_dict(ARTICLE, full=False)
    assert not set(data) & set(STORED_ONLY)
    assert data["source"] == {
        "value": "Savane Daily",
        "certainty": "declared",
        "evidence": [{"kind": "folder", "text": "savane"}],
    }
    assert data["published"]["precision"] == "month"
    assert data["translated"]["from"] == "fr"
    assert data["translated"]["original_id"] == "https://savane.example/bac"
    assert data["copies"] == {"group_id": "g1", "size": 3, "role": "original"}
    assert data["story"] == {"id": "s1", "size": 7}
    assert data["foreign"] == [{"start": 3, "end": 9, "language": "fr"}]


def test_an_edit_shows_the_text_it_took():
    (edit,) = to_dict(ARTICLE, full=False)["edits"]
    assert edit["removed"] == RAW[0:21]
    assert set(edit) == {field.name for field in fields(Edit)} | {"removed"}


def test_unknown_is_absent():
    data = to_dict(
        replace(ARTICLE, url=None, language=None, agency=Claim(), copies=None, story=None), full=False
    )
    assert not {"url", "language", "section", "dateline_place", "copies", "story"} & set(data)
    assert data["agency"] == {"certainty": "unknown", "evidence": []}


def test_what_is_not_an_article_is_refused():
    with pytest.raises((KeyError, TypeError)):
        from_dict({"id": "x"})


def test_every_key_is_documented():
    described = set(re.findall(r"[a-z0-9_]+", article_json.__doc__))
    assert {field.name for field in fields(Article)} <= described

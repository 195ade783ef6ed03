"""Every field of FIELDS is in the schema, and an article is indexed as the reference engine reads it."""

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine import fields
from engine.fields import BY_NAME, FIELDS, Field
from engine.matching import field_tokens
from engine.whoosh import schema
from engine.whoosh.packing import load, unpack
from engine.whoosh.schema import PositionsFormat, build, postings, row, stems

ARTICLE = article(
    "a",
    title="Ferry runs",
    body="The ferries run. A ferry ran.",
    removed=["Read also", "Read this"],
    authors=["Ann Lee", "Bob Roy"],
    source="Sahel Courier",
    published="2023-11",
    story="s1",
)


def test_every_field_has_its_columns():
    names = set(build().names())
    for field in FIELDS:
        assert field.name in names
        assert (f"{field.name}_stems" in names) == field.stemmed
        assert (f"{field.name}_words" in names) == field.words


def test_a_row_fills_every_column():
    assert set(row(ARTICLE)) == set(build().names())


def test_nothing_is_kept_in_stored_fields():
    assert not [name for name, field in build().items() if field.stored]


def test_positions_are_those_of_the_reference():
    for name in ("body", "removed", "author", "source"):
        expected = {}
        for token in field_tokens(BY_NAME[name], ARTICLE):
            expected.setdefault(token.text, []).append(token.position)
        assert postings(BY_NAME[name], ARTICLE) == expected


def test_stems_are_counted_in_the_language_of_the_article():
    terms = postings(BY_NAME["body"], ARTICLE)
    assert stems(terms, "en")["en/ferri"] == 2
    assert stems(terms, None)["ferries"] == 1


def test_what_a_row_says():
    cells = row(ARTICLE)
    assert cells["id"] == ("a",)
    assert cells["source"] == ("Sahel Courier",)
    assert set(cells["source_words"]) == {"sahel", "courier"}
    assert cells["published"] == cells["moment"] == 20231101000000
    assert load(cells["story"]) == "s1"
    assert load(cells["copies"]) is None
    assert unpack(cells["article"]) == ARTICLE


def test_an_undated_article_has_no_date_to_find():
    cells = row(article(published=None))
    assert cells["published"] is None
    assert cells["moment"] == 0


@given(st.lists(st.integers(0, 2**31), unique=True, min_size=1).map(sorted))
def test_positions_survive_their_bytes(positions):
    form = PositionsFormat()
    data = form.encode(positions)
    assert form.decode_positions(data) == positions
    assert form.decode_frequency(data) == len(positions)
    assert form.decode_weight(data) == len(positions)


def test_the_digest_follows_fields_and_analysis(monkeypatch):
    before = schema.digest()
    assert schema.digest() == before
    monkeypatch.setattr(schema, "signature", lambda: "another analysis")
    changed = schema.digest()
    extra = Field("mood", "keyword", lambda _: ("calm",), "Mood", facet=True)
    monkeypatch.setattr(schema, "FIELDS", (*fields.FIELDS, extra))
    assert len({before, changed, schema.digest()}) == 3


@pytest.mark.parametrize("value", ["Sahel Courier", "", "\udc80", "汉字"])
def test_terms_survive_their_bytes(value):
    field = schema.Exact()
    assert field.from_bytes(field.to_bytes(value)) == value
    assert load(field.to_column_value((value, value))) == [value, value]

"""Every field of FIELDS is in the schema, and the schema has a name that follows what it depends on."""

import pytest

from engine import fields
from engine.fields import FIELDS, Field
from engine.whoosh import schema
from engine.whoosh.schema import build


def test_every_field_has_its_columns():
    names = set(build().names())
    for field in FIELDS:
        assert field.name in names
        assert (f"{field.name}_stems" in names) == field.stemmed
        assert (f"{field.name}_words" in names) == field.words


def test_nothing_is_kept_in_stored_fields():
    assert not [name for name, field in build().items() if field.stored]


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
    assert field.to_bytes(value.encode("utf-8", "surrogatepass")) == field.to_bytes(value)

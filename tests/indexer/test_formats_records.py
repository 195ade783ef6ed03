from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import Declared, Failure, RawDocument
from indexer.formats.base import ReadSettings, Source
from indexer.formats.records import body_text, candidates, clean, declared, moment, people, record, string

TEXT = "The harbour reopened on Monday."


def made(data, **fields):
    settings = ReadSettings(fields=tuple(fields.items()))
    return record(Source("a.jsonl", Declared(), settings), data, 1)


def about(data) -> Declared:
    return declared(candidates(data, ReadSettings()))


CRAWLERS = {
    "news-please": {
        "maintext": TEXT,
        "title": "Harbour reopens",
        "url": "https://harbour.example/1",
        "source_domain": "harbour.example",
        "date_publish": "2024-03-04 10:00:00",
        "authors": ["Ida Berg"],
        "language": "en",
        "description": "A teaser.",
    },
    "trafilatura": {
        "text": TEXT,
        "raw_text": "other",
        "title": "Harbour reopens",
        "source": "https://harbour.example/1",
        "source-hostname": "harbour.example",
        "date": "2024-03-04 10:00:00",
        "author": "Ida Berg",
        "language": "en",
        "excerpt": "A teaser.",
    },
    "Fundus": {
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [TEXT]}]},
        "title": "Harbour reopens",
        "html": {"requested_url": "x"},
        "responded_url": "https://harbour.example/1",
        "publisher": "harbour.example",
        "publishing_date": "2024-03-04 10:00:00",
        "authors": ["Ida Berg"],
        "lang": "en",
    },
    "NewsAPI": {
        "source": {"id": None, "name": "harbour.example"},
        "author": "Ida Berg",
        "title": "Harbour reopens",
        "url": "https://harbour.example/1",
        "publishedAt": "2024-03-04 10:00:00",
        "content": TEXT,
        "lang": "en",
        "description": "A teaser.",
    },
    "schema.org": {
        "@type": "NewsArticle",
        "headline": "Harbour reopens",
        "articleBody": TEXT,
        "url": "https://harbour.example/1",
        "publisher": {"@type": "Organization", "name": "harbour.example"},
        "datePublished": "2024-03-04 10:00:00",
        "author": [{"@type": "Person", "name": "Ida Berg"}],
        "inLanguage": "en",
    },
    "spreadsheet": {
        "Title": "Harbour reopens",
        "Article Text": TEXT,
        "Publication": "harbour.example",
        "Link": "https://harbour.example/1",
        "Publish Date": "2024-03-04 10:00:00",
        "Authors": "['Ida Berg']",
        "Lang": "en",
    },
}


@pytest.mark.parametrize("data", CRAWLERS.values(), ids=CRAWLERS)
def test_common_crawlers_are_understood_without_configuration(data):
    document = made(data)
    assert document.payload == TEXT
    assert document.media == "text"
    assert document.declared == Declared(
        title="Harbour reopens",
        url="https://harbour.example/1",
        source="harbour.example",
        published="2024-03-04 10:00:00",
        authors=("Ida Berg",),
        language="en",
    )


def test_a_word_press_post_is_html():
    document = made({"title": {"rendered": "Fish &amp; chips"}, "content": {"rendered": f"<p>{TEXT}</p>"}})
    assert (document.media, document.declared.title) == ("html", "Fish & chips")


def test_text_goes_before_html_and_empty_text_gives_way():
    assert made({"text": TEXT, "html": "<p>x</p>"}).payload == TEXT
    document = made({"text": " ", "raw_html": "<p>x</p>"})
    assert (document.payload, document.media) == ("<p>x</p>", "html")


def test_a_sign_of_less_does_not_make_html():
    assert made({"text": "<10 people came. </3"}).media == "text"


def test_a_description_is_no_article():
    failure = made({"title": "T", "description": "Only a teaser."})
    reason = "no text field; fields present: title, description; map one in dateline.toml"
    assert failure == Failure("a.jsonl#1", reason)


def test_a_mapping_in_the_settings_goes_first():
    document = made({"contenu": TEXT, "text": "other", "titre": "T"}, text="contenu", title="titre")
    assert (document.payload, document.declared.title) == (TEXT, "T")


def test_a_mapping_reaches_into_objects_and_ignores_case():
    data = {"fields": {"bodyText": TEXT}, "Journal": "Harbour Post"}
    document = made(data, text="fields.bodyText", source="journal")
    assert (document.payload, document.declared.source) == (TEXT, "Harbour Post")


def test_an_empty_text_is_not_called_missing():
    assert made({"text": "  "}).reason == "the text of the record is empty"


@pytest.mark.parametrize(
    ("data", "kind"),
    [([1], "an array"), ("x", "a string"), (3, "a number"), (None, "null"), (True, "true or false")],
)
def test_a_record_must_be_an_object(data, kind):
    assert made(data).reason == f"the record is {kind}, not an object"


def test_many_fields_are_listed_in_part():
    reason = made({f"field {i}": i for i in range(50)}).reason
    assert "field 11, …;" in reason
    assert "field 12" not in reason


def test_paragraphs_in_a_list_become_paragraphs():
    assert body_text(["One.", "", {"p": "Two."}]) == "One.\n\nTwo."
    assert body_text({"rendered": "Three."}) == "Three."
    assert body_text(4) == ""


def test_deep_nesting_is_walked_without_recursion():
    value: object = "deep"
    for _ in range(50_000):
        value = [value]
    assert body_text(value) == "deep"


@pytest.mark.parametrize(
    "nothing", [None, "", "  ", "nan", "None", "NULL", float("nan"), float("inf"), True, [], {}]
)
def test_nothing_in_its_many_spellings(nothing):
    assert string(nothing) is None


def test_values_are_one_short_line():
    assert string(" Two\n lines &amp; more ") == "Two lines & more"
    assert string(["", {"name": "In a list"}]) == "In a list"
    assert string(12) == "12"
    assert len(string("x" * 10_000)) == 2000
    assert string([[[[[["too deep"]]]]]]) is None


@pytest.mark.parametrize(
    "value",
    [
        ["Ida Berg", {"name": "Jon Lund"}],
        "['Ida Berg', 'Jon Lund']",
        "Ida Berg; Jon Lund",
        ["Ida Berg", "https://social.example/ida", "Jon Lund", "Ida Berg"],
    ],
)
def test_authors_come_in_many_shapes(value):
    assert people(value) == ("Ida Berg", "Jon Lund")


def test_a_byline_is_kept_as_written():
    assert people("By Ida Berg and Jon Lund") == ("By Ida Berg and Jon Lund",)
    assert people("[unclosed 'list]") == ("[unclosed 'list]",)
    assert people(None) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("14 November 2023", "14 November 2023"),
        (1700000000, "2023-11-14T22:13:20Z"),
        (1700000000000, "2023-11-14T22:13:20Z"),
        (1700000000.75, "2023-11-14T22:13:20Z"),
        (946684800000, "2000-01-01T00:00:00Z"),
        (1700000000000000, "2023-11-14T22:13:20Z"),
        pytest.param(10**400, str(10**400), id="a number of 401 digits"),
        (True, None),
        ({"$date": 1700000000000}, "2023-11-14T22:13:20Z"),
        ({"$date": "2023-11-14"}, "2023-11-14"),
        (2023, "2023"),
        ("nan", None),
    ],
)
def test_dates_are_kept_as_written_and_numbers_are_clocks(value, text):
    assert moment(value) == text


def test_access_and_length_may_be_spelled():
    assert about({"isAccessibleForFree": "False", "wordCount": "310"}).free is False
    assert about({"free_access": True, "word-count": 310}).word_count == 310
    assert about({"isAccessibleForFree": "perhaps", "wordCount": "many"}) == Declared()


def test_lone_surrogates_are_replaced():
    assert clean("a\ud800b") == "a\ufffdb"
    assert about(json.loads('{"title": "bad \\ud83d tail"}')).title == "bad \ufffd tail"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from(
    ["text", "html", "title", "url", "source", "date", "authors", "free", "wordCount", "x"]
)


@given(st.dictionaries(keys, values))
def test_any_record_becomes_a_document_or_a_reason(data):
    item = made(data)
    assert isinstance(item, RawDocument | Failure)
    if isinstance(item, RawDocument):
        assert item.payload.strip()
        repr(item.declared).encode()

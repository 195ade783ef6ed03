"""Articles become documents, and documents the same articles again."""

import json
from dataclasses import replace

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st
from random_archives import articles

from engine.analysis import stem_term, tokenize
from engine.errors import IndexDamagedError
from engine.model import Entry
from engine.opensearch.documents import article_of, document_key, documents, entry_of
from engine.opensearch.schema import digest, escape, group_key, keyword, mappings, unescape


def source(one):
    (document,) = documents([one])
    return json.loads(document.source)


@given(st.lists(articles, min_size=1, max_size=6))
def test_articles_come_back_as_they_were(made):
    found = [json.loads(document.source) for document in documents(made)]
    assert [article_of(one) for one in found] == made
    assert [entry_of(one) for one in found] == [Entry.of(one) for one in made]
    assert all(document.source.encode("utf-8") for document in documents(made))


@given(st.lists(articles, min_size=1, max_size=4))
def test_documents_hold_the_terms_of_our_own_analysis(made):
    for one, document in zip(made, documents(made), strict=True):
        found = json.loads(document.source)
        words = [token.text for token in tokenize(one.body)]
        assert found["body"] == [" ".join(words)]
        assert found["body_stems"] == [" ".join(stem_term(word, one.language) for word in words)]
        assert found["stems"] == found["title_stems"]  # the other copy is made by the cluster


@given(articles)
def test_a_document_has_no_field_the_mapping_has_not(one):
    assert set(source(one)) <= set(mappings()["properties"])


def test_a_signature_is_kept_with_the_entry():
    one = replace(article("a"), signature="s" * 1500)
    assert entry_of(source(one)).signature == "s" * 1500
    assert article_of(source(one)).signature == ""


def test_an_undated_article_has_no_moment():
    assert "moment" not in source(article(published=None))
    assert source(article(published="2023-11"))["moment"] == 20231101000000


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_sent(text):
    assert unescape(escape(text)) == text
    escape(text).encode("utf-8")


def test_monstrous_values_stay_below_what_a_term_may_have():
    first, second = keyword("é" * 40_000), keyword("é" * 40_001)
    assert first != second
    assert len(first.encode()) < 32_766
    assert keyword(first) == first  # so that a value read from a facet can be chosen


def test_keys_are_short_and_different():
    assert document_key("a") != document_key("b")
    assert len(document_key("\ud800" * 1000)) == 32


def test_a_lone_article_is_in_no_group_named_like_it():
    keys = {group_key(one, "copies") for one in (article("a"), article("b", copies="a"), article("-a"))}
    assert len(keys) == 3


@pytest.mark.parametrize("broken", [{}, {"article": "x", "entry": "x"}, {"article": "{}", "entry": "[]"}])
def test_a_document_that_can_not_be_read_is_damage(broken):
    for read in (article_of, entry_of):
        with pytest.raises(IndexDamagedError, match="rebuild"):
            read(broken)


def test_the_digest_names_the_mapping():
    assert digest() == digest()
    assert len(digest()) == 16
    assert mappings()["dynamic"] == "strict"

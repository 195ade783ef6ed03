"""Whoosh's own readers see the terms, postings and documents of a pack."""

import pytest
import whoosh_index
from builders import article

from engine.whoosh.segments import open_index
from engine.whoosh.stock import TermNotFound

ARTICLES = [
    article("a", title="The army", body="The army left. The army came back.", source="Le Monde"),
    article("b", title="Towns", body="A town in the north.", source="Courier"),
    article("c", title="Armies", body="Nobody came.", source="Le Monde"),
    article("d", title="-", body="-", source="Courier"),
    article("e", title="-", body="-", source="Courier"),
]


@pytest.fixture
def reader(tmp_path):
    whoosh_index.make(tmp_path, ARTICLES, ["b"])
    with open_index(tmp_path).reader() as opened:
        yield opened


def test_terms_of_a_field_in_their_order(reader):
    terms = [term for _, term in reader.terms_from("body", b"") if _ == "body"]
    assert terms == sorted(terms)
    assert {b"army", b"came", b"town"} <= set(terms)
    assert ("body", b"army") in reader
    assert ("body", b"navy") not in reader
    assert ("nothing", b"army") not in reader
    assert list(reader.lexicon("source")) == [b"Courier", b"Le Monde"]


def test_statistics(reader):
    info = reader.term_info("body", b"army")
    assert (info.weight(), info.doc_frequency(), info.max_weight()) == (2, 1, 2)
    assert (info.min_length(), info.max_length()) == (7, 7)
    assert reader.doc_frequency("body", b"came") == 2
    assert reader.field_length("title") == 4
    assert (reader.min_field_length("title"), reader.max_field_length("title")) == (0, 2)
    assert reader.doc_field_length(0, "body") == 7
    with pytest.raises(TermNotFound):
        reader.term_info("body", b"navy")


def test_postings_with_positions(reader):
    matcher = reader.postings("body", b"army")
    assert list(matcher.all_ids()) == [0]
    assert matcher.supports("positions")
    assert matcher.value_as("positions") == [1, 4]
    assert matcher.weight() == 2


def test_stems_have_frequencies_and_no_positions(reader):
    matcher = reader.postings("title_stems", b"en/armi")
    assert list(matcher.all_ids()) == [0, 2]
    assert not matcher.supports("positions")
    matcher.skip_to(1)
    assert matcher.id() == 2
    copied = matcher.copy()
    matcher.next()
    assert (matcher.is_active(), copied.is_active()) == (False, True)


def test_values_ids_and_the_words_of_values(reader):
    assert list(reader.postings("source", b"Le Monde").all_ids()) == [0, 2]
    assert list(reader.postings("source_words", b"monde").all_ids()) == [0, 2]
    assert list(reader.postings("id", b"c").all_ids()) == [2]


def test_the_dead(reader):
    assert (reader.doc_count_all(), reader.doc_count(), reader.has_deletions()) == (5, 4, True)
    assert [reader.is_deleted(n) for n in range(6)] == [False, True, False, False, False, False]

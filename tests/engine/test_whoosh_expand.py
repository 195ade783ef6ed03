"""Patterns become words of the index, the most frequent first, and a budget is never passed in silence."""

import pytest
import whoosh_index
from builders import article

from engine.query import And, Fuzzy, Not, Or, Prefix, Term
from engine.whoosh.compile import compile as compile_query
from engine.whoosh.expand import Expansion
from engine.whoosh.limits import Limits

BODIES = ["kidal kidnap", "kidal kidney", "kidal kids", "bank", "bang\U0001f98a bnak", "banks"]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ix") / "whoosh"
    articles = [article(f"a{n}", title="t", body=body) for n, body in enumerate(BODIES)]
    with whoosh_index.make(folder, articles[:3], articles[3:]) as searcher:
        yield searcher.reader()


def expand(reader, query, **limits):
    expansion = Expansion.on(reader, Limits(**limits))
    return repr(expansion.of(compile_query(query, ()))), expansion.warnings


def test_a_prefix_becomes_its_words(reader):
    text, warnings = expand(reader, Prefix("kid", "body"))
    assert text == "AnyOf('body', ('kidal', 'kids', 'kidney', 'kidnap'), boost=1.0)"
    assert warnings == []


def test_a_prefix_of_nothing(reader):
    assert expand(reader, Prefix("zzz", "body")) == ("AnyOf('body', (), boost=1.0)", [])


def test_fuzzy_words_begin_alike_and_are_near(reader):
    assert (
        expand(reader, Fuzzy("bank", "body", 1))[0]
        == "AnyOf('body', ('bnak', 'banks', 'bank', 'bang'), boost=1.0)"
    )


def test_patterns_are_found_wherever_they_stand(reader):
    query = And(
        (
            Or((Prefix("kidn", "body"), Term("x", "place"))),
            Not(Prefix("kids", "body")),
            Not(Not(Term("y", "place"))),
        )
    )
    text, _ = expand(reader, query)
    assert "AnyOf('body', ('kidney', 'kidnap')" in text
    assert "AnyOf('body', ('kids',)" in text
    assert "Prefix(" not in text


@pytest.mark.parametrize(
    ("limits", "kept"),
    [({"terms": 1}, "('kidal',)"), ({"postings": 4}, "('kidal', 'kids')"), ({"postings": 0}, "()")],
)
def test_what_the_budget_leaves_out_is_said(reader, limits, kept):
    text, warnings = expand(reader, Prefix("kid", "body"), **limits)
    assert text == f"AnyOf('body', {kept}, boost=1.0)"
    assert warnings == [
        f"“kid*” stands for too many words; only the {kept.count(chr(39)) // 2} most frequent were searched."
    ]


def test_a_dictionary_too_large_to_look_through(reader):
    _, (warning,) = expand(reader, Prefix("kid", "body"), scanned=2)
    assert "too many words" in warning


def test_the_budget_is_one_for_all_patterns(reader):
    query = Or((Prefix("kidal", "body"), Prefix("kidn", "body")))
    text, warnings = expand(reader, query, postings=4)
    assert "('kidal',)" in text
    assert "('kidney',)" in text
    assert len(warnings) == 1

from fnmatch import fnmatchcase

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import tokenize
from engine.fields import BY_NAME
from engine.matching import DEFAULT, GAP, field_tokens, fields_of, leaves, matched, wildcard
from engine.parser import parse
from engine.query import Fuzzy, Phrase, Prefix, Term, Wildcard


def words(leaf, text, field="body", language="en"):
    tokens = tokenize(text)
    return [tokens[index].text for index in matched(leaf, tokens, BY_NAME[field], language)]


@pytest.mark.parametrize(
    ("leaf", "text", "found"),
    [
        (Term("army"), "Armies and an army", "armies army"),
        (Term("Ould-Ali"), "ould ali, ali ould, Ould Ali", "ould ali ould ali"),
        (Term("U.N."), "un U.N. UN's", "un un un"),
        (Phrase("the army"), "the army the big army", "the army"),
        (Phrase("the army", slop=2), "the army the big army", "the army the army"),
        (Phrase("armies"), "army armies", "armies"),
        (Phrase("a b a"), "a b a b", "a b a"),
        (Phrase("a a"), "a b a a", "a a"),
        (Phrase("a b c", slop=2), "a x b x x c a b c", "a b c"),
        (Prefix("ki"), "kidal kids army KI", "kidal kids ki"),
        (Wildcard("k?dal"), "kidal KÍDAL kdal kiidal kidala", "kidal kidal"),
        (Wildcard("ki*l"), "kidal kil ki kidals", "kidal kil"),
        (Wildcard("k?d*l*"), "kidal kadelia kidan", "kidal kadelia"),
        (Wildcard("ab*bc"), "abc abbc abxbc", "abbc abxbc"),
        (Wildcard("a*b*c"), "abc axbxbc acb axbcx", "abc axbxbc"),
        (Fuzzy("kidal"), "kidal kidel kedel didal", "kidal kidel"),
        (Fuzzy("kidal", distance=2), "kidal kidel kedel didal", "kidal kidel kedel"),
        (Term("!"), "a b", ""),
        (Phrase(""), "a b", ""),
    ],
)
def test_matched(leaf, text, found):
    assert words(leaf, text) == found.split()


def test_stems_count_only_in_stemmed_fields_and_known_languages():
    assert words(Term("army"), "armies", "removed") == []
    assert words(Term("army"), "armies", language=None) == []
    assert words(Term("armies"), "armies", language=None) == ["armies"]


def test_a_long_run_of_a_phrase_is_no_trouble():
    assert len(words(Phrase("a a a", slop=50), "a " * 5000)) == 5000


def test_leaves_leave_out_what_is_excluded():
    found = leaves(parse('a (b OR "c d") -e -(f g) lang:fr date:2023').query)
    assert [leaf.text for leaf in found] == ["a", "b", "c d"]


def test_words_without_field_are_looked_for_in_title_and_body():
    assert fields_of(Term("a")) == DEFAULT == (BY_NAME["title"], BY_NAME["body"])
    assert fields_of(Term("a", "author")) == (BY_NAME["author"],)


def test_values_of_a_field_stand_far_apart():
    made = article(removed=["Read more", "", "About us"])
    tokens = list(field_tokens(BY_NAME["removed"], made))
    assert [token.text for token in tokens] == ["read", "more", "about", "us"]
    assert tokens[2].position - tokens[1].position >= GAP


@given(st.text("abé?*", min_size=1, max_size=12), st.text("ab", max_size=12))
def test_a_wildcard_is_what_shells_take_it_for(pattern, term):
    plain = pattern.replace("é", "e")
    assert (wildcard(pattern).fullmatch(term) is not None) == fnmatchcase(term, plain)


def test_a_hostile_wildcard_takes_no_time():
    assert not wildcard("a*" * 200 + "b").fullmatch("a" * 64)

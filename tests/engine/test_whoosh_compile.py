"""What each node of our tree becomes, written out: compiling is pure, so no index is needed."""

import pytest

from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Term, Value
from engine.whoosh.compile import compile as compile_query

EVERY = "Filter(Every(None, boost=1.0))"
NOTHING = "<_NullQuery>"

GOLDEN = {
    # a word: its stems in every language of the index, and the word itself for unstemmed languages
    Term("Running", "title"): (
        "DefaultOr([Term('title_stems', 'running', boost=2.0), Term('title_stems', 'en/run', boost=2.0), "
        "Term('title_stems', 'fr/running', boost=2.0)])"
    ),
    Term("x"): (
        "DefaultOr([DefaultOr([Term('title_stems', 'x', boost=2.0), Term('title_stems', 'en/x', boost=2.0), "
        "Term('title_stems', 'fr/x', boost=2.0)]), DefaultOr([Term('body_stems', 'x'), "
        "Term('body_stems', 'en/x'), Term('body_stems', 'fr/x')])])"
    ),
    Term("Goïta", "author"): "Term('author', 'goita')",
    Term("Monde", "source"): "Term('source_words', 'monde')",
    Term("Ould-Ali", "body"): "Sequence('body', ['ould', 'ali'], slop=1, boost=1.000000)",
    Term("..."): NOTHING,
    # the unstemmed field
    Phrase("Mali’s army", "title", 3): "Sequence('title', ['mali', 'army'], slop=3, boost=2.000000)",
    Phrase("Army"): "DefaultOr([Term('title', 'army', boost=2.0), Term('body', 'army')])",
    Phrase("Le Monde", "source"): "Sequence('source_words', ['le', 'monde'], slop=1, boost=1.000000)",
    Prefix("Kid"): "DefaultOr([Prefix('title', 'kid', boost=2.0), Prefix('body', 'kid')])",
    Fuzzy("goita", "place", 2): "FuzzyTerm('place', 'goita', boost=1.000000, maxdist=2, prefixlength=1)",
    # true or false, without a score
    All(): EVERY,
    Value("lang", ("fr", "de")): "Filter(DefaultOr([Term('lang', 'fr'), Term('lang', 'de')]))",
    Value("source", ("Sahel Courier",)): "Filter(Term('source', 'Sahel Courier'))",
    DateRange("2023-11", "2023"): (
        "Filter(NumericRange('published', 20231101000000, 20239999999999, False, False, "
        "boost=1.0, constantscore=True))"
    ),
    DateRange(None, "2023-11-14"): (
        "Filter(NumericRange('published', 0, 20231114999999, False, False, boost=1.0, constantscore=True))"
    ),
    DateRange("2024", "2022"): f"Filter({NOTHING})",
    # combinations
    And((Term("a", "place"), Term("b", "place"))): "And([Term('place', 'a'), Term('place', 'b')])",
    And((Term("a", "place"), Not(Term("b", "place")), Not(Term("c", "place")))): (
        "Without((Term('place', 'a'), DefaultOr([Term('place', 'b'), Term('place', 'c')])))"
    ),
    And((Not(Term("b", "place")),)): f"Without(({EVERY}, Term('place', 'b')))",
    And(()): EVERY,
    Or((Term("a", "place"), Not(Term("b", "place")))): (
        "DefaultOr([Term('place', 'a'), Filter(Not(Term('place', 'b')))])"
    ),
    Or((Term("a", "place"),)): "Term('place', 'a')",
    Or(()): NOTHING,
    Not(Not(All())): f"Filter(Not(Filter(Not({EVERY}))))",
}


@pytest.mark.parametrize(("query", "expected"), GOLDEN.items(), ids=lambda value: str(value)[:60])
def test_compiled_form(query, expected):
    assert repr(compile_query(query, ("en", "fr"))) == expected


def test_an_index_without_languages_is_searched_by_plain_words():
    assert repr(compile_query(Term("Running", "body"), ())) == "Term('body_stems', 'running')"

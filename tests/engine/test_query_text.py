import pytest

from engine.parser import parse
from engine.query import All, And, DateRange, Not, Or, Phrase, Term, Value
from engine.query_text import explain, to_text


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "kidal -sport",
        "(kidal OR gao) army",
        "army OR (kidal gao)",
        '"the army"~5 kid* goita~ goita~2',
        "title:mali source:monde in:removed advert",
        "lang:fr is:translated is:truncated",
        "date:2023 date:2023-11..2023-12 date:..2022 date:..",
        "-(a OR b)",
    ],
)
def test_a_plain_query_comes_back_as_typed(text):
    assert to_text(parse(text).query) == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (And(()), "*"),
        (Or(()), "-*"),
        (Not(All()), "-*"),
        (Term("OR"), "or"),
        (Phrase('say "hello" now'), '"say  hello  now"'),
        (Value("lang", ("fr", "en")), "(lang:fr OR lang:en)"),
        (Value("source", ("Le Matin",)), 'source:"Le Matin"'),
        (DateRange("2023", "2023"), "date:2023"),
    ],
)
def test_trees_no_query_gives_are_said_as_nearly_as_can_be(query, text):
    assert to_text(query) == text


def test_each_part_is_explained():
    query = parse('U.N. Goïta running -"The Army" kid* gaoo~ title:mali lang:fr date:2023.. *').query
    assert explain(query, ["en", "fr", "ja", None]) == [
        ("U.N.", "un"),
        ("Goïta", "goita (fr: goit)"),
        ("running", "running (en: run)"),
        ('"The Army"', "the army"),
        ("kid*", "kid…"),
        ("gaoo~", "gaoo ±1"),
        ("title:mali", "mali"),
        ("lang:fr", "Language: fr"),
        ("date:2023..", "published 2023 to …"),
    ]
    assert explain(All(), []) == [("*", "every article")]
    assert explain(Term("Ould-Ali"), ["en"]) == [("Ould-Ali", "ould ali")]
    assert explain(Term("armies", "source"), ["en"]) == [("source:armies", "armies")]

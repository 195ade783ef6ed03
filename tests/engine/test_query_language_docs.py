"""docs/query-language.md: every example is read, without a warning, and the table says what is true."""

import re
from pathlib import Path

import pytest
from builders import article

from engine.errors import QuerySyntaxError
from engine.fields import BY_OPERATOR
from engine.memory import MemoryEngine
from engine.model import SearchRequest
from engine.operators import DATES, STATES
from engine.parser import Limits, parse

TEXT = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")
EXAMPLES = [
    example
    for line in TEXT.splitlines()
    if line.startswith("| `")
    for example in re.findall(r"`([^`]+)`", line.split("|")[1])
]

ARTICLES = [
    article(
        "kidal",
        "Army enters Kidal",
        "The army holds the northern town. Kidnapped rebels are free, said Goïta of the U.N. village.",
        source="Sahel Courier",
        agency="AFP",
        authors=["Awa Traoré"],
        place="BAMAKO",
        language="fr",
        published="2023-11-14",
        translated="probable",
        truncated=True,
        removed=["Read more"],
    ),
    article("football", "Football", "An army of fans.", published="2023-10-02"),
    article("later", "Later", "Nothing else happened.", published="2023-12-01"),
]


@pytest.fixture(scope="module")
def engine():
    made = MemoryEngine()
    with made.writer(fresh=True) as writer:
        for one in ARTICLES:
            writer.put(one)
    return made


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_understood_and_finds_something(engine, example):
    parsed = parse(example)
    assert parsed.warnings == ()
    assert engine.search(SearchRequest(parsed.query)).total > 0


def test_the_examples_in_the_text_are_true(engine):
    def found(query):
        return [hit.article.id for hit in engine.search(SearchRequest(parse(query).query)).hits]

    assert found("goita") == found("UN") == ["kidal"]
    assert parse("army town OR rebels") == parse("(army town) OR rebels")
    assert parse("army AND town").query == parse("army town").query
    assert parse("title:(mali OR niger)").warnings == ()
    assert all(not parse(text).warnings for text in ("C++", "AT&T", "https://www.example.org", "«army»"))
    assert "kidal" not in found("after:2023-11-14")
    with pytest.raises(QuerySyntaxError):
        parse("(army OR")


def test_every_operator_is_in_the_table():
    table = " ".join(EXAMPLES)
    operators = [f"{name}:" for name in (*BY_OPERATOR, *DATES, "in")] + [f"is:{name}" for name in STATES]
    assert [name for name in operators if name not in table] == []


def test_the_limits_are_those_of_the_parser():
    limits = Limits()
    said = f"{limits.characters} characters, {limits.clauses} words and conditions, {limits.depth} levels"
    assert said in TEXT

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.agencies import load_agencies
from indexer.metadata.credit_lines import read
from indexer.metadata.people import are_names, names


def roles(line):
    found = read(line, load_agencies())
    assert found is not None
    by_role: dict[str, list[str]] = {}
    for role, name in found.people:
        by_role.setdefault(role, []).append(name)
    return by_role


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "(Reporting by Ada Moe; writing by Bo Li and Cy Roe; editing by D. E. Foo and Eva Goo)",
            {"reporting": ["Ada Moe"], "writing": ["Bo Li", "Cy Roe"], "editing": ["D. E. Foo", "Eva Goo"]},
        ),
        (
            "(Reporting by Ada Moe in Dakar, additional reporting by Cy Roe; Editing by Eva Goo)",
            {"reporting": ["Ada Moe", "Cy Roe"], "editing": ["Eva Goo"]},
        ),
        ("(Reporting and writing by Ada Moe)", {"reporting": ["Ada Moe"], "writing": ["Ada Moe"]}),
        ("(Reportage de Ada Moe, édité par Eva Goo)", {"reporting": ["Ada Moe"], "editing": ["Eva Goo"]}),
        ("(Reportage Ada Moe, version française Cy Roe)", {"reporting": ["Ada Moe"]}),
        (
            "(Información de Ana Paz; editado por Luis Sol)",
            {"reporting": ["Ana Paz"], "editing": ["Luis Sol"]},
        ),
        ("(Bericht von Max Moe, redigiert von Eva Goo)", {"reporting": ["Max Moe"], "editing": ["Eva Goo"]}),
        ("Reporting by Ada Moe; Editing by Eva Goo", {"reporting": ["Ada Moe"], "editing": ["Eva Goo"]}),
        ("Additional reporting by Ada Moe and Bo Li.", {"reporting": ["Ada Moe", "Bo Li"]}),
        ("Video by Ada Moe", {}),
    ],
)
def test_a_credit_names_people_by_role(line, expected):
    assert roles(line) == expected


def test_a_credit_may_end_a_paragraph():
    line = "The bridge was closed. (Reporting by Ada Moe; Editing by Eva Goo)"
    found = read(line, load_agencies())
    assert found is not None
    assert line[found.start : found.end] == "(Reporting by Ada Moe; Editing by Eva Goo)"


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("With files from The Associated Press", "AP"),
        ("With files from The Northern Press and Reuters", "Reuters"),
        ("Associated Press writer Ada Moe in Dakar contributed to this report.", "AP"),
        ("The Associated Press contributed to this report.", "AP"),
        ("Reporting by Reuters", None),
        ("(Reporting by Reuters and Ada Moe)", "Reuters"),
        ("Le Fanal avec AFP", "AFP"),
        ("(avec l’AFP)", "AFP"),
        ("con información de EFE y Reuters", "EFE"),
        ("mit Material von dpa", "dpa"),
        ("com informações da Lusa", "Lusa"),
    ],
)
def test_a_credit_may_name_an_agency(line, agency):
    found = read(line, load_agencies())
    assert (found.agency.name if found and found.agency else None) == agency


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Reporting by the paper shows that the bridge was closed.",
        "Editing by hand takes time, she said.",
        "The mayor came with AFP to the bridge.",
        "He met her (reporting live) at the bridge",
        "Er kam mit AFP-Reportern an die Brücke.",
        "According to Reuters, nobody was hurt.",
        "The prize for reporting by Ada Moe went to a school, which will spend it on books.",
    ],
)
def test_sentences_are_no_credits(line):
    assert read(line, load_agencies()) is None


@given(st.text(alphabet="AaBb,;. ()", max_size=80))
def test_no_line_breaks_the_reader(line):
    for text in (line, f"(Reporting by {line})", f"Reporting by {line}; editing by {line}", f"avec {line}"):
        found = read(text, load_agencies())
        assert found is None or 0 <= found.start < found.end == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Moe", ("Ada Moe",)),
        ("Ada Moe, Bo Li and João da Silva", ("Ada Moe", "Bo Li", "João da Silva")),
        ("Ada Moe et Bo Li à Lomé", ("Ada Moe", "Bo Li")),
        ("Ada Moe; Ada Moe", ("Ada Moe",)),
        ("Andy Sandberg und Yves Iglesias", ("Andy Sandberg", "Yves Iglesias")),
        ("  ", ()),
    ],
)
def test_names_are_split(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text", ["", "Ada", "the paper shows", "Ada Moe said so", "Ada Moe 2", "Ada Moe.", "A B C D E F"]
)
def test_only_full_names_are_names(text):
    assert not are_names(text)

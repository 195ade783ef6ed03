from __future__ import annotations

import pytest

from indexer.metadata.agencies import load_agencies
from indexer.metadata.bylines import authors, read, signed


@pytest.mark.parametrize(
    ("line", "names", "agency"),
    [
        ("By Ada Moe", ("Ada Moe",), None),
        ("by: Ada Moe and João da Silva", ("Ada Moe", "João da Silva"), None),
        ("Par Ada Moe et Bo Li", ("Ada Moe", "Bo Li"), None),
        ("Por Ana Paz", ("Ana Paz",), None),
        ("Von Eva Goo, dpa", ("Eva Goo",), "dpa"),
        ("By Ada Moe, Associated Press", ("Ada Moe",), "AP"),
        ("By Ada Moe The Associated Press", ("Ada Moe",), "AP"),
        ("By AFP", (), "AFP"),
        ("بقلم سليم حداد", ("سليم حداد",), None),
        ("By NewsMill staff", (), None),
        ("By our own correspondent", (), None),
        ("Par la rédaction", (), None),
    ],
)
def test_a_byline_names_people_and_agency(line, names, agency):
    found = read(line, load_agencies())
    assert found is not None
    assert (found.names, found.agency.name if found.agency else None) == (names, agency)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Ada Moe",
        "By Sunday, August 12, the bridge was closed",
        "By then",
        "By staff at the port the ship was searched",
        "Von Berlin nach Paris",
        "By Ada Moe said",
        "Par temps de crise",
        "By " + "Ada Moe, " * 30,
    ],
)
def test_other_lines_are_no_bylines(line):
    assert read(line, load_agencies()) is None


def test_declared_authors_are_tidied():
    declared = ("By Ada Moe", "Ada  Moe", "https://example.org/ada", "ada@example.org", " Bo Li; ", "")
    assert authors(declared) == ("Ada Moe", "Bo Li")
    assert len(authors(tuple(f"Author {n}" for n in range(1000)))) == 50


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        (("By Ida Berg and Jon Lund",), ("Ida Berg", "Jon Lund")),
        (("Berg, Ida",), ("Berg, Ida",)),
        (("Ida Berg, Jon Lund", "Ida Berg"), ("Ida Berg", "Jon Lund")),
        (("Harbour desk and friends",), ("Harbour desk and friends",)),
    ],
)
def test_declared_authors_are_told_apart(declared: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert authors(declared) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ida Berg and Jon Lund", ("Ida Berg", "Jon Lund")),
        ("Par Awa Ndiaye", ("Awa Ndiaye",)),
        ("By Harbour Post Staff", ()),
        ("By noon the boats had left", ()),
        ("Ida Berg", ()),
    ],
)
def test_a_signed_line_names_people(line: str, names: tuple[str, ...]) -> None:
    assert signed(line) == names

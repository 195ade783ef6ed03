from __future__ import annotations

import pytest
import readability
import trafilatura

from indexer.formats import html_extractors
from indexer.formats.html_blocks import visible
from indexer.formats.html_extractors import generous, precise, rescue, witness

FIRST = "The ferry to the northern islands is back after a year in the yard."
SECOND = "Its captain said that the crossing would take forty minutes as before."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
PAGE = f"<html><body><nav><a href=/>Home</a></nav><article>{BODY * 3}</article></body></html>"


@pytest.mark.parametrize("extract", [precise, generous, rescue, witness])
def test_every_extractor_gives_the_lines_of_the_article(extract):
    assert set(extract(PAGE)) == {FIRST, SECOND}


def test_rows_of_tables_become_cells():
    rows = "".join(f"<tr><td>Pier {i}</td><td>{i} boats moored there</td></tr>" for i in range(5))
    page = f"<html><body><article><p>{FIRST}</p><table>{rows}</table><p>{SECOND}</p></article></body></html>"
    lines = precise(page)
    assert "Pier 3" in lines
    assert not any("|" in line or "---" in line for line in lines)


def test_the_witness_says_nothing_twice():
    assert witness(PAGE) == [FIRST, SECOND]


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), AttributeError("y")])
@pytest.mark.parametrize(
    ("module", "name", "extract"),
    [
        (trafilatura, "extract", precise),
        (trafilatura, "extract", generous),
        (readability, "Document", rescue),
        (html_extractors, "extract_plain_text", witness),
    ],
    ids=["precise", "generous", "rescue", "witness"],
)
def test_a_fault_of_an_extractor_is_not_ours(monkeypatch, module, name, extract, error):
    def fail(*_args, **_options):
        raise error

    monkeypatch.setattr(module, name, fail)
    assert extract(PAGE) == []


@pytest.mark.parametrize(
    "piece",
    [
        "<p><font id={}>x",
        "<p><b id={}>x<table><tr><td></b></td></tr></table>",
        "<p><nobr><i id={}>x</p>",
        "<select><option>{}",
        "<li><a href={}>x",
    ],
)
def test_the_witness_outlives_markup_that_fills_the_memory_of_its_parser(piece):
    page = visible("<html><body>" + "".join(map(piece.format, range(20_000))) + PAGE)
    assert page.tidy is None or isinstance(witness(page.tidy), list)


@pytest.mark.parametrize("markup", ["", "<", "<html>", "\x00", "<p>\ud800</p>"])
@pytest.mark.parametrize("extract", [precise, generous, rescue, witness])
def test_nothing_and_less(extract, markup):
    assert extract(markup) in ([], ["\ufffd"], ["<"], ["?"])

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import Declared, Failure, RawDocument
from indexer.formats import ReadSettings, csv_, load, read
from indexer.formats.base import Source


def items(tmp_path, content, name="a.csv", **settings):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    return list(read(tmp_path, ReadSettings(**settings)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_read_from_the_header(tmp_path, delimiter):
    rows = [("Title", "Text", "Source"), ("Fair, fine; mild", "Sun|rain\tall day.", "Harbour Post")]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    (document,) = items(tmp_path, out.getvalue())
    assert document.path == "a.csv#1"
    assert document.payload == "Sun|rain\tall day."
    assert (document.declared.title, document.declared.source) == ("Fair, fine; mild", "Harbour Post")


def test_known_names_decide_between_delimiters(tmp_path):
    (document,) = items(tmp_path, "title;text;note,a,b,c\nT;Body.;x\n")
    assert document.payload == "Body."


def test_a_field_may_span_lines(tmp_path):
    first, second = items(tmp_path, 'title,text\r\nA,"One.\r\n\r\nTwo ""quoted""."\r\n\r\nB,Three.\r\n')
    assert load(first).text == 'One.\n\nTwo "quoted".'
    assert (second.path, second.payload) == ("a.csv#2", "Three.")


def test_excel_files(tmp_path):
    (a,) = items(tmp_path, b"\xef\xbb\xbfsep=;\r\nTitre;Text\r\nT;\xc3\xa9t\xc3\xa9\r\n")
    assert a.payload == "été"
    (b,) = items(tmp_path, "Title\tText\r\nT\tété\r\n".encode("utf-16"))
    assert b.payload == "été"
    (c,) = items(tmp_path, "Title;Text\r\nT;L’été dernier, à Nîmes\r\n".encode("cp1252"))
    assert c.payload == "L’été dernier, à Nîmes"


def test_a_table_without_a_text_column_is_one_row_in_the_report(tmp_path):
    (failure,) = items(tmp_path, "title,contenu\nA,x\nB,y\n")
    reason = "no column holds a text; columns: title, contenu; map one in dateline.toml"
    assert failure == Failure("a.csv", reason)


def test_a_mapped_column_is_the_text(tmp_path):
    (document,) = items(tmp_path, "titre,contenu\nA,x\n", fields=(("text", "contenu"), ("title", "titre")))
    assert (document.payload, document.declared.title) == ("x", "A")


def test_short_and_long_rows(tmp_path):
    short, long = items(tmp_path, "title,text,url\nA\nB,Body.,u,extra,extra\n")
    assert short.reason.startswith("no text field; fields present: title;")
    assert long.payload == "Body."


def test_only_a_header_is_no_article(tmp_path):
    assert items(tmp_path, "title,text\n") == [Failure("a.csv", "no article in it")]


def test_a_quote_never_closed_is_found_out(tmp_path):
    good, bad = items(tmp_path, 'title,text\nA,Fine.\nB,"never closed\nC,lost\n')
    assert good.payload == "Fine."
    assert bad == Failure("a.csv#2", "a quote opened in this row is never closed; nothing after it was read")


def test_articles_longer_than_the_csv_module_allows(tmp_path):
    (document,) = items(tmp_path, "title,text\nA," + "x" * 500_000 + "\n")
    assert len(document.payload) == 500_000


def test_a_row_beyond_the_limit_does_not_take_the_next_with_it(tmp_path):
    content = "title,text\nA," + "x" * 5000 + "\nB,Body.\n"
    large, good = items(tmp_path, content, max_document=1000)
    assert large == Failure("a.csv#1", "the row is larger than 0.001 MB")
    assert (good.path, good.payload) == ("a.csv#2", "Body.")


def test_many_lines_in_quotes_are_bounded_as_a_row(tmp_path):
    content = 'title,text\nA,"' + "x\n" * 600 + "\nB,Body.\n"
    found = items(tmp_path, content, max_document=1000)
    assert found[0].reason == "the row is larger than 0.001 MB"
    assert found[-1].payload == "Body."


cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6))
def test_what_a_program_wrote_is_read_back(rows):
    out = io.StringIO()
    csv.writer(out).writerows([("title", "text"), *rows])
    stream = io.BufferedReader(io.BytesIO(out.getvalue().encode()))
    found = list(csv_.read(stream, Source("a", Declared(), ReadSettings())))
    assert all(isinstance(item, RawDocument) for item in found)
    assert [item.payload for item in found] == [text for _, text in rows]

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Evidence
from indexer.documents import Declared, RawDocument
from indexer.formats import DocumentError, load


def document(payload, media="text", declared=None, charset=None):
    return RawDocument("a", payload, media, declared or Declared(), "f", charset)


def test_newlines_are_uniform_and_nothing_else_changes():
    page = load(document("\ufeffOne\r\nTwo\rThree  \t\n\n\u00a0Four\u2028".encode()))
    assert page.text == "One\nTwo\nThree  \t\n\n\u00a0Four\u2028"
    assert (page.path, page.fingerprint, page.edits, page.flags) == ("a", "f", (), ())


@pytest.mark.parametrize("payload", [b"", b" \r\n\t", "", "\n", b"\xef\xbb\xbf", b"<html></html>"])
def test_empty_documents_are_refused(payload):
    media = "html" if isinstance(payload, bytes) and payload.startswith(b"<") else "text"
    with pytest.raises(DocumentError, match="there is no text in it"):
        load(document(payload, media))


def test_a_header_alone_is_no_article():
    with pytest.raises(DocumentError, match="besides header or markup"):
        load(document(b"Title: Ferry\n\n\n"))


def test_binary_files_are_refused():
    with pytest.raises(DocumentError, match="binary file"):
        load(document(bytes(range(32)) * 10))


def test_what_stands_beside_a_text_goes_before_what_stands_in_it():
    beside = Declared(title="Beside", folder="harbour-post")
    page = load(document(b"Title: Inside\nDate: 2024\n\nWords.", declared=beside))
    assert page.declared == Declared(title="Beside", published="2024", folder="harbour-post")


def test_marks_of_both_are_kept():
    beside = Declared(marks=(Evidence("note", "from the record"),))
    markup = "<html lang='en-x-mtfrom-fr'><body><p>Words.</p></body></html>"
    kinds = [mark.kind for mark in load(document(markup, "html", beside)).declared.marks]
    assert kinds == ["note", "markup: machine translation"]


def test_a_record_has_no_header_but_a_file_has():
    text = "Source: Harbour Post\n\nWords."
    assert load(document(text)).text == text
    assert load(document(text.encode())).text == "Words."


def test_what_was_lost_is_flagged():
    assert load(document(("é" * 50).encode() + b"\xff")).flags == ("encoding_replaced",)
    assert load(document("L’été".encode().decode("cp1252"))).flags == ("mojibake",)
    assert load(document("half \ud800 pair")).text == "half \ufffd pair"


def test_documents_and_pages_cross_processes():
    page = load(pickle.loads(pickle.dumps(document(b"Words."))))  # noqa: S301 - our own bytes
    assert pickle.loads(pickle.dumps(page)) == page  # noqa: S301 - the same


@given(st.text(min_size=1))
def test_offsets_refer_to_the_text_with_uniform_newlines(text):
    try:
        page = load(document(text))
    except DocumentError:
        return
    assert "\r" not in page.text
    assert len(page.text) == len(text.removeprefix("\ufeff").replace("\r\n", "\n"))

from __future__ import annotations

import gzip

import pytest

from indexer.documents import Failure, RawDocument
from indexer.formats import ReadSettings, load, read

PAGE = "<html><head><title>Ferry</title></head><body><p>The ferry is back, à quai.</p></body></html>"


class Archive:
    """Writes a WARC file, compressed record by record as crawlers do."""

    def __init__(self, *, packed: bool = True) -> None:
        self._packed = packed
        self._data = b""

    def page(self, url, body=PAGE, *, kind="response", content_type="text/html", status="200 OK", headers=()):
        payload = body if isinstance(body, bytes) else body.encode()
        lines = [f"Content-Type: {content_type}"] if content_type else []
        if kind == "response":
            http = "\r\n".join([f"HTTP/1.1 {status}", *lines, *headers, "", ""])
            payload, lines = http.encode() + payload, ["Content-Type: application/http; msgtype=response"]
        start = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", *lines]
        head = "\r\n".join([*start, f"Content-Length: {len(payload)}", "", ""])
        record = head.encode() + payload + b"\r\n\r\n"
        self._data += gzip.compress(record) if self._packed else record
        return self

    def items(self, tmp_path, cut=0, **settings):
        (tmp_path / "a.warc.gz").write_bytes(self._data[: len(self._data) - cut])
        return list(read(tmp_path, ReadSettings(**settings)))


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_found_with_address_and_number(tmp_path, packed):
    archive = Archive(packed=packed)
    archive.page("https://a.example/1").page("https://a.example/i.png", b"\x89PNG", content_type="image/png")
    archive.page("https://a.example/2", "Plain words.", content_type="text/plain; charset=utf-8")
    first, second = archive.items(tmp_path)
    assert (first.path, first.media, first.declared.url) == ("a.warc.gz#1", "html", "https://a.example/1")
    assert (second.path, second.media, second.charset) == ("a.warc.gz#3", "text", "utf-8")
    assert "The ferry is back" in load(first).text


def test_requests_redirects_and_errors_are_no_documents(tmp_path):
    archive = Archive().page("https://a.example/1", kind="request")
    archive.page("https://a.example/2", status="301 Moved").page(
        "https://a.example/3", status="404 Not Found"
    )
    assert archive.items(tmp_path) == [Failure("a.warc.gz", "no article in it")]


def test_extracted_text_of_common_crawl(tmp_path):
    archive = Archive().page("https://a.example/1", "Words.", kind="conversion", content_type="text/plain")
    (document,) = archive.items(tmp_path)
    assert load(document).text == "Words."


def test_transfer_encodings_are_undone(tmp_path):
    data = PAGE.encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)
    archive = Archive().page("https://a.example/1", chunked, headers=["Transfer-Encoding: chunked"])
    archive.page("https://a.example/2", gzip.compress(data), headers=["Content-Encoding: gzip"])
    assert [item.payload for item in archive.items(tmp_path)] == [data, data]


def test_the_server_s_charset_is_passed_on(tmp_path):
    archive = Archive().page(
        "https://a.example/1", "Да".encode("koi8-r"), content_type="text/plain; charset=KOI8-R"
    )
    (document,) = archive.items(tmp_path)
    assert load(document).text == "Да"


def test_a_missing_content_type_is_a_page(tmp_path):
    (document,) = Archive().page("https://a.example/1", content_type="").items(tmp_path)
    assert document.media == "html"


def test_a_page_beyond_the_limit_is_one_row(tmp_path):
    archive = Archive().page("https://a.example/1", "x" * 5000).page("https://a.example/2", "y")
    large, small = archive.items(tmp_path, max_document=1000)
    assert large == Failure("a.warc.gz#1", "the page is larger than 0.001 MB")
    assert small.path == "a.warc.gz#2"


def test_a_truncated_archive_keeps_the_pages_before(tmp_path):
    archive = Archive()
    for i in range(20):
        archive.page(f"https://a.example/{i}", PAGE + str(i) * 3000)
    *good, last = archive.items(tmp_path, cut=60)
    assert len(good) == 19
    assert all(isinstance(item, RawDocument) for item in good)
    assert "truncated" in last.reason


def test_a_page_cut_off_in_an_uncompressed_archive_is_no_document(tmp_path):
    archive = Archive(packed=False).page("https://a.example/1").page("https://a.example/2")
    good, bad = archive.items(tmp_path, cut=40)
    assert good.path == "a.warc.gz#1"
    assert bad == Failure("a.warc.gz#2", "the record is cut off")


@pytest.mark.parametrize("data", [b"not a web archive at all", b"WARC/1.0\r\nbroken", b"<html>"])
def test_what_is_no_archive_is_one_row(tmp_path, data):
    (tmp_path / "a.warc").write_bytes(data)
    (failure,) = read(tmp_path)
    assert isinstance(failure, Failure)

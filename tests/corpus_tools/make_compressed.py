"""Write the compressed files of corpus/ from the readable texts in sources/.

    python tests/corpus_tools/make_compressed.py

The same sources always give the same content: ids, dates and gzip headers are fixed.
"""

import gzip
import io
from pathlib import Path
from typing import NamedTuple

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SOURCES = Path(__file__).parent / "sources"
CORPUS = Path(__file__).parents[2] / "corpus"

LONG_LINE = 1_000_000
"""Characters of the script line in the hostile page."""


class Fetch(NamedTuple):
    """One answer of a web server, as a crawler keeps it."""

    url: str
    body: bytes
    media: str = "text/html; charset=utf-8"
    status: str = "200 OK"


def fetches() -> tuple[Fetch, ...]:
    """Two articles, and what a crawl brings along."""
    artemis = (SOURCES / "artemis-splashdown.html").read_bytes()
    mandate = (SOURCES / "minusma-mandat.html").read_bytes()
    return (
        Fetch("https://meridianpost.example/science/artemis-splashdown", artemis),
        Fetch("https://lefleuvedumatin.example/afrique/minusma-mandat", mandate),
        Fetch("https://meridianpost.example/robots.txt", b"User-agent: *\nDisallow: /search\n", "text/plain"),
        Fetch("https://meridianpost.example/img/orion.gif", b"GIF89a\1\0\1\0\0\0\0;", "image/gif"),
        Fetch("https://meridianpost.example/old-page", b"<title>Not found</title>", status="404 Not Found"),
    )


def contents() -> dict[str, bytes]:
    """Corpus-relative path -> compressed bytes."""
    hostile = (SOURCES / "hostile.html").read_text(encoding="utf-8")
    hostile = hostile.replace("@@LONG_LINE@@", "x" * LONG_LINE)
    return {
        "crawl.warc.gz": warc(),
        "Atlas Monitor/blue-bird-gone.html.gz": gzip.compress(hostile.encode(), mtime=0),
        "Harmattan Daily/ber-camp.txt.gz": gzip.compress((SOURCES / "ber-camp.txt").read_bytes(), mtime=0),
    }


def warc() -> bytes:
    """Return the fetches as a WARC file, each record compressed for itself."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for number, fetch in enumerate(fetches(), start=1):
        writer.write_record(_record(writer, number, fetch))
    return buffer.getvalue()


def _record(writer: WARCWriter, number: int, fetch: Fetch) -> object:
    headers = [("Content-Type", fetch.media), ("Content-Length", str(len(fetch.body)))]
    fixed = {
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "WARC-Date": f"2024-01-31T12:00:{number:02d}Z",
    }
    return writer.create_warc_record(
        fetch.url,
        "response",
        payload=io.BytesIO(fetch.body),
        http_headers=StatusAndHeaders(fetch.status, headers, protocol="HTTP/1.1"),
        warc_headers_dict=fixed,
    )


if __name__ == "__main__":
    for name, content in contents().items():
        (CORPUS / name).write_bytes(content)

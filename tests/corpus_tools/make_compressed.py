"""Write the compressed files of corpus/ from the readable texts in sources/.

    python tests/corpus_tools/make_compressed.py

The same sources always give the same content: ids and dates are fixed.
"""

import gzip
from pathlib import Path
from typing import NamedTuple

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
        Fetch("https://meridianpost.example/style.css", b"body { max-width: 40rem }\n", "text/css"),
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
    return b"".join(gzip.compress(_record(n, fetch), mtime=0) for n, fetch in enumerate(fetches(), start=1))


def _record(number: int, fetch: Fetch) -> bytes:
    http = _head(
        f"HTTP/1.1 {fetch.status}", f"Content-Type: {fetch.media}", f"Content-Length: {len(fetch.body)}"
    )
    head = _head(
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: {fetch.url}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        f"WARC-Date: 2024-01-31T12:00:{number:02d}Z",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http) + len(fetch.body)}",
    )
    return head + http + fetch.body + b"\r\n\r\n"


def _head(*lines: str) -> bytes:
    return "\r\n".join((*lines, "", "")).encode()


if __name__ == "__main__":
    for name, content in contents().items():
        (CORPUS / name).write_bytes(content)

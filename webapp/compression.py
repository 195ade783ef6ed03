"""Answers packed with gzip for those who take it; streams are packed piece by piece."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

LEVEL = 3
"""Pages shrink to a fifth; the next levels cost twice the time for a few bytes."""
WORTH_IT = 1_000
_GZIP = 16 + zlib.MAX_WBITS
_TEXT = ("text/", "application/", "image/svg")


def compress(app: Flask) -> None:
    """Pack every answer that is worth it."""

    @app.after_request
    def _pack(response: Response) -> Response:
        if not (response.mimetype or "").startswith(_TEXT) or response.status_code != 200:
            return response
        response.vary.add("Accept-Encoding")
        if request.method == "HEAD" or not request.accept_encodings["gzip"] or response.content_encoding:
            return response
        return _packed(response)


def _packed(response: Response) -> Response:
    if response.is_streamed and not response.direct_passthrough:
        response.response = packed_stream(response.iter_encoded())
        response.headers.pop("Content-Length", None)
    else:
        response.direct_passthrough = False
        data = response.get_data()
        if len(data) < WORTH_IT:
            return response
        response.set_data(gzip.compress(data, LEVEL, mtime=0))
    response.content_encoding = "gzip"
    return response


def packed_stream(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pack a stream as it comes; nothing is held back but what the packer needs."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()

"""Take the pictures of the documentation: the sample corpus, indexed and served anew, in Chromium.

`make screenshots` runs it. The browser is the first of Debian's `chromium` and its cousins on the path.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as pytest does

import chromium
from waitress.server import create_server

from cli import building
from engine.protocol import SearchEngine
from engine.whoosh import open_engine
from webapp import create_app

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
LARGEST = 200_000
"""Bytes: a picture is cloned by everyone who clones the project."""

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--force-device-scale-factor=1",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of `docs/images`, the page it shows and how much of it, in pixels."""

    name: str
    address: str
    height: int
    width: int = 1180


TRANSLATED = quote("Ténéré Info/kidal-end-of-a-parenthesis.txt", safe="")
PICTURES = (
    Picture("search.png", "/search?q=kidal+peacekeepers&lang=en", 840),
    Picture("audit.png", f"/article/{TRANSLATED}?q=kidal&audit=1", 860),
)


def main() -> None:
    """Take every picture; fail when one has become too large."""
    browser = chromium.find()
    if browser is None:
        sys.exit(chromium.NONE_FOUND)
    with served_corpus() as server:
        for picture in PICTURES:
            size = take(browser, server + picture.address, picture)
            sys.stdout.write(f"{picture.name}: {size:,} bytes\n")
            if size > LARGEST:
                sys.exit(f"{picture.name} is larger than {LARGEST:,} bytes; show less of the page")


@contextmanager
def served_corpus() -> Iterator[str]:
    """Index `corpus/` in a temporary folder and serve it; gives the address of the server."""
    with tempfile.TemporaryDirectory() as folder, closing(open_engine(Path(folder) / "index")) as engine:
        building.run(engine, (ROOT / "corpus",), None, jobs=1, fresh=True)
        with served(engine) as address:
            yield address


@contextmanager
def served(engine: SearchEngine) -> Iterator[str]:
    """Serve an index; gives the address of the server."""
    server = create_server(create_app(engine), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def take(browser: str, address: str, picture: Picture) -> int:
    """Photograph a page; gives the size of the file."""
    target = IMAGES / picture.name
    window = f"--window-size={picture.width},{picture.height}"
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *QUIET, window, f"--user-data-dir={profile}", f"--screenshot={target}", address]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    return target.stat().st_size


if __name__ == "__main__":
    main()

"""A page is small enough for a bad line: the first page of a large archive, the style sheet, the script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from webapp_archive import article

import webapp
from engine.model import Claim, Published

STATIC = Path(webapp.__file__).parent / "static"
KB = 1024


def outlets():
    """Many sources, languages and months, long titles and texts: every list of the page is full."""
    for n in range(120):
        made = article(
            f"https://outlet-{n}.example/2023/11/14/a-long-address-of-an-article-{n}",
            f"Patrols leave Gao for the {n}th time this year, and traders reopen the market of Kidal",
            "\n".join([f"Patrol {n} left Gao before dawn; the market of Kidal stayed closed."] * 30),
            language=("en", "fr", "ar", "de", "es", "pt")[n % 6],
            dateline_place="Gao",
        )
        yield replace(
            made,
            source=Claim(f"Outlet of the river and the desert, number {n}", "declared"),
            agency=Claim(f"Agency {n % 12}", "certain"),
            published=Published(f"{2018 + n % 6}-{1 + n % 12:02d}-05", "declared", (), "day"),
        )


def test_the_first_page_of_a_search(client_for):
    client = client_for(*outlets())
    assert len(client.get("/search?q=patrol+gao").data) <= 60 * KB


def test_the_style_sheets_and_the_script():
    assert (STATIC / "style.css").stat().st_size + (STATIC / "print.css").stat().st_size <= 21 * KB
    assert (STATIC / "style.css").stat().st_size <= 20 * KB
    assert (STATIC / "app.js").stat().st_size <= 8 * KB

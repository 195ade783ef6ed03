from __future__ import annotations

import pytest

from indexer.documents import Declared
from indexer.formats.html_beneath import REACH, beneath


@pytest.mark.parametrize(
    ("markup", "published", "authors"),
    [
        ("<p>By Jon Lund</p><p>12 March 2019</p>", "12 March 2019", ("Jon Lund",)),
        ("<div>By <a href=x>Eva Moen</a> and Ib Friis</div>", None, ("Eva Moen", "Ib Friis")),
        ("<p>Karl Weiss | Jun 30, 2017</p>", "Jun 30, 2017", ("Karl Weiss",)),
        (
            "<span>Von Grete Nord</span><br>Stand: 14.11.2023, 20:31 Uhr",
            "Stand: 14.11.2023, 20:31 Uhr",
            ("Grete Nord",),
        ),
        ("<p>By Harbour Post Staff</p>", None, ()),
        ("<p>By the end of May 2019 it was over.</p>", None, ()),
        ("<p>May 2019</p><p>31.31.2019</p>", None, ()),
        ("<p>Karl Weiss | Amari</p>", None, ()),
        ("<p>" + "x" * REACH + "</p><p>12 March 2019</p>", None, ()),
        ("<script>var a = '<p>By Jon Lund</p>'</script>", None, ()),
        ("<style>By Jon Lund", None, ()),
        ("<p>By Ana&nbsp;Ruiz &amp; Jon Lund</p>", None, ("Ana Ruiz", "Jon Lund")),
        ("", None, ()),
    ],
)
def test_lines_of_their_own_are_read(markup, published, authors):
    assert beneath(f"<h1>Gulls return</h1>{markup}") == Declared(published=published, authors=authors)


def test_what_stands_above_or_without_a_headline_says_nothing():
    assert beneath("<p>By Jon Lund</p><p>12 March 2019</p><h1>Gulls return</h1><p>Text.</p>") == Declared()
    assert beneath("<p>By Jon Lund</p>") == Declared()


def test_a_tag_cut_at_the_end_is_no_text():
    assert beneath("<h1>A</h1>" + "<p>a</p>" * 186 + "<a title='By Jon Lund'>b</a>") == Declared()


def test_only_the_first_headlines_are_looked_at():
    assert beneath("<h1>A</h1><p>b</p>" * 3 + " " * REACH + "<h1>C</h1><p>By Jon Lund</p>") == Declared()

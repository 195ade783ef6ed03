from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.formats.html_blocks import overloaded, visible


def lines(markup: str, **options) -> list[str]:
    return visible(markup, **options).text.split("\n")


@pytest.mark.parametrize("parse", [True, False], ids=["tree", "scan"])
def test_one_line_per_block(parse):
    markup = """<html><head><title>Not seen</title></head><body>
    <h1>Ferry   returns</h1><p>The <b>fer</b>ry
    is <a href="/b">back</a>.<br>It sailed.</p><ul><li>One<li>Two</ul>
    <table><tr><td>10</td><td>20</td></tr></table>tail &amp; end</body></html>"""
    expected = ["Ferry returns", "The ferry is back.", "It sailed.", "One", "Two", "10", "20", "tail & end"]
    assert lines(markup, parse=parse) == expected


@pytest.mark.parametrize("parse", [True, False], ids=["tree", "scan"])
def test_what_no_reader_sees_is_left_out(parse):
    markup = "<p>Seen<script>if (a<b) hide()</script><style>p {}</style><!-- gone --> too</p><? pi ?>"
    assert lines(markup, parse=parse)[0] == "Seen too"


def test_hidden_elements_of_a_page():
    hidden = "<noscript>no</noscript><template>no</template><svg><text>no</text></svg><iframe>no</iframe>"
    assert lines(f"<body><p>Seen</p>{hidden}<p>again</p></body>") == ["Seen", "again"]


def test_lines_of_preformatted_text_stay_lines():
    assert lines("<pre>One\n  two\n\nthree</pre><p>four\nfive</p>") == ["One", "two", "three", "four five"]


def test_a_no_break_space_is_text():
    assert lines("<p>10\u00a0000 &nbsp; people</p><p>&nbsp;</p>") == ["10\u00a0000 \u00a0 people"]


def test_blocks_know_their_place_and_headline():
    page = visible("<body>Before<h1>Ferry <i>returns</i></h1><p>Back.</p></body>")
    assert [(b.text, b.tag) for b in page.blocks] == [("Before", ""), ("Ferry returns", "h1"), ("Back.", "")]
    assert all(page.text[b.start : b.end] == b.text for b in page.blocks)


def test_a_line_that_is_all_links_is_known():
    page = visible(
        "<p><a href=/a>One</a> <a href=/b><b>Two</b></a></p><p>See <a href=/c>Three</a></p><p>Four</p>"
    )
    assert [(b.text, b.tag) for b in page.blocks] == [("One Two", "a"), ("See Three", ""), ("Four", "")]


def test_tidy_markup_is_closed_and_holds_no_scripts():
    head = "<head><title>No</title><!-- no -->"
    page = visible(f"<html>{head}<body><p>One<p><b>Two<script>x</script> three<select><option>No</select>")
    assert page.tidy == "<html><body><p>One</p><p><b>Two three</b></p></body></html>"
    assert page.text == "One\nTwo three\nNo"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Words",
        "Words",
        "</p></div>Words<p",
        "<p>Words</b></i></p></p>",
        "<body><body><p>Words</body></html>",
        "<?xml version='1.0' encoding='utf-16'?><html><body>Words</body></html>",
        '<p class="a\'>b">Words</p>',
    ],
)
def test_broken_markup(markup):
    assert "Words" in visible(markup).text


@pytest.mark.parametrize("markup", ["", " ", "<!-- only a comment -->", "<html></html>"])
def test_nothing_to_see(markup):
    assert visible(markup).text == ""


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote"])
def test_nesting_beyond_the_parser_loses_no_word(tag):
    page = visible(f"<body><p>before</p>{f'<{tag}>' * 100_000}deep<p>after</p>")
    assert page.tidy is None
    assert page.text.split("\n") == ["before", "deep", "after"]


def test_a_sign_of_less_is_text_to_the_scan():
    assert lines("<p>3 < 4 and 5 <6</p>", parse=False) == ["3 < 4 and 5 <6"]


def test_an_unclosed_head_hides_nothing_from_the_scan():
    assert lines("<head><p>Words</p>", parse=False) == ["Words"]


MANY = " ".join(f"a{i}=x" for i in range(5000))


@pytest.mark.parametrize(
    "markup",
    [
        f"<p {MANY}>Words",
        f"<p {MANY.replace('=x', '')}>Words",
        "<p " + MANY.replace("x", '">"') + ">Words",
        "<p " + MANY.replace("x", "'<>'") + ">Words",
        f'<script>if (a<b && x="</script><p {MANY}>"',
        "<a" * 500_000,
    ],
    ids=["plain", "bare", "closing signs", "opening signs", "behind a script", "only beginnings"],
)
def test_a_tag_with_thousands_of_attributes_is_seen_through_disguise(markup):
    assert overloaded(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" + "word " * 100_000 + "</p>",
        "<img src='data:image/png;base64," + "A/b=" * 50_000 + "'>" * 20,
        "<script>" + "for (i=0;i<n.length;i++) { x = (a[i] > 0) + 'x' }" * 2000 + "</script>",
        "<p class=a>x</p>" * 20_000,
    ],
    ids=["long text", "images", "script", "many tags"],
)
def test_ordinary_large_pages_are_not_suspected(markup):
    assert not overloaded(markup)


@given(st.text(alphabet="<>/!-='\" abdivpre&;\n"))
def test_any_markup_has_blocks_that_fit_its_text(markup):
    for parse in (True, False):
        page = visible(markup, parse=parse)
        assert "\n".join(block.text for block in page.blocks) == page.text
        assert all(block.text == block.text.strip() and block.text for block in page.blocks)

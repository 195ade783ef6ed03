from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.edits import apply, invert, ordered
from indexer.documents import live_lines
from indexer.formats import html
from indexer.formats.html import lay_out

PARAGRAPHS = [
    "The ferry to the northern islands is back after a year in the yard, its owner said on Monday.",
    "Its captain told reporters that the crossing would take forty minutes, as it had before the repairs.",
    "Islanders had relied on a small boat that could carry neither cars nor the post since last spring.",
]


def page(*, title="Ferry returns to the islands", head="", before="", after="", lead="", h1=True):
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    headline = f"<h1>{title}</h1>" if h1 else ""
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Harbour Post</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
        f"{before}<article>{headline}<div class='share'><a href='#'>Share</a></div>{lead}{body}</article>"
        f"{after}<footer><p>© 2024 Harbour Post. All rights reserved.</p></footer></body></html>"
    )


def live(layout):
    return [line.text for line in live_lines(layout.text, layout.edits)]


def test_what_is_left_is_headline_and_article():
    layout = lay_out(page())
    assert live(layout) == ["Ferry returns to the islands", *PARAGRAPHS]
    assert layout.declared.title == "Ferry returns to the islands"
    assert layout.flags == ()


def test_all_visible_text_stays_in_the_raw_text():
    layout = lay_out(page())
    assert layout.text.startswith("Home\nNews\nFerry returns")
    assert layout.text.endswith("All rights reserved.")


def test_what_goes_is_edited_out_in_runs():
    layout = lay_out(page())
    assert [layout.text[e.start : e.end] for e in layout.edits] == [
        "Home\nNews\n",
        "Share\n",
        "© 2024 Harbour Post. All rights reserved.",
    ]
    assert {(e.kind, e.rule, e.label, e.pack_version) for e in layout.edits} == {
        ("remove", "html.block", "page furniture", "html-2")
    }


def test_a_logo_is_no_headline():
    layout = lay_out(page(before="<h1>Harbour Post</h1>"))
    assert live(layout)[0] == "Ferry returns to the islands"
    assert "Harbour Post\n" in layout.text


def test_a_headline_that_is_no_h1_is_known_by_the_title():
    head = "<meta property='og:title' content='Ferry returns to the islands'>"
    layout = lay_out(page(head=head, before="<div>Ferry returns to the islands</div>", h1=False))
    assert live(layout) == ["Ferry returns to the islands", *PARAGRAPHS]


def test_the_headline_is_not_said_twice():
    layout = lay_out(page(lead="<h2>Ferry returns to the islands!</h2>"))
    assert live(layout) == ["Ferry returns to the islands", *PARAGRAPHS]


LINKS = [f"<p><a href='/{n}'>Another piece about boat number {n} of the harbour</a></p>" for n in range(3)]


@pytest.mark.parametrize(("links", "left"), [(LINKS, 0), (LINKS[:2], 2)], ids=["list", "two"])
def test_a_list_of_links_to_other_articles_goes_wherever_it_stands(monkeypatch, links, left):
    monkeypatch.setattr(html, "article_blocks", lambda found, *_: [True] * len(found.blocks))
    layout = lay_out(page(lead="<p>See also these.</p>" + "".join(links)))
    assert sum("boat number" in line for line in live(layout)) == left
    assert layout.text.count("boat number") == len(links)


def test_an_article_of_links_only_stays(monkeypatch):
    monkeypatch.setattr(html, "article_blocks", lambda found, *_: [True] * len(found.blocks))
    assert len(live(lay_out(f"<html><body>{''.join(LINKS)}</body></html>"))) == 3


def test_a_page_nothing_is_found_in_is_kept_whole():
    layout = lay_out("<html><body><ul><li><a href='/a'>One</a><li><a href='/b'>Two</a></ul></body></html>")
    assert (layout.text, layout.edits, layout.flags) == ("One\nTwo", (), ("extraction_failed",))


def test_a_fragment_is_all_article():
    layout = lay_out("<p>One.</p><p>Two <b>bold</b>.</p>")
    assert (layout.text, layout.edits, layout.flags) == ("One.\nTwo bold.", (), ())


@pytest.mark.parametrize(
    "markup",
    [
        page(before="<div>" * 100_000, after="</div>" * 100_000),
        page(before="<p " + " ".join(f"a{i}" for i in range(100_000)) + ">"),
    ],
    ids=["nesting", "attributes"],
)
def test_bombs_are_kept_whole_and_flagged(markup):
    layout = lay_out(markup)
    assert all(text in layout.text for text in PARAGRAPHS)
    assert layout.flags == ("extraction_failed",)


def test_the_head_of_a_deeply_nested_page_is_still_read():
    assert lay_out(page(before="<div>" * 5000)).declared.title == "Ferry returns to the islands"


@pytest.mark.parametrize("cut", [200, 500, 700, 900])
def test_pages_cut_anywhere(cut):
    layout = lay_out(page()[:cut])
    assert apply(layout.text, ordered(layout.edits)) is not None


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "<nav>", "</nav>", "<h1>", "<br>", *PARAGRAPHS, "Menu"])
    )
)
def test_every_edit_can_be_undone(pieces):
    layout = lay_out("<html><body>" + "".join(pieces))
    edits = ordered(layout.edits)
    assert invert(apply(layout.text, edits), layout.text, edits) == layout.text

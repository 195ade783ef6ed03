from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from engine.model import Fragment
from webapp.text import clipped, encodable, excerpt, marked, plain, spelled, visible, web_address


def test_hits_are_marked_and_the_rest_is_escaped():
    fragment = Fragment('<b>Kidal</b> & "Gao"', ((3, 8),))
    assert str(marked(fragment)) == "&lt;b&gt;<mark>Kidal</mark>&lt;/b&gt; &amp; &#34;Gao&#34;"


def test_markup_inside_a_hit_is_escaped():
    assert str(marked(Fragment("<i>", ((0, 3),)))) == "<mark>&lt;i&gt;</mark>"


def test_overrides_are_shown_in_running_text_and_dropped_elsewhere():
    text = "a\u202eb\u2066c"
    assert str(visible(text)) == 'a<code class="ctl">U+202E</code>b<code class="ctl">U+2066</code>c'
    assert plain(text) == "abc"


def test_control_characters_and_surrogates_vanish():
    assert plain("a\x00\x07\ud800b\uffff\n\tc") == "ab\n\tc"
    assert str(visible("a\x00\ud800b")) == "ab"


def test_letters_that_look_unusual_stay():
    assert plain("Goïta كيدال 中文 می‌رود") == "Goïta كيدال 中文 می‌رود"


def test_a_long_fragment_is_cut_around_its_first_hit():
    cut = clipped(Fragment("x" * 5000 + "kidal" + "y" * 5000, ((5000, 5005),)), 400)
    assert len(cut.text) == 402
    assert [cut.text[s:e] for s, e in cut.hits] == ["kidal"]
    assert cut.text[0] == cut.text[-1] == "…"


def test_a_hit_longer_than_the_cut_is_cut_too():
    cut = clipped(Fragment("z" * 9000, ((0, 9000),)), 100)
    assert cut.hits == ((0, 100),)
    assert len(str(marked(Fragment("z" * 9000, ((0, 9000),))))) < 500


@given(st.text(max_size=300), st.integers(1, 50), st.data())
def test_cutting_never_loses_the_first_hit(text, limit, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = clipped(Fragment(text, ((start, end),)), limit)
    assert len(cut.text) <= max(limit + 2, len(text) if len(text) <= limit else 0)
    for s, e in cut.hits:
        assert text[start : start + e - s] == cut.text[s:e]


@given(st.text())
def test_no_tag_of_the_text_survives(text):
    assert "<" not in str(visible(text)).replace('<code class="ctl">', "").replace("</code>", "")


def test_an_excerpt_is_one_short_line():
    assert excerpt("a\nb\t c") == "a b c"
    assert len(excerpt("word " * 1000)) < 210


def test_what_no_page_can_carry_is_replaced():
    assert encodable(Markup("<b>\ud800\x00</b>")) == Markup("<b>\ufffd\ufffd</b>")
    assert type(encodable(Markup("é"))) is Markup
    assert encodable(7) == 7


def test_white_space_alone_is_drawn():
    assert spelled(" \n\u00a0") == "␣⏎␣"
    assert spelled("a b") == "a b"
    assert spelled("") == ""


@pytest.mark.parametrize("url", ["https://a.example/x?y#z", "http://a.example"])
def test_web_addresses(url):
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "https:",
        "file:///etc",
        "http://[x",
    ],
)
def test_no_web_addresses(url):
    assert web_address(url) is None

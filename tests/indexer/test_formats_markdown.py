from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.edits import apply, invert, ordered
from indexer.formats.markdown import lay_out


def shown(text: str) -> str:
    layout = lay_out(text)
    return apply(layout.text, layout.edits)


def test_the_first_heading_is_the_title():
    layout = lay_out("# Ferry returns #\n\nThe ferry is back.\n")
    assert layout.declared.title == "Ferry returns"
    assert layout.text == "# Ferry returns #\n\nThe ferry is back.\n"
    assert lay_out("## No title\n").declared.title is None


def test_a_header_goes_before_the_heading():
    layout = lay_out("Title: From the header\n\n# From the text\n\nBody.")
    assert layout.declared.title == "From the header"
    assert layout.text == "# From the text\n\nBody."


def test_marks_are_edited_out_and_nothing_else():
    text = """\
## What happened

> **Ida Berg** said the [ferry](https://harbour.example/a_b "Ferry") was __back__.

![The ferry](ferry.jpg)

---
* It cost 3 * 4 = 12 and 2**8, in file__name__x.
"""
    assert (
        shown(text)
        == """\
What happened

Ida Berg said the ferry was back.




* It cost 3 * 4 = 12 and 2**8, in file__name__x.
"""
    )


def test_marks_inside_a_line_do_not_cut_the_line_in_two():
    edits = lay_out("# A **bold** word").edits
    assert [(e.kind, e.start, e.end) for e in edits] == [
        ("remove", 0, 2),
        ("repair", 4, 6),
        ("repair", 10, 12),
    ]
    assert {(e.rule, e.label, e.pack_version) for e in edits} == {
        ("markdown.mark", "markdown mark", "markdown-1")
    }


def test_hostile_brackets_take_no_time():
    assert len(lay_out("[" * 200_000 + "**" * 100_000).text) == 400_000


@given(st.text(alphabet="#*_[]()!> \nab-="))
def test_every_edit_can_be_undone(text):
    layout = lay_out(text)
    edits = ordered(layout.edits)
    assert invert(apply(layout.text, edits), layout.text, edits) == layout.text

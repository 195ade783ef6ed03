from __future__ import annotations

from webapp_archive import HARBOUR, STORY, STORY_ID, in_story

from webapp.stories import Story
from webapp.story_view import ONLY, OWN, SENTENCES, compared, disputed, said, with_marks

WHOLE = Story(STORY_ID, 5, STORY)
FIRST, FRENCH, CUT, ENGLISH, _ = STORY


def test_a_quotation_has_its_versions_with_their_own_words_marked():
    (quotation,) = said(WHOLE)
    assert quotation.speaker == "Mayor Ines Barro"
    assert [str(version.html) for version in quotation.versions] == [
        "Our harbour is open and our work is <b>not</b> over",
        "Our harbour is open and our work is <b>far from</b> over",
    ]
    assert [use.article for use in quotation.versions[0].uses] == ["coast/1", "bay/1", "mill/1"]


def test_a_quotation_in_one_wording_has_nothing_marked():
    (quotation,) = said(Story(STORY_ID, 2, (FIRST, CUT)))
    assert "<b>" not in quotation.versions[0].html


def test_figures_are_listed_value_by_value():
    ((difference, values),) = disputed(WHOLE)
    assert difference.unit == "km"
    assert [value.text for value in values] == ["31 km", "32 kilometres"]
    assert [len(value.readings) for value in values] == [2, 2]


def test_copies_are_compared_sentence_by_sentence():
    found = compared(FIRST, CUT)
    assert [pair.right is None for pair in found.pairs] == [False, False, True, True]
    assert str(found.pairs[2].left).startswith('<span class="only">Ferries to the island')
    assert found.same == 50


def test_two_texts_without_a_word_are_the_same():
    empty = in_story("empty", "Empty", ("",), None)
    assert compared(empty, empty).same == 100


def test_an_endless_comparison_ends():
    long = in_story("long", "Long", [f"Boat {n} came in." for n in range(SENTENCES + 5)], None)
    found = compared(long, long)
    assert len(found.pairs) == SENTENCES
    assert len(found.counts.changes) == SENTENCES + 5


def test_removed_text_is_never_compared():
    assert "Share this article" not in "".join(str(pair) for pair in compared(FIRST, ENGLISH).pairs)


def test_marks_escape_what_they_mark():
    text = "a <b> \u202eevil\u202c c"
    assert with_marks(text, [(2, 5)], OWN) == (
        'a <b>&lt;b&gt;</b> <code class="ctl">U+202E</code>evil<code class="ctl">U+202C</code> c'
    )


def test_neighbouring_marks_are_one():
    assert with_marks("one two three", [(0, 3), (4, 7)], ONLY) == '<span class="only">one two</span> three'


def test_a_word_changed_is_marked_on_both_sides():
    other = in_story("other", "Other", (*HARBOUR[:3], HARBOUR[3].replace("18", "20")), None)
    pair = compared(FIRST, other).pairs[-1]
    assert '<span class="only">18</span>' in pair.left
    assert '<span class="only">20</span>' in pair.right

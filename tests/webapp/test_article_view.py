from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from webapp_archive import ARTICLES, article

from engine.edits import body_of
from engine.model import Edit, Paragraph
from engine.parser import parse
from webapp.article_view import place, split, view
from webapp.settings import WebSettings

AUDITED = ARTICLES[0]


def viewed(made, query=None, **settings):
    return view(made, parse(query).query if query else None, WebSettings(**settings))


def paragraphs(page):
    return [str(block.html) for block in page.blocks if block.number]


def test_paragraphs_are_lines_with_text():
    body = "One.\n\n  \nTwo.\nThree."
    assert [body[s:e] for s, e in split(body)] == ["One.", "Two.", "Three."]
    assert split("") == []


def test_hits_are_numbered_anchors():
    page = viewed(AUDITED, "kidal")
    text = "".join(paragraphs(page))
    assert page.marks == 2
    assert '<mark id="hit-1">Kidal</mark>' in text
    assert '<mark id="hit-2">Kidal</mark>' in text
    assert str(page.title) == "In <mark>Kidal</mark>, a quiet morning"


def test_removed_lines_stand_between_paragraphs_and_removed_words_inside():
    page = viewed(AUDITED)
    kinds = [f"e{b.change.number}" if b.change else f"p{b.number}" for b in page.blocks]
    assert kinds == ["p1", "e1", "p2", "p3", "e3", "e4"]
    inside = str(page.blocks[2].html)
    assert inside.startswith("Residents of Kidal spoke. <del")
    assert 'id="e2"' in inside
    assert "Read also: Convoys return</span></del>" in inside
    assert [c.where for c in page.changes] == ["after ¶1", "in ¶2", "after ¶3", "after ¶3"]


def test_evidence_links_to_where_it_stands():
    proofs = viewed(AUDITED).proofs
    assert [p.href for p in proofs["source"]] == ["#ev1"]
    assert [p.href for p in proofs["agency"]] == [""]
    assert [p.href for p in proofs["access"]] == ["#e4"]
    assert [(p.kind, p.quote) for p in proofs["translated"]] == [("french spacing", "late in the morning ,")]
    assert '<span class="ev" id="ev1">ANEFIS (Sahara Post)</span>' in paragraphs(viewed(AUDITED))[0]


def test_overlapping_marks_nest_and_an_id_stands_once():
    page = viewed(AUDITED, "anefis morning")
    text = paragraphs(page)[0]
    assert '<span class="ev" id="ev1"><mark id="hit-1">ANEFIS</mark></span>' in text
    assert '<span class="ev"> (Sahara Post)</span>' in text
    assert text.count('id="ev1"') == 1


def test_another_language_is_said():
    assert (
        '<span lang="fr" dir="ltr">Le marché est fermé depuis lundi.</span>' in paragraphs(viewed(AUDITED))[2]
    )


def test_evidence_in_the_title_is_quoted_without_a_link():
    made = article("t", "Le Fleuve: news", "Body.")
    moved = replace(made, foreign=(Paragraph(0, 5, "fr"),))
    assert paragraphs(viewed(moved)) == ["Body."]


def test_changes_before_and_after_the_body():
    raw = "Menu\nTitle\nBody text.\nFooter"
    edits = (
        Edit(0, 5, "", "remove", "nav", "menu", "1"),
        Edit(22, 28, "", "remove", "foot", "footer", "1"),
    )
    made = article("m", "Title", "x")
    made = replace(made, raw=raw, body_start=11, body_end=21, edits=edits)
    made = replace(made, body=body_of(made))
    page = viewed(made)
    assert [f"e{b.change.number}" if b.change else str(b.html) for b in page.blocks] == [
        "e1",
        "Body text.",
        "e2",
    ]
    assert [c.at for c in page.changes] == [None, None]


def test_a_repair_shows_what_stood_there():
    made = article("r", "T", "Il a dit.Puis rien.")
    start = made.raw.index(".Puis")
    made = replace(made, edits=(Edit(start, start + 1, ". ", "repair", "glued", "glued sentence", "1"),))
    made = replace(made, body=body_of(made))
    page = viewed(made)
    assert page.removed == ()
    assert page.changes[0].around == ("Il a dit", "Puis rien.")
    assert "glued sentence" in paragraphs(page)[0]
    assert paragraphs(page)[0].endswith('<span class="t">.</span></del>. Puis rien.')


def test_a_repair_that_only_adds_strikes_nothing_out():
    made = article("r", "T", "Il a dit.Puis rien.")
    start = made.raw.index("Puis")
    made = replace(made, edits=(Edit(start, start, " ", "repair", "glued", "glued sentence", "1"),))
    made = replace(made, body=body_of(made))
    assert paragraphs(viewed(made))[0].endswith("</a></span></del> Puis rien.")


def test_the_surroundings_of_an_edit_end_at_a_word_and_at_the_line():
    made = article("r", "T", "One\nThere are many words before it .And many more of them come after it\nNext")
    start = made.raw.index(" .And")
    made = replace(made, edits=(Edit(start, start + 1, "", "repair", "r", "l", "1"),))
    made = replace(made, body=body_of(made))
    assert viewed(made).changes[0].around == ("…are many words before it", ".And many more of them come…")


def test_a_very_long_text_is_shortened():
    made = article("long", "T", "word " * 1000)
    page = viewed(made, article_length=100)
    assert page.shortened
    assert len(paragraphs(page)[0]) == 100
    assert not viewed(made).shortened


def test_marks_are_bounded():
    made = article("many", "T", "kidal " * 50)
    assert viewed(made, "kidal", marks=10).marks == 10


@st.composite
def edited(draw):
    body = draw(st.text(alphabet="ab \n<", min_size=1, max_size=60))
    points = sorted(draw(st.sets(st.integers(0, len(body)), max_size=6)))
    made = article("x", "T", body)
    edits = [
        Edit(
            s + 3,
            e + 3,
            draw(st.sampled_from(["", "r", "\n"])),
            draw(st.sampled_from(["remove", "repair"])),
            "r",
            "l",
            "1",
        )
        for s, e in zip(points[::2], points[1::2], strict=False)
    ]
    made = replace(made, edits=tuple(edits))
    return replace(made, body=body_of(made))


@given(edited())
def test_every_change_is_shown_once_and_no_text_is_lost(made):
    page = viewed(made)
    blocks = [b.change.number for b in page.blocks if b.change]
    inside = [c.number for b in page.blocks for c in b.cuts]
    assert sorted(blocks + inside) == [c.number for c in page.changes]
    html = "".join(paragraphs(page))
    assert all(html.count(f'id="e{n}"') == 1 for n in inside)
    bare = html
    while "<del" in bare:
        head, _, rest = bare.partition("<del")
        bare = head + rest.partition("</del>")[2]
    assert bare.replace("&lt;", "<") == "".join(line for line in made.body.split("\n") if line.strip())


@given(edited())
def test_places_are_offsets_of_the_body(made):
    for change in place(made, split(made.body)):
        if change.at is not None:
            assert made.body[change.at :].startswith(change.edit.replacement)

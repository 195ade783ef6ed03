from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Paragraph
from indexer.language import foreign_paragraphs
from indexer.language.words import DISTINCTIVE

ENGLISH = (
    "The town said that the old bridge would stay closed until the end of the winter, with no exception."
)
FRENCH = "La mairie a annoncé que le vieux pont resterait fermé jusqu’à la fin de l’hiver, sans exception."
GERMAN = "Die Stadt teilte mit, dass die alte Brücke bis zum Ende des Winters für alle gesperrt bleibt."
POLISH = "Miasto ogłosiło, że stary most pozostanie zamknięty do końca zimy, i to bez żadnych wyjątków."


def spans(*paragraphs):
    text, found = "", []
    for paragraph in paragraphs:
        found.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n"
    return text, found


def test_finds_the_foreign_paragraph():
    text, places = spans(ENGLISH, FRENCH, ENGLISH, GERMAN)
    assert foreign_paragraphs(text, places, "en") == (
        Paragraph(*places[1], "fr"),
        Paragraph(*places[3], "de"),
    )


@pytest.mark.parametrize(("main", "text"), [("en", ENGLISH), ("fr", FRENCH), ("de", GERMAN), ("pl", POLISH)])
def test_own_paragraphs_are_not_foreign(main, text):
    assert foreign_paragraphs(text, [(0, len(text))], main) == ()


def test_a_main_language_without_word_list_works_too():
    text, places = spans(POLISH, ENGLISH)
    assert foreign_paragraphs(text, places, "pl") == (Paragraph(*places[1], "en"),)


def test_short_paragraphs_are_left_alone():
    text, places = spans(
        ENGLISH, "C’est la vie, dit le maire.", "1 2 3 4 5 6 7 8 9 0 " * 5 + "le pont est fermé"
    )
    assert foreign_paragraphs(text, places, "en") == ()


def test_a_near_neighbour_needs_to_be_plain():
    text = "Kommunen har lagt en plan for broen, og planen er god. Alle har set den."
    assert foreign_paragraphs(text, [(0, len(text))], "no") in ((), (Paragraph(0, len(text), "da"),))
    assert foreign_paragraphs(text, [(0, len(text))], "da") == ()


def test_a_list_of_names_is_in_no_language():
    text = "G Intorra (Calvarano), S Perugia (Calvarano), C Del Fiore (Parma), S Orlandini (Treviso), P Neri"
    assert foreign_paragraphs(text, [(0, len(text))], "en") == ()


def test_no_paragraphs():
    assert foreign_paragraphs("", [], "en") == ()


@given(st.lists(st.text(max_size=150), max_size=4), st.sampled_from(["en", "fr", "xx", "zh"]))
def test_never_fails(paragraphs, main):
    text, places = spans(*paragraphs)
    for paragraph in foreign_paragraphs(text, places, main):
        assert (paragraph.start, paragraph.end) in places
        assert paragraph.language != main


def test_word_lists_share_no_word():
    words = [word for own in DISTINCTIVE.values() for word in own]
    assert sorted(w for w in set(words) if words.count(w) > 1) == []

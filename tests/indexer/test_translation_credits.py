from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.translation.credits import LONGEST, find, phrasebooks

CREDITS = [
    ("Translated from the French by Anna Kovač", "fr"),
    ("This article was translated from Ukrainian by Oleh Bondar.", "uk"),
    ("Automatically translated from German", "de"),
    ("Translated by DeepL", None),
    ("Translation: Anna Kovač", None),
    ("This is a machine translation from Arabic", "ar"),
    ("This story was originally published in Spanish.", "es"),
    ("Traduit de l’anglais par Jean Martin", "en"),
    ("Traduit de l'allemand", "de"),
    ("Cet article a été traduit automatiquement de l’anglais.", "en"),
    ("Traduction : Jean Martin", None),
    ("Publié initialement en anglais", "en"),
    ("Aus dem Englischen von Lena Vogt", "en"),
    ("Übersetzung: Lena Vogt", None),
    ("Aus dem Niederländischen übersetzt von Lena Vogt", "nl"),
    ("Traducido del inglés por Marta Ruiz", "en"),
    ("Traducción de Marta Ruiz", None),
    ("Tradotto dall’inglese", "en"),
    ("Traduzione di Anna Neri", None),
    ("Traduzido do francês por João Alves", "fr"),
    ("TRADUÇÃO DE JOÃO ALVES", None),
    ("Vertaald uit het Duits door Piet Vos", "de"),
    ("Перевод с английского", "en"),
    ("Перевод: Иван Петров", None),
    ("Переклад з польської: Олена Коваль", "pl"),
    ("Z angielskiego przełożyła Ewa Nowak", "en"),
    ("Tłumaczenie: Jan Nowak", None),
    ("İngilizceden çeviren: Ali Demir", "en"),
    ("Çeviri: Ali Demir", None),
    ("ترجمة عن الإنجليزية", "en"),
    ("ترجمة: سامي حداد", None),
    ("译自法语", "fr"),
    ("翻译：王小明", None),
    ("英語から翻訳", "en"),
    ("翻訳：佐藤花子", None),
]
NO_CREDITS = [
    "The leaflet was translated by volunteers from the harbour.",
    "The plan will automatically translate into lower rents",
    "translated by a small rights group into Polish last year",
    "The Ash Books, by Ewa Nowak, translated from the Polish by Ann Lee (Larkfield)",
    "It was originally published in Le Petit Quotidien.",
    "The novel was originally published in French and has sold a million copies.",
    "Translation by Smith of the memo caused a stir",
    "The decree was first published in German newspapers",
    "Machine translation",
    "Aus dem Englischen Garten berichtet Max Vogt",
    "La traduction de Paul est bonne",
    "Его перевод с английского вызвал споры",
    "The bridge stays closed.",
    "",
]


@pytest.mark.parametrize(("line", "language"), CREDITS)
def test_credit_fills_its_line(line, language):
    found = [credit for _, credit in find([line])]
    assert found
    assert {credit.language for credit in found} == {language}
    assert all(line[c.start : c.end].strip(" .") in line for c in found)


@pytest.mark.parametrize(("line", "language"), CREDITS)
@pytest.mark.parametrize("frame", ["({})", "[ {} ]", "* {} *", "The bridge stays closed. {}", "— {}"])
def test_credit_in_brackets_or_as_the_last_sentence(frame, line, language):
    assert {credit.language for _, credit in find([frame.format(line)])} == {language}


@pytest.mark.parametrize("line", NO_CREDITS)
def test_sentences_about_translations_are_no_credits(line):
    assert list(find([line])) == []


def test_says_which_line_and_where():
    line = "The bridge stays closed. (Translated from Czech)"
    [(index, credit)] = find(["Nothing here.", line])
    assert (index, credit.language) == (1, "cs")
    assert line[credit.start : credit.end] == "Translated from Czech"


def test_only_the_beginning_of_a_line_is_read():
    assert list(find(["x" * LONGEST + ". Translated by DeepL"])) == []


def test_every_wording_can_be_seen_through_its_hints():
    for (line, _), book in ((credit, book) for credit in CREDITS for book in phrasebooks()):
        assert book.likely(line.lower()) or not list(book.find(line.replace("’", "'")))


def test_twelve_languages_and_more():
    assert len(phrasebooks()) >= 12
    assert all(book.hints and book.patterns and book.codes for book in phrasebooks())


@given(st.lists(st.text(max_size=120) | st.sampled_from([line for line, _ in CREDITS]), max_size=4))
def test_never_fails(lines):
    for index, credit in find(lines):
        assert 0 <= credit.start < credit.end <= len(lines[index])

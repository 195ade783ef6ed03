from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Edit
from indexer.documents import Declared, Draft, Page
from indexer.language.translation.evidence import Reading
from indexer.language.translation.residue import witness

START = "The mayor of the town spoke about the old bridge. "


def read(text, language="en", edits=()):
    draft = Draft(Page("bridge.txt", text, Declared(), ""), edits=tuple(edits))
    return list(witness(Reading.of(draft, 0, len(text), language)))


def kinds(text, language="en"):
    return {item.evidence.kind for item in read(START + text, language)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He called it « a scandal » on Monday.", "spaced guillemets"),
        ("He called it «a scandal» on Monday.", "guillemets"),
        ("He called it „a scandal“ on Monday.", "low quotation mark"),
        ("He called it a scandal “. Nobody laughed.", "reversed quote"),
        ("“It is a scandal”he added.", "glued closing quote"),
        ("Repairs cost 3,5 million euros.", "decimal comma"),
        ("Traffic fell by 12,5% in May.", "decimal comma"),
        ("Traffic fell by 50 % in May.", "space before %"),
        ("The bridge carried 12.500 people a day.", "point in thousands"),
        ("It was closed on 14. November without a word.", "day with a point"),
        ("The council meets at 14h30 today.", "time with h"),
        ("He wrote on X (ex-Twitter) that it was over.", "ex-Twitter"),
        ("The bridge，which is old, is closed for ever.", "full-width punctuation"),
        ("The bridge , which is old, is closed.", "space before a comma"),
        ("The mayor asked : who will pay ?", "space before colon"),
        ("The workers said nothing avec les other people of the town.", "untranslated words"),
    ],
)
def test_residue_in_english(text, kind):
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "“It is a scandal,” he added. “Nobody knows why.”",
        "“It’s a scandal” and ‘a shame’, he said.",
        "Repairs cost 3.5 million euros, or 1,500 a day, 12,000 in all.",
        "Traffic fell by 50% in May and 12.5 percent in June.",
        "Call 0845 123, Monday to Friday, or see page 3,4 and 5.",
        "It closed in 2014. November was wet.",
        "He wrote on X, formerly Twitter, and on X (formerly Twitter).",
        "Home » News » Town",
        "“Il faut avec les autres le dire pour nous”, he said in French.",
        "They showed Les Misérables and Der Ring des Nibelungen to the public of the town.",
        "Prices: $1,25 and 99,00 €",
    ],
)
def test_ordinary_english(text):
    assert kinds(text) == set()


@pytest.mark.parametrize("language", ["fr", "de", "es", "it", "pt", "nl", "ru", None])
def test_what_is_at_home_elsewhere(language):
    text = "« Oui », „so“: 3,5 %, 50 %, 12.500 euros, 14h30, X (ex-Twitter)"
    assert kinds(text, language) <= {"low quotation mark", "untranslated words"}


def test_residue_in_other_languages():
    assert kinds("La ville a écrit sur X (formerly Twitter) que c’est fini.", "fr") == {"formerly Twitter"}
    assert "low quotation mark" in kinds("O prefeito disse „acabou“ ontem.", "pt")
    text = "O prefeito não disse nada with the pessoas dos bairros, pela ponte que são uma vergonha."
    assert [(item.evidence.text, item.language) for item in read(text, "pt")] == [("with the", "en")]


def test_quotes_the_raw_text_with_the_word_before():
    text = "Top line.\n" + START + "“It is a scandal”he added."
    [item] = read(text)
    assert item.evidence.text == "scandal”he" == text[item.evidence.start : item.evidence.end]


def test_hard_kinds_have_a_ceiling_and_weak_ones_decide_nothing():
    hard, weak = read("Repairs cost 3,5 million euros , he said.")
    assert (hard.weight, hard.ceiling, hard.family) == (3, "probable", "numbers")
    assert (weak.weight, weak.ceiling, weak.family) == (0.5, "none", "spacing")


def test_kinds_that_name_their_language():
    assert [item.language for item in read("On X (ex-Twitter), « a scandal ».")] == ["fr", "fr"]


def test_a_site_that_loses_spaces_everywhere_proves_nothing():
    glued = "“It is a scandal”he added. A word “. And more , of it."
    assert kinds(glued) == {"glued closing quote", "reversed quote", "space before a comma"}
    lost = "The bridge was closed.The mayor left.”Nobody knows why,” he said.It was raining."
    assert kinds(lost + glued) == set()
    assert kinds(lost + "Repairs cost 3,5 million euros.") == {"decimal comma"}


def test_removed_text_is_not_read():
    text = START + "He wrote on X (ex-Twitter) today."
    start = text.index("(ex")
    assert read(text, edits=[Edit(start, start + 12, "", "remove", "rule", "label", "1")]) == []


def test_paywall_wording_of_another_outlet():
    notice = "You have 40% of this article left to read. The rest is reserved for members."
    text = START + "\n\n" + notice
    start = text.index(notice)
    draft = Draft(
        Page("a.txt", text, Declared(), ""),
        edits=(Edit(start, len(text), "", "remove", "rule", "paywall notice", "1"),),
    )
    [item] = witness(Reading.of(draft, 0, len(START), "en"))
    assert item.evidence.kind == "paywall wording"
    assert item.language == "fr"
    assert list(witness(Reading.of(draft, 0, len(START), "de"))) == []


def test_a_foreign_passage_is_not_a_forgotten_word():
    passage = (
        "La mairie est fermée pour les habitants et nous avons été dans une situation que les gens selon vous"
    )
    assert kinds("\n" + passage) == set()


@pytest.mark.parametrize(
    "piece", ["„", "« ", "“a", "”he", "1,5 ", "(", '"', " ,", "les des ", "14h3", "ex-Twitter"]
)
def test_hostile_repetition_ends(piece):
    read(piece * 30_000)


@given(
    st.text(alphabet='aé B.,:;!?%“”„«»"()\n\xa0\u202f135hX，', max_size=200),
    st.sampled_from(["en", "fr", "de"]),
)
def test_never_fails_and_always_quotes(text, language):
    for item in read(text, language):
        evidence = item.evidence
        assert evidence.text == text[evidence.start : evidence.end] != ""

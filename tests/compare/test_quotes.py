from __future__ import annotations

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from compare.quotes import LONGEST, Quote, quotes


def found(body: str) -> list[str]:
    return [quote.text for quote in quotes(article(body=body))]


def only(body: str) -> Quote:
    (quote,) = quotes(article(body=body))
    return quote


@pytest.mark.parametrize(
    "body",
    [
        "“We stay here,” said Ilda Branco.",
        '"We stay here," said Ilda Branco.',
        "«We stay here», said Ilda Branco.",
        "« We stay here », said Ilda Branco.",
        "«\u00a0We stay here\u00a0», said Ilda Branco.",
        "»We stay here«, said Ilda Branco.",
        "„We stay here“, said Ilda Branco.",
        "„We stay here”, said Ilda Branco.",
        "‹We stay here›, said Ilda Branco.",
        "‘We stay here,’ said Ilda Branco.",
        "The end.”We stay here,” said Ilda Branco.",
        "「We stay here」, said Ilda Branco.",
    ],
)
def test_every_style_of_marks(body: str) -> None:
    quote = only(body)
    assert quote.text.rstrip(",") == "We stay here"
    assert quote.speaker == "Ilda Branco"


def test_the_outermost_marks_count() -> None:
    assert found("“He called it ‘a bad joke’ and left,” said Ilda Branco.") == [
        "He called it ‘a bad joke’ and left,"
    ]
    assert found("«On m’a dit : “partez” et je suis parti», dit Ilda Branco.") == [
        "On m’a dit : “partez” et je suis parti"
    ]
    assert found("“One “inner” word,” he said.") == ["One “inner” word,"]


def test_apostrophes_are_no_quotations() -> None:
    assert found("The ’90s were Ilda’s years, the captains’ years; it wasn’t ‘til later.") == []


def test_a_quotation_stays_in_its_paragraph() -> None:
    assert found("He began: “We stay\nhere” and so on.") == []
    assert found("He began: “We stay.\n“And we fight,” he said.") == ["And we fight,"]


def test_a_mark_without_a_partner_quotes_nothing() -> None:
    assert found('A 12" disc and a “broken start.') == []
    assert found("“" + "word " * LONGEST + "”") == []


@pytest.mark.parametrize(
    ("body", "speaker", "rule"),
    [
        ("“We stay,” said Ilda Branco on Monday.", "Ilda Branco", "verb, then name"),
        ("“We stay,” said the fire chief, Ilda Branco.", "Ilda Branco", "verb, then name"),
        ("“We stay,” Branco wrote on X.", "Branco", "name, then verb"),
        ("“We stay,” the chief of staff, General Otto Venn, said.", "General Otto Venn", "name, then verb"),
        ("“We stay,” the ministry said in a statement.", "the ministry", "words, then verb"),
        ("Ilda Branco said: “We stay.”", "Ilda Branco", "name, then verb"),
        ("Ilda Branco, the fire chief, said that “we stay” on the island.", "Ilda Branco", "name, then verb"),
        (
            "The Harbour Front (HF), an alliance of armed Serrat groups, said it left “for our safety”.",
            "Harbour Front",
            "name, then verb",
        ),
        ("Ilda Branco shook her head, saying “we stay here”.", "Ilda Branco", "name, saying"),
        ("According to Ilda Branco, “we stay here”.", "Ilda Branco", "according to name"),
        ("«Nous restons», a déclaré la ministre Ilda Branco.", "Ilda Branco", "verb, then name"),
        ("« Nous restons », sourit Ilda Branco.", "Ilda Branco", "verb, then name"),
        ("Ilda Branco a déclaré : « Nous restons »", "Ilda Branco", "name, then verb"),
        ("«Nos quedamos», dijo la alcaldesa Ilda Branco.", "Ilda Branco", "verb, then name"),
        ("„Wir bleiben hier“, sagte Ilda Branco am Montag.", "Ilda Branco", "verb, then name"),
        ("“Ficamos aqui”, disse a prefeita Ilda Branco.", "Ilda Branco", "verb, then name"),
        ("«Restiamo qui», ha detto Ilda Branco.", "Ilda Branco", "verb, then name"),
        ("«Мы остаёмся», — сказала Ильда Бранко.", "Ильда Бранко", "verb, then name"),
        ("وقال القائد حسن علي: «سنبقى هنا»", "القائد حسن علي", "verb, then words"),
    ],
)
def test_the_speaker_and_the_rule(body: str, speaker: str, rule: str) -> None:
    quote = only(body)
    assert (quote.speaker, quote.rule) == (speaker, rule)
    assert body[quote.speaker_start : quote.speaker_end] == speaker


@pytest.mark.parametrize(
    "body",
    [
        "The so-called “harbour of hope” burned down.",
        "The staff of the army of Serrat announced on Monday, late, that soldiers had “taken a position”.",
        "Serrat’s “lost decade” began in 2012.",
        "",
    ],
)
def test_no_rule_no_speaker(body: str) -> None:
    assert [quote.speaker for quote in quotes(article(body=body))] in ([], [None])


def test_a_speech_goes_on_in_its_paragraph() -> None:
    first, second = quotes(article(body="“We stay,” said Ilda Branco. “It is our island.”"))
    assert (first.speaker, second.speaker) == ("Ilda Branco", "Ilda Branco")
    assert second.rule == "speech goes on"
    *_, other = quotes(article(body="“We stay,” said Ilda Branco.\n\n“It is our island.”"))
    assert other.speaker is None


def test_a_pronoun_is_who_was_named_last() -> None:
    body = "“We stay,” said Ilda Branco.\nThe fire was out at noon. “It is our island,” she added."
    assert [(q.speaker, q.rule) for q in quotes(article(body=body))][1] == (
        "Ilda Branco",
        "pronoun, name before",
    )


def test_a_pronoun_is_the_subject_of_the_sentence_before() -> None:
    body = "Colonel Otto Venn, the commander, confirmed the report. “Our work is not done,” he added."
    assert only(body).speaker == "Colonel Otto Venn"


def test_nobody_says_he_of_a_ministry() -> None:
    body = "“No comment,” the Defence Ministry said.\nA colonel came out. “We go on,” he said."
    assert [quote.speaker for quote in quotes(article(body=body))][1] == "he"


@given(st.text(alphabet='abc A.,\n“”„«»‹›"‘’「」 ', max_size=200))
def test_spans_are_in_order_and_point_at_the_text(body: str) -> None:
    end = 0
    for quote in quotes(article(body=body)):
        assert body[quote.start : quote.end] == quote.text == quote.text.strip()
        assert quote.start >= end
        end = quote.end


@pytest.mark.parametrize(
    "body", ["“" * 20_000, '" ' * 20_000, "“a " * 20_000, "«" * 9 + "x" * 2_000_000, "said " * 99_999]
)
def test_hostile_texts_are_read_too(body: str) -> None:
    assert isinstance(quotes(article(body=body)), tuple)

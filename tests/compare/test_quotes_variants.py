from __future__ import annotations

from dataclasses import replace

from builders import article
from hypothesis import given
from hypothesis import strategies as st

from compare.quotes_variants import variants
from engine.model import Article, Translated

FIRST = article(
    "first", body="“Our work is not complete,” Colonel Otto Venn said.", published="2023-11-14T09:00:00Z"
)
SAME = article("same", body="Venn wrote: “Our work is not complete.”", published="2023-11-14T12:00:00Z")
OVER = article("over", body="“Our work is not over,” said Otto Venn.", published="2023-11-15")
FAR = article("far", body="Otto Venn warned that “our work is far from over”.", published=None)
OTHER = article("other", body="“The bakers of Oste want more for their bread,” said Ilda Branco.")


def shown(*articles: Article) -> list[list[tuple[str, list[str]]]]:
    return [
        [(wording.text, [use.article for use in wording.uses]) for wording in quotation.wordings]
        for quotation in variants(articles)
    ]


def test_versions_of_one_sentence_by_date() -> None:
    assert shown(FAR, OVER, OTHER, SAME, FIRST) == [
        [
            ("Our work is not complete", ["first", "same"]),
            ("Our work is not over", ["over"]),
            ("our work is far from over", ["far"]),
        ]
    ]


def test_the_first_user_and_the_speaker() -> None:
    (quotation,) = variants([FAR, OVER, SAME, FIRST])
    assert quotation.first.article == "first"
    assert quotation.speaker == "Colonel Otto Venn"


def test_another_speaker_needs_more_of_the_words() -> None:
    other = article("rival", body="“Our work is far from over,” said Ilda Branco.")
    assert shown(OVER, other) == []
    assert len(shown(OVER, article("rival", body="“Our work is not over,” said Ilda Branco."))) == 1


def test_a_sentence_is_found_in_a_longer_quotation() -> None:
    body = "“Today we have taken the port. Our work is not complete,” said Otto Venn."
    long = article("long", body=body, published="2023-11-16")
    ((wording,),) = shown(FIRST, long)
    assert wording == ("Our work is not complete", ["first", "long"])
    use = variants([FIRST, long])[0].wordings[0].uses[1]
    assert long.body[use.start : use.end] == use.text
    assert use.quote.text.startswith("Today we")


def test_what_one_article_repeats_is_not_shared() -> None:
    twice = article(
        "twice", body="“Our work is not done,” said Otto Venn.\n“Our work is not done,” he said again."
    )
    assert shown(twice) == []


def test_short_scraps_are_no_quotations_to_compare() -> None:
    scraps = [article(str(n), body="They spoke of “heavy losses”.") for n in range(3)]
    assert shown(*scraps) == []


def test_a_translation_says_the_same_in_the_same_order() -> None:
    original = article(
        "fr", body="«Notre mission continue», a dit Otto Venn. «Le port est à nous.»", language="fr"
    )
    translated = replace(
        article("en", body="“Our mission goes on,” said Otto Venn. “The port is ours.”"),
        translated=Translated("translated", "fr", (), "fr"),
    )
    assert shown(original, translated) == [
        [("Notre mission continue", ["fr"]), ("Our mission goes on", ["en"])],
        [("Le port est à nous.", ["fr"]), ("The port is ours.", ["en"])],
    ]


def test_a_translation_that_quotes_less_often_is_not_guessed_at() -> None:
    original = article(
        "fr", body="«Notre mission continue», a dit Otto Venn. «Le port est à nous.»", language="fr"
    )
    translated = replace(
        article("en", body="“Our mission goes on,” said Otto Venn."),
        translated=Translated("translated", "fr", (), "fr"),
    )
    assert shown(original, translated) == []


@given(st.permutations([FIRST, SAME, OVER, FAR, OTHER]))
def test_the_order_of_the_articles_changes_nothing(articles: list[Article]) -> None:
    assert shown(*articles) == shown(FIRST, SAME, OVER, FAR, OTHER)

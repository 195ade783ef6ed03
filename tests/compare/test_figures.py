from __future__ import annotations

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from compare.figures import differences, figures
from engine.model import Article


def read(body: str, language: str | None = "en") -> list[tuple[float, str]]:
    return [(figure.value, figure.unit) for figure in figures(article(body=body, language=language))]


def told(name: str, body: str, language: str = "en") -> Article:
    return article(name, body=body, language=language)


@pytest.mark.parametrize(
    ("body", "language", "figure"),
    [
        ("The port lies 110 kilometres away.", "en", (110, "km")),
        ("The port lies 112 km away.", "en", (112, "km")),
        ("It cost 6,000 dollars.", "en", (6000, "dollars")),
        ("It cost $1.5 million.", "en", (1_500_000, "dollars")),
        ("It cost €12.", "en", (12, "euros")),
        ("It rose by 3.5% in May.", "en", (3.5, "percent")),
        ("It rose by 3.5 per cent.", "en", (3.5, "percent")),
        ("Some seven soldiers fell.", "en", (7, "soldiers")),
        ("There were 15,000 peacekeepers.", "en", (15000, "en/peacekeep")),
        ("Le port est à 6 000 mètres.", "fr", (6000, "m")),
        ("Le port est à 6\u202f000 mètres.", "fr", (6000, "m")),
        ("La hausse est de 3,5 pour cent.", "fr", (3.5, "percent")),
        ("Douze soldats sont tombés.", "fr", (12, "soldiers")),
        ("Trois millions d’habitants y vivent.", "fr", (3_000_000, "fr/habit")),
        ("Cuesta 4.000 euros.", "es", (4000, "euros")),
        ("Hubo quince heridos.", "es", (15, "injured")),
        ("Subió un 3,5 por ciento.", "es", (3.5, "percent")),
        ("Es sind 2,5 Millionen Tonnen.", "de", (2_500_000, "tonnes")),
        ("Es gab zwölf Verletzte.", "de", (12, "injured")),
        ("Morreram 20 pessoas.", "pt", (20, "people")),
        ("Ci sono 40 feriti.", "it", (40, "injured")),
        ("До города 112 километров.", "ru", (112, "km")),
        ("تبعد المدينة 110 كيلومترات.", "ar", (110, "km")),
    ],
)
def test_numbers_and_units(body: str, language: str, figure: tuple[float, str]) -> None:
    assert read(body, language) == [figure]


@pytest.mark.parametrize(
    "body",
    [
        "It began in 2012 and the 2015 agreement ended it.",
        "On 14 November, at 17.30, he was 44 years old.",
        "Call 01-234-567 or 12:30:15; version 1.2.3.",
        "Between 10-15 kilometres, or 10–15 km.",
        "In 24 hours, three days or five minutes.",
        "Room 101. The end",
        "One man, 2 The",
    ],
)
def test_what_is_no_figure(body: str) -> None:
    assert read(body) == []


def test_a_number_that_breaks_the_habits_of_its_language_is_left_out() -> None:
    assert read("It cost 6.000 dollars or 3,5 euros.", "en") == []


def test_the_sentence_and_the_place() -> None:
    body = "Rain fell. The column left Anefis, 110 kilometres south of Kidal, on Friday. It was late."
    (figure,) = figures(article(body=body))
    assert body[figure.start : figure.end] == figure.text == "110 kilometres"
    assert figure.sentence == "The column left Anefis, 110 kilometres south of Kidal, on Friday."
    assert body[figure.sentence_start :].startswith(figure.sentence)


NEAR = told(
    "near", "The column stood in the village of Oste, 110 kilometres (70 miles) south of Karsk, for weeks."
)
FAR = told("far", "Soldiers came from the village of Oste, 112 km south of Karsk, on their way to the north.")


def test_two_outlets_give_two_distances() -> None:
    (found,) = differences([FAR, NEAR])
    assert (found.unit, found.values) == ("km", (110, 112))
    assert [(one.article, one.figure.text) for one in found.readings] == [
        ("near", "110 kilometres"),
        ("far", "112 km"),
    ]


def test_who_agrees_stands_beside_who_differs() -> None:
    third = told("third", "From the village of Oste, 110 km south of Karsk, the army moved.")
    (found,) = differences([NEAR, FAR, third])
    assert [one.article for one in found.readings] == ["near", "third", "far"]


def test_agreement_is_no_difference() -> None:
    assert (
        differences([NEAR, told("third", "From the village of Oste, 110 km south of Karsk, it moved.")]) == ()
    )


def test_numbers_of_different_things_are_not_set_side_by_side() -> None:
    staff = told(
        "staff", "The mission in Karsk has withdrawn 6,000 civilian staff since July, said Otto Venn."
    )
    whole = told("whole", "The mission in Karsk has to withdraw 15,000 peacekeepers by July, said Otto Venn.")
    assert differences([staff, whole]) == ()


def test_the_same_unit_elsewhere_is_another_thing() -> None:
    fence = told("fence", "A fence of 100 km now divides the pastures of Lorve from those of Pallau.")
    assert differences([NEAR, fence]) == ()


def test_an_article_that_has_both_figures_does_not_contradict() -> None:
    both = told(
        "both",
        "The village of Oste lies 112 km south of Karsk. From the village of Oste it is 110 km by road.",
    )
    assert differences([both, NEAR]) == ()


def test_a_rough_figure_may_be_rounded() -> None:
    rough = told("rough", "The column stood in the village of Oste, about 110 km south of Karsk.")
    assert differences([rough, FAR]) == ()
    assert len(differences([told("r", rough.body.replace("110", "90")), FAR])) == 1


def test_nearly_equal_distances_need_one_name_only() -> None:
    track = told("track", "They drove along the 112 kilometres of sand that lead from Oste to the sea.")
    first = told("first", "The rebels had first taken Oste, 110 kilometres to the south.")
    (found,) = differences([track, first])
    assert found.values == (110, 112)
    share = told("share", "The party won 112 votes in Oste.")
    assert differences([share, told("other", "Snow kept 110 votes from Oste.")]) == ()


def test_figures_far_apart_count_different_things() -> None:
    assert differences([told("t", NEAR.body.replace("110", "12")), FAR]) == ()


def test_several_figures_of_a_sentence_count_several_things() -> None:
    both = told("both", "The village of Oste lies 110 km south of Karsk and 60 km from the sea.")
    assert differences([both, FAR]) == ()


def test_one_article_does_not_differ_from_itself() -> None:
    assert differences([told("x", f"{NEAR.body} {FAR.body}")]) == ()


def test_units_meet_across_languages() -> None:
    french = told("fr", "La colonne venait d’Oste, à 115 kilomètres de Karsk, où Otto Venn attendait.", "fr")
    english = told("en", "The column came from Oste, 112 kilometres south of Karsk, where Otto Venn waited.")
    (found,) = differences([french, english])
    assert found.values == (112, 115)


def test_casualties() -> None:
    one = told("one", "The quake near Lorve left 35 dead and Karsk without power, said mayor Ilda Branco.")
    two = told("two", "In Lorve, mayor Ilda Branco said the quake left 41 dead; Karsk is without power.")
    (found,) = differences([one, two])
    assert (found.unit, found.values) == ("dead", (35, 41))


@given(
    st.permutations([NEAR, FAR, told("third", "From the village of Oste, 115 km south of Karsk, it moved.")])
)
def test_the_order_of_the_articles_changes_nothing(articles: list[Article]) -> None:
    assert differences(articles) == differences(sorted(articles, key=lambda one: one.id))


@given(st.text(alphabet="0123456789., km%$\u00a0million-\n", max_size=120))
def test_any_text_can_be_read(body: str) -> None:
    for figure in figures(article(body=body)):
        assert body[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("body", ["1" * 1_000_000, "1,000," * 100_000, "1 km " * 100_000, "$" * 100_000])
def test_hostile_texts_are_bounded(body: str) -> None:
    assert len(figures(article(body=body))) <= 400

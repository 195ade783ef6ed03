from __future__ import annotations

import random
from datetime import date
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Article
from indexer.grouping import stories
from indexer.ragged import Ragged


class Told(NamedTuple):
    title: str
    body: str


HARBOUR = Told(
    "Fire guts ferry terminal in Port Alvane",
    "A fire destroyed the ferry terminal of Port Alvane on Monday night, and the island of Serrat has been "
    "cut off since. Nobody was hurt, said fire chief Ilda Branco. Crews from Monte Rude fought the blaze for "
    "nine hours. The company Linha Azul hopes to land passengers at the old quay of Port Alvane by Friday.",
)
HARBOUR_AGAIN = Told(
    "Serrat cut off as Port Alvane terminal burns down",
    "The island of Serrat woke up without a ferry on Tuesday. Flames had swept through the terminal at "
    "Port Alvane during the night; fire chief Ilda Branco spoke of a total loss but no injuries. "
    "Linha Azul said it "
    "was looking at the old quay. Shops in Serrat reported empty shelves by noon.",
)
HARBOUR_LATER = Told(
    "Ferry company blamed",
    "The fire that razed the terminal in Port Alvane began in a kitchen, fire chief Ilda Branco has found. "
    "Linha Azul rejects the blame. Serrat gets supplies by fishing boat and expects its first "
    "ferry on Friday.",
)
CHESS = Told(
    "Teenager wins the chess open of Karsk",
    "Seventeen-year-old Mirela Dantas won the open tournament of Karsk with a game to spare. She beat the "
    "champion Otto Venn with the black pieces in forty moves. Dantas trains in Lorve with her grandmother.",
)
ELECTION = Told(
    "Council of Lorve dissolved",
    "The regional council of Lorve has been dissolved after its president, Teodor Hask, lost a vote about "
    "the budget. Elections are to be held within sixty days. Hask said he would stand again for "
    "the Green List.",
)
DAY = date(2024, 3, 5).toordinal()


def article(told: Told, language: str | None = "en") -> Article:
    title, body = told
    return Article(
        id=title,
        path=title,
        raw=body,
        body=body,
        body_start=0,
        body_end=len(body),
        title=title,
        language=language,
    )


def grouped(
    told: list[Told],
    days: list[int] | None = None,
    copies: list[int] | None = None,
    pairs: list[tuple[int, int]] | None = None,
    languages: list[str] | None = None,
) -> list[int]:
    spoken = languages or ["en"] * len(told)
    rows = [stories.sign(article(one, language)) for one, language in zip(told, spoken, strict=True)]
    return stories.group(
        Ragged.of(rows, np.dtype("<u4")),
        np.array(days if days is not None else [DAY] * len(told), np.int64),
        np.array(copies if copies is not None else range(len(told)), np.int64),
        pairs or [],
        np.array([sorted(set(spoken)).index(one) for one in spoken], np.int64),
    ).tolist()


def test_one_event_in_three_outlets_is_one_story() -> None:
    told = [CHESS, HARBOUR, ELECTION, HARBOUR_AGAIN, HARBOUR_LATER]
    assert grouped(told, [DAY, DAY, DAY, DAY + 1, DAY + 2]) == [0, 1, 2, 1, 1]


def test_the_same_words_a_month_later_are_another_story() -> None:
    assert grouped([HARBOUR, HARBOUR_AGAIN], [DAY, DAY + 31]) == [0, 1]


def test_an_undated_article_is_placed_by_its_text() -> None:
    assert grouped([HARBOUR, CHESS, HARBOUR_AGAIN], [DAY, DAY, stories.UNDATED]) == [0, 1, 0]


def test_an_archive_without_dates_has_stories_too() -> None:
    assert grouped([HARBOUR, CHESS, HARBOUR_AGAIN], [stories.UNDATED] * 3) == [0, 1, 0]


def test_copies_are_one_story_however_far_apart() -> None:
    assert grouped([CHESS, HARBOUR, CHESS], [DAY, DAY, DAY + 400], copies=[7, 1, 7]) == [0, 1, 0]


def test_a_copy_brings_its_story_along() -> None:
    """The third row is a late copy of the second, and so of the story the first began."""
    told = [HARBOUR, HARBOUR_AGAIN, HARBOUR_AGAIN]
    assert grouped(told, [DAY, DAY, DAY + 90], copies=[0, 1, 1]) == [0, 0, 0]


def test_translations_join_two_languages() -> None:
    french = Told(
        "Incendie à la gare maritime",
        "Un incendie a détruit lundi soir la gare maritime de Port Alvane et l'île de Serrat est isolée. "
        "Personne n'a été blessé, selon la cheffe des pompiers Ilda Branco. La compagnie espère "
        "débarquer vendredi.",
    )
    told = [HARBOUR, CHESS, french, HARBOUR_AGAIN]
    assert grouped(told, pairs=[(0, 2)], languages=["en", "en", "fr", "en"]) == [0, 1, 0, 0]


def test_one_article_about_two_events_does_not_join_them() -> None:
    digest = Told(
        "The morning in brief",
        "Good morning from the newsroom in Monte Rude. Ferries to Serrat are cancelled after a fire. A girl "
        "of seventeen has won the chess open of Karsk. Teodor Hask has lost his council and wants "
        "to run again. "
        "Rain is expected in the south. The bakers of Oste go on strike over the price of flour. The opera "
        "of Pallau shows Medea with Irina Sole, and tonight Brisk plays Tarnholm for a place in "
        "the cup final.",
    )
    told = [HARBOUR, CHESS, ELECTION, digest, HARBOUR_AGAIN]
    found = grouped(told)
    assert len({found[0], found[1], found[2]}) == 3
    assert found[4] == found[0]


def test_rows_without_terms_stay_alone() -> None:
    assert grouped([Told("", ""), Told("", ""), HARBOUR]) == [0, 1, 2]


def test_an_empty_archive_has_no_stories() -> None:
    assert grouped([]) == []


@given(st.permutations(range(5)))
@settings(max_examples=25, deadline=None)
def test_the_stories_do_not_depend_on_the_order(order: list[int]) -> None:
    told = [CHESS, HARBOUR, ELECTION, HARBOUR_AGAIN, HARBOUR_LATER]
    found = grouped([told[i] for i in order])
    harbours = {found[row] for row, i in enumerate(order) if i in (1, 3, 4)}
    assert len(harbours) == 1
    assert harbours == {min(row for row, i in enumerate(order) if i in (1, 3, 4))}


def test_a_signature_is_small_and_always_the_same() -> None:
    long = Told("A title", " ".join(f"Name{n} did thing{n} with Other{n}." for n in range(5000)))
    first, again = stories.sign(article(long)), stories.sign(article(long))
    assert first == again
    assert len(first) <= 192


def test_names_are_the_same_in_every_language_and_words_are_not() -> None:
    told = Told("", "The mayor of Karsk met Otto Venn. Later Otto Venn left Karsk.")
    english, french = (set(np.frombuffer(stories.sign(article(told, c)), "<u4") >> 4) for c in ("en", "fr"))
    assert len(english & french) == 3
    assert english != french


@pytest.mark.parametrize(
    "text", ["", "a", "\n\n", "….", "\ud800", "١٢٣ كيدال كيدال", "漢字" * 2000, "x" * 100_000]
)
def test_any_text_can_be_signed(text: str) -> None:
    assert len(stories.sign(article(Told("", text), None))) % 4 == 0


def test_a_thousand_reports_of_one_form_stay_apart() -> None:
    """Share notices say the same of a thousand companies."""
    chosen = random.Random(5)  # noqa: S311 - the same names each time
    names = ["".join(chosen.choices("bdfgklmnprstvz", k=5)) + "or" for _ in range(3000)]
    told = [
        Told(
            f"{names[n].title()} raises its dividend",
            f"The board of {names[n].title()} in {names[1000 + n].title()} has declared a quarterly dividend "
            f"of {n % 97} cents a share, payable in April to holders of record in March, said its treasurer, "
            f"{names[2000 + n].title()}.",
        )
        for n in range(1000)
    ]
    found = grouped(told)
    assert sum(story == row for row, story in enumerate(found)) > 950

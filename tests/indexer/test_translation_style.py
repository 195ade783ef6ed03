"""Style: shapes instead of words, and what a model makes of them."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import Declared, Draft, Page
from indexer.language.translation import style as package
from indexer.language.translation.evidence import Reading
from indexer.language.translation.style import LONG_ENOUGH, witness
from indexer.language.translation.style.model import Model, grams, model
from indexer.language.translation.style.shapes import MAX_TOKENS, shapes, style

LANGUAGES = ("en", "de")
LETTER = (
    "The mayor of Harrowby told reporters on Tuesday that 1,200 homes had lost power. “We weren't ready,” "
    "she said, “and it's our fault.” Crews worked through the night. By 2024 the grid will be 30% larger. "
)


def reading(text: str, language: str | None) -> Reading:
    page = Page(path="a.txt", text=text, declared=Declared(), fingerprint="")
    return Reading.of(Draft(page), 0, len(text), language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The minister said on Monday.", "en", "the -er said on Xx ."),
        ("In 1999 it rose 3.5 or 12% to 1,200 or 7.", "en", "in #y it w #. or #% to #, or # ."),
        ("They don't know NATO’s plans!", "en", "they do n't know XX 's -s !"),
        ("Well-known writers walked slowly", "en", "w- -s -ed -ly"),
        ("Die Regierung erklärte die Freiheit.", "de", "die -ierung erklärte die -heit ."),
        ("… 東京 said", "en", ". . . w said"),
        ("whatever", "fr", ""),
    ],
)
def test_a_text_becomes_shapes(text: str, language: str, expected: str) -> None:
    assert " ".join(shapes(text, language)) == expected


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_every_shape_is_one_the_model_numbers(text: str, language: str) -> None:
    known = style(language)
    assert known is not None
    assert set(shapes(text, language)) <= set(known.shapes)


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert len(shapes("word " * 5 * MAX_TOKENS, "en")) == MAX_TOKENS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_belong_to_the_shapes(language: str) -> None:
    known, kept = model(language), style(language)
    assert known is not None
    assert kept is not None
    assert tuple(known.numbers) == kept.shapes
    assert (np.diff(known.grams.astype(np.int64)) > 0).all()
    for words in (1, 150, 250, 5000):
        likely, possible, unlikely = known.limits(words)
        assert unlikely < possible < likely


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_small(language: str) -> None:
    assert (Path(package.__file__).parent / f"{language}.npz").stat().st_size <= 60_000


def slowly(known: Model, text: str) -> float:
    """The formula of the module's docstring, word by word."""
    found = [known.numbers[shape] for shape in shapes(text, known.language)]
    base = len(known.numbers) + 1
    counted: Counter[int] = Counter()
    for n in (1, 2, 3):
        for i in range(len(found) - n + 1):
            number = 0
            for shape in found[i : i + n]:
                number = number * base + shape
            counted[number] += 1
    place = {gram: i for i, gram in enumerate(known.grams.tolist())}
    values = {place[g]: (1 + math.log(c)) * known.idf[place[g]] for g, c in counted.items() if g in place}
    length = math.sqrt(sum(value * value for value in values.values()))
    return sum(value / length * known.weights[i] for i, value in values.items()) + known.bias


def test_the_score_is_the_stated_formula() -> None:
    known = model("en")
    assert known is not None
    assert known.score(LETTER) == pytest.approx(slowly(known, LETTER), rel=1e-4)


def test_a_text_without_known_shapes_scores_the_constant() -> None:
    known = model("en")
    assert known is not None
    assert known.score("") == known.bias


def test_grams_of_short_texts() -> None:
    assert grams([], {"w": 1}).tolist() == []
    assert grams(["w"], {"w": 1}).tolist() == [1]
    assert grams(["w", "w"], {"w": 1}).tolist() == [1, 1, 3]


def test_nothing_is_said_of_short_texts_or_other_languages() -> None:
    assert list(witness(reading("The word. " * (LONG_ENOUGH // 2 - 1), "en"))) == []
    assert list(witness(reading(LETTER * 10, "fr"))) == []
    assert list(witness(reading(LETTER * 10, None))) == []


@pytest.mark.parametrize(
    ("score", "weight", "ceiling"),
    [(9.0, 2.0, "probable"), (1.5, 1.0, "none"), (0.0, None, None), (-3.0, -2.0, "none")],
)
def test_style_weighs_little_and_never_goes_beyond_probable(
    monkeypatch: pytest.MonkeyPatch, score: float, weight: float | None, ceiling: str | None
) -> None:
    known = model("en")
    assert known is not None
    monkeypatch.setattr(Model, "score", lambda _self, _text: score)
    found = list(witness(reading(LETTER * 10, "en")))
    assert [(item.weight, item.ceiling, item.family) for item in found] == (
        [] if weight is None else [(weight, ceiling, "style")]
    )

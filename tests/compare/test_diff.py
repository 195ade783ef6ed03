"""What one copy has and another has not."""

from __future__ import annotations

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from compare.diff import READ, diff, diff_texts

LEFT = "The army took the town on Tuesday. Nobody was hurt, the mayor said. Shops opened again."
RIGHT = "The army took the town late on Tuesday. A curfew holds until spring. Shops opened again."


def test_sentences_are_kept_changed_cut_and_added() -> None:
    found = diff(article(body=LEFT), article(body=RIGHT))
    shown = [
        (c.kind, c.left and LEFT[slice(*c.left)], c.right and RIGHT[slice(*c.right)]) for c in found.changes
    ]
    assert shown == [
        ("changed", "The army took the town on Tuesday.", "The army took the town late on Tuesday."),
        ("cut", "Nobody was hurt, the mayor said.", None),
        ("added", None, "A curfew holds until spring."),
        ("kept", "Shops opened again.", "Shops opened again."),
    ]
    assert [found.count(kind) for kind in ("kept", "changed", "cut", "added")] == [1, 1, 1, 1]


def test_words_that_changed_are_marked() -> None:
    change = diff_texts(LEFT, RIGHT).changes[0]
    assert change.left_words == ()
    assert [RIGHT[slice(*span)] for span in change.right_words] == ["late"]


def test_case_and_punctuation_are_no_change() -> None:
    found = diff_texts("He said: “We stay.”", "HE SAID, 'we stay'")
    assert [change.kind for change in found.changes] == ["kept"]


def test_sentences_end_in_every_script() -> None:
    assert diff_texts("渡轮穿过海湾。没有人受伤。", "渡轮穿过海湾。").count("cut") == 1
    assert diff_texts("هل وصلت العبارة؟ نعم.", "هل وصلت العبارة؟").count("kept") == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (" " * 10**6 + "a", "b" + " \n" * 10**5),
        ("." * 10**6, "." * 10**6 + " a"),
        ('."' * 10**5, 'b."' + '"' * 10**6),
        ("x" * 10**6, "a " * 5 * 10**5),
    ],
    ids=["spaces", "stops", "quotes", "a line"],
)
def test_hostile_texts_are_compared_in_bounded_time(left: str, right: str) -> None:
    assert len(diff_texts(left, right).changes) <= READ


def test_the_end_of_an_endless_text_is_said_to_be_missing() -> None:
    assert diff_texts("a. " * READ, "a.").partial
    assert not diff_texts("a.", "b.").partial


TEXTS = st.lists(
    st.sampled_from(["One fish. ", "Two fish, red fish. ", "三条鱼。", "Blue\n", "fish "]), max_size=12
)


@given(TEXTS.map("".join), TEXTS.map("".join))
def test_every_word_of_both_texts_is_in_one_change(left: str, right: str) -> None:
    changes = diff_texts(left, right).changes
    for text, spans in ((left, [c.left for c in changes]), (right, [c.right for c in changes])):
        placed = [span for span in spans if span]
        assert placed == sorted(placed)
        assert "".join(text[slice(*span)] for span in placed).split() or not text.split()
        assert sum(end - start for start, end in placed) >= sum(map(str.isalnum, text))


@given(st.text())
def test_a_text_differs_in_nothing_from_itself(text: str) -> None:
    assert {change.kind for change in diff_texts(text, text).changes} <= {"kept"}

"""Articles about paywalls, cookies and newsletters keep every sentence, wherever it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from indexer.cleaning import furniture, load_packs
from indexer.cleaning.guard import reads_as_prose
from indexer.documents import Declared, Draft, Page

PACKS = load_packs()

ADVERSARIAL = tomllib.loads(Path(__file__).with_name("adversarial.toml").read_text(encoding="utf-8"))
SENTENCES = [sentence for sentences in ADVERSARIAL.values() for sentence in sentences]

OPENING = "The harbour of Amari opened again on Monday after eleven days of storm, and the boats left."
CLOSING = (
    "The council will meet on Thursday to speak about the breakwater and about the money it does not have."
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("place", ["head", "middle", "tail"])
def test_a_written_sentence_survives(sentence: str, place: str) -> None:
    lines = {
        "head": ["Storm over Amari", sentence, *[OPENING] * 9, CLOSING],
        "middle": ["Storm over Amari", *[OPENING] * 6, sentence, *[CLOSING] * 6],
        "tail": ["Storm over Amari", *[OPENING] * 9, CLOSING, sentence],
    }[place]
    draft = furniture(Draft(Page("a.txt", "\n\n".join(lines), Declared(), "")), PACKS)
    assert [edit.rule for edit in draft.edits] == []
    assert draft.flags == ()


def test_there_are_enough_of_them() -> None:
    assert len(SENTENCES) == len(set(SENTENCES)) >= 120
    assert len(ADVERSARIAL) >= 12


@pytest.mark.parametrize(
    "notice",
    [
        "Subscribe to our newsletter",
        "Read more: Ferry back in port",
        "Suivez-nous sur WhatsApp",
        "© 2024 Amari Post",
        "By signing up, you agree to our Terms of Use.",
        "تابعونا على واتساب",
        "Lesen Sie auch: Was vom Abkommen übrig ist",
        "Read more: “We won,” says mayor of Amari",
        "Bildrechte: dpa",
        "",
    ],
)
def test_a_notice_is_not_prose(notice: str) -> None:
    assert not reads_as_prose(notice)


@pytest.mark.parametrize(
    "sentence",
    [
        "Follow us on X, the rebels told reporters",
        "Subscribe to our newsletter “or else”",
        "Tags: a history of graffiti opens in Berlin next week.",
        "اقرأ المزيد: قالت الوزيرة إن الجسر سيفتح",
        "Related: he was charged with fraud",
        "They said read more: Nobody did.",
    ],
)
def test_a_sentence_is(sentence: str) -> None:
    assert reads_as_prose(sentence)

from __future__ import annotations

import pytest

from indexer.cleaning import word_count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n ", 0),
        ("The ferry left at noon.", 5),
        ("Порт закрыт до утра", 4),
        ("港口关闭", 2),
        ("港口关", 2),
        ("港口 closed 关闭", 3),
        ("항구가 닫혔다", 2),
    ],
)
def test_words(text: str, words: int) -> None:
    assert word_count(text) == words

import pytest

from engine.distance import similar
from engine.parser import parse
from engine.suggest import suggest


class Words(dict):
    """A vocabulary from a dict of words and numbers of articles."""

    def frequency(self, word):
        return self.get(word, 0)

    def similar(self, word, limit):
        return [(other, count) for other, count in self.items() if similar(word, other, limit)]


WORDS = Words(
    {"kidal": 40, "kidnap": 9, "timbuktu": 20, "timbuctu": 1, "town": 90, "gao": 5, "army": 12, "nord": 1}
)


def better(query, total=0, words=WORDS):
    return suggest(parse(query).query, total, words)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("kidel", "kidal"),
        ("Timbuktoo twon", "timbuktu town"),
        ("timbuctu", "timbuktu"),
        ("kidel -sprot title:kidel lang:fr", "kidal -sprot title:kidel lang:fr"),
        ("(kidel OR gao) army", "(kidal OR gao) army"),
        ("kidal", None),
        ("gaoo", "gao"),
        ("gap", None),
        ("zzzzzz", None),
        ("nord", None),
        ("12345", None),
        ("Kidel-Gao", None),
        ('"kidel"', None),
        ("kide*", None),
        ("*", None),
        ("x" * 200, None),
    ],
)
def test_suggest(query, suggestion):
    assert better(query) == suggestion


def test_nothing_is_suggested_when_enough_was_found():
    assert better("kidel", total=2) is None


def test_among_equally_near_words_the_commonest_is_meant():
    assert better("masks", words=Words({"mask": 3, "marks": 30, "tasks": 90})) == "marks"


def test_only_the_first_words_are_doubted():
    asked = []

    class Counting(Words):
        def similar(self, word, limit):
            asked.append(word)
            return super().similar(word, limit)

    better(" ".join(f"wor{chr(97 + i)}{chr(97 + i)}x" for i in range(26)), words=Counting())
    assert len(asked) == 8

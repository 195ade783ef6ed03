import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import MAX_TERM, stem_term, tokenize, vector
from engine.analysis.vector import stem_batch, tokenize_batch

PIECES = [
    *(
        "a",
        "S",
        "é",
        "ï",
        "ß",
        "ﬁ",
        "ﷺ",
        "я",
        "й",
        "ي",
        "ق",
        "ى",
        "अ",
        "ि",
        "東",
        "京",
        "한",
        "ไ",
        "が",
        "ｶ",
        "ﾞ",
    ),
    *("0", "3", "12", "000", "٣", "²", "Ⅷ", "\U0001d400", "\U00010400", "\U00020000", "🙂"),
    *(
        "'",
        "’",
        "ʼ",
        "ʻ",
        "`",
        ".",
        ",",
        "٫",
        "٬",
        "_",
        "-",
        "\u0301",
        "\u064b",
        "\u00ad",
        "\u200d",
        "\ufeff",
    ),
    *(" ", "\n", "\u00a0", "\u2028", "\x00", "\x1f", "\ud800", "\udc00", "\uffff", "\U0010ffff", "ʹ", "ـ"),
    *("U.N.", "U.N.'s", "l'armée", "d'un'", "N'Djaména", "10,000", "1.2.2023", "'s", "n't", "abcdefg"),
    *("information", "informations", "The", "the", "x" * (MAX_TERM - 1)),
]
HARD_TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def rows(batch):
    columns = (batch.text, batch.term, batch.start, batch.end, batch.position)
    return [
        (text, batch.terms[term], *place)
        for text, term, *place in zip(*(column.tolist() for column in columns), strict=True)
    ]


def expected(texts):
    return [
        (number, token.text, token.start, token.end, token.position)
        for number, text in enumerate(texts)
        for token in tokenize(text)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", "one", "", "two", ""],
        ["No separator", "between texts", "U", "N", "s"],
        ["The army, of Mali. The ARMY", "L’armée de N'Djaména’s U.N.'s men: 10,000, 3.5bn (e.g. x_y)"],
        ["U.", "N.", "'s", "1", ",000", "1.", "5"],
        ["東京都 AI技术, 한국어 ไทยนี้ ｶﾞｷﾞ 東"],
        ["Москва, п'ять пʼять", "أ.ف.ب الأَمْنُ ـ", "हिन्दी ἀρχή Ελλάδα"],
        ["e\u0301te\u0301 infor\u00admation \u0301x ʹ ʹ' \U0001d400\U0001d401 \U00020000\U00020001"],
        ["\x00\ud800\u202e🙂 a🙂b \ud83d\ude00 \uffff a\uffffb"],
        [f"{'x' * n} {'x' * n}y" for n in range(70)],
        [f"a{'x' * 1000}' {'y' * 1000} {'ﷺ' * MAX_TERM}"],
        ["word " * 1000, "word, " * 1000, "wo.rd " * 1000],
    ],
)
def test_a_batch_says_what_tokenize_says_of_each_text(texts):
    assert rows(tokenize_batch(texts)) == expected(texts)


@given(st.lists(st.one_of(st.text(), HARD_TEXTS), max_size=6))
def test_so_it_does_for_any_text(texts):
    assert rows(tokenize_batch(texts)) == expected(texts)


def test_so_it_does_for_every_character_in_every_place():
    points = [*range(0x3400), *range(0x3400, 0x110000, 61)]
    texts = [f"a{c}b {c}c d{c} 1{c}000 U.{c}.N{c}'s" for c in map(chr, points)]
    assert rows(tokenize_batch(texts)) == expected(texts)


def test_so_it_does_when_one_byte_cannot_number_the_letters_of_a_batch():
    letters = [chr(c) for c in range(0x100, 0x600) if chr(c).isalpha()]
    texts = ["".join(letters[i : i + 5]) + " common words" for i in range(len(letters))]
    assert rows(tokenize_batch(texts)) == expected(texts)


def test_terms_are_distinct_and_all_are_used():
    batch = tokenize_batch(["Mali MALI mali malí Mali's", "Mali ʹ U.N. un ʹ'ʹ"])
    assert sorted(batch.terms) == ["mali", "un"]
    assert sorted(set(batch.term.tolist())) == [0, 1]


def test_columns_are_32_bit_and_of_one_length():
    batch = tokenize_batch(["one two", "", "three"])
    columns = [batch.term, batch.text, batch.position, batch.start, batch.end]
    assert {(column.dtype, column.shape) for column in columns} == {(np.dtype(np.int32), (3,))}


@given(st.lists(st.integers(0, 2**64 - 1) | st.sampled_from([0, 1, 2**64 - 1]), max_size=50))
def test_alike_are_exactly_the_equal_keys(keys):
    alike = vector._alike(np.array(keys, np.uint64)).tolist()
    assert [keys[number] for number in alike] == keys
    assert len(set(alike)) == len(set(keys))


def test_keys_that_always_share_a_slot_are_still_told_apart(monkeypatch):
    monkeypatch.setattr(vector, "_SPREAD", np.uint64(0))
    texts = ["one two three two one information informations information"]
    assert rows(tokenize_batch(texts)) == expected(texts)


@pytest.mark.parametrize("language", ["en", "fr", "pt-BR", "zh", None])
def test_stems_of_a_batch_are_those_of_its_terms(language):
    terms = ["armies", "armees", "informacoes", "un", "東京"]
    assert stem_batch(terms, language) == [stem_term(term, language) for term in terms]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import MAX_TERM, fold, tokenize


def terms(text):
    return [token.text for token in tokenize(text)]


def marked(text):
    return [text[token.start : token.end] for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("The Army, of Mali.", "the army of mali"),
        ("U.N. the U.N.'s U.N U.S.A. U.S.", "un the un un usa us"),
        ("e.g. J.K. Rowling, 5 p.m.", "eg jk rowling 5 pm"),
        ("The end.A new start", "the end a new start"),
        ("Mali's Mali’s MALI'S the rebels'", "mali mali mali the rebels"),
        ("we're I'll they've don't", "we i they dont"),
        ("l’armée d'Ivoire qu'il l'Hôpital", "armee ivoire il hopital"),
        ("un'altra d'un'altra dell'Unione all'estero", "altra altra unione estero"),
        ("y'all'd've", "yall"),
        ("N'Djaména O’Brien Xi'an M'Bala", "ndjamena obrien xian mbala"),
        ("п'ять пʼять", "пять пять"),
        ("Ould-Ali well‑known x_y #tag @name", "ould ali well known x y tag name"),
        ("example.com https://a.example/b?c=d", "example com https a example b c d"),
        ("3.5 3,5 ٣٫٥", "3.5 3.5 3.5"),
        ("10,000 10.000 10'000 1,234,567.89 10.000,50", "10000 10000 10000 1234567.89 10000.50"),
        ("1.2.2023 192.168.1.1 20:31 2023-11-14 1,2,3", "1 2 2023 192 168 1 1 20 31 2023 11 14 1 2 3"),
        ("€3.5bn G20 20th COVID-19", "3.5bn g20 20th covid 19"),
        ("“quoted” «cité» (so)", "quoted cite so"),
        ("C++ AT&T", "c at t"),
        ("infor\u00admation e\u0301te\u0301", "information ete"),
        ("أ.ف.ب", "افب"),
        ("\x00\ud800\u202e🙂", ""),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京都", "東京 京都"),
        ("東", "東"),
        ("AI技术, 東", "ai 技术 東"),
        ("ｶﾞｷﾞ", "ガギ"),
        ("한국어", "한국 국어"),
        ("ไทยนี้", "ไท ทย ยนี้"),
        ("東京2023年", "東京 2023 年"),
    ],
)
def test_scripts_without_spaces_become_pairs(text, expected):
    assert terms(text) == expected.split()


def test_tokens_point_at_what_a_reader_would_mark():
    text = "L’armée de N'Djaména’s U.N.'s U.S., 10,000; 東京都 infor\u00admation"
    assert marked(text) == [
        *("armée", "de", "N'Djaména", "U.N.", "U.S.", "10,000", "東京", "京都", "infor\u00admation"),
    ]


def test_stop_words_are_kept_and_positions_have_no_gaps():
    assert [token.position for token in tokenize("To be, or -- not - to be!")] == [0, 1, 2, 3, 4, 5]


def test_long_words_are_cut_but_their_span_is_not():
    (token,) = tokenize("x" * 1000)
    assert (token.text, token.end) == ("x" * MAX_TERM, 1000)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a'",
        "é",
        "e\u0301",
        "1",
        "1,",
        "1,000",
        "U.",
        "a.",
        "東",
        "\u0301",
        "'",
        "-",
        " ",
        "\u200b",
        "ﷺ",
        "\ud800",
    ],
)
def test_a_line_without_end_is_no_trouble(piece):
    text = piece * 50_000
    spans = [(token.start, token.end) for token in tokenize(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text())
def test_tokens_stand_in_order_and_are_folded(text):
    tokens = tokenize(text)
    assert [token.position for token in tokens] == list(range(len(tokens)))
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert 0 < len(token.text) <= MAX_TERM
        assert fold(token.text) == token.text


@given(st.one_of(st.text(max_size=20), st.text(st.sampled_from("asdlmunAS1é東.,'’-\u0301"), max_size=20)))
def test_cutting_the_punctuation_around_words_changes_nothing(text):
    tokens = tokenize(text)
    if tokens:
        assert terms(text[tokens[0].start : tokens[-1].end]) == [token.text for token in tokens]


SIGNS = st.text(st.sampled_from("aZ1é東.,'’-\" \u0301"), max_size=30)


@given(SIGNS, SIGNS)
def test_what_stands_in_another_paragraph_changes_nothing(left, right):
    assert terms(f"{left}\n\n{right}") == terms(left) + terms(right)

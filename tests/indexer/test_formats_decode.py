from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.formats.base import DocumentError
from indexer.formats.decode import decode, encoding_of, is_binary, is_mojibake, wide_bom

FRENCH = "À la mi-août, la mairie a décidé de rouvrir le théâtre « Les Œillets » : l’entrée coûtera 3 €. "
POLISH = "Rada miejska zdecydowała się otworzyć łaźnię wcześniej, choć część mieszkańców żąda zwłoki. "
CZECH = "Městská rada včera rozhodla, že se řeka přehradí až příští rok, což dělníky potěšilo. "
TURKISH = "Belediye meclisi köprünün açılışını gelecek yıla erteledi, işçiler bu kararı beğendi. "
RUSSIAN = "Городской совет решил отложить открытие моста до следующего года. "
JAPANESE = "市議会は橋の開通を来年まで延期することを決めた。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_its_mark_is_read_without_it(encoding):
    assert decode(FRENCH.encode(encoding)).text == FRENCH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_zeros(encoding):
    assert decode(FRENCH.encode(encoding)).text == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "iso2022_jp"),
    ],
)
def test_undeclared_encodings_are_found(text, encoding):
    decoded = decode(text.encode(encoding) * 4)
    assert decoded.text == text * 4
    assert decoded.flags == ()


def test_a_single_short_line_of_french_is_not_taken_for_hungarian():
    assert (
        decode("La fête a déjà commencé à l’hôtel.".encode("cp1252")).text
        == "La fête a déjà commencé à l’hôtel."
    )


def test_the_server_s_word_goes_before_a_guess_but_not_before_proof():
    assert decode("Привет".encode("koi8-r"), "KOI8-R").text == "Привет"
    assert decode("Привет".encode(), "koi8-r").text == "Привет"


def test_latin_1_means_windows_1252_on_the_web():
    assert decode(b"\x93quoted\x94 caf\xe9", "iso-8859-1").text == "“quoted” café"


def test_a_page_s_own_declaration_is_found():
    page = "<html><head><meta charset='windows-1251'></head><body>Да</body></html>".encode("cp1251")
    assert "Да" in decode(page, is_html=True).text


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "unicode_escape", "rot13", "zlib", "hex", "x-none", "\0", ""]
)
def test_a_charset_that_is_none_is_not_obeyed(charset):
    assert decode(b"caf\xe9 a\\u0301", charset).text == "café a\\u0301"


def test_a_page_can_not_choose_a_slow_codec():
    page = b"<html><head><meta charset=punycode></head><body>caf\xe9</body></html>"
    assert "café" in decode(page, is_html=True).text


def test_a_few_broken_bytes_cost_a_few_characters():
    decoded = decode((FRENCH * 5).encode() + b"\xff" + FRENCH.encode())
    assert decoded.text == FRENCH * 5 + "\ufffd" + FRENCH
    assert decoded.flags == ("encoding_replaced",)


def test_characters_lost_before_us_are_flagged_too():
    assert decode("caf\ufffd".encode()).flags == ("encoding_replaced",)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 looks like text", b"PK\x03\x04....", b"\x89PNG\r\n", bytes(range(256)) * 20, b"\0" * 500],
)
def test_binary_files_are_refused(data):
    assert is_binary(data)
    with pytest.raises(DocumentError, match="binary file"):
        decode(data)


def test_a_stray_control_character_is_no_binary_file():
    assert decode(b"Page one\x0c" + b"word " * 100 + b"\0").text.startswith("Page one\f")


def test_a_sample_may_end_inside_a_character():
    assert encoding_of("é".encode()[:1]) == "utf-8"
    assert encoding_of(("mot " * 10 + "é").encode()[:-1]) == "utf-8"


def test_wide_marks():
    assert wide_bom(codecs.BOM_UTF16_LE + b"a\0") == "utf-16"
    assert wide_bom(codecs.BOM_UTF32_LE) == "utf-32"
    assert wide_bom(codecs.BOM_UTF8) is None
    assert wide_bom(b"plain") is None


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_mojibake_is_noticed(wrong):
    assert is_mojibake("A plain start. " + "L’été dernier, à l’école".encode().decode(wrong, "replace"))


def test_quotes_of_windows_read_as_latin_1_are_noticed():
    assert is_mojibake("He called it \x93a mistake\x94 on Monday.")


def test_cyrillic_mojibake_is_noticed():
    assert is_mojibake("Мост «Заря» – новый".encode().decode("cp1251", "replace"))


@pytest.mark.parametrize("text", [FRENCH, POLISH, CZECH, TURKISH, RUSSIAN, JAPANESE, "ascii only"])
def test_clean_text_is_not_called_mojibake(text):
    assert not is_mojibake(text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_every_utf8_text_is_read_as_it_is(text):
    data = text.encode()
    if wide_bom(data) is None and not data.startswith((codecs.BOM_UTF8, b"%PDF-", b"GIF8", b"PK\x03\x04")):
        assert decode(data).text == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "big5", "koi8-r"]))
def test_any_bytes_are_decoded_or_refused(data, charset):
    try:
        decoded = decode(data, charset)
    except DocumentError:
        return
    assert ("encoding_replaced" in decoded.flags) == ("\ufffd" in decoded.text)

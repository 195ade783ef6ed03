from concurrent.futures import ThreadPoolExecutor

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import fold, signature, stem, stem_term, stem_variants
from engine.analysis.languages import LANGUAGES, find


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "army armies"),
        ("en", "running runs run"),
        ("fr", "armée armées"),
        ("fr", "libéré libérée libérées libérer"),
        ("fr", "société sociétés"),
        ("de", "Haus Häuser Häusern"),
        ("de", "Müller Mueller Muller"),
        ("es", "información informaciones"),
        ("es", "historia historias"),
        ("es", "habría habrían"),
        ("pt", "informação informações"),
        ("pl", "policja policję policji"),
        ("pl", "rząd rządu rządem"),
        ("cs", "nový nového novým"),
        ("ca", "informació informacions"),
        ("ro", "armata armată armatei"),
        ("hu", "kormány kormányok kormányt"),
        ("lt", "valstybė valstybės valstybę"),
        ("tr", "hükümet hükümeti hükümetin"),
        ("ru", "ёлка ёлки ёлку"),
        ("el", "στρατός στρατού"),
        ("ar", "جيش الجيش"),
        ("sv", "regering regeringen"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, words):
    assert len({stem(fold(word), language) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("language", "name", "word"),
    [("fr", "Gaza", "gaz"), ("fr", "Mali", "mal"), ("es", "Madrid", "madre"), ("pt", "Paris", "para")],
)
def test_names_are_not_taken_for_words(language, name, word):
    assert stem(fold(name), language) == fold(name) != stem(word, language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(word=st.text(max_size=20))
def test_accents_never_decide(language, word):
    assert stem(fold(word), language) == stem(fold(fold(word)), language)
    assert stem(fold("Goïta"), language) == stem(fold("GOITA"), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_stemmer_and_clean_lists(language):
    row = LANGUAGES[language]
    assert row.code == language
    assert row.snowball in Stemmer.algorithms()
    assert all(fold(word) == word for word in f"{row.elisions} {row.clitics} {row.names}".split())
    assert all(fold(ending) != ending for ending in row.restore.split())


@pytest.mark.parametrize("language", [None, "", "xx", "ja", "zh-cn", "sw"])
def test_a_language_without_stemmer_leaves_words_alone(language):
    assert stem("armies", language) == "armies"
    assert stem_term("armies", language) == "armies"


def test_region_and_case_of_a_language_do_not_matter():
    assert find("pt-BR") is find("PT") is LANGUAGES["pt"]


def test_stems_of_two_languages_never_meet():
    assert stem_term("armies", "en") == "en/armi"
    assert stem_term("armies", "nl") != stem_term("armies", "en")


def test_variants_cover_every_language_once_and_the_plain_word():
    assert stem_variants("armies", ["en", "fr", None, "ja", "en", "en-GB"]) == (
        "armies",
        "en/armi",
        "fr/armi",
    )
    assert stem_variants("armies", []) == ("armies",)


@given(st.text(max_size=15), st.sampled_from([*LANGUAGES, None, "ja"]))
def test_a_word_is_among_the_variants_of_itself(word, language):
    term = fold(word)
    assert stem_term(term, language) in stem_variants(term, ["en", language])


def test_threads_do_not_disturb_each_other():
    words = [f"armées{i}" for i in range(300)]
    pairs = [(word, code) for word in words for code in ("fr", "en", "de", "ru")]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda pair: stem(*pair), pairs))
    assert together == [stem(word, code) for word, code in pairs]


def test_the_signature_names_the_stemmer():
    assert signature().endswith(Stemmer.version())

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language import Identification, identify

ROOT = Path(__file__).parents[2]
SENTENCES = {
    "ar": "أعلنت البلدية أن الجسر القديم سيبقى مغلقا حتى نهاية الشتاء.",
    "cs": "Město oznámilo, že starý most zůstane zavřený až do konce zimy.",
    "de": "Die Stadt teilte mit, dass die alte Brücke bis zum Ende des Winters gesperrt bleibt.",
    "el": "Ο δήμος ανακοίνωσε ότι η παλιά γέφυρα θα μείνει κλειστή.",
    "en": "The town said that the old bridge will stay closed until the end of the winter.",
    "es": "El ayuntamiento anunció que el puente viejo seguirá cerrado hasta el final del invierno.",
    "fa": "شهرداری اعلام کرد که پل قدیمی تا پایان زمستان بسته خواهد ماند.",
    "fr": "La mairie a annoncé que le vieux pont resterait fermé jusqu’à la fin de l’hiver.",
    "hi": "नगरपालिका ने कहा कि पुराना पुल सर्दियों के अंत तक बंद रहेगा।",
    "it": "Il comune ha annunciato che il vecchio ponte resterà chiuso fino alla fine dell’inverno.",
    "ja": "市は古い橋を冬の終わりまで閉鎖すると発表した。",
    "ko": "시는 오래된 다리를 겨울이 끝날 때까지 폐쇄한다고 밝혔다.",
    "nl": "De gemeente meldde dat de oude brug tot het einde van de winter gesloten blijft.",
    "pl": "Miasto ogłosiło, że stary most pozostanie zamknięty do końca zimy.",
    "pt": "A prefeitura anunciou que a ponte velha ficará fechada até o fim do inverno.",
    "ru": "Мэрия сообщила, что старый мост останется закрытым до конца зимы.",
    "tr": "Belediye, eski köprünün kış sonuna kadar kapalı kalacağını açıkladı.",
    "uk": "Мерія повідомила, що старий міст залишиться закритим до кінця зими.",
    "vi": "Thành phố cho biết cây cầu cũ sẽ đóng cửa cho đến hết mùa đông.",
    "zh": "市政府宣布旧桥将关闭至冬季结束。",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_names_the_language(language, text):
    answer = identify(text)
    assert answer.language == language
    assert answer.confidence > 0.8


@pytest.mark.parametrize("text", ["", "   ", "OK", "12:30", "— … %", "Oslo", "ጸጥ ያለ ወደብ ነው", "\ud800\udfff"])
def test_too_little_to_tell(text):
    assert identify(text).language is None


def test_traditional_characters_are_chinese_too():
    assert identify("市政府宣布舊橋將關閉至冬季結束,居民對此表示不滿。").language == "zh"


def test_a_script_with_one_language_needs_no_profile():
    assert identify("წყნარი ნავსადგური") == Identification("ka", 1.0)


def test_capitals_are_read():
    assert identify("THE OLD BRIDGE WILL STAY CLOSED UNTIL SPRING, THE TOWN SAYS").language == "en"


def test_latin_words_in_a_russian_text_do_not_count():
    assert identify("Nordport Holding International: мост закрыт до весны, сообщила мэрия").language == "ru"


def test_names_count_half_in_a_headline():
    assert identify("la ministra visita Wolfgang Schneider Buchholz").language != "de"
    assert identify("il sindaco incontra Schneider und Hoffmann").language == "it"


def test_a_language_without_profile_is_not_guessed():
    yoruba = (
        "Ijoba ipinle naa ti so wipe afara atijo to wa ni aarin ilu ko ni si fun lilo titi di igba ti ojo ba "
        "tan. Awon olugbe ilu naa so pe inu won ko dun si ipinnu yii, nitori pe won ni lati rin ona jijin "
        "lati lo si oja. Olori awon onisowo ni ki ijoba tete tun afara naa se ki osu yii to pari. "
    )
    assert identify(yoruba * 2).language is None


def test_only_the_beginning_is_read():
    assert identify(SENTENCES["fr"] * 40 + SENTENCES["de"] * 5000).language == "fr"


def test_prior_decides_between_neighbours():
    text = "Regjeringen og kommunen"
    assert identify(text, {"da": 1.0}).confidence != identify(text, {"no": 1.0}).confidence
    assert identify("Kommunen har en plan", {"da": 99, "en": 1}).language == "da"
    assert identify("Kommunen har en plan", {"no": 99, "en": 1}).language == "no"


def test_prior_does_not_overrule_plain_text():
    assert identify(SENTENCES["fr"], {"en": 1.0}).language == "fr"


@pytest.mark.parametrize("prior", [{}, {"fr": 0.0}, {"xx": 5.0}, {"fr": -1.0, "de": 3.0}])
def test_any_prior_is_bearable(prior):
    assert identify(SENTENCES["it"], prior).language == "it"


@given(st.text(max_size=300), st.dictionaries(st.sampled_from(["en", "fr", "zh"]), st.floats(0, 10)))
def test_never_fails_and_never_wavers(text, prior):
    answer = identify(text, prior)
    assert answer == identify(text, prior)
    assert 0 <= answer.confidence <= 1


def test_the_same_bytes_in_every_process():
    code = (
        "import sys; from indexer.language import identify; "
        "print([identify(line) for line in sys.stdin.read().splitlines()])"
    )
    text = "\n".join([*SENTENCES.values(), "Kommunen har en plan", "no es un plan"])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=text,
            capture_output=True,
            check=True,
            cwd=ROOT,
            encoding="utf-8",
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1

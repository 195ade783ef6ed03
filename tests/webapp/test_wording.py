from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from webapp_archive import ARTICLES, AUDITED, STORY, STORY_ID, make_engine

import webapp
from webapp import create_app, wording
from webapp.wording import INTERFACES, LOCALES, MACHINE_PATHS, interface

ROOT = Path(webapp.__file__).parent.parent
OTHERS = [code for code in INTERFACES if code != "en"]
FRENCH = {"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}


def po(code):
    with (LOCALES / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def extracted():
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    words = {"message": None, "forms": (1, 2), "gettext": None, "_": None, "ngettext": (1, 2)}
    words |= {"pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
    return {
        (context, text if isinstance(text, str) else text[0])
        for name, _, text, _, context in extract_from_dir(ROOT / "webapp", methods, options, words)
    }


# --- catalogues ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_and_no_translation_is_left_over(code):
    there = {(message.context, ident(message)): message for message in po(code) if message.id}
    assert there.keys() == extracted()
    assert [name for name, message in there.items() if message.fuzzy or not all(strings(message))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_translations_have_the_placeholders_of_their_messages(code):
    assert [list(message.check()) for message in po(code) if list(message.check())] == []
    wrong = [m.id for m in po(code) if m.id and any(holes(s) != holes(forms(m.id)[-1]) for s in strings(m))]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_text(code):
    compiled = io.BytesIO()
    write_mo(compiled, po(code))
    compiled.seek(0)
    with (LOCALES / code / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        assert words_of(read_mo(file)) == words_of(read_mo(compiled))


def words_of(catalogue):
    return {(m.context, ident(m)): m.string for m in catalogue if m.id}


def ident(message):
    return forms(message.id)[0]


def forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def strings(message):
    return forms(message.string)


def holes(text):
    return sorted(re.findall(r"%\(\w+\)s|\{\w+\}|</?\w+", text))


# --- pages ---------------------------------------------------------------------------------------

PAGES = (
    "/",
    "/search?q=kidal",
    "/search?q=kidal&source=Sahara+Post&-lang=fr&from=2023-11&to=2023-11&stack=source&page=9",
    "/search?q=kidal&open=source&find=post&group=story",
    "/search?q=%22kidal",
    "/search?q=zzzz",
    "/search?q=zzzz&lang=en&from=2023",
    "/search?sort=size",
    f"/article/{quote(AUDITED, safe='')}?q=kidal&audit=1&at=1",
    f"/article/{quote(AUDITED, safe='')}?restore=1",
    "/sources",
    "/help",
    "/nowhere",
    "/article/none",
    "/story/none",
    f"/story/{STORY_ID}",
    f"/story/{STORY_ID}?a=1&b=4",
    f"/search?story={STORY_ID}&group=copies",
    "/article/bay%2F1",
    "/article/light%2F1?q=ferries",
    "/pair/light%2F1",
)
OURS = ("title", "aria-label", "placeholder", "data-l", "data-says", "data-done")


def said(html):
    """What a page says in words of ours: no text in a language of its own, no queries, no values."""
    for node in html.select("[lang]:not(html), bdi, .mono, code, .src-words, option, q, mark, input"):
        if node.name == "input" and node.get("placeholder"):
            yield node["placeholder"]
        node.extract()
    for node in html.select("*"):
        yield from (str(node[name]) for name in OURS if node.get(name))
    for text in html.find_all(string=True):
        yield " ".join(text.split())


def english(code):
    """The English words that a page in another language must not have: longest pieces of the messages."""
    kept = {
        piece for message in po(code) if message.id for text in strings(message) for piece in pieces(text)
    }
    every = {p for m in po(code) if m.id for text in forms(m.id) for p in pieces(text)}
    return every - kept


def pieces(text):
    """The literal parts of a message, between its placeholders and its tags."""
    parts = re.split(r"%\(\w+\)s|\{\w+\}|<[^>]*>", text.replace("%%", "%"))
    return [part.strip(" .,:;·%–") for part in parts if re.search(r"\w{2}", part)]


@pytest.fixture(scope="module")
def archive():
    return create_app(make_engine([*ARTICLES, *STORY]))


@pytest.fixture
def client(archive):
    return archive.test_client()


@pytest.mark.parametrize("address", PAGES)
def test_a_french_page_has_no_english_words_of_ours(client, address):
    html = BeautifulSoup(client.get(address, headers=FRENCH).text, "lxml")
    assert html.html["lang"] == "fr"
    left = english("fr")
    words = [text for text in said(html) if text]
    assert [text for text in words if text in left] == []
    sentences = [piece for piece in left if " " in piece]
    assert [(piece, text) for piece in sentences for text in words if piece in text] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_english_unless_asked_otherwise(client, address):
    page = client.get(address)
    assert '<html lang="en"' in page.text
    assert page.headers["Content-Language"] == "en"
    assert without_time(page.text) == without_time(
        client.get(address, headers={"Accept-Language": "sw"}).text
    )


def test_a_french_page_says_what_it_says_in_french(client):
    text = " ".join(BeautifulSoup(client.get("/search?q=kidal", headers=FRENCH).text, "lxml").text.split())
    assert "Chaque nombre tient compte de tous les filtres" in text
    assert "19 articles" in text
    assert "Langue" in text


def test_what_programs_read_is_english_for_everyone(client):
    for address in (
        "/api/v1/search?q=kidal&source=None",
        "/api/v1/articles/none",
        "/search.atom",
        "/search.ris",
    ):
        assert address.startswith(MACHINE_PATHS)
        french = client.get(address, headers=FRENCH)
        assert without_time(french.text) == without_time(client.get(address).text)


def without_time(text):
    return re.sub(r'"took_ms":[0-9.e-]+|[0-9.e-]+ ms|[0-9a-f]{12,}', "", text)


# --- the choice ----------------------------------------------------------------------------------


def test_the_choice_is_kept_in_a_cookie_and_goes_before_the_browsers_wish(client):
    response = client.post("/language", data={"ui": "fr"}, headers={"Referer": "http://localhost/help"})
    assert (response.status_code, response.location) == (303, "http://localhost/help")
    assert '<html lang="fr"' in client.get("/", headers={"Accept-Language": "en"}).text
    client.post("/language", data={"ui": "en"})
    assert '<html lang="en"' in client.get("/", headers=FRENCH).text


def test_a_language_that_is_not_there_changes_nothing(client):
    assert "Set-Cookie" not in client.post("/language", data={"ui": "xx"}).headers
    client.set_cookie("ui", '"><script>')
    assert '<html lang="en"' in client.get("/", headers=FRENCH).text


def test_every_page_offers_the_other_languages_in_their_own_words(client):
    button = BeautifulSoup(client.get("/help").text, "lxml").select_one("button[name=ui]")
    assert (button["value"], button["lang"], button.text) == ("fr", "fr", "Français")


def test_each_language_is_an_answer_of_its_own(client):
    first = client.get("/help")
    tag = first.headers["ETag"]
    french = client.get("/help", headers={**FRENCH, "If-None-Match": tag})
    assert french.status_code == 200
    assert french.headers["ETag"] != tag
    assert {"Cookie", "Accept-Language"} <= set(french.vary)
    assert client.get("/help", headers={"If-None-Match": tag}).status_code == 304


def test_pages_without_a_tag_vary_too(client):
    assert {"Cookie", "Accept-Language"} <= set(client.get("/nowhere").vary)


# --- words ---------------------------------------------------------------------------------------


def test_outside_a_request_everything_is_english():
    assert interface().code == "en"
    assert (wording.gettext("undated"), wording.number(1234567), wording.decimal(0.5)) == (
        "undated",
        "1,234,567",
        "0.5",
    )


def test_numbers_and_dates_are_written_as_the_language_writes_them(app):
    with app.test_request_context(headers=FRENCH):
        assert wording.number(1234567) == "1\u202f234\u202f567"
        assert wording.decimal(12.5) == "12,5"
        assert wording.weekday(datetime(2023, 11, 14)) == "mar."  # noqa: DTZ001 - a day, no moment
        assert wording.day_and_month(datetime(2023, 11, 14)) == "14 nov."  # noqa: DTZ001 - the same


@pytest.mark.parametrize(("count", "said"), [(0, "phrase"), (1, "phrase"), (2, "phrases")])
def test_counts_take_the_form_of_the_language(app, count, said):
    with app.test_request_context(headers=FRENCH):
        form = wording.ngettext("{n} sentence added", "{n} sentences added", count)
    assert form.split()[1] == said


def test_a_context_tells_words_apart(app):
    with app.test_request_context(headers=FRENCH):
        assert wording.pgettext("byline", "By") == "Auteur"

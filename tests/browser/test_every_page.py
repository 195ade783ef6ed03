"""Every page in every dress: light and dark, wide and narrow, without a violation that axe can see."""

from __future__ import annotations

from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TRANSLATED = "/article/" + quote("Ténéré Info/kidal-end-of-a-parenthesis.txt", safe="")
PAGES = {
    "home": "/",
    "search": "/search?q=kidal",
    "filtered": "/search?q=kidal&lang=en&-source=Atlas+Monitor&from=2023-01",
    "divided": "/search?q=kidal&stack=source",
    "facet": "/search?open=source&find=sah",
    "month": "/search?from=2023-11&to=2023-11&stack=source",
    "nothing": "/search?q=kidal+zzzzz&match=all",
    "broken": "/search?q=%22kidal",
    "article": f"{TRANSLATED}?q=kidal&at=1",
    "audit": f"{TRANSLATED}?q=kidal&audit=1",
    "restored": f"{TRANSLATED}?restore=1&audit=1",
    "arabic": "/search?lang=ar",
    "sources": "/sources",
    "help": "/help",
    "missing": "/nowhere",
    "refused": "/search?sort=size",
}
STATUS = {"missing": 404, "refused": 400}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_shut_out(visit, name):
    visitor = visit()
    page = visitor.open(PAGES[name])
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            assert visitor.violations() == [], f"{name}, {scheme}, {width} px"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    expected = str(STATUS.get(name))
    visitor.complaints[:] = [c for c in visitor.complaints if expected not in c]


def test_the_pages_of_arabic_articles_run_from_the_right(visit):
    page = visit().open("/search?lang=ar")
    page.locator(".hit a").first.click()
    article = page.locator("article")
    assert article.get_attribute("dir") == "rtl"
    edge = article.locator("p").first.evaluate("p => getComputedStyle(p).direction")
    assert edge == "rtl"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_keys_is_open_to_all(visit, scheme):
    visitor = visit(color_scheme=scheme)
    visitor.open("/search?q=kidal").keyboard.press("?")
    assert visitor.page.locator("#keys").is_visible()
    assert visitor.violations() == []


@pytest.mark.parametrize("name", PAGES)
def test_french_pages_have_room_for_their_words(visit, name):
    visitor = visit(locale="fr-FR")
    page = visitor.open(PAGES[name])
    assert page.evaluate("document.documentElement.lang") == "fr"
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert visitor.violations() == [], f"{name}, {width} px"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.complaints[:] = [c for c in visitor.complaints if str(STATUS.get(name)) not in c]


def test_a_button_at_the_foot_changes_the_language(visit):
    page = visit().open("/search?q=kidal")
    page.get_by_role("button", name="Français").click()
    assert page.url.endswith("/search?q=kidal")
    assert page.get_by_role("button", name="Chercher", exact=True).is_visible()
    page.locator(".hit a").first.click()
    page.locator("[data-hit='1']").click()
    assert page.locator("#hitpos").inner_text().startswith("Occurrence 2 sur ")

"""The way through the archive: by keyboard, without JavaScript, and past texts that mean harm."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from screenshots import served
from webapp_archive import ARTICLES, HOSTILE

from engine.memory import MemoryEngine

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_by_keyboard(visit):
    page = visit().open("/search?q=army")
    page.keyboard.press("/")
    page.keyboard.type("kidal")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=kidal$"))
    titles = page.locator(".hit h2 a")
    for key, at in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(titles.nth(at)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector("article mark")
    page.keyboard.press("n")
    expect(page.locator("#hitpos")).to_contain_text("Match")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_single_keys_can_be_switched_off(visit):
    page = visit().open("/search?q=kidal")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".hit h2 a").first).not_to_be_focused()


def test_the_count_is_announced(visit):
    page = visit().open("/search?q=kidal")
    count = page.locator("[role=status][data-announce]")
    expect(count).to_contain_text("articles")


def test_the_audit_is_kept_in_the_address(visit):
    visitor = visit()
    page = visitor.open("/search?q=kidal+parenthesis")
    page.locator(".hit h2 a").first.click()
    page.locator("#audit").check()
    assert "audit=1" in page.url
    expect(page.locator("article del").first).to_be_visible()


def test_the_theme_is_kept(visit):
    page = visit(color_scheme="light").open("/")
    page.locator("#theme button").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_all_the_way_without_javascript(visit):
    page = visit(java_script_enabled=False).open("/")
    page.locator("#q").fill("kidal")
    page.locator("main button").first.click()
    every = page.locator(".hit").count()
    assert every > 3
    page.locator("input[name=lang][value=en]").check()
    page.get_by_role("button", name="Apply filters").click()
    assert 0 < page.locator(".hit").count() < every
    page.locator("aside a", has_text="Divide by source").click()
    assert page.locator("aside .k0").count()
    page.locator(".chips a", has_text="Clear all").click()
    assert page.locator(".hit").count() == every
    page.locator("summary", has_text="Export").click()
    expect(page.locator("a[href^='/search.csv']")).to_be_visible()
    page.locator("#theme button").click()
    assert page.locator("html").get_attribute("data-theme") in ("dark", "light")
    page.locator(".hit h2 a").first.click()
    assert page.locator("article mark").count()


def test_removed_text_is_shown_and_put_back_without_javascript(visit):
    address = "/article/" + quote("Ténéré Info/kidal-end-of-a-parenthesis.txt", safe="")
    page = visit(java_script_enabled=False).open(address)
    expect(page.locator("article del").first).to_be_hidden()
    page.locator("#audit").check()
    expect(page.locator("article del").first).to_be_visible()
    page.locator("#edits a", has_text="Put back").first.click()
    expect(page.locator("article ins.back").first).to_be_visible()


@pytest.fixture(scope="module")
def hostile():
    engine = MemoryEngine()
    with engine.writer(fresh=True) as writer:
        for article in ARTICLES:
            writer.put(article)
    with served(engine) as address:
        yield address


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=ransom",
        "/search?q=%3Cscript%3Ealert(9)%3C/script%3E",
        "/search?q=%22%3E%3Cimg%20src=x%20onerror=alert(9)%3E",
        "/search?open=source&find=%22%3E%3Cscript%3Ealert(9)%3C/script%3E",
        "/search?source=%3Csvg%20onload=alert(9)%3E",
        f"/article/{quote(HOSTILE, safe='')}?q=ransom&audit=1",
        f"/article/{quote(HOSTILE, safe='')}?restore=1",
        "/sources",
        "/",
    ],
)
@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_texts_do_nothing(visit, hostile, address, width):
    visitor = visit(hostile, viewport={"width": width, "height": 900})
    page = visitor.open(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("script:not([src])").count() == 0
    assert page.locator("[onerror], [onload], [onmouseover]").count() == 0

"""The way from a hit to its story, to two articles compared, and to a translation beside its original."""

from __future__ import annotations

from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TRANSLATED = quote("Ténéré Info/kidal-end-of-a-parenthesis.txt", safe="")
CUT = quote("https://meridianpost.example/africa/un-flag-bamako", safe="")


def in_every_dress(visitor):
    """What axe finds in light and dark, wide and narrow; and no page may be wider than its window."""
    found = []
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            visitor.page.emulate_media(color_scheme=scheme)
            visitor.page.set_viewport_size({"width": width, "height": 900})
            found += visitor.violations()
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    return found


def test_a_hit_leads_to_its_story_and_on_to_a_comparison(visit):
    visitor = visit()
    page = visitor.open("/search?q=kidal&lang=en")
    page.locator(".copies a[href^='/story/']").first.click()
    assert page.locator("svg.lineage circle").count() >= 5
    assert in_every_dress(visitor) == []
    page.select_option("#b", index=4)
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".sbs > .hd").count() == 2
    assert in_every_dress(visitor) == []


def test_an_article_leads_to_its_copies_compared(visit):
    visitor = visit()
    page = visitor.open(f"/article/{CUT}")
    assert in_every_dress(visitor) == []
    page.locator("section[aria-labelledby=copies-h] a[href^='/story/']").first.click()
    assert page.locator(".sbs .only").count() > 0


def test_a_translation_stands_beside_its_original(visit):
    visitor = visit()
    page = visitor.open(f"/article/{TRANSLATED}")
    page.get_by_role("link", name="Side by side").click()
    assert "/pair/" in page.url
    assert page.locator(".sbs .same").count() > 20
    assert in_every_dress(visitor) == []
    page.get_by_role("link", name="The original").click()
    assert page.get_by_role("heading", name="Its translations").is_visible()
    assert in_every_dress(visitor) == []


def test_all_of_it_works_without_scripts(visit):
    page = visit(java_script_enabled=False).open(f"/pair/{TRANSLATED}")
    page.locator(".crumb a[href^='/story/']").click()
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".sbs > .hd").count() == 2

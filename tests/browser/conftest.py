from __future__ import annotations

from collections.abc import Iterator

import chromium
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import served_corpus

AXE = Axe().axe_script


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The sample corpus, indexed and served by the real server."""
    with served_corpus() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        yield launched
        launched.close()


class Visitor:
    """A person at a browser who notices what must not happen: dialogs, scripts that fail, other servers."""

    def __init__(self, browser: Browser, site: str, **context) -> None:
        self.site = site
        self.context = browser.new_context(**context)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("request", self._watch)

    def _watch(self, request) -> None:
        if not request.url.startswith(self.site):
            self.complaints.append(f"asked for {request.url}")

    def open(self, address: str) -> Page:
        self.page.goto(self.site + address)
        return self.page

    def violations(self) -> list[str]:
        """What axe finds wrong on the page as it looks now."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"]]


@pytest.fixture
def visit(browser, site):
    """Make visitors of the sample site; at the end none may have noticed anything."""
    visitors = []

    def make(address=site, **context) -> Visitor:
        visitors.append(Visitor(browser, address, **context))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [c for v in visitors for c in v.complaints] == []

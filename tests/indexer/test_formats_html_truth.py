"""Title, date and authors of whole pages, in the markups that news sites use, are what is true of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from indexer.documents import Declared, RawDocument
from indexer.formats import load
from indexer.pipeline import Pipeline, PipelineSettings

PAGES = tomllib.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))["page"]
PIPELINE = Pipeline(PipelineSettings())


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_a_page_is_read_rightly(page: dict[str, str]) -> None:
    article = PIPELINE.article(load(RawDocument("page.html", page["markup"], "html", Declared(), "")))
    assert article.title == page["title"]
    assert (article.published.value or "")[:10] == page["published"]
    found = {name.casefold() for name in article.byline.people}
    assert found == {name.casefold() for name in page["authors"]}

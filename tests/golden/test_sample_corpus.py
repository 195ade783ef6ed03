"""The pipeline says of every article of corpus/ what `corpus_facts.toml` says is true."""

import tomllib
from pathlib import Path

import pytest

from cli.settings import load
from engine.model import Article
from indexer.formats import read
from indexer.pipeline import Pipeline

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
FACTS = tomllib.loads((ROOT / "tests/corpus_facts.toml").read_text(encoding="utf-8"))["document"]


@pytest.fixture(scope="module")
def articles():
    settings = load(None, CORPUS)
    pipeline = Pipeline(settings)
    found = [pipeline.process(document) for document in read(CORPUS, settings.read)]
    assert [item for item in found if not isinstance(item, Article)] == []
    return {article.path: article for article in found}


@pytest.fixture(params=FACTS, ids=lambda fact: fact["path"])
def pair(request, articles):
    return request.param, articles[request.param["path"]]


def test_source(pair):
    fact, article = pair
    assert article.source.value == fact["source"]


def test_language(pair):
    fact, article = pair
    assert article.language == fact["language"]


def test_published(pair):
    fact, article = pair
    assert article.published.value == fact["published"]


def test_agency(pair):
    fact, article = pair
    assert article.agency.value == fact.get("agency")


def test_access(pair):
    fact, article = pair
    assert article.access.truncated == ("percent_left" in fact or fact.get("truncated", False))
    assert article.access.percent_left == fact.get("percent_left")


def test_translated(pair):
    fact, article = pair
    claimed = article.translated.verdict in {"translated", "probable"}
    assert claimed == ("translation_of" in fact)
    assert not claimed or article.translated.from_language == "fr"


def test_no_markup_reaches_the_text(articles):
    hostile = articles["Atlas Monitor/blue-bird-gone.html.gz"]
    assert '<script>alert("I am text, not code")</script>' in hostile.body
    assert not any(
        trick in hostile.body for trick in ("onerror", "javascript:", "alert(4)", "svg text", "xxxxxx")
    )


def test_an_article_about_cookie_banners_keeps_them(articles):
    body = articles["Atlas Monitor/cookie-banners-fined.txt"].body
    assert "“We use cookies to improve your experience,” they say" in body
    assert "“Subscribe to our newsletter was the politest thing" in body
    assert body.endswith("the courts will have to say.")


def test_furniture_is_gone_and_prose_is_not(articles):
    body = articles["NewsMill 24/black-sea-grain-deal-ends.txt"].body
    for line in (
        "Skip to content",
        "Advertisement",
        "3 min read",
        "12 comments",
        "All rights reserved",
        "Back to top",
    ):
        assert line not in body
    for words in (
        "Russia let the Black Sea grain deal lapse",
        "certainty is what the deal was made of",
        "March 2022.",
    ):
        assert words in body


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        ("NewsMill 24/black-sea-grain-deal-ends.txt", ["By NewsMill staff", "Tags:"]),
        ("Hafenblatt/artemis-servicemodul-bremen.html", ["Lesezeit", "Von Jonte"]),
        ("Hafenblatt/kidal-armee-rueckt-ein.txt", ["Lesen Sie auch"]),
        ("Лукоморский телеграф/чандраян-3.txt", ["Читайте также", "Подписывайтесь"]),
        ("Sahel Courier/last-french-soldiers-leave-gao.md", ["GAO ("]),
        ("Ténéré Info/notre-dame-reopens.md", ["Translated from French"]),
    ],
)
def test_what_is_around_the_text_is_gone(articles, path, gone):
    assert [words for words in gone if words in articles[path].body] == []


def test_the_glued_headline_and_crossheads(articles):
    article = articles["Harmattan Daily/kidal-junta-takes-bastion.txt"]
    assert article.title == "Mali junta takes rebel bastion of Kidal"
    assert {"Ten years of absence", "Empty camps"} <= set(article.body.split("\n"))
    assert article.byline.desk == "sd-mt/nf/th"


def test_a_wrong_weekday_is_flagged(articles):
    article = articles["Bamako Ledger/kidal-road-from-anefis.txt"]
    assert any("November 12" in flag for flag in article.flags)
    assert "By Friday, November 12" in article.body


def test_twice_encoded_text_is_flagged_and_mended(articles):
    article = articles["Hafenblatt/deutschlandticket.txt"]
    assert "mojibake" in article.flags
    assert "genügt im Nahverkehr" in article.body
    assert "Ã" not in article.body

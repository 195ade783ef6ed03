from __future__ import annotations

import json

import pytest

from engine.model import Evidence
from indexer.documents import Declared, Draft, Page
from indexer.formats import html_meta
from indexer.formats.html_meta import MAX_HEAD, declared_in
from indexer.language.translation import judge


def schema(*nodes, wrap="{}"):
    data = nodes[0] if len(nodes) == 1 else list(nodes)
    return "<script type='application/ld+json'>" + wrap.replace("{}", json.dumps(data)) + "</script>"


def page(head="", body="", html=""):
    return f"<!doctype html><html{html}><head>{head}</head><body>{body}<p>Words.</p></body></html>"


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry returns to the islands",
    "datePublished": "2024-03-04T10:00:00+01:00",
    "author": [{"@type": "Person", "name": "Ida Berg"}, {"@type": "Person", "name": "Jon Lund"}],
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "articleSection": ["Local", "Islands"],
    "inLanguage": "en-GB",
    "isAccessibleForFree": "False",
    "wordCount": 310,
}


def test_json_ld_says_most():
    assert declared_in(page(schema(ARTICLE))) == Declared(
        title="Ferry returns to the islands",
        source="Harbour Post",
        published="2024-03-04T10:00:00+01:00",
        authors=("Ida Berg", "Jon Lund"),
        language="en-GB",
        section="Local",
        free=False,
        word_count=310,
    )


@pytest.mark.parametrize(
    "markup",
    [
        page(schema({"@context": "x", "@graph": [{"@type": "WebSite", "name": "W"}, ARTICLE]})),
        page(
            schema(
                {"@type": "BreadcrumbList", "name": "B"}, {"@type": ["NewsArticle", "Thing"], "x": 1}, ARTICLE
            )
        ),
        page(body="<div>" * 50 + schema(ARTICLE)),
        page(schema(ARTICLE, wrap="<!-- {} -->")),
        page(schema(ARTICLE, wrap="//<![CDATA[\n{}\n//]]>")),
        page(schema(ARTICLE, wrap="{};")),
        page("<script type='application/ld+json'>{broken</script>" + schema(ARTICLE)),
        page(schema(ARTICLE).replace("to the islands", "to the\n islands")),
    ],
    ids=[
        "graph",
        "list",
        "in the body",
        "comment",
        "cdata",
        "semicolon",
        "beside a broken one",
        "raw newline",
    ],
)
def test_json_ld_in_its_many_wrappings(markup):
    about = declared_in(markup)
    assert (about.title, about.source) == ("Ferry returns to the islands", "Harbour Post")


def test_meta_elements():
    head = """
    <meta property="og:title" content="Ferry returns">
    <meta property="og:site_name" content="Harbour Post">
    <meta property="og:url" content="https://harbour.example/og">
    <link rel="canonical" href="https://harbour.example/1">
    <meta property="article:published_time" content="2024-03-04">
    <meta name="Author" content="Ida Berg">
    <meta property="article:author" content="https://social.example/ida">
    <meta property="article:section" content="Local">
    <meta property="article:content_tier" content="locked">
    """
    assert declared_in(page(head, html=" lang='en'")) == Declared(
        title="Ferry returns",
        url="https://harbour.example/1",
        source="Harbour Post",
        published="2024-03-04",
        authors=("Ida Berg",),
        language="en",
        section="Local",
        free=False,
    )


@pytest.mark.parametrize(("tier", "free"), [("free", True), ("locked", False), ("metered", None)])
def test_content_tiers(tier, free):
    assert declared_in(page(f"<meta property='article:content_tier' content='{tier}'>")).free is free


def test_a_headline_is_one_line_as_the_reader_sees_it():
    assert declared_in(page(body="<h1>L'<i>Aube</i><br>returns</h1>")).title == "L'Aube returns"


def test_headline_time_and_title_are_the_last_resort():
    body = "<h1> Ferry <i>returns</i> </h1><time datetime='2024-03-04'>yesterday</time>"
    about = declared_in(page("<title>Ferry returns | Harbour Post</title>", body))
    assert (about.title, about.published) == ("Ferry returns", "2024-03-04")
    assert declared_in(page("<title>Ferry returns</title>")).title == "Ferry returns"


@pytest.mark.parametrize(
    ("title", "headline", "expected"),
    [
        (
            "Ferry returns to the islands | Harbour Post",
            "Ferry returns to the islands",
            "Ferry returns to the islands",
        ),
        ("Ferry returns to…", "Ferry returns to the islands", "Ferry returns to the islands"),
        ("Harbour Post", "Harbour Post", "Harbour Post"),
        ("Ferry returns - Post", "Post", "Ferry returns - Post"),
        ("Ferry returns", "All the news of the harbour", "Ferry returns"),
    ],
)
def test_the_site_s_name_is_not_part_of_a_title(title, headline, expected):
    assert (
        declared_in(page(f"<meta property='og:title' content='{title}'>", f"<h1>{headline}</h1>")).title
        == expected
    )


def test_a_page_without_a_head():
    assert declared_in("<p>Words.</p>") == Declared()
    assert declared_in("") == Declared()


def test_an_endless_head_is_cut():
    assert declared_in("<head><title>Ferry</title>" + "<meta name=x content=y>" * MAX_HEAD).title == "Ferry"


def test_hostile_json_ld_is_ignored():
    deep = "<script type='application/ld+json'>" + "[" * 100_000 + "</script>"
    wide = schema([{"@type": "NewsArticle"}] * 100_000)
    assert declared_in(page(deep + wide)) == Declared()
    assert declared_in(page(body="<script type=application/ld+json>" * 10_000)) == Declared()


def test_a_parser_that_fails_costs_only_the_metadata(monkeypatch):
    def fail(*_args):
        raise AssertionError("unexpected")

    monkeypatch.setattr(html_meta, "BeautifulSoup", fail)
    assert declared_in(page(schema(ARTICLE))) == Declared()


MACHINE = "markup: machine translation"


@pytest.mark.parametrize(
    ("markup", "mark"),
    [
        (
            page(html=' lang="en-x-mtfrom-fr"'),
            Evidence(MACHINE, '<html lang="en-x-mtfrom-fr">'),
        ),
        (
            page(html=' lang="en" class="js translated-ltr"'),
            Evidence(MACHINE, '<html lang="en" class="js translated-ltr">'),
        ),
        (
            page('<meta http-equiv="X-Translated-By" content="Google">'),
            Evidence(MACHINE, '<meta http-equiv="X-Translated-By" content="Google">'),
        ),
        (
            page('<link rel="alternate machine-translated-from" hreflang="fr" href="/fr">'),
            Evidence(MACHINE, '<link rel="alternate machine-translated-from" hreflang="fr" href="/fr">'),
        ),
        (
            page(schema(ARTICLE | {"translator": {"@type": "Person", "name": "Lea Roth"}})),
            Evidence("markup: translator", "translator: Lea Roth"),
        ),
        (
            page(schema(ARTICLE | {"translationOfWork": {"@id": "https://port.example/fr/1"}})),
            Evidence("markup: translationOfWork", "translationOfWork: https://port.example/fr/1"),
        ),
    ],
)
def test_traces_of_translation_are_quoted(markup, mark):
    assert declared_in(markup).marks == (mark,)


def sibling(code):
    return Evidence("markup: other language version", f'<link rel="alternate" hreflang="{code}">')


def alternates(*codes):
    return "".join(f"<link rel='alternate' hreflang='{c}' href='/{c}/translator'>" for c in codes)


def test_siblings_in_other_languages_are_noted_and_no_more_than_that():
    about = declared_in(
        page(alternates("en-GB", "fr", "x-default", "en_US", "pt-BR", "fr"), html=" lang='EN'")
    )
    assert about.marks == (sibling("fr"), sibling("pt-BR"))


def test_a_site_in_every_language_fills_no_page_of_evidence():
    codes = [f"{a}{b}" for a in "bcdfg" for b in "aeiou"]
    assert len(declared_in(page(alternates(*codes))).marks) == 12


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        (
            "<link href='/wp-content/plugins/sitepress-multilingual-cms/a.css'>",
            "WPML: plugins/sitepress-multilingual-cms/",
        ),
        ("<meta name='generator' content='WPML ver:4.6 stt:1,4;'>", "WPML: WPML"),
        ("<script src='/wp-content/plugins/polylang/js/main.js'></script>", "Polylang: plugins/polylang/"),
        (
            "<link href='/wp-content/plugins/translatepress-multilingual/t.css'>",
            "TranslatePress: plugins/translatepress-multilingual/",
        ),
        (
            "<script src='https://cdn.weglot.com/weglot.min.js'></script>",
            "Weglot: //cdn.weglot.com/",
        ),
        ("<link href='/x/plugins/gtranslate/translator.css'>", "GTranslate: plugins/gtranslate/"),
        (
            "<script src='/p/plugins/transposh-translation-filter-for-wordpress/t.js'></script>",
            "Transposh: plugins/transposh-translation-filter-for-wordpress/",
        ),
    ],
)
def test_plugins_are_known_by_their_files(head, mark):
    assert declared_in(page(head * 2)).marks == (Evidence("markup: translation plugin", mark),)


def test_an_article_about_a_plugin_bears_no_mark():
    head = "<title>Weglot and WPML compared</title><meta name='description' content='plugins/weglot/ is it'>"
    assert declared_in(page(head, "<h1>GTranslate: //cdn.gtranslate.net/</h1>")).marks == ()


@pytest.mark.parametrize(
    "head", [alternates("fr"), "<script src='/plugins/weglot/translator-machine translation.js'></script>"]
)
def test_siblings_and_plugins_prove_no_translation(head):
    marks = declared_in(page(head)).marks
    verdict = judge(Draft(Page("a.html", "Words. " * 200, Declared(marks=marks), "")), 0, 1400, "en")
    assert marks
    assert verdict.verdict == "none"


def test_ordinary_pages_bear_no_marks():
    head = "<link rel='alternate' type='application/rss+xml'><meta http-equiv='refresh' content='9'>"
    assert declared_in(page(head + schema(ARTICLE), html=" lang='en' class='translate'")).marks == ()


def test_a_mark_is_quoted_in_part_when_it_is_long():
    (mark,) = declared_in(page(html=f' lang="en-x-mtfrom-fr" class="{"x " * 1000}"')).marks
    assert len(mark.text) == 300

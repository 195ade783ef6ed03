from __future__ import annotations

from html import unescape
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from webapp_archive import ARABIC, ARTICLES, AUDITED, HOSTILE, article

from engine.model import Claim

ADDRESSES = (
    "/",
    "/search",
    "/search?q=kidal",
    "/search?q=kidal&source=River+Courier&-agency=AFP&from=2023-09&to=2023-12&sort=-date",
    "/search?q=gao&page=2&per_page=5",
    "/search?q=%22never+closed",
    "/search?q=zzzzz",
    "/search?q=gao&source=Nobody",
    "/search?q=ransom",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?sort=size",
    f"/article/{quote(AUDITED, safe='')}?q=kidal&audit=1",
    f"/article/{quote(ARABIC, safe='')}",
    f"/article/{quote(HOSTILE, safe='')}?q=ransom",
    "/article/missing",
    "/sources",
    "/help",
    "/nowhere",
)


def page(client, address):
    return BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")


def words(node):
    return " ".join(node.get_text(" ").split())


def count(soup):
    return int(soup.select_one(".count b").text.replace(",", ""))


# --- what holds for every page ---------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_obeys_the_strict_policy(client, address):
    soup = page(client, address)
    for tag in soup.select("*"):
        assert tag.name != "style"
        assert tag.name != "script" or (tag.get("src") and not tag.text.strip())
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")]
        for name in ("href", "src", "action"):
            assert not str(tag.get(name, "")).lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_well_formed(client, address):
    soup = page(client, address)
    assert soup.html["lang"] == "en"
    assert soup.title.text.endswith("Dateline") or address == "/"
    assert len(soup.select("main#main")) == 1
    assert len(soup.find_all("h1")) == 1
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for label in soup.select("label[for]"):
        assert soup.find(id=label["for"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_inside_a_page_has_a_target(client, address):
    soup = page(client, address)
    ids = {tag["id"] for tag in soup.select("[id]")}
    assert {a["href"] for a in soup.select("a[href^='#']")} <= {f"#{i}" for i in ids}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_tag_of_the_archive_survives(client, address):
    html = client.get(address).get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "\x00" not in html
    assert not set("\x07\u202e\u202c") & set(BeautifulSoup(html, "lxml").text)


@pytest.mark.parametrize("address", ["/", "/search?q=kidal", "/sources", "/help", "/search?q=zzzzz"])
def test_every_link_leads_somewhere(client, address):
    for link in page(client, address).select("a[href^='/']"):
        status = client.get(unescape(link["href"])).status_code
        assert status == 200, link["href"]


# --- home, sources, help ---------------------------------------------------------------------------


def test_home_shows_the_state_of_the_index(client):
    text = words(page(client, "/"))
    assert "Articles 21" in text
    assert "Sources 5" in text
    assert "Dates 2023 2023-09 to 2023-12" in text
    assert "bad/<b>.gz The gzip stream ends early; fetch the file again." in text
    assert "Dates that contradict each other 1" in text


def test_home_marks_months_without_articles(client):
    soup = page(client, "/")
    assert [t.text for t in soup.select("svg title") if "nothing" in t.text] == [
        "2023-10: nothing in the archive"
    ]
    assert "nothing in the archive" in words(soup.select_one("figure table"))


def test_home_offers_the_examples_of_the_operator(client_for):
    soup = page(client_for(*ARTICLES, example_queries=("kidal*",)), "/")
    assert [a.text for a in soup.select(".try a.mono")] == ["kidal*"]


def test_home_makes_examples_of_what_is_there(client):
    soup = page(client, "/")
    assert [a.text for a in soup.select(".try a.mono")] == [
        "date:2023-09",
        "lang:fr",
        "agency:Reuters",
        "is:translated",
        "is:truncated",
    ]
    for link in soup.select(".try a"):
        assert count(page(client, link["href"])) > 0


def test_an_index_of_nothing_is_no_error(client_for):
    client = client_for(report={})
    assert "Articles 0" in words(page(client, "/"))
    assert client.get("/search?q=kidal").status_code == 200
    assert client.get("/sources").status_code == 200


def test_sources_are_reported(client):
    text = words(page(client, "/sources"))
    assert "Sahara Post 1 2023-11-14 English 30 1 100% 100% 1 probably" in text
    assert "Advertisement <b> label.advert 1" in text
    assert "unknown 2 undated" in text


def test_without_a_report_sources_are_counted(client_for):
    assert "River Courier 12" in words(page(client_for(*ARTICLES, report={}), "/sources"))


def test_a_report_that_is_no_report_is_left_out(client_for):
    assert "River Courier 12" in words(page(client_for(*ARTICLES, report=["?"]), "/sources"))


def test_every_example_of_the_help_page_runs(client):
    links = [a["href"] for a in page(client, "/help").select("table a")]
    assert len(links) > 10
    for link in links:
        soup = page(client, link)
        assert not soup.select("#qerr"), link


def test_browsers_are_told_how_to_search(client):
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://localhost/search?q={searchTerms}"' in response.text


# --- search ----------------------------------------------------------------------------------------


def test_an_empty_query_lists_everything(client):
    assert count(page(client, "/search")) == 21


def test_a_hit_shows_where_when_and_how_we_know(client):
    hit = page(client, "/search?q=quiet+residents").select_one(".hit")
    assert hit.select_one("h2 mark").text == "quiet"
    assert hit.time["datetime"] == "2023-11-14T08:12:00Z"
    assert words(hit.select_one(".when")) == "2023-11-14 Tue 08:12Z"
    assert words(hit.select_one(".by")) == "Sahara Post · Anefis · 28 words"
    badges = {words(b): b["class"] for b in hit.select(".badge")}
    assert badges["via AFP"] == ["badge", "probable"]
    assert badges["Translated from French probable"] == ["badge", "tr", "probable"]
    assert "Truncated 40% missing" in badges
    assert hit.select_one(".snip a")["href"].endswith("#p1")


def test_snippets_never_show_removed_text(client):
    assert "newsletter" not in words(page(client, "/search?q=kidal").select_one("ol"))


def test_filters_add_up_within_a_facet_and_narrow_across(client):
    both = page(client, "/search?source=River+Courier&source=Le+Fleuve+Libre")
    assert count(both) == 18
    assert count(page(client, "/search?source=River+Courier&source=Le+Fleuve+Libre&lang=fr")) == 6
    assert count(page(client, "/search?-source=River+Courier")) == 9


def test_counts_obey_every_filter_but_their_own(client):
    soup = page(client, "/search?source=River+Courier")
    row = soup.select_one("input[name=source][value='Le Fleuve Libre']").find_parent("li")
    assert row.select_one("b").text == "6"
    assert not soup.select_one("input[name=lang][value=fr]")


def test_a_selected_value_stays_at_zero(client):
    soup = page(client, "/search?q=gao&source=Nobody")
    row = soup.select_one("input[name=source][value=Nobody]")
    assert row.has_attr("checked")
    assert row.find_parent("li")["class"] == ["zero"]
    assert words(soup.select_one(".chip.zero")) == "Remove filter Nobody, 0 ×"


def test_chips_take_one_filter_off(client):
    soup = page(client, "/search?q=gao&source=River+Courier&-lang=fr&from=2023-09&to=2023-12")
    chips = {
        words(c).removeprefix("Remove filter ").removesuffix(" ×"): c["href"] for c in soup.select(".chip")
    }
    assert chips["River Courier"] == "/search?q=gao&from=2023-09&to=2023-12&-lang=fr"
    assert chips["not French"] == "/search?q=gao&from=2023-09&to=2023-12&source=River+Courier"
    assert chips["2023-09 to 2023-12"] == "/search?q=gao&source=River+Courier&-lang=fr"
    assert soup.select_one(".chips > a")["href"] == "/search?q=gao"


def test_the_form_keeps_what_it_does_not_show(client):
    soup = page(client, "/search?q=gao&sort=-date&match=any&month=2023-09&per_page=5")
    hidden = {i["name"]: i["value"] for i in soup.select("aside input[type=hidden]")}
    assert hidden == {"q": "gao", "sort": "-date", "match": "any", "month": "2023-09", "per_page": "5"}


def test_the_histogram_ignores_the_dates_and_greys_what_is_outside(client):
    soup = page(client, "/search?q=gao&from=2023-12")
    assert count(soup) == 6
    assert [r["class"] for r in soup.select("aside .chart a rect[class]")] == [["off"], ["on"]]
    rows = [words(r) for r in soup.select("aside .mini tbody tr")]
    assert rows == ["2023-09 12", "2023-10 nothing in the archive", "2023-11 0", "2023-12 6"]


def test_pages_are_linked(client):
    soup = page(client, "/search?q=gao&per_page=5&page=2")
    pager = soup.select_one(".pager")
    assert words(pager) == "Previous Page 1 Page 2 Page 3 Page 4 Next Articles 6–10 of 18"
    assert pager.select_one("[rel=next]")["href"] == "/search?q=gao&page=3&per_page=5"
    assert pager.select_one("[aria-current=page]").text == "Page 2"


def test_the_size_of_a_page_can_be_chosen(client):
    menu = page(client, "/search?q=gao&per_page=5&page=2").select_one(".menu:has([href*='per_page=50'])")
    assert [(a.text, a["href"]) for a in menu.select("a")] == [
        ("5 on a page", "/search?q=gao&per_page=5"),
        ("20 on a page", "/search?q=gao"),
        ("50 on a page", "/search?q=gao&per_page=50"),
        ("100 on a page", "/search?q=gao&per_page=100"),
    ]
    assert menu.select_one("[aria-current]").text == "5 on a page"
    assert "on a page" not in words(page(client, "/search?q=gao").main)


def test_beyond_the_reach_the_cursor_goes_on(client_for):
    client = client_for(*ARTICLES, reach=10)
    soup = page(client, "/search?q=gao&per_page=5&page=2")
    following = soup.select_one("[rel=next]")["href"]
    assert "cursor=" in following
    first = page(client, "/search?q=gao&per_page=5&page=1").select_one(".hit h2 a")["href"]
    hits = page(client, following).select(".hit")
    assert len(hits) == 5
    assert first not in {h.select_one("h2 a")["href"] for h in hits}


def test_a_page_beyond_the_last_is_the_last(client):
    soup = page(client, "/search?q=gao&page=400")
    assert "There is no page 400; this is page 1, the last." in words(soup.main)
    assert len(soup.select(".hit")) == 18


def test_sorting(client):
    newest = page(client, "/search?sort=-date&per_page=1").time["datetime"]
    oldest = page(client, "/search?sort=date&per_page=1").time["datetime"]
    assert (oldest, newest) == ("2023-09-05", "2023-12-05")


def test_exports_carry_the_filters_of_the_page(client):
    soup = page(client, "/search?q=gao&lang=fr&page=2&per_page=3")
    links = [a["href"] for a in soup.select("a[href*='/search.']")]
    assert links == [f"/search.{form}?q=gao&lang=fr" for form in ("csv", "jsonl", "ris", "atom")]


def test_a_broken_query_is_explained_and_searched_literally(client):
    soup = page(client, "/search?q=gao+%22patrol")
    assert soup.select_one("#qerr").text
    caret = soup.select_one("pre b").text
    assert caret == " " * 4 + "^"
    assert count(soup) == 18
    assert soup.select_one("#q")["aria-invalid"] == "true"


def test_when_no_article_has_all_words_some_are_enough_and_it_is_said(client):
    soup = page(client, "/search?q=gao+zzzzz")
    assert count(soup) == 18
    assert "No article has all of these words." in words(soup.main)
    assert "match=any" in soup.select_one("a[href^='/search.csv']")["href"]
    strict = page(client, soup.select_one(".alert a")["href"])
    assert count(strict) == 0


def test_when_only_a_filter_is_in_the_way_nothing_is_relaxed(client):
    soup = page(client, "/search?q=gao+market&source=Nobody&from=2023-09")
    assert count(soup) == 0
    ways = {words(a): a["href"] for a in soup.select(".pairs a")}
    assert ways["the source filter Nobody"] == "/search?q=gao+market&from=2023-09"
    assert ways["all filters"] == "/search?q=gao+market"
    assert "the dates from 2023-09" not in ways


def test_a_misspelt_word_is_offered_spelt_right(client):
    soup = page(client, "/search?q=residnts")
    assert soup.select_one(".alert.info a").text == "residents"
    relaxed = page(client, "/search?q=gao+residnts")
    assert "Did you mean gao residents ?" in words(relaxed.main)


def test_how_the_query_was_read_is_said(client):
    assert "Read as" in words(page(client, "/search?q=U.N.").main)


def test_groups_are_offered_only_when_there_are_groups(client):
    soup = page(client, "/search?q=gao")
    assert not soup.select(".seg")
    assert "stories" not in words(soup.main)


# --- the article -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    [
        AUDITED,
        "a/../b",
        "./x",
        "/abs//path",
        "trailing/",
        "a?b#c&d",
        "ünï/كيدال.txt",
        "new\nline\r.txt",
        "100%41",
        " s ",
    ],
)
def test_any_id_can_be_linked(client_for, key):
    client = client_for(article(key, "Gao news", "Gao text."))
    link = page(client, "/search?q=gao").select_one(".hit h2 a")["href"]
    assert page(client, link.partition("#")[0]).h1.text == "Gao news"


def test_an_article_is_found_by_its_path(client):
    assert "a quiet morning" in page(client, "/article/sahara/kidal.html").h1.text


def test_a_missing_article_is_a_404(client):
    response = client.get("/article/nothing%2Fhere")
    assert response.status_code == 404
    assert "The present build has no article “nothing/here”." in unescape(response.text)


def test_hits_of_the_search_are_marked(client):
    soup = page(client, f"/article/{quote(AUDITED, safe='')}?q=kidal&lang=en")
    assert [m["id"] for m in soup.select("article mark")] == ["hit-1", "hit-2"]
    assert soup.select_one("#hitpos").text == "2 matches"
    assert soup.select_one(".crumb a")["href"] == "/search?q=kidal&lang=en"


def test_a_query_that_can_not_be_read_marks_its_words(client):
    assert client.get(f"/article/{quote(AUDITED, safe='')}?q=%22kidal").status_code == 200
    assert client.get(f"/article/{quote(AUDITED, safe='')}?q={'k' * 600}").status_code == 200


def test_the_audit_shows_what_was_removed_and_why(client):
    address = f"/article/{quote(AUDITED, safe='')}"
    assert not page(client, address).select_one("#audit").has_attr("checked")
    soup = page(client, f"{address}?audit=1")
    assert soup.select_one("#audit").has_attr("checked")
    assert [words(d.select_one(".t")) for d in soup.select("article del")] == [
        "Advertisement",
        "Read also: Convoys return",
        "Sign up to our newsletter",
        "40% of this article is reserved for subscribers.",
    ]
    rows = [words(r) for r in soup.select("#edits tbody tr")]
    assert (
        rows[1] == "2 label of related.inline related.inline in ¶2 Read also: Convoys return Put back edit 2"
    )


def test_facts_quote_their_evidence(client):
    soup = page(client, f"/article/{quote(AUDITED, safe='')}")
    facts = words(soup.select_one(".facts"))
    assert "Source Sahara Post certain dateline: “ANEFIS (Sahara Post)”" in facts
    assert "Published 2023-11-14 08:12Z declared , to the minute" in facts
    assert "Agency AFP probable credit: “told AFP”" in facts
    assert "By Awa Diallo Desk rs/mk Section World" in facts
    assert "Language English and in parts French" in facts
    assert "40% held back" in facts
    assert soup.select_one(".facts a.url")["rel"] == ["noopener", "noreferrer", "nofollow"]
    assert words(soup.select_one("#translation ol")) == "1 French spacing “late in the morning ,”"


def test_arabic_is_laid_out_from_the_right(client):
    soup = page(client, f"/article/{quote(ARABIC, safe='')}")
    assert (soup.article["lang"], soup.article["dir"]) == ("ar", "rtl")
    assert soup.h1["dir"] == "rtl"


def test_a_hostile_address_is_text(client):
    soup = page(client, f"/article/{quote(HOSTILE, safe='')}")
    assert "javascript:alert(4)" in words(soup.select_one(".facts"))
    assert not soup.select(".facts a.url")


def test_an_override_is_shown_not_obeyed(client):
    assert "U+202E" in words(page(client, f"/article/{quote(HOSTILE, safe='')}").article)


def test_a_million_letters_without_a_space_are_bounded_in_the_list(client_for):
    client = client_for(article("big", "Gao", "gao" * 400_000 + " gao", source=Claim("S" * 5000)))
    assert len(client.get("/search?q=gao").data) < 80_000


# --- theme -----------------------------------------------------------------------------------------


def test_the_theme_is_kept_in_a_cookie(client):
    response = client.post(
        "/theme", data={"theme": "toggle"}, headers={"Referer": "http://localhost/search?q=a"}
    )
    assert response.status_code == 303
    assert response.location == "http://localhost/search?q=a"
    assert page(client, "/").html["data-theme"] == "dark"
    client.post("/theme")
    assert page(client, "/").html["data-theme"] == "light"


@pytest.mark.parametrize(
    "referrer", ["http://evil.example/x", "http://localhost//evil.example", "", "http://[", "x"]
)
def test_the_theme_form_leads_nowhere_else(client, referrer):
    location = client.post("/theme", headers={"Referer": referrer}).location
    assert location.startswith(("/", "http://localhost/"))
    assert not location.startswith(("//", "http://localhost//"))


def test_an_unknown_theme_in_the_cookie_is_ignored(client):
    client.set_cookie("theme", '"><script>')
    assert not page(client, "/").html.has_attr("data-theme")

"""The same corpus in a folder and on the cluster: every page and every endpoint answers the same."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from cli.place import Place
from webapp import create_app

CORPUS = Path(__file__).parents[2] / "corpus"

QUERIES = [
    "q=",
    "q=kidal",
    "q=goita",
    "q=kidal+agency:hna",
    "q=army+OR+eclipse",
    'q="withdrawal+of+the"',
    'q="army+town"~8',
    "q=kid*&facet=source,lang,agency",
    "q=goyta~&facet=translated,access",
    "q=is:translated&facet=year,month,day",
    "q=-kidal&group=story&facet=source",
    "q=*&group=copies&lang=fr",
    "q=title:army&source=Sahel+Courier&facet=source,lang",
    'q=in:removed+"back+to+top"',
    "q=date:2023-11..2023-12&from=2023-11&to=2023-12",
    "q=*&per_page=7&page=3&facet=date",
    "q=kidla",
    "q=nosuchwordanywhere",
]
"""Ordered by date, since an order by relevance is not promised; `test_relevance` looks at that."""

PAGES = [
    "/",
    "/help",
    "/sources",
    "/opensearch.xml",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/api/v1/sources",
]
LISTS = ["/search", "/api/v1/search", "/search.atom", "/search.csv", "/search.jsonl", "/search.ris"]
ARTICLES = [
    "/article/{id}",
    "/api/v1/articles/{id}",
    "/api/v1/articles/{id}?include=removed,evidence",
    "/cite.ris/{id}",
    "/cite.bib/{id}",
]
STORIES = ["/story/{id}", "/api/v1/stories/{id}"]
PAIRS = ["/pair/{id}"]

CHANGING = [
    (r"\d{8}T\d{6}Z-[0-9a-f]{6}", "BUILD"),
    (r'"took_ms": ?[\d.e-]+', '"took_ms":0'),
    (r"· [\d.e+-]+ ms", "· 0 ms"),
    (r'"score": ?[\d.]+', '"score":0'),
    (r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", "MOMENT"),
    (r'cursor=[\w.-]+|"next(_cursor)?": ?"[^"]*"', "CURSOR"),
    (r"Build [\d :UTCZ-]+<|<dt>Last build</dt>.*?</div>", ""),
    (r'<li><a class="t"[^\n]*· shares [^\n]*</li>', ""),  # chosen by relevance: `test_similar_articles`
]


@pytest.fixture(scope="module")
def sites(cluster, tmp_path_factory):
    """Two clients, over a folder and over the cluster; both indexed by the command."""
    address = f"{cluster.first}/{cluster.name()}"
    folder = tmp_path_factory.mktemp("pages") / "index"
    for where in (["--index", str(folder)], ["--engine", address]):
        done = CliRunner().invoke(main, ["index", str(CORPUS), "--jobs", "1", *where])
        assert done.exit_code == 0, done.output
    engines = [Place(folder).open(), Place(address=address).open()]
    yield [create_app(engine).test_client() for engine in engines]
    for engine in engines:
        engine.close()
    cluster.wipe()


@pytest.fixture(scope="module")
def ids(sites):
    found = sites[0].get("/api/v1/search?per_page=100&sort=date").get_json()
    return [hit["id"] for hit in found["hits"]]


def answer(site, address):
    """Give status, kind and text of an answer, without what is different from minute to minute."""
    response = site.get(address)
    text = response.get_data(as_text=True)
    for changing, instead in CHANGING:
        text = re.sub(changing, instead, text)
    return response.status_code, response.content_type, text


def same(sites, address):
    folder, cluster = (answer(site, address) for site in sites)
    assert cluster == folder, address
    return folder[0]


@pytest.mark.parametrize("address", PAGES)
def test_pages(sites, address):
    assert same(sites, address) == 200


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("page", LISTS)
def test_lists(sites, page, query):
    for sort in ("date", "-date"):
        same(sites, f"{page}?{query}&sort={sort}")


@pytest.mark.parametrize("page", ARTICLES)
def test_articles(sites, ids, page):
    assert len(ids) > 50
    for one in ids:
        assert same(sites, page.format(id=one)) == 200


@pytest.mark.parametrize("query", ["q=kidal", "q=army", "q=eclipse+OR+election", "q=*&lang=fr"])
def test_relevance(sites, query):
    """The same articles are found, and the first ones are mostly the same."""
    folder, cluster = (
        [hit["id"] for hit in site.get(f"/api/v1/search?{query}&per_page=100").get_json()["hits"]]
        for site in sites
    )
    assert set(folder) == set(cluster)
    assert len(set(folder[:10]) & set(cluster[:10])) >= 0.8 * min(10, len(folder))


@pytest.mark.parametrize("page", STORIES)
def test_stories(sites, ids, page):
    articles = (sites[0].get(f"/api/v1/articles/{one}").get_json() for one in ids)
    stories = {article["story"]["id"] for article in articles if article.get("story")}
    for one in sorted(stories):
        assert same(sites, page.format(id=one)) == 200


@pytest.mark.parametrize("page", PAIRS)
def test_pairs(sites, ids, page):
    asked = [same(sites, page.format(id=one)) for one in ids]
    assert asked.count(200) >= 2
    assert set(asked) == {200, 404}


def similar(site, one):
    found = site.get(f"/api/v1/articles/{one}?include=similar").get_json().get("similar", [])
    return {other["id"] for other in found}


def test_similar_articles(sites, ids):
    """They are chosen by relevance, so most of them are the same."""
    pairs = [(similar(sites[0], one), similar(sites[1], one)) for one in ids[::9]]
    common = sum(len(folder & cluster) for folder, cluster in pairs)
    assert common >= 0.7 * sum(len(folder) for folder, _ in pairs)


@pytest.mark.parametrize(
    "address", ["/article/nobody", "/api/v1/articles/nobody", "/search?q=%22", "/nowhere"]
)
def test_mistakes(sites, address):
    same(sites, address)


def test_every_address_of_the_app_is_asked_for(sites):
    every = (*PAGES, *LISTS, *ARTICLES, *STORIES, *PAIRS)
    asked = [address.replace("{id}", "x").partition("?")[0] for address in every]
    adapter = sites[0].application.url_map.bind("localhost")
    endpoints = {adapter.match(address)[0] for address in asked}
    rules = sites[0].application.url_map.iter_rules()
    known = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    assert known - endpoints == {"api.metrics", "static"}  # these ask no engine

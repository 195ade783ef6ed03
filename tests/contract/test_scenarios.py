"""Runs tests/scenarios/*.toml on every engine. tests/scenarios/README.md says how to add one."""

import tomllib
from pathlib import Path

import pytest
from builders import article

from engine.model import FacetRequest, Filter, SearchRequest
from engine.parser import parse

FOLDER = Path(__file__).parent.parent / "scenarios"
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
SEARCHES = [
    pytest.param(name, search, id=f"{name}: {search['says']}")
    for name, data in FILES.items()
    for search in data["search"]
]
ASKED = {"says", "query", "match", "only", "without", "from", "to", "sort", "group", "limit", "offset"}
ANSWERED = {"finds", "order", "total", "facets", "stories", "copies", "suggests", "marks"}


@pytest.fixture(scope="session")
def opened(make, tmp_path_factory):
    """Give an engine with the articles of a scenario file, made once for all its searches."""
    made = {}

    def give(scenario):
        if scenario not in made:
            made[scenario] = make(tmp_path_factory.mktemp(scenario) / "index")
            with made[scenario].writer(fresh=True) as writer:
                for fields in FILES[scenario]["article"]:
                    writer.put(article(**fields))
        return made[scenario]

    yield give
    for engine in made.values():
        engine.close()


def request_of(search):
    chosen = {**dict.fromkeys(search.get("only", {})), **dict.fromkeys(search.get("without", {}))}
    filters = tuple(
        Filter(
            field,
            tuple(search.get("only", {}).get(field, ())),
            tuple(search.get("without", {}).get(field, ())),
        )
        for field in chosen
    )
    return SearchRequest(
        query=parse(search["query"], search.get("match", "all")).query,
        filters=filters,
        date_from=search.get("from"),
        date_to=search.get("to"),
        sort=search.get("sort", "relevance"),
        group=search.get("group", "none"),
        offset=search.get("offset", 0),
        limit=search.get("limit", 100),
        facets=tuple(FacetRequest(field, 100) for field in search.get("facets", {})),
    )


def answer_of(result, expected):
    """Say the parts of an answer that a scenario speaks of, in its words."""
    found = [hit.article.id for hit in result.hits]
    said = {
        "finds": sorted(found),
        "order": found,
        "total": result.total,
        "facets": {f.field: {v.value: v.count for v in f.values} for f in result.facets},
        "stories": result.total_stories,
        "copies": result.total_copies,
        "suggests": result.suggestion,
        "marks": {
            hit.article.id: [f.text[s:e] for f in (hit.title, *hit.snippets) for s, e in f.hits]
            for hit in result.hits
        },
    }
    return {key: said[key] for key in expected}


@pytest.mark.parametrize(("scenario", "search"), SEARCHES)
def test_scenario(opened, scenario, search):
    expected = {key: search[key] for key in search if key in ANSWERED}
    assert set(search) <= ASKED | ANSWERED, "a key of this search is not known"
    assert expected, "this search expects nothing"
    if "finds" in expected:
        expected = {"total": len(expected["finds"]), **expected, "finds": sorted(expected["finds"])}
    result = opened(scenario).search(request_of(search))
    assert answer_of(result, expected) == expected


def test_there_are_enough_scenarios():
    assert len(SEARCHES) >= 30

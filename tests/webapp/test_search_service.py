from __future__ import annotations

import pytest
from webapp_archive import ARTICLES

from engine.errors import QueryLimitError
from engine.model import FacetRequest, Filter, SearchResult
from engine.parser import Limits
from engine.query import All, Term
from webapp.params import SearchParams
from webapp.search_service import interpret, listed, pages, relax, request_for, run, total

LIMITS = Limits()
SOURCE = next(article.source.value for article in ARTICLES if article.source.value)


def test_parameters_become_a_request():
    params = SearchParams(
        q="kidal",
        page=3,
        per_page=10,
        sort="date",
        facet=("source", "date"),
        filters=(Filter("lang", ("fr",)),),
    ).changed(page=3, from_="2023", to="2024-02")
    request = request_for(params, Term("kidal"))
    assert (request.offset, request.limit, request.sort) == (20, 10, "date")
    assert (request.date_from, request.date_to) == ("2023", "2024-02")
    assert request.filters == (Filter("lang", ("fr",)),)
    assert request.facets == (FacetRequest("source", 10), FacetRequest("month", 1200))


def test_an_empty_query_means_every_article():
    assert interpret(SearchParams(), LIMITS).query == All()


def test_a_broken_query_is_read_literally_and_its_column_kept():
    reading = interpret(SearchParams(q='gao "patrol'), LIMITS)
    assert reading.error.column == 5
    assert reading.warnings[0].endswith("The words were searched literally.")


def test_the_operator_sets_the_limits():
    with pytest.raises(QueryLimitError):
        interpret(SearchParams(q="abcdef"), Limits(characters=5))


def test_a_page_beyond_the_last_is_moved(engine):
    answer = run(engine, SearchParams(q="gao", page=9, per_page=5), LIMITS)
    assert answer.params.page == 4
    assert len(answer.result.hits) == 3
    assert answer.warnings == ("There is no page 9; this is page 4, the last.",)


def test_a_value_that_no_article_has_is_named(engine):
    filters = (Filter("source", ("Nobody", SOURCE)), Filter("lang", ("xx",)))
    answer = run(engine, SearchParams(q="gao", filters=filters), LIMITS)
    assert answer.warnings == (
        "No article at all has “Nobody” as source.",
        "No article at all has “xx” as language.",
    )


def test_a_value_that_only_this_search_does_not_find_is_not_named(engine):
    params = SearchParams(q="zzzzz", filters=(Filter("source", (SOURCE,)),))
    assert run(engine, params, LIMITS).warnings == ()


def test_an_index_without_groups_says_so(engine):
    answer = run(engine, SearchParams(q="gao", group="story"), LIMITS)
    assert answer.warnings == ("This index has no such groups, so every article is listed.",)


def test_nothing_found_has_no_last_page(engine):
    answer = run(engine, SearchParams(q="zzzzz", page=9), LIMITS)
    assert answer.params.page == 9
    assert answer.warnings == ()


@pytest.mark.parametrize(
    ("params", "relaxed"),
    [
        (SearchParams(q="gao zzzzz"), True),
        (SearchParams(q="gao zzzzz", match="all"), False),
        (SearchParams(q="zzzzz"), False),
        (SearchParams(q="gao patrol"), False),
        (SearchParams(q="gao market", filters=(Filter("source", ("Nobody",)),)), False),
        (SearchParams(q="gao zzzzz", filters=(Filter("lang", ("fr",)),)), True),
    ],
)
def test_words_are_dropped_only_when_they_are_what_stands_in_the_way(engine, params, relaxed):
    assert relax(engine, run(engine, params, LIMITS), LIMITS).relaxed is relaxed


def test_totals_need_no_page(engine):
    assert total(engine, SearchParams(q="gao", page=7), LIMITS) == 18


def test_pages_count_what_is_listed():
    result = SearchResult((), 95, total_stories=41, total_copies=60)
    params = SearchParams(per_page=20)
    assert pages(params, result) == 5
    assert listed(params.changed(group="story"), result) == 41
    assert pages(params.changed(group="copies"), result) == 3
    assert listed(params.changed(group="story"), SearchResult((), 95)) == 95

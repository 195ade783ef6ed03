import pytest

from engine.checks import check
from engine.errors import UnknownFieldError
from engine.model import FacetRequest, Filter, SearchRequest
from engine.query import All, And, Fuzzy, Not, Or, Phrase, Prefix, Term, Value


def test_what_is_right_passes():
    leaves = (
        Term("x"),
        Term("x", "source"),
        Phrase("x", "removed"),
        Prefix("x", "title"),
        Fuzzy("x", "author"),
    )
    query = And((Or(leaves), Not(Value("lang", ("fr",))), All()))
    check(SearchRequest(query, filters=(Filter("month", ("2023-11",)),), facets=(FacetRequest("access"),)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Term("x", "colour"), "no field “colour”; the fields are title, body"),
        (Term("x", "lang"), "whole values"),
        (Or((Not(Phrase("x", "month")),)), "whole values"),
        (Value("title", ("x",)), "running text"),
    ],
)
def test_a_wrong_field_is_named(query, said):
    with pytest.raises(UnknownFieldError, match=said):
        check(SearchRequest(query))


@pytest.mark.parametrize("group", ["story", "copies"])
def test_groups_are_selected_but_not_counted(group):
    check(SearchRequest(All(), filters=(Filter(group, ("s1",)),)))
    with pytest.raises(UnknownFieldError, match=group):
        check(SearchRequest(All(), facets=(FacetRequest(group),)))


def test_filters_and_facets_need_whole_values():
    with pytest.raises(UnknownFieldError, match="can not be filtered"):
        check(SearchRequest(All(), filters=(Filter("body", ("x",)),)))
    with pytest.raises(UnknownFieldError, match="“colour”"):
        check(SearchRequest(All(), facets=(FacetRequest("colour"),)))

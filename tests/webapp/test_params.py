from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Filter
from webapp.params import SELECTABLE, ParamError, SearchParams, is_date, read
from webapp.settings import WebSettings


def parsed(query, **settings):
    return read(parse_qs(query, keep_blank_values=True), WebSettings(**settings))


def refused(query):
    with pytest.raises(ParamError) as caught:
        parsed(query)
    return dict(caught.value.errors)


def test_nothing_asked_gives_the_defaults():
    params, warnings = parsed("")
    assert params == SearchParams()
    assert warnings == ()


def test_empty_form_fields_are_absent():
    assert parsed("q=&from=&to=&source=&sort=")[0] == SearchParams()


def test_plain_parameters():
    params, _ = parsed("q=kidal&match=any&page=2&per_page=5&sort=-date&from=2023-11&to=2023-12-01&cursor=abc")
    assert (params.q, params.match, params.page, params.per_page) == ("kidal", "any", 2, 5)
    assert (params.sort, params.from_, params.to, params.cursor) == ("-date", "2023-11", "2023-12-01", "abc")


def test_the_last_of_a_repeated_parameter_counts():
    assert parsed("page=2&page=3")[0].page == 3


def test_facet_selections_with_exclusions():
    params, _ = parsed("source=B&source=A&source=B&-source=C&agency=AFP&-lang=fr")
    assert params.filters == (
        Filter("source", ("B", "A"), ("C",)),
        Filter("agency", ("AFP",)),
        Filter("lang", (), ("fr",)),
    )


def test_a_value_both_wanted_and_unwanted_is_unwanted():
    assert parsed("source=A&-source=A")[0].selection("source") == Filter("source", (), ("A",))


def test_facets_are_a_list_separated_by_commas():
    assert parsed("facet=source,lang&facet=date,source")[0].facet == ("source", "lang", "date")


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("colour=red", "colour", "There is no parameter “colour”"),
        ("colour=", "colour", "There is no parameter “colour”"),
        ("filters=x", "filters", "There is no parameter “filters”"),
        ("from_=2023", "from_", "There is no parameter “from_”"),
        ("-q=x", "-q", "There is no parameter “-q”"),
        ("sort=size", "sort", "sort should be 'relevance', 'date' or '-date'."),
        ("match=most", "match", "match should be 'all' or 'any'."),
        ("page=two", "page", "page should be a valid integer"),
        ("from=yesterday", "from", "must be a date such as 2023"),
        ("to=2023-02-30", "to", "must be a date"),
        ("facet=colour", "facet", "must name facets: source"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_one_sentence(query, name, said):
    errors = refused(query)
    assert said in errors[name]
    assert errors[name].endswith(".")


def test_every_refused_parameter_is_named():
    assert set(refused("sort=size&page=x&colour=red")) == {"sort", "page", "colour"}


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("page=0", "page", 1),
        ("page=-7", "page", 1),
        ("page=1000000000", "page", 500),
        ("per_page=0", "per_page", 1),
        ("per_page=1000", "per_page", 100),
        ("facet_size=99999999999999999999", "facet_size", 1000),
    ],
)
def test_numbers_out_of_range_are_moved_with_a_warning(query, field, value):
    params, warnings = parsed(query)
    assert getattr(params, field) == value
    assert len(warnings) == 1
    assert warnings[0].startswith(f"{field} must be from 1 to ")


def test_reversed_dates_are_noticed():
    assert "later" in parsed("from=2024&to=2023-05")[1][0]
    assert parsed("from=2023-05&to=2023")[1] == ()


@pytest.mark.parametrize("text", ["2023", "2023-11", "2024-02-29", "0001-01-01"])
def test_dates(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["", "23", "2023-13", "2023-00", "2023-11-31", "0000", "2023-1", "２０２３", "2023\n"]
)
def test_no_dates(text):
    assert not is_date(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_is_not(text):
    assert is_date(text) in (True, False)


def test_removing_one_value_keeps_the_rest():
    params, _ = parsed("q=x&page=3&source=A&source=B&-lang=fr")
    assert params.without("source", "A").pairs() == [("q", "x"), ("source", "B"), ("-lang", "fr")]
    assert params.without("lang", "fr").pairs() == [("q", "x"), ("source", "A"), ("source", "B")]
    assert params.unfiltered().pairs() == [("q", "x")]


VALUES = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)


@given(
    st.text(max_size=20),
    st.sampled_from(["relevance", "date", "-date"]),
    st.integers(1, 40),
    st.dictionaries(st.sampled_from(SELECTABLE), VALUES),
)
def test_an_address_says_all_there_is_to_say(q, sort, page, chosen):
    filters = tuple(Filter(name, chosen[name]) for name in SELECTABLE if chosen.get(name))
    params = SearchParams(q=q, sort=sort, page=page, filters=filters)
    args = {}
    for name, value in params.pairs():
        args.setdefault(name, []).append(value)
    assert read(args, WebSettings())[0] == params

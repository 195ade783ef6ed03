from engine.facets import facet, others, passes
from engine.model import FacetRequest, FacetValue, Filter


def test_a_filter_lets_through_any_of_the_included_and_none_of_the_excluded():
    assert passes(["a"], Filter("f"))
    assert passes(["a", "b"], Filter("f", ("b", "c")))
    assert not passes(["a"], Filter("f", ("b", "c")))
    assert not passes(["a", "b"], Filter("f", ("a",), ("b",)))
    assert not passes([], Filter("f", ("a",)))


def test_a_facet_is_counted_under_the_other_filters():
    mine, theirs = Filter("f", ("a",)), Filter("g", ("b",))
    assert others([mine, theirs], "f") == (theirs,)


def test_values_are_ordered_cut_and_the_chosen_kept():
    found = facet(
        FacetRequest("f", 2),
        {"a": 1, "b": 3, "c": 1, "d": 0},
        [Filter("f", ("d",), ("c",)), Filter("g", ("x",))],
    )
    assert found.total == 3
    assert found.values == (
        FacetValue("b", 3),
        FacetValue("a", 1),
        FacetValue("c", 1, excluded=True),
        FacetValue("d", 0, selected=True),
    )

"""A budget is spent before anything is read, and says once what was left out."""

import pytest

from engine.errors import QueryLimitError
from engine.whoosh.limits import Budget, Limits


def test_what_is_left_can_be_spent():
    budget = Budget(Limits(postings=10))
    budget.spend(4)
    budget.spend(6)
    with pytest.raises(QueryLimitError) as refused:
        budget.spend(1)
    assert refused.value.limit == "postings"


def test_a_warning_is_said_once():
    budget = Budget(Limits())
    for _ in range(2):
        budget.warn("Too many words.")
    assert budget.warnings == ["Too many words."]

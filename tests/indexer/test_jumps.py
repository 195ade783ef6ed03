from __future__ import annotations

from typing import Any

import pytest

from indexer.jumps import Jump, jumps


def row(articles: int, source: str = "Sahel Courier", **removed: int) -> dict[str, Any]:
    rows = [{"rule": rule, "label": f"{rule} line", "count": count} for rule, count in removed.items()]
    return {"source": source, "articles": articles, "removed": rows}


def test_a_rule_that_takes_five_times_as_much_jumps():
    assert jumps([row(100, share=10)], [row(100, share=50)]) == (
        Jump("Sahel Courier", "share", "share line", 0.1, 0.5),
    )


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (row(100, share=10), row(100, share=49)),
        (row(100, share=10), row(100)),
        (row(19, share=1), row(19, share=19)),
        (row(100, share=1), row(100, share=9)),
        (row(100, share=10), row(100, source="Amari Post", share=100)),
    ],
    ids=["not enough", "gone", "small source", "few lines", "another source"],
)
def test_what_is_no_jump(before, now):
    assert jumps([before], [now]) == ()


def test_a_rule_that_took_nothing_jumps_when_it_takes_many():
    (jump,) = jumps([row(50)], [row(50, share=12)])
    assert (jump.before, jump.now) == (0.02, 0.24)


def test_added_articles_are_compared_by_themselves():
    (jump,) = jumps([row(10_000, share=500)], [row(10_100, share=600)])
    assert (jump.before, jump.now) == (0.05, 1.0)
    assert jumps([row(10_000, share=500)], [row(10_010, share=520)]) == ()


def test_the_steepest_comes_first():
    before = [row(100, share=10, theme=10), row(100, source="Amari Post")]
    now = [row(100, share=50, theme=80), row(100, source="Amari Post", photo=20)]
    assert [jump.rule for jump in jumps(before, now)] == ["photo", "theme", "share"]


def test_a_first_build_has_no_jumps():
    assert jumps([], [row(100, share=50)]) == ()

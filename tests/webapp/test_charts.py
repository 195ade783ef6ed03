from __future__ import annotations

import pytest
from lxml import etree

from webapp import charts
from webapp.charts import Bucket


def drawn(*buckets):
    return etree.fromstring(str(charts.histogram(buckets, 84, "h")))


def titles(svg):
    return [title.text for title in svg.iter("title")]


def test_every_month_between_the_first_and_the_last():
    assert charts.months({"2023-11": 1, "2024-02": 2, "none": 9, "2025-01": 0}) == [
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    assert charts.years({"2021-11": 1, "2024-02": 2}) == ["2021", "2022", "2023", "2024"]


def test_no_dates_no_axis():
    assert charts.months({}) == charts.years({"none": 3}) == []
    assert charts.histogram((), 84) == ""


def test_bars_are_as_tall_as_their_counts():
    svg = drawn(Bucket("2023-01", 1), Bucket("2023-02", 4))
    heights = [float(r.get("height")) for r in svg.iter("rect") if r.get("class") == "on"]
    assert heights == [19.0, 76.0]
    assert titles(svg) == ["2023-01: 1", "2023-02: 4"]


def test_a_gap_is_hatched_and_a_zero_is_empty():
    svg = drawn(Bucket("2023-01", 0), Bucket("2023-02", 0, gap=True), Bucket("2023-03", 2))
    assert [r.get("fill") for r in svg.iter("rect")].count("url(#h)") == 1
    assert "2023-02: nothing in the archive" in titles(svg)


def test_bars_outside_the_dates_are_grey():
    svg = drawn(Bucket("2023-01", 3, inside=False), Bucket("2023-02", 3))
    assert [r.get("class") for r in svg.iter("rect") if r.get("class")] == ["off", "on"]


def test_links_are_escaped_and_for_pointers_only():
    (link,) = drawn(Bucket("2023-01", 3, '/search?q="><script>&from=2023')).iter("a")
    assert link.get("href") == '/search?q="><script>&from=2023'
    assert link.get("tabindex") == "-1"


@pytest.mark.parametrize("count", [1, 13, 60, 300])
def test_no_label_leaves_the_chart(count):
    names = charts.months({"2001-03": 1, f"{2001 + (2 + count) // 12}-{(2 + count) % 12 + 1:02d}": 1})
    svg = drawn(*(Bucket(name, 1) for name in names))
    places = [float(t.get("x").rstrip("%")) for t in svg.iter("text")]
    assert all(0 <= x <= 100 for x in places)
    assert len(places) <= 14


def test_a_meter_is_as_full_as_it_says():
    assert 'width="40%"' in str(charts.meter(40, "fr"))
    assert 'x="70%"' in str(charts.missing(30, "m"))

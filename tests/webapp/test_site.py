from __future__ import annotations

import pytest

from engine.memory import MemoryEngine
from engine.model import FacetRequest
from webapp import create_app
from webapp.site import Metrics, build_report, index_info_or_none


def test_without_an_index_there_is_nothing_to_describe():
    with create_app(MemoryEngine()).test_request_context():
        assert index_info_or_none() is None


@pytest.mark.parametrize(
    ("text", "report"), [('{"a": 1}', {"a": 1}), ("[1]", {}), ("not json", {}), ("", {})]
)
def test_a_report_is_an_object_or_nothing(text, report):
    engine = MemoryEngine()
    with engine.writer(fresh=True) as writer:
        writer.describe(text)
    with create_app(engine).test_request_context():
        assert build_report() == report


def test_two_apps_count_apart():
    first, second = Metrics.new(), Metrics.new()
    first.requests.labels("p", 200).inc()
    assert first.registry.get_sample_value("dateline_requests_total", {"page": "p", "status": "200"}) == 1
    assert second.registry.get_sample_value("dateline_requests_total", {"page": "p", "status": "200"}) is None


def test_the_state_of_the_index_is_read_once_for_each_request(engine, monkeypatch):
    calls = []
    monkeypatch.setattr(engine, "info", lambda real=engine.info: calls.append(1) or real())
    create_app(engine).test_client().get("/search?q=kidal")
    assert len(calls) == 1


def test_a_page_without_dates_needs_one_search(engine, monkeypatch):
    requests = []
    client = create_app(engine).test_client()
    client.get("/search?q=gao")
    monkeypatch.setattr(engine, "search", lambda r, real=engine.search: requests.append(r) or real(r))
    client.get("/search?q=gao")
    assert len(requests) == 1
    assert FacetRequest("month", 1200) in requests[0].facets

"""Requests made up from the OpenAPI document: whatever they hold, the answer is one it promises."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from webapp_archive import ARTICLES, make_engine

from webapp import create_app

SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", create_app(make_engine(ARTICLES)))
CHECKS = [
    checks.not_a_server_error,
    checks.CHECKS.get_one("status_code_conformance"),
    checks.CHECKS.get_one("content_type_conformance"),
    checks.CHECKS.get_one("response_schema_conformance"),
    checks.CHECKS.get_one("response_headers_conformance"),
]
PLAIN = {"Accept-Encoding": "identity"}  # asked in this process, the answer is not unpacked


@SCHEMA.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case):
    case.call_and_validate(checks=CHECKS, headers=PLAIN)

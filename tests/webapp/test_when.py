from __future__ import annotations

import pytest

from engine.model import Published
from webapp.when import instant, when


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ("undated", "")),
        ("2023", ("2023", "month unknown")),
        ("2023-11", ("2023-11", "day unknown")),
        ("2023-11-14", ("2023-11-14", "Tue")),
        ("2023-11-14T20:31:20Z", ("2023-11-14", "Tue 20:31Z")),
        ("2023-11-14T20:31:20+02:00", ("2023-11-14", "Tue 20:31+0200")),
        ("2023-11-14T20:31", ("2023-11-14", "Tue 20:31")),
        ("2023-11-14 or so", ("2023-11-14", "")),
    ],
)
def test_the_day_first_then_what_more_is_known(value, shown):
    assert when(Published(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2023-11-14T20:31:20Z", "2023-11-14 20:31Z"),
        ("2023-11-14", "2023-11-14"),
        ("2023-11", "2023-11"),
        ("soon", "soon"),
    ],
)
def test_instants(value, shown):
    assert instant(value) == shown

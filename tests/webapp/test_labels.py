from __future__ import annotations

import pytest

from engine.model import Translated
from webapp import labels


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("lang", "fr", "French"),
        ("lang", "xx", "xx"),
        ("lang", "none", "unknown"),
        ("agency", "none", "none found"),
        ("source", "River Courier", "River Courier"),
        ("translated", "probable", "probably"),
        ("translated", "none", "no sign"),
        ("access", "truncated", "truncated or paywalled"),
        ("month", "none", "none"),
    ],
)
def test_values(field, value, shown):
    assert labels.value(field, value) == shown


@pytest.mark.parametrize(
    ("code", "shown"), [("ar", "rtl"), ("fa", "rtl"), ("he", "rtl"), ("ur", "rtl"), ("fr", "ltr")]
)
def test_directions(code, shown):
    assert labels.direction(code) == shown


def test_an_unknown_language_is_left_to_the_browser():
    assert labels.direction(None) == "auto"


def test_only_a_verdict_makes_a_badge():
    assert labels.translation(Translated("none")) == ""
    assert labels.translation(Translated("translated")) == "Translated"
    assert labels.translation(Translated("probable", "fr")) == "Translated from French"


@pytest.mark.parametrize(
    ("raw", "said", "quoted"),
    [
        ("mojibake", "Text decoded twice or wrongly", ""),
        ("date_conflict: 'Friday, November 12'", "Dates that contradict each other", "Friday, November 12"),
        ("new_doubt: 'x'", "New doubt", "x"),
    ],
)
def test_flags_are_said_in_words(raw, said, quoted):
    assert labels.flag(raw) == (said, quoted)

from __future__ import annotations

import pytest

from indexer.documents import Declared, Draft, Page
from indexer.metadata import structure
from indexer.metadata.published import publication

BODY = "The bridge over the river was closed after a storm. It will reopen next week, the mayor said."


def published(text=BODY, **declared):
    found = structure(Draft(Page("a.txt", text, Declared(**declared), "")))
    return publication(found, found.body_span())


def test_nothing_is_claimed_without_a_date():
    claim, flags = published("Storm closes bridge\n\nThe bridge was closed on Tuesday, November 14.")
    assert (claim.value, claim.certainty, claim.evidence, flags) == (None, "unknown", (), ())


def test_a_declared_date_is_declared():
    claim, flags = published(published=" 2023-11-14T21:31:20+01:00 ")
    assert (claim.value, claim.certainty, claim.precision) == ("2023-11-14T20:31:20Z", "declared", "second")
    assert [(e.kind, e.text, e.start) for e in claim.evidence] == [
        ("declared", "2023-11-14T21:31:20+01:00", None)
    ]
    assert flags == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Storm closes bridgeTue, 14 Nov 2023 20:31:20 GMT\n{BODY}", "date glued to the headline"),
        (f"Storm closes bridge\nTue, 14 Nov 2023 20:31:20 GMT\n{BODY}", "date line"),
    ],
)
def test_a_date_beside_the_headline_is_certain(text, kind):
    claim, _ = published(text)
    assert (claim.value, claim.certainty) == ("2023-11-14T20:31:20Z", "certain")
    (evidence,) = claim.evidence
    assert (evidence.kind, evidence.text) == (kind, text[evidence.start : evidence.end])


def test_a_full_date_in_the_dateline_is_certain():
    claim, _ = published(f"PARIS, Nov 14, 2023 (AFP) - {BODY}")
    assert (claim.value, claim.certainty, claim.precision) == ("2023-11-14", "certain", "day")


def test_the_day_in_an_address_is_probable():
    claim, _ = published(url="https://example.org/world/2023/11/14/bridge.html")
    assert (claim.value, claim.certainty, claim.precision) == ("2023-11-14", "probable", "day")
    assert published(url="https://example.org/world/2023/bridge.html")[0].value is None
    assert published(url="https://example.org/2023/19/44/bridge")[0].value is None


def test_the_day_of_the_event_is_inferred_from_weekday_and_year():
    text = f"It closed on Tuesday, November 14. {BODY} It was built in 2021. Tuesday, November 14, was wet."
    claim, _ = published(text)
    assert (claim.value, claim.certainty, claim.precision) == ("2023-11-14", "inferred", "day")
    assert [(e.kind, e.text) for e in claim.evidence] == [("event date", "Tuesday, November 14")] * 2


def test_a_day_mentioned_far_down_is_not_the_event():
    text = BODY * 20 + " In 2021, nobody knew. The next meeting is on Tuesday, November 14."
    assert published(text)[0].value is None


def test_what_is_declared_comes_before_what_is_read():
    text = f"Storm closes bridge\n14 November 2023\n{BODY}"
    claim, flags = published(text, published="2023-11-15", url="https://example.org/2023/11/15/x")
    assert (claim.value, claim.certainty) == ("2023-11-15", "declared")
    assert flags == ()


def test_dates_further_apart_are_a_conflict():
    text = f"Storm closes bridge\n14 November 2023\n{BODY}"
    claim, flags = published(text, published="2023-11-20T08:00:00Z")
    assert claim.value == "2023-11-20T08:00:00Z"
    assert flags == ("date_conflict: '14 November 2023'",)


def test_a_declared_month_does_not_contradict_a_day():
    assert published(f"Storm closes bridge\n14 November 2023\n{BODY}", published="2023")[1] == ()


def test_a_wrong_weekday_is_flagged_once_and_not_corrected():
    text = f"{BODY} By Sunday, August 12, it was open. Sunday, August 12, was dry."
    claim, flags = published(text, published="2023-11-14")
    assert claim.value == "2023-11-14"
    assert flags == ("date_conflict: 'Sunday, August 12'",)


@pytest.mark.parametrize(
    ("said", "flag", "value"),
    [
        ("03/04/2023", "date_ambiguous: '03/04/2023'", "2023-04-03"),
        ("2023-02-30", "date_implausible: '2023-02-30'", None),
        ("last week", "date_unreadable: 'last week'", None),
    ],
)
def test_doubts_about_a_declared_date_are_flagged(said, flag, value):
    claim, flags = published(published=said)
    assert (claim.value, flags) == (value, (flag,))


def test_an_unreadable_declared_date_leaves_the_text_to_tell():
    claim, _ = published(f"Storm closes bridge\n14 November 2023\n{BODY}", published="some day")
    assert (claim.value, claim.certainty) == ("2023-11-14", "certain")


def test_flags_quote_at_most_a_line():
    assert len(published(published="x" * 10_000)[1][0]) < 120

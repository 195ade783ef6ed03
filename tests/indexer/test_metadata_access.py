from __future__ import annotations

import pytest

from indexer.documents import Declared, Draft, Finding, Page
from indexer.metadata.access import access_of

BODY = "The bridge over the river was closed on Tuesday after a storm."


def access(text=BODY, findings=(), words=100, **declared):
    draft = Draft(Page("a.txt", text, Declared(**declared), ""), findings=findings)
    return access_of(draft, draft.body_span(), words)


def test_a_whole_text_is_not_truncated():
    found = access()
    assert (found.truncated, found.percent_left, found.reasons) == (False, None, ())


@pytest.mark.parametrize(
    ("value", "percent"), [("55", 55), ("57.09%", 57), ("57,6", 58), ("555", None), ("some", None)]
)
def test_a_paywall_notice_says_how_much_is_left(value, percent):
    notice = "55 % is left to read"
    text = f"{BODY}\n{notice}"
    finding = Finding("paywall", "percent_left", value, len(BODY) + 1, len(text))
    found = access(text, (finding,))
    assert (found.truncated, found.percent_left) == (True, percent)
    assert [(e.kind, e.text) for e in found.reasons] == [("paywall", notice)]


def test_a_notice_without_a_number_is_enough():
    found = access(findings=(Finding("paywall", "truncated", "", 0, 10),))
    assert (found.truncated, found.percent_left) == (True, None)


@pytest.mark.parametrize(
    ("ending", "mark"),
    [
        ("It will reopen when the river… [+1234 chars]", "… [+1234 chars]"),
        ("It will reopen when [+12 characters]", "[+12 characters]"),
        ("It will reopen when the river […]", "[…]"),
        ("It will reopen when the river [...]", "[...]"),
        ("It will reopen when the river has fallen below the…", "…"),
        ("It will reopen when the river has fallen below the ...", "..."),
    ],
)
def test_a_cut_mark_at_the_end_is_quoted(ending, mark):
    text = f"{BODY}\n{ending}\n"
    found = access(text)
    assert found.truncated
    (reason,) = found.reasons
    assert (reason.kind, reason.text) == ("cut mark", mark)
    assert text[reason.start : reason.end] == mark


@pytest.mark.parametrize(
    "ending",
    ["Loading…", "He saw boats, bridges, islands, houses, people, etc...", "“And then…”", "He […] left."],
)
def test_other_ellipses_are_style(ending):
    assert not access(f"{BODY}\n{ending}").truncated


@pytest.mark.parametrize(
    ("text", "words", "word_count", "truncated"),
    [
        (BODY, 100, None, False),
        (BODY, 100, 110, False),
        (BODY, 100, 900, True),
        ("The bridge over the river was", 100, None, True),
        ("“Closed!”", 100, None, False),
    ],
)
def test_an_article_that_is_not_free_is_cut_only_when_its_text_is(text, words, word_count, truncated):
    found = access(text, words=words, free=False, word_count=word_count)
    assert found.truncated is truncated
    told = [("word count", f"{words} of {word_count} declared words")] if word_count == 900 else []
    assert [(e.kind, e.text) for e in found.reasons] == [*told, ("declared", "not free")]


def test_a_free_text_may_end_anyhow():
    assert access("The bridge over the river was", word_count=900, free=True).reasons == ()


def test_an_empty_text_is_no_trouble():
    assert access("", words=0).truncated is False


def test_a_short_post_may_end_with_an_ellipsis():
    post = "Nobody knows yet when the old bridge over the river will open again…"
    assert not access(post, words=13).truncated
    assert access(f"{BODY} {post}", words=60).truncated


@pytest.mark.parametrize(
    ("words", "word_count", "free", "truncated"),
    [
        (100, 900, None, True),
        (100, 200, None, False),
        (50, 140, None, False),
        (100, 900, True, False),
        (100, 200, False, True),
        (100, None, None, False),
    ],
)
def test_far_fewer_words_than_declared_is_a_reason(words, word_count, free, truncated):
    found = access(words=words, word_count=word_count, free=free)
    assert found.truncated is truncated
    assert any(reason.kind == "word count" for reason in found.reasons) is truncated


def test_decimals_are_rounded():
    finding = Finding("paywall", "percent_left", "51.76", 0, 10)
    assert access(findings=(finding,)).percent_left == 52

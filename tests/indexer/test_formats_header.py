from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import Declared
from indexer.formats.header import split

HEADER = """\
Title: Ferry returns
Date: 4 March 2024
Source: Harbour Post
Author: Ida Berg; Jon Lund
URL: https://harbour.example/1
Language: en
Section: Local
Agency: Northwire

"""


def test_a_block_of_known_keys_is_a_header():
    assert split(HEADER + "The ferry is back.\n") == (
        Declared(
            title="Ferry returns",
            published="4 March 2024",
            source="Harbour Post",
            authors=("Ida Berg", "Jon Lund"),
            url="https://harbour.example/1",
            language="en",
            section="Local",
            agency="Northwire",
        ),
        "The ferry is back.\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The ferry is back.\n\nIt sailed at noon.",
        "Title: Ferry returns\nThe ferry is back.\n\nIt sailed.",
        "Warning: the bridge is closed.\n\nIt reopens soon.",
        "Kidal: a town and its past\n\nIt stands in the desert.",
        "Text: this would hide the article\n\nIt must stay.",
        "Title:no space, so perhaps a sentence\n\nIt stays.",
        "\nTitle: after a blank line\n\nIt stays.",
        "https://harbour.example/1\n\nA link, not a key.",
        "",
        "---\nno end of the block\n",
        "--- a dash\n---\n",
    ],
)
def test_anything_else_is_the_article(text):
    assert split(text) == (Declared(), text)


def test_a_header_with_nothing_behind_it():
    assert split("Title: Ferry returns") == (Declared(title="Ferry returns"), "")


def test_front_matter():
    text = """\
---
title: "Ferry: the return"
date: 2024-03-04
authors:
  - Ida Berg
  - 'Jon Lund'
layout: post
draft: false
---

The ferry is back.
"""
    about, body = split(text)
    expected = Declared(title="Ferry: the return", published="2024-03-04", authors=("Ida Berg", "Jon Lund"))
    assert (about, body) == (expected, "The ferry is back.\n")


def test_empty_front_matter():
    assert split("---\n---\nBody.") == (Declared(), "Body.")


def test_an_endless_header_is_the_article():
    text = "Title: x\n" * 10_000
    assert split(text) == (Declared(), text)


@given(st.text(alphabet="Title: -\nab#"))
def test_the_text_behind_a_header_is_never_altered(text):
    assert text.endswith(split(text)[1])

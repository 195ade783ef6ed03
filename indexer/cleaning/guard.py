"""The prose guard: open-ended rules must not take sentences written *about* paywalls or newsletters."""

from __future__ import annotations

import re

from indexer.cleaning.lexicon import NARRATIVE

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[“”„«»\"]")
_LABELLED = re.compile(r"[\w ]{2,24}:\s([^\W\d_])")
_STOPS = (".", "!", "?")


def reads_as_prose(line: str) -> bool:
    """Tell whether a line looks written by an author rather than put there by a site.

    It does when it narrates (a reporting verb, a past tense, a third person), quotes somebody, or goes on
    in lower case after a label and ends with a stop.
    """
    return bool(_QUOTED.search(line)) or _narrates(line) or _continues_its_label(line)


def _narrates(line: str) -> bool:
    return not NARRATIVE.isdisjoint(_WORD.findall(line.casefold()))


def _continues_its_label(line: str) -> bool:
    label = _LABELLED.match(line)
    return bool(label and label[1].islower() and line.endswith(_STOPS))

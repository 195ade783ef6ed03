"""The prose guard: open-ended rules must not take sentences written *about* paywalls or newsletters."""

from __future__ import annotations

import re

from indexer.cleaning.lexicon import NARRATIVE

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[“”„«»\"]")
_LABELLED = re.compile(r"[\w '’]{2,30}\s?[:：]\s?[“„«\"‘']?([^\W\d_]+)")
_STOPS = (".", "!", ";", ",", "。", "؟", "؛", "،")


def reads_as_prose(line: str) -> bool:
    """Tell whether a line looks written by an author rather than put there by a site.

    It does when it narrates (a reporting verb, a past tense, a third person), quotes somebody, or goes on
    in lower case after a label. A headline behind a label (`Read more: “We won”`) may do all of this but
    begin with a small letter or a verb, for it is the site that points there.
    """
    label = _LABELLED.match(line)
    if label is None:
        return bool(_QUOTED.search(line)) or _narrates(line)
    if _narrates(line[: label.start(1)]) or _goes_on(line[label.start(1) :], label[1]):
        return True
    return line.endswith(_STOPS) and (bool(_QUOTED.search(line)) or _narrates(line))


def _narrates(line: str) -> bool:
    return not NARRATIVE.isdisjoint(_WORD.findall(line.casefold()))


def _goes_on(rest: str, word: str) -> bool:
    """Tell whether a sentence, not a headline, begins with `word` (in scripts without capitals: a verb)."""
    return " " in rest and (word[0].islower() or (not word[0].isupper() and word in NARRATIVE))

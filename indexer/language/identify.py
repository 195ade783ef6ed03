"""The language of a text: its script, then langdetect's n-gram profiles summed exactly.

Deterministic: no sampling, no seed, and whole-number sums. A text that is too short, in a script we
can not read, between two languages, or in a language none of the profiles describes gets None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.language import scripts
from indexer.language.profiles import UNIT, Profiles, profiles

READ = 2000
"""Characters read. 600 already give every document of the benchmark right; the rest is for odd openings."""

OVERLAP = 4
"""A letter stands in about four n-grams that are counted as if they were independent, so evidence is
divided by this; the confidence then is the share of right answers (see benchmarks/language.py)."""

DECIDED = 0.4
"""Below this the best language is not named."""

ABSENT = 0.05
"""What a collection prior adds to every share: a language it does not list stays possible."""

STRANGE = 0.55
"""How much worse (log-probability per n-gram) a text may fit its best profile than that profile's own
texts. Hausa or Yoruba resemble some profile more than others, but none of them well."""
STRANGE_IN = {"sw": 0.85}
"""Swahili's profile comes from many near-identical stubs, and its news fits it badly."""
ENOUGH_TO_JUDGE = 600
"""N-grams, about 150 letters, before a bad fit says anything."""
JUDGED_SCRIPTS = ("Latin", "Cyrillic")

SHORT = 400
"""Characters below which names are counted half: a headline may be all names, and they have no language."""

_LATIN_LETTERS = re.compile("[A-Za-z]+")
_NAME = re.compile(r"(?<=[a-z] )[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Identification:
    """A language (ISO 639-1) or None, and how sure: the probability that the best language is right."""

    language: str | None
    confidence: float


UNDECIDED = Identification(None, 0.0)


def identify(text: str, prior: Mapping[str, float] | None = None) -> Identification:
    """Name the language of `text`.

    Args:
        text: any text; its first 2000 characters are read.
        prior: how often each language (ISO 639-1) occurs in the collection, as counts or shares.

    """
    head = text[:READ]
    script, letters = scripts.of(head)
    if letters < script.fewest or script is scripts.UNKNOWN:
        return UNDECIDED
    if len(script.languages) == 1:
        return Identification(script.languages[0], 1.0)
    return _by_profiles(head, script, prior or {})


def _by_profiles(text: str, script: scripts.Script, prior: Mapping[str, float]) -> Identification:
    known = profiles()
    if script is not scripts.LATIN:
        text = _LATIN_LETTERS.sub(" ", text)
    elif text.isupper():
        text = text.lower()  # the profiles leave words in capitals out
    sums, grams = _score(known, text)
    if not grams:
        return UNDECIDED
    candidates = _candidates(known, script)
    evidence = sums[candidates] / OVERLAP
    names = [_iso(known.languages[i]) for i in candidates]
    chances = _chances(evidence + _log_prior(names, prior))
    best = int(chances.argmax())
    confidence = round(float(chances[[name == names[best] for name in names]].sum()), 4)
    fit = sums[candidates[best]] / grams - known.typical[candidates[best]]
    if confidence < DECIDED or _strange(names[best], script, grams, float(fit)):
        return Identification(None, confidence)
    return Identification(names[best], confidence)


def _score(known: Profiles, text: str) -> tuple[NDArray[np.float64], int]:
    sums, grams = known.score(text)
    if len(text) >= SHORT:
        return sums / UNIT, grams
    without, fewer = known.score(_NAME.sub("", text))
    return (sums + without) / (2 * UNIT), (grams + fewer) // 2


def _candidates(known: Profiles, script: scripts.Script) -> list[int]:
    """Columns of the languages written in `script`; Latin is what no other script claims."""
    elsewhere = {code for other in scripts.SCRIPTS for code in other.languages}
    if script.languages:
        return [i for i, code in enumerate(known.languages) if code in script.languages]
    return [i for i, code in enumerate(known.languages) if code not in elsewhere]


def _iso(code: str) -> str:
    return code.partition("-")[0]


def _log_prior(names: list[str], prior: Mapping[str, float]) -> NDArray[np.float64]:
    total = sum(prior.values())
    if total <= 0:
        return np.zeros(len(names))
    shares = np.array([max(prior.get(name, 0.0), 0.0) / total for name in names])
    return np.asarray(np.log(shares + ABSENT), dtype=np.float64)


def _chances(evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.exp(evidence - evidence.max())
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _strange(name: str, script: scripts.Script, grams: int, fit: float) -> bool:
    if script.name not in JUDGED_SCRIPTS or grams < ENOUGH_TO_JUDGE:
        return False
    return fit < -STRANGE_IN.get(name, STRANGE)

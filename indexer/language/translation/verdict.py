"""From evidence to a verdict: weights are added, ceilings hold.

    at least +3         translated
    0 to +3             probable
    less                none, or unknown when the text is too short to show anything

The weights are log-odds proposed from how often each kind of evidence was seen in originals and in
translations. Evidence of one family counts once, and a verdict that rests on one family never goes
beyond the ceiling of that family.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from engine.model import Evidence, Translated, Verdict
from indexer.documents import Draft
from indexer.language.translation import marks, residue, style
from indexer.language.translation.evidence import Ceiling, Reading, Weighted, Witness

TRANSLATED = 3.0
PROBABLE = 0.0
LONG_ENOUGH = 150
"""Words in which a translation would have shown something."""
FAMILIES = 3
"""Families of one ceiling below "translated" that are counted; more of them add nothing."""
SHOWN = 3
"""Quotations per kind of evidence."""

WITNESSES: tuple[Witness, ...] = (marks.witness, residue.witness, style.witness)

_VERDICTS: dict[str, Verdict] = {name: name for name in get_args(Verdict)}
_RANK: dict[Ceiling, int] = {"none": 0, "probable": 1, "translated": 2}
_UNSPACED = ("zh", "ja", "th")


@dataclass(frozen=True, slots=True)
class TranslationSettings:
    """`prior`: log-odds that any article of the collection is a translation, before reading it."""

    prior: float = -2.0


DEFAULT = TranslationSettings()


def judge(
    draft: Draft, start: int, end: int, language: str | None, settings: TranslationSettings = DEFAULT
) -> Translated:
    """Say whether `raw[start:end]` is a translation into `language`, and quote why.

    Args:
        draft: the cleaned document.
        start: where the body begins in the raw text.
        end: where it ends.
        language: what language the body is in (ISO 639-1); None if not known.
        settings: of the collection.

    """
    reading = Reading.of(draft, start, end, language)
    evidence = [item for witness in WITNESSES for item in witness(reading)]
    return fuse(evidence, readable=_readable(reading), settings=settings)


def fuse(
    evidence: Sequence[Weighted], *, readable: bool, settings: TranslationSettings = DEFAULT
) -> Translated:
    """Weigh the evidence.

    `readable` says that the text is long enough, and its language known, for missing evidence to mean
    something.
    """
    signs = [item for item in evidence if item.weight > 0]
    verdict = _verdict(evidence, signs, settings.prior)
    if verdict is None:
        return Translated("none" if readable else "unknown", evidence=_shown(signs))
    return Translated(verdict, _source(signs), _shown(evidence))


def _readable(reading: Reading) -> bool:
    words = len(reading.body) // 2 if reading.language in _UNSPACED else len(reading.body.split())
    return reading.language is not None and words >= LONG_ENOUGH


def _verdict(evidence: Sequence[Weighted], signs: Sequence[Weighted], prior: float) -> Verdict | None:
    strongest = _by_family(signs)
    hard = [item for item in strongest if item.ceiling != "none"]
    if not hard:
        return None
    against = sum(item.weight for item in evidence if item.weight < 0)
    score = prior + against + _total(strongest)
    ceiling = hard[0].ceiling if len(hard) == 1 else "translated"
    if score < PROBABLE:
        return None
    return "translated" if score >= TRANSLATED and ceiling == "translated" else "probable"


def _by_family(signs: Iterable[Weighted]) -> list[Weighted]:
    best: dict[str, Weighted] = {}
    for item in signs:
        other = best.get(item.family)
        if other is None or (_RANK[item.ceiling], item.weight) > (_RANK[other.ceiling], other.weight):
            best[item.family] = item
    return list(best.values())


def _total(strongest: Iterable[Weighted]) -> float:
    """Add the weights, counting at most three families of each ceiling below "translated"."""
    weights: dict[Ceiling, list[float]] = defaultdict(list)
    for item in strongest:
        weights[item.ceiling].append(item.weight)
    return sum(
        sum(sorted(given, reverse=True)[: None if ceiling == "translated" else FAMILIES])
        for ceiling, given in weights.items()
    )


def _source(signs: Iterable[Weighted]) -> str | None:
    """The language most of the weight speaks for; None when two languages are level."""
    votes: dict[str, float] = defaultdict(float)
    for item in _by_family(item for item in signs if item.language):
        votes[item.language or ""] += item.weight
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _shown(items: Iterable[Weighted]) -> tuple[Evidence, ...]:
    """The first few quotations of each kind, in reading order; what stands outside the text comes first."""
    kept: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in sorted({item.evidence for item in items}, key=_place):
        if len(kept[evidence.kind]) < SHOWN:
            kept[evidence.kind].append(evidence)
    return tuple(sorted((e for group in kept.values() for e in group), key=_place))


def _place(evidence: Evidence) -> tuple[int, int, str, str]:
    start = -1 if evidence.start is None else evidence.start
    return start, evidence.end or -1, evidence.kind, evidence.text


# --- the original, found elsewhere in the archive --------------------------------------------

PAIRED = ("original found", "translation pair", "aligned anchor", "text alone")
"""Kinds of evidence that come from another article; the last says what the text alone was judged to be."""


def with_pair(
    translated: Translated,
    evidence: Sequence[Evidence],
    original_id: str | None,
    from_language: str | None,
) -> Translated:
    """Add what the search for originals found (`pairing.evidence`).

    An original that was found makes a text a translation whatever else there is: its weight passes every
    threshold. A pair of unknown direction is shown and changes no verdict.
    """
    own = without_pair(translated)
    alone = Evidence("text alone", " ".join(filter(None, (own.verdict, own.from_language))))
    every = tuple(sorted((alone, *evidence, *own.evidence), key=_place))
    if not any(item.kind == PAIRED[0] for item in evidence):
        return replace(own, evidence=every)
    return Translated("translated", from_language or own.from_language, every, original_id)


def without_pair(translated: Translated) -> Translated:
    """Return what the text alone was judged to be: the opposite of `with_pair`."""
    alone = next((item for item in translated.evidence if item.kind == PAIRED[-1]), None)
    if alone is None:
        return translated
    verdict, _, language = alone.text.partition(" ")
    own = tuple(item for item in translated.evidence if item.kind not in PAIRED)
    return Translated(_VERDICTS[verdict], language or None, own)

"""Undoing wrong decodings: `fÃ¼r` is `für`, read as Windows-1252 after it was written as UTF-8.

Only what can be nothing else is touched: letters that are bad by ftfy's account, are UTF-8 when written
back, and give letters or marks that news is written with. Quotation marks that are right stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftfy import bad_codecs
from ftfy.badness import is_bad

from engine.model import Edit
from indexer.cleaning.spacing import edit

LABEL = "mojibake"

_AFTER = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_RUN = re.compile(f"(?:[Â-ß]{_AFTER}|[à-ï]{_AFTER}{{2}}|[ð-ô]{_AFTER}{{3}})+")
"""What letters outside ASCII become: the first byte of their UTF-8, then one to three others."""

_SUSPECT = re.compile(r"[\x91-\x97Â-ô]")
"""A quick look whether there is any; most English texts have none."""

_LOST_QUOTES = re.compile(r"[\x91-\x94\x96\x97]")
"""Windows-1252 quotes and dashes read as Latin-1; these code points mean nothing else."""

_WRITTEN = re.compile(
    r"[\u00a0-\u017f\u0192\u0218-\u021b\u0386-\u03ce\u0400-\u0491\u05d0-\u05ea\u060c-\u06ff\u0900-\u097f"
    r"\u0e00-\u0e7f\u1e00-\u1eff\u2010-\u203a\u20ac\u2116\u2122\u2190-\u2193\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff00-\uff65]+"
)
_MAX_RUN = 4000
_MARKS = frozenset("“”‘’„‚‹›–—…•")
_OPENING = {"”": "“„", "’": "‘‚", "›": "‹"}

_ENOUGH = 3
"""So many runs that are bad by themselves make others believable (`Å¡` alone could be anything)."""

bad_codecs.ok()


def mojibake(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield a repair for every run of wrongly decoded letters in `text[start:end]`."""
    if not _SUSPECT.search(text, start, end):
        return
    yield from _runs(text, start, end)
    for mark in _LOST_QUOTES.finditer(text, start, end):
        yield edit(text, mark.start(), mark.end(), mark[0].encode("latin-1").decode("cp1252"), LABEL)


def _runs(text: str, start: int, end: int) -> Iterator[Edit]:
    runs = [run for run in _RUN.finditer(text, start, end) if len(run[0]) <= _MAX_RUN]
    bad = [run for run in runs if is_bad(run[0]) and not _is_typography(text, run)]
    for run in runs if len(bad) >= _ENOUGH else bad:
        if mended := _mended(run[0]):
            yield edit(text, run.start(), run.end(), mended, LABEL)


def _mended(run: str) -> str | None:
    """Return what the run was before it was decoded wrongly, if news is written with that."""
    try:
        mended = run.encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return None
    return mended if _WRITTEN.fullmatch(mended) else None


def _is_typography(text: str, run: re.Match[str]) -> bool:
    """Tell a letter before right marks (`café”…`), or the end of a quoted word in capitals (`“AMANHÃ”`)."""
    letter, marks = run[0][0], run[0][1:]
    if not _MARKS.issuperset(marks):
        return False
    if len(marks) > 1 or letter.islower():
        return True
    before = text[max(0, run.start() - 400) : run.start()]
    return any(mark in _OPENING and _is_open(before, mark) for mark in marks)


def _is_open(before: str, closing: str) -> bool:
    return max(before.rfind(opening) for opening in _OPENING[closing]) > before.rfind(closing)

"""Finding the lines of an extract again among the blocks of the page they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

COVERED = 0.6
"""Share of a block's word triples that the extract must hold."""

ENOUGH = 20
"""Characters a block needs to be looked for inside the lines of the extract: "Share" may be anywhere."""

_WORDS = re.compile(r"\w+")


def kept(blocks: Sequence[str], lines: Sequence[str]) -> list[bool]:
    """Tell for each block of a page whether it is in the extract.

    Blocks that equal a line are matched in order first; between two such anchors, a block is kept when the
    lines of the extract between the same anchors cover it. What the extract holds in another order than the
    page is looked for last, among the blocks that are left.
    """
    page = [normal(block) for block in blocks]
    extract = [normal(line) for line in lines]
    result = [False] * len(page)
    astray: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, page, extract).get_opcodes():
        if tag == "equal":
            result[i1:i2] = [bool(text) for text in page[i1:i2]]
        elif tag == "replace":
            result[i1:i2] = _covered(page[i1:i2], extract[j1:j2])
        if tag == "insert" or (tag == "replace" and not any(result[i1:i2])):
            astray += extract[j1:j2]
    elsewhere = _covered(page, [line for line in astray if len(line) >= ENOUGH])
    return [here or there for here, there in zip(result, elsewhere, strict=True)]


def normal(text: str) -> str:
    """Return the words of a text only, so that spacing, bullets and quotes do not matter."""
    return " ".join(_WORDS.findall(text.casefold()))


def likeness(first: str, second: str) -> float:
    """Return the share of words two texts have in common (Jaccard)."""
    a, b = set(normal(first).split()), set(normal(second).split())
    return len(a & b) / len(a | b) if a and b else 0.0


def _covered(blocks: Sequence[str], lines: Sequence[str]) -> list[bool]:
    if not lines:
        return [False] * len(blocks)
    whole = f" {' '.join(lines)} "
    triples, known = _triples(whole), set(lines)
    return [block in known or _is_covered(block, whole, triples) for block in blocks]


def _is_covered(block: str, whole: str, triples: set[tuple[str, ...]]) -> bool:
    if len(block) < ENOUGH:
        return False
    own = _triples(block)
    if not own:  # one or two very long words: scripts written without spaces
        return f" {block} " in whole
    return len(own & triples) >= COVERED * len(own)


def _triples(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(words, words[1:], words[2:], strict=False))

"""Which blocks of a page are the article: three extractors vote.

The precise one decides. A cheap witness that finds much more shows that it may have lost the body, or a
paragraph; only then are the others asked, and what two of them agree on is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from indexer.formats import html_extractors as extractors
from indexer.formats.html_align import kept, normal
from indexer.formats.html_blocks import Visible

Votes = list[bool]
"""For each block of a page, whether it is the article's."""

MAX_PAGE = 3_000_000
MAX_TAGS = 50_000
MAX_BLOCKS = 10_000
"""Characters and blocks beyond which a page is kept whole; tags beyond which only the witness is asked."""

MAX_SECOND_LOOK = 1_000_000
"""Characters beyond which no second extractor is asked."""

LOST = 0.65
"""A body shorter than this share of what the witness saw may have been lost ..."""

SHORT = 0.6
"""... and is, when it is shorter than this share of another one, ..."""

AGREED = 0.7
"""... with which a third one shares so much."""

COMPLETE = 0.93
"""A body of this share of what the witness saw lacks no paragraph."""

FEW = 200
"""Letters below which a body says too little to be compared."""

PARAGRAPH = 100
"""Letters of a paragraph that can not be a caption or a teaser."""

_SENTENCE_END = re.compile(r"[.!?…。！？۔।][\s\"'”’»)\]」』]*\Z")


def article_blocks(page: Visible) -> Votes:
    """Tell for each block of a page whether it is the article's; for none when nothing can be said."""
    markup = page.tidy
    if markup is None or len(page.blocks) > MAX_BLOCKS or len(markup) > MAX_PAGE:
        return [False] * len(page.blocks)
    views = _Views([block.text for block in page.blocks], markup)
    if markup.count("<") > MAX_TAGS:
        return views.witness
    if len(markup) > MAX_SECOND_LOOK:
        return views.precise
    return _completed(views, _chosen(views))


class _Views:
    """What each extractor takes for the article; each is asked at most once, when its view is needed."""

    def __init__(self, texts: list[str], markup: str) -> None:
        self.texts = texts
        self._markup = markup
        self._sizes = [len(normal(text)) for text in texts]

    @cached_property
    def precise(self) -> Votes:
        return kept(self.texts, extractors.precise(self._markup))

    @cached_property
    def generous(self) -> Votes:
        return kept(self.texts, extractors.generous(self._markup))

    @cached_property
    def rescue(self) -> Votes:
        return kept(self.texts, extractors.rescue(self._markup))

    @cached_property
    def witness(self) -> Votes:
        return kept(self.texts, extractors.witness(self._markup))

    def size(self, *votes: Votes) -> int:
        """Count the letters of the blocks that all of `votes` hold."""
        return sum(size for size, *held in zip(self._sizes, *votes, strict=True) if all(held))

    def is_paragraph(self, i: int) -> bool:
        """Whether a block is written prose."""
        return self._sizes[i] >= PARAGRAPH and bool(_SENTENCE_END.search(self.texts[i]))


def _chosen(views: _Views) -> Votes:
    """Take the precise view, unless it has lost the body and two others agree on a longer one."""
    found = views.size(views.precise)
    if found >= max(LOST * views.size(views.witness), FEW):
        return views.precise
    pairs = ((views.rescue, views.witness), (views.generous, views.rescue), (views.generous, views.witness))
    for longer, other in pairs:
        length = views.size(longer)
        agreed = views.size(longer, other)
        if found < SHORT * length and agreed >= max(AGREED * min(length, views.size(other)), FEW):
            return longer
    return views.precise


def _completed(views: _Views, body: Votes) -> Votes:
    """Add the paragraphs in and around the body that witness and rescue agree on."""
    if views.size(body) >= COMPLETE * views.size(views.witness):
        return body
    missing = [i for i in _neighbourhood(body, views.witness) if not body[i] and views.is_paragraph(i)]
    added = {i for i in missing if views.rescue[i]}
    return [held or i in added for i, held in enumerate(body)]


def _neighbourhood(body: Votes, witness: Votes) -> Sequence[int]:
    """Return the blocks the witness saw, from the last one before the body to the first one after it."""
    seen = [i for i, held in enumerate(witness) if held]
    shared = [place for place, i in enumerate(seen) if body[i]]
    return seen[max(shared[0] - 1, 0) : shared[-1] + 2] if shared else []

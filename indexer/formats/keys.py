"""What records, headers and sidecars call our fields.

news-please, Fundus, trafilatura, NewsAPI, GDELT, WordPress, schema.org and plain spreadsheets agree on
what an article has and on nothing else. Each row lists the names of one field, best first, with case,
`_`, `-` and spaces left out. `[fields]` in `dateline.toml` adds any other name.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES = {
    "text": "text maintext articlebody plaintext cleanedtext fulltext bodytext articletext storytext body"
    " content article",
    "html": "html rawhtml pagehtml htmlcontent bodyhtml contenthtml",
    "title": "title headline titlepage webtitle name",
    "url": "url link canonicalurl canonical weburl articleurl sourceurl permalink respondedurl uri",
    "source": "source outlet publisher publication newspaper medianame sitename ogsitename site website"
    " sourcename sourcehostname hostname sourcedomain domain",
    "agency": "agency newsagency wire wireservice",
    "published": "published publishedat publisheddate publishdate publishingdate publicationdate"
    " datepublished datepublish dategmt pubdate webpublicationdate firstpublished date datetime timestamp"
    " seendate createdat",
    "authors": "authors author byline bylines creator dccreator writer",
    "language": "language lang inlanguage languagecode",
    "section": "section articlesection sectionname category categories rubric",
    "place": "place datelineplace dateline",
    "free": "isaccessibleforfree freeaccess isfree",
    "word_count": "wordcount",
}

KEYS: dict[str, tuple[str, ...]] = {ours: tuple(names.split()) for ours, names in _NAMES.items()}
"""Our name of a field -> the names others use, normalised, best first."""

BODY = ("text", "html")
"""The fields that hold the article itself; all others are about it."""

_FIELDS = {name: ours for ours, names in KEYS.items() for name in names}
_IGNORED = re.compile(r"[\s_-]+")


@lru_cache(1024)
def normal(key: str) -> str:
    """Return a key without case, `_`, `-` and spaces."""
    return _IGNORED.sub("", key).casefold()


def field_of(key: str) -> str | None:
    """Return our field for somebody's key, None when it is not understood."""
    return _FIELDS.get(normal(key))

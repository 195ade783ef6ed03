"""Cards as lines of JSON: what a list of results shows, beside the articles, so that no text need be read.

[id, path, url, title, words, language, [source, certainty], [agency, certainty],
 [date, certainty, precision], place, [truncated, percent left], [verdict, from, original], flags,
 [copies' id, size, role] or null, [story's id, size] or null]
"""

from __future__ import annotations

from engine.model import Access, Article, Card, Claim, Copies, Published, Story, Translated
from engine.whoosh.packing import dump, load
from engine.whoosh.records import unreadable


def card_line(article: Article) -> bytes:
    """Return the card of an article on one line."""
    source, agency, published = article.source, article.agency, article.published
    access, translated, copies, story = article.access, article.translated, article.copies, article.story
    return dump(
        (
            article.id,
            article.path,
            article.url,
            article.title,
            article.words,
            article.language,
            (source.value, source.certainty),
            (agency.value, agency.certainty),
            (published.value, published.certainty, published.precision),
            article.dateline_place,
            (access.truncated, access.percent_left),
            (translated.verdict, translated.from_language, translated.original_id),
            article.flags,
            copies and (copies.group_id, copies.size, copies.role),
            story and (story.id, story.size),
        )
    )


def card(line: bytes) -> Card:
    """Undo `card_line`; raises IndexDamagedError when it is no card."""
    try:
        *plain, source, agency, published, place, access, translated, flags, copies, story = load(line)
        article_id, path, url, title, words, language = plain
        return Card(
            id=article_id,
            path=path,
            url=url,
            title=title,
            words=words,
            language=language,
            source=Claim(*source),
            agency=Claim(*agency),
            published=Published(published[0], published[1], (), published[2]),
            dateline_place=place,
            access=Access(*access),
            translated=Translated(translated[0], translated[1], (), translated[2]),
            flags=tuple(flags),
            copies=Copies(*copies) if copies else None,
            story=Story(*story) if story else None,
        )
    except (ValueError, TypeError, IndexError) as error:
        raise unreadable(error) from error

"""The articles of a story, read from the index for its page and its JSON."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from engine.model import Article, Filter, SearchRequest
from engine.protocol import SearchEngine
from engine.query import All

READ = 60
"""Articles of a story that are read whole, the earliest first; a search for the story has all of them."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a story: its group of copies, and the articles that carry it, the earliest first."""

    id: str
    copies: tuple[Article, ...]

    @property
    def first(self) -> Article:
        """The earliest copy in the archive."""
        return self.copies[0]

    @property
    def agency(self) -> str | None:
        """The agency its copies name, if any does."""
        return next((article.agency.value for article in self.copies if article.agency.value), None)


@dataclass(frozen=True, slots=True)
class Story:
    """A story: how many articles it has, and those that were read, the earliest first, undated ones last."""

    id: str
    total: int
    articles: tuple[Article, ...]

    @property
    def title(self) -> str:
        """The headline of its earliest article that has one of its own."""
        return next((a.title for a in self.articles if not a.title_derived), self.articles[0].title)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, in the order in which they come in."""
        return tuple(dict.fromkeys(a.source.value for a in self.articles if a.source.value))

    def texts(self) -> tuple[Text, ...]:
        """Return the texts of the story, in the order of their first copies."""
        groups: defaultdict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            groups[article.copies.group_id if article.copies else article.id].append(article)
        return tuple(Text(name, tuple(group)) for name, group in groups.items())


def story(engine: SearchEngine, story_id: str) -> Story | None:
    """Read a story; None when the present build has none of this id."""
    asked = SearchRequest(All(), (Filter("story", (story_id,)),), sort="date", limit=READ, snippets=False)
    result = engine.search(asked)
    articles = tuple(article for hit in result.hits if (article := engine.get(hit.article.id)))
    return Story(story_id, result.total, articles) if articles else None

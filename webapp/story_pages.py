"""The page of a story and its JSON."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import NotFound

from engine.model import Article
from webapp.addresses import article_url
from webapp.archive_days import days
from webapp.carried import carried
from webapp.lineage_chart import lineage
from webapp.pairs import paired
from webapp.site import index_info, site
from webapp.stories import Story, story
from webapp.story_schema import story_out
from webapp.story_view import Comparison, compared, disputed, said
from webapp.wording import gettext

blueprint = Blueprint("stories", __name__)


@blueprint.get("/story/<story_id>")
def page(story_id: str) -> str:
    """Show who published a story when, what they quote, which figures differ, and two articles."""
    found = _found(story_id)
    texts = found.texts()
    return render_template(
        "story.html",
        story=found,
        texts=[carried(text.copies) for text in texts],
        paired=paired(found.articles),
        undated=sum(article.published.value is None for article in found.articles),
        days=days(site().engine, found.articles),
        chart=lineage(texts),
        quotations=said(found),
        figures=disputed(found),
        comparison=_comparison(found),
        link=article_url,
    )


@blueprint.get("/api/v1/stories/<story_id>")
def as_json(story_id: str) -> Response:
    """Give a story with its texts, quotations and figures that differ."""
    return jsonify(story_out(_found(story_id), index_info().build).model_dump())


def _found(story_id: str) -> Story:
    found = story(site().engine, story_id)
    if found is None:
        raise NotFound(gettext("The present build has no story “{name}”.").format(name=story_id[:200]))
    return found


def _comparison(found: Story) -> Comparison | None:
    """Compare the articles the address names by number, from 1; else the first two copies of a text."""
    left, right = (_chosen(found, request.args.get(name, "")) for name in ("a", "b"))
    if left is None or right is None or left is right:
        copies = next((text.copies for text in found.texts() if len(text.copies) > 1), ())
        left, right = copies[:2] or (None, None)
    return compared(left, right) if left and right else None


def _chosen(found: Story, number: str) -> Article | None:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", number) or int(number) > len(found.articles):
        return None
    return found.articles[int(number) - 1]

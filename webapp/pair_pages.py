"""The page of a translation beside its original."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from webapp.addresses import article_url
from webapp.pairs import pair_of, view
from webapp.site import site
from webapp.wording import gettext

blueprint = Blueprint("pairs", __name__)


@blueprint.get("/pair/<article:translation_id>")
def page(translation_id: str) -> str:
    """Show a translation beside its original, by the id of the translation."""
    engine = site().engine
    article = engine.get(translation_id)
    found = pair_of(engine, article) if article else None
    if found is None:
        said = gettext("The present build has no original of “{name}”.").format(name=translation_id[:200])
        raise NotFound(said)
    return render_template("pair.html", pair=found, view=view(found), link=article_url)

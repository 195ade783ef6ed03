"""A small invented archive for the tests of the web app."""

from __future__ import annotations

import json
from dataclasses import replace

from engine.edits import body_of, ordered
from engine.memory import MemoryEngine
from engine.model import (
    Access,
    Article,
    Byline,
    Claim,
    Copies,
    Edit,
    Evidence,
    Paragraph,
    Published,
    Story,
    Translated,
)

AUDITED = "https://sahara-post.example/kidal?id=1&x=2#top"
ARABIC = "ar/kidal.txt"
HOSTILE = "hostile/<script>alert(1)</script>\n.txt"


def article(key, title, body, *, removed=(), **fields):
    """Build an article whose raw text is title, blank line and body; `removed` are (text, rule) pairs."""
    raw = f"{title}\n\n{body}"
    edits = []
    for text, rule in removed:
        start = raw.index(text)
        edits.append(Edit(start, start + len(text), "", "remove", rule, f"label of {rule}", "1"))
    made = Article(
        id=key,
        path=fields.pop("path", key),
        raw=raw,
        body="",
        body_start=len(title) + 2,
        body_end=len(raw),
        title=title,
        edits=ordered(edits),
        sha256="ab" * 32,
        **fields,
    )
    made = replace(made, body=body_of(made))
    return replace(made, words=len(made.body.split()))


def quote(made, kind, text):
    """Evidence quoted from the raw text."""
    start = made.raw.index(text)
    return Evidence(kind, text, start, start + len(text))


def _audited():
    made = article(
        AUDITED,
        "In Kidal, a quiet morning",
        "ANEFIS (Sahara Post) - Kidal was quiet on Tuesday, late in the morning , when the army came.\n"
        "Advertisement\n"
        "Residents of Kidal spoke. Read also: Convoys return\n"
        "Le marché est fermé depuis lundi.\n"
        "Sign up to our newsletter\n"
        "40% of this article is reserved for subscribers.",
        removed=[
            ("Advertisement\n", "label.advert"),
            ("Read also: Convoys return", "related.inline"),
            ("Sign up to our newsletter\n", "promo.newsletter"),
            ("40% of this article is reserved for subscribers.", "notice.paywall"),
        ],
        path="sahara/kidal.html",
        url=AUDITED,
        language="en",
        dateline_place="Anefis",
        section="World",
        byline=Byline(authors=("Awa Diallo",), desk="rs/mk"),
        flags=("date_conflict",),
    )
    french = made.raw.index("Le marché")
    return replace(
        made,
        source=Claim("Sahara Post", "certain", (quote(made, "dateline", "ANEFIS (Sahara Post)"),)),
        agency=Claim("AFP", "probable", (Evidence("credit", "told AFP"),)),
        published=Published("2023-11-14T08:12:00Z", "declared", (), "minute"),
        access=Access(
            truncated=True,
            percent_left=40,
            reasons=(quote(made, "paywall-notice", "40% of this article is reserved"),),
        ),
        translated=Translated("probable", "fr", (quote(made, "french_spacing", "late in the morning ,"),)),
        foreign=(Paragraph(french, french + len("Le marché est fermé depuis lundi."), "fr"),),
    )


def _plain(number, source, language, month, agency=None):
    return article(
        f"news/{number}.txt",
        f"Dispatch {number} from Gao",
        f"Patrol {number} left Gao before dawn.\nThe market of Kidal stayed closed, traders said.",
        language=language,
        source=Claim(source, "declared"),
        agency=Claim(agency, "certain") if agency else Claim(),
        published=Published(f"{month}-05", "declared", (), "day"),
    )


ARTICLES = (
    _audited(),
    *(_plain(n, "River Courier", "en", "2023-09", "Reuters") for n in range(12)),
    *(_plain(n, "Le Fleuve Libre", "fr", "2023-12") for n in range(12, 18)),
    article(
        ARABIC,
        "هدوء في كيدال",
        "عاد الهدوء إلى مدينة كيدال صباح الثلاثاء.",
        language="ar",
        source=Claim("صوت الصحراء", "declared"),
        published=Published("2023-11", "declared", (), "month"),
    ),
    article(
        HOSTILE,
        "Ransom <script>alert(1)</script> \"quoted' onmouseover=alert(2) \u202efdp.exe",
        "Ransom <img src=x onerror=alert(3)> note \u202ereversed\u202c.\n"
        + "x" * 30_000
        + "\nbell \x07 null \x00 surrogate \ud800 end",
        url="javascript:alert(4)",
        language="e\ud800",
        source=Claim('=HYPERLINK("http://evil.example")', "declared"),
        agency=Claim("A\ud800\x00", "certain"),
        byline=Byline(authors=('"><script>alert(5)</script>',)),
        dateline_place="<b>Nowhere</b>",
        section="<i>\ud800",
        flags=("f\ud800",),
    ),
)

REPORT = {
    "documents": 21,
    "words": 400,
    "added": 21,
    "seconds": 1.5,
    "flags": {"date_conflict": 1},
    "failures": [{"path": "bad/<b>.gz", "reason": "The gzip stream ends early; fetch the file again."}],
    "sources": [
        {
            "source": "Sahara Post",
            "articles": 1,
            "words": 30,
            "first": "2023-11-14T08:12:00Z",
            "last": "2023-11-14T08:12:00Z",
            "truncated": 1,
            "translated": 0,
            "probable": 1,
            "languages": {"en": 1},
            "removed": [{"rule": "label.advert", "label": "Advertisement <b>", "count": 1}],
        },
        {"source": "none", "articles": 2, "first": None, "last": None, "languages": {}, "removed": []},
    ],
}

# --- a story: one text in three outlets, another outlet's own, and that one translated -------------------

STORY_ID = "s1"
HARBOUR = (
    "TALMIST (HNA) - The harbour of Talmist reopened on Friday after a storm.",
    "“Our harbour is open and our work is not over,” said Mayor Ines Barro.",
    "Ferries to the island of Sorel, 31 km off Talmist, leave again from Saturday, with 340 seats each day.",
    "The repair of the north pier will take 18 months, the port authority said.",
)
FRENCH = (
    "TALMIST (Le Phare) - Le port de Talmist a rouvert le 1er mars 2024 après la tempête du 17 février.",
    "Les ferries vers Sorel repartent samedi avec 340 places, selon Ines Barro et Malik Sanou.",
    "Sorel est à 32 kilomètres de Talmist.",
    "La jetée nord coûtera 27 millions et 18 mois de travaux, dit la capitainerie de Talmist.",
)
ENGLISH = (
    "TALMIST (Le Phare) - The port of Talmist reopened on 1 March 2024 after the storm of 17 February.",
    "Share this article",
    "Ferries to Sorel leave on Saturday with 340 seats, according to Ines Barro and Malik Sanou.",
    "Sorel lies 32 kilometres off Talmist. “Our harbour is open and our work is far from over,” said Barro.",
    "The north pier will cost 27 million and 18 months of work, the harbour office of Talmist says.",
)


def in_story(
    key, source, body, date, *, role="only", size=1, group=None, title="Talmist harbour opens", **more
):
    """An article of the story: `date` to the second, or None."""
    made = article(key, title, "\n".join(body), language=more.pop("language", "en"), **more)
    return replace(
        made,
        source=Claim(source, "declared"),
        published=Published(date, "declared", (), "second") if date else Published(),
        copies=Copies(group or key, size, role),
        story=Story(STORY_ID, 5),
    )


def _story():
    text = {"group": "c1", "size": 3}
    first = in_story("coast/1", "Coast Courier", HARBOUR, "2024-03-01T06:00:00Z", role="original", **text)
    first = replace(first, agency=Claim("HNA", "certain", (quote(first, "dateline", "TALMIST (HNA)"),)))
    cut = in_story(
        "bay/1",
        "Bay Herald",
        HARBOUR[:2],
        "2024-03-01T09:30:00Z",
        role="truncated",
        title="Open again",
        **text,
    )
    cut = replace(cut, access=Access(truncated=True, percent_left=50))
    undated = in_story("mill/1", "Mill <i>24</i>", HARBOUR, None, role="copy", **text)
    french = in_story(
        "phare/1", "Le Phare", FRENCH, "2024-03-01T07:00:00Z", language="fr", title="Talmist rouvre"
    )
    english = in_story(
        "light/1",
        "Lighthouse",
        ENGLISH,
        "2024-03-02T08:00:00Z",
        title="Talmist reopens",
        removed=[("Share this article\n", "share.button")],
    )
    why = Evidence("original found", "Talmist rouvre: 9 anchors in the same order; known from: declared")
    english = replace(english, translated=Translated("translated", "fr", (why,), "phare/1"))
    return first, french, cut, english, undated


STORY = _story()
"""In the order of the story page: dated ones first."""


def make_engine(articles, report=REPORT):
    engine = MemoryEngine()
    with engine.writer(fresh=True) as writer:
        for article in articles:
            writer.put(article)
        writer.describe(json.dumps(report))
    return engine

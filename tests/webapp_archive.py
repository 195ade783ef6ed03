"""A small invented archive for the tests of the web app."""

from __future__ import annotations

import json
from dataclasses import replace

from engine.edits import body_of, ordered
from engine.memory import MemoryEngine
from engine.model import Access, Article, Byline, Claim, Edit, Evidence, Paragraph, Published, Translated

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


def make_engine(articles, report=REPORT):
    engine = MemoryEngine()
    with engine.writer(fresh=True) as writer:
        for article in articles:
            writer.put(article)
        writer.describe(json.dumps(report))
    return engine

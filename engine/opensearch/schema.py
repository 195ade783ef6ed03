"""The mapping, derived from `engine.fields.FIELDS`, and what a generation says of itself.

Analysis stays ours: articles arrive as terms with spaces between, which the cluster takes apart at the
spaces and nothing else (docs/decisions/008). For a field of FIELDS named x:

    x           text: unstemmed terms with positions      keyword: exact values
    x_stems     stemmed text: which stems it has
    x_words     keyword with words=True: the terms of its values, with positions

Beside them:

    stems       the stems of all weighted fields in one, each term repeated as often as its field weighs,
                with frequencies and lengths: what articles are ranked by
    id path     as given                    moment      `engine.dates.first_moment`, absent when undated
    copies story    groups, a lone article's own among them (`group_key`)
    article entry   stored, not indexed: JSON
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from engine.analysis import signature
from engine.fields import FIELDS, Field
from engine.matching import GAP
from engine.model import Article
from engine.ranking import K1, B

LAYOUT = 1
"""Raised whenever what is written changes in a way FIELDS does not show."""

HOLE = "_"
"""Stands for any one word in a phrase; no term contains it."""

WINDOW = 10_000
"""How far into the results a page may begin without a cursor."""

MOST_VALUES = 20_000
MOST_GROUPS = 10_000
"""Values of a facet, and groups of articles, counted exactly; the cluster builds 65 535 buckets at most."""

_LONGEST = 4_000
"""Code points of a keyword; seven bytes each at most, they stay below what a Lucene term may have."""

_ODD = re.compile("[\ud800-\udfff\ufdd0]")
_WRITTEN = re.compile("\ufdd0([0-9a-f]{4})")


def words_name(field: Field) -> str:
    """Return where the unstemmed words of a field are."""
    return field.name if field.kind == "text" else f"{field.name}_words"


def settings() -> dict[str, Any]:
    """Return the settings of a new generation: nothing is refreshed before it is verified."""
    return {
        "auto_expand_replicas": "0-1",
        "refresh_interval": "-1",
        "unassigned.node_left.delayed_timeout": "0s",
        "max_result_window": WINDOW,
        "codec": "best_compression",
        "mapping.total_fields.limit": 200,
        "similarity.default": {"type": "BM25", "k1": K1, "b": B},
        "analysis": {
            "filter": {"holes": {"type": "stop", "stopwords": [HOLE]}},
            "analyzer": {
                "terms": {"type": "custom", "tokenizer": "whitespace"},
                "spaced": {"type": "custom", "tokenizer": "whitespace", "filter": ["holes"]},
            },
        },
    }


def mappings() -> dict[str, Any]:
    """Return the mapping; a field that is not in it is an error, not a new field."""
    properties: dict[str, Any] = {
        "id": {"type": "keyword"},
        "path": {"type": "keyword"},
        "moment": {"type": "long"},
        "copies": {"type": "keyword"},
        "story": {"type": "keyword"},
        "stems": {"type": "text", "analyzer": "terms", "index_options": "freqs"},
        "article": {"type": "keyword", "index": False, "doc_values": False},
        "entry": {"type": "keyword", "index": False, "doc_values": False},
    }
    for field in FIELDS:
        properties |= _properties(field)
    return {"dynamic": "strict", "_source": {"includes": ["article", "entry"]}, "properties": properties}


def _properties(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {field.name: {"type": "keyword"}} if field.kind == "keyword" else {}
    if field.kind == "text" or field.words:
        found[words_name(field)] = {
            "type": "text",
            "analyzer": "terms",
            "norms": False,
            "position_increment_gap": GAP - 1,
        }
    if field.stemmed:
        found[f"{field.name}_stems"] = {
            "type": "text",
            "analyzer": "terms",
            "norms": False,
            "index_options": "docs",
            **({"copy_to": ["stems"]} if field.weight else {}),
        }
    return found


def digest() -> str:
    """Name the schema: a generation of another digest can not be searched and must be rebuilt."""
    written = repr((LAYOUT, GAP, K1, B, mappings(), signature()))
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def group_key(article: Article, group: str) -> str:
    """Return what an article is grouped by; a lone one can not be taken for a group of its name."""
    found = article.copies.group_id if group == "copies" and article.copies else None
    if group == "story" and article.story:
        found = article.story.id
    return keyword(f"={found}" if found is not None else f"-{article.id}")


def keyword(value: str) -> str:
    """Return a value as the cluster keeps it: JSON can say no lone surrogates, Lucene no long terms."""
    if len(value) > _LONGEST:
        digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
        value = f"{value[: _LONGEST - 65]}…{digest}"
    return escape(value)


def escape(text: str) -> str:
    """Write lone surrogates so that any JSON can hold them."""
    return _ODD.sub(lambda found: f"\ufdd0{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """Undo `escape`."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)

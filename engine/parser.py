"""The query language: text -> tree. docs/query-language.md says it for users.

    any_of  = all_of { OR all_of }              OR is weaker than the AND between words
    all_of  = chain { chain }                   with match="any" these are ORed
    chain   = factor { AND factor }
    factor  = { NOT | - } primary
    primary = ( any_of ) | word | "phrase" | operator: primary | in:field primary

Punctuation that means nothing here is left out. What is broken raises `QuerySyntaxError`, what is
too large `QueryLimitError`; `literal` reads the words of any text and never fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from engine.analysis import Token, tokenize
from engine.errors import QueryLimitError, QuerySyntaxError
from engine.fields import BY_NAME, BY_OPERATOR, TEXT
from engine.lexer import WILDCARD, Lexeme, lexemes
from engine.matching import Leaf, leaves, words_of
from engine.operators import DATES, NAMES, dates, state
from engine.query import All, And, Fuzzy, Not, Or, Phrase, Prefix, Query, Term, Value, Wildcard
from engine.query_text import RESERVED, explain, to_text

__all__ = ["Limits", "Parsed", "explain", "literal", "parse", "to_text"]

Match = Literal["all", "any"]

NOTHING = "The query has no letters or digits to search for; every article is shown."

_PLACES = {field.name: field.name for field in TEXT}
"""What may follow `in:`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a query may be. An operator setting; the defaults suit any hardware."""

    characters: int = 512
    clauses: int = 64
    depth: int = 16
    prefix: int = 2
    slop: int = 50
    distance: int = 2


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood; `terms` are the folded words it looks for, none of them under `NOT`."""

    query: Query
    warnings: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


_DEFAULTS = Limits()


def parse(text: str, match: Match = "all", limits: Limits = _DEFAULTS) -> Parsed:
    """Read a query.

    Args:
        text: what the user typed.
        match: whether an article must have all the words or any of them. Exclusions, dates and
            `is:`, `lang:` hold in both cases.
        limits: how large it may be.

    Raises `QuerySyntaxError` with the column where reading stopped, or `QueryLimitError`.

    """
    if len(text) > limits.characters:
        raise QueryLimitError(
            f"The query has {len(text)} characters; at most {limits.characters} are allowed.", "characters"
        )
    if not tokenize(text):
        return Parsed(All(), _nothing(text))
    parser = _Parser(lexemes(text), match, limits)
    query = parser.everything()
    warnings = tuple(dict.fromkeys(parser.warnings))
    return Parsed(query, warnings, _terms(query))


def literal(text: str, limits: Limits = _DEFAULTS) -> Query:
    """Return a query for the words of `text`, all of them, with no sign meaning anything.

    What exceeds the limits is left out. Never fails.
    """
    plain = text[: limits.characters].translate(str.maketrans('()"“”„«»', " " * 8))
    words = [word for piece in plain.split() if (word := _trimmed(piece))]
    return _join(And, [Term(word) for word in words[: limits.clauses]]) or All()


def _nothing(text: str) -> tuple[str, ...]:
    if text.strip() in ("", "*"):
        return ()
    return (NOTHING,)


def _terms(query: Query) -> tuple[str, ...]:
    found = (leaf for leaf in leaves(query) if not isinstance(leaf, Wildcard))
    return tuple(dict.fromkeys(word for leaf in found for word in words_of(leaf.text)))


def _trimmed(text: str) -> str:
    """Cut the punctuation around a word; "" when nothing is left. An operator's name loses its meaning."""
    tokens = tokenize(text)
    word = text[tokens[0].start : tokens[-1].end] if tokens else ""
    return word.lower() if word in RESERVED else word


def _join(kind: type[And | Or], parts: list[Query]) -> Query | None:
    """Join queries as flatly as can be; None when there are none."""
    flat: list[Query] = []
    for part in parts:
        flat += part.children if isinstance(part, And | Or) and isinstance(part, kind) else (part,)
    if kind is And:
        flat = [part for part in flat if part != All()] or flat[:1]
    unique = list(dict.fromkeys(flat))
    if len(unique) < 2:
        return unique[0] if unique else None
    return kind(tuple(unique))


class _Parser:
    """Recursive descent over lexemes, never deeper than `limits.depth` allows.

    A part of the query that holds only punctuation is read as None and left out.
    """

    def __init__(self, lexemes: list[Lexeme], match: Match, limits: Limits) -> None:
        self.lexemes = lexemes
        self.match = match
        self.limits = limits
        self.warnings: list[str] = []
        self._place = 0
        self._clauses = 0
        self._depth = 0

    @property
    def next(self) -> Lexeme:
        """The lexeme not yet read."""
        return self.lexemes[self._place]

    def take(self) -> Lexeme:
        """Read a lexeme."""
        self._place += 1
        return self.lexemes[self._place - 1]

    def everything(self) -> Query:
        """Read the whole query."""
        query = self.any_of(None)
        if self.next.kind == "close":
            column = self.next.column
            raise QuerySyntaxError(f"There is no “(” for the “)” at column {column}.", column)
        if query is None:
            self.warnings.append(NOTHING)
        return query or All()

    def any_of(self, field: str | None) -> Query | None:
        """Read alternatives; `field` is where words without an operator are looked for."""
        parts = [self.all_of(field)]
        while self.next.kind == "OR":
            sign = self.take()
            self._need_left(sign)
            self._need_right(sign)
            parts.append(self.all_of(field))
        return _join(Or, [part for part in parts if part])

    def all_of(self, field: str | None) -> Query | None:
        """Read words that stand side by side."""
        parts: list[Query] = []
        while self.next.kind not in ("OR", "close", "end"):
            part = self.chain(field)
            if part:
                parts.append(part)
        if self.match == "all":
            return _join(And, parts)
        demanded = [part for part in parts if _is_demand(part)]
        wanted = _join(Or, [part for part in parts if not _is_demand(part)])
        return _join(And, [wanted, *demanded] if wanted else demanded)

    def chain(self, field: str | None) -> Query | None:
        """Read factors joined by an explicit AND."""
        if self.next.kind == "AND":
            self._need_left(self.next)
        parts = [] if self.next.kind == "AND" else [self.factor(field)]
        while self.next.kind == "AND":
            self._need_right(self.take())
            parts.append(self.factor(field))
        return _join(And, [part for part in parts if part])

    def factor(self, field: str | None) -> Query | None:
        """Read a primary and the exclusions before it."""
        excluded = False
        while self.next.kind in ("NOT", "minus"):
            sign = self.take()
            excluded = not excluded
            if sign.kind == "NOT":
                self._need_right(sign)
        part = self.primary(field)
        return Not(part) if part and excluded else part

    def primary(self, field: str | None) -> Query | None:
        """Read a group, a phrase, a word or an operator with its value."""
        if self.next.kind == "open":
            return self._group(field)
        if self.next.kind == "operator":
            return self._operator(self.take(), field)
        if self.next.kind == "phrase":
            return self._phrase(self.take(), field)
        return self._word(self.take(), field) if self.next.kind == "word" else None

    def _group(self, field: str | None) -> Query | None:
        opening = self.take()
        self._depth += 1
        if self._depth > self.limits.depth:
            raise QueryLimitError(
                f"The parentheses are nested more than {self.limits.depth} deep; that is the limit.", "depth"
            )
        query = self.any_of(field)
        if self.next.kind != "close":
            column = opening.column
            raise QuerySyntaxError(f"The “(” at column {column} is never closed.", column)
        self.take()
        self._depth -= 1
        return query

    def _operator(self, operator: Lexeme, field: str | None) -> Query | None:
        """Read what follows an operator; one that is not known is a word like any other."""
        name = operator.text.lower()
        if name in BY_OPERATOR and self.next.kind in ("word", "phrase", "open"):
            return self.primary(BY_OPERATOR[name].name)
        if name == "in":
            return self._inside(operator)
        if name == "is":
            return self._leaf(state(self._argument(operator), operator.column))
        if name in DATES:
            return self._leaf(dates(name, self._argument(operator), operator.column))
        return self._unknown(operator, field)

    def _unknown(self, operator: Lexeme, field: str | None) -> Query | None:
        """Read `name:value` as words, with a warning unless it is an address (`https://…`)."""
        name, value = operator.text, self.next.text if self.next.kind == "word" else ""
        if not value.startswith("//"):
            self.warnings.append(f"There is no operator “{name}:”; it was searched for as a word.")
        if value:
            self.take()
        return self._word(Lexeme("word", f"{name}:{value}", operator.column), field)

    def _argument(self, operator: Lexeme) -> str:
        """Read the value of an operator that needs one."""
        if self.next.kind not in ("word", "phrase"):
            raise QuerySyntaxError(
                f"“{operator.text}:” at column {operator.column} needs a value directly after it.",
                operator.column,
            )
        return self.take().text

    def _inside(self, operator: Lexeme) -> Query | None:
        """Read `in:removed` and the word, phrase or group that is looked for there."""
        name, column = self._argument(operator).lower(), operator.column
        if name not in _PLACES:
            raise QuerySyntaxError(
                f"“in:{name}” at column {column} is not known; it can be in:{', in:'.join(_PLACES)}.", column
            )
        plain = self.next.kind == "operator" and self.next.text.lower() not in NAMES
        if self.next.kind not in ("word", "phrase", "open") and not plain:
            raise QuerySyntaxError(
                f"“in:{name}” at column {column} needs a word or a phrase after it.", column
            )
        return self.primary(_PLACES[name])

    def _phrase(self, lexeme: Lexeme, field: str | None) -> Query | None:
        text = _trimmed(lexeme.text)
        slop = max(1, lexeme.slop or 1)
        if slop > self.limits.slop:
            raise QueryLimitError(
                f"“~{slop}” allows too many words between; at most ~{self.limits.slop} is allowed.", "slop"
            )
        return self._leaf(_exact(field, text) or Phrase(text, field, slop)) if text else None

    def _word(self, lexeme: Lexeme, field: str | None) -> Query | None:
        """Read a word, a prefix (`kid*`), a word with gaps (`k?dal`) or a fuzzy word (`goita~`)."""
        if lexeme.text == "*":
            return self._leaf(All())
        self._warn_about(lexeme.text)
        base, _, edits = lexeme.text.rpartition("~")
        if base and (not edits or edits.isdecimal()):
            return self._fuzzy(base, int(edits[:9] or 1), field)
        if pattern := WILDCARD.match(lexeme.text):
            return self._wildcard(pattern[0], field)
        if lexeme.text.endswith("*"):
            return self._prefix(lexeme.text.rstrip("*"), field)
        text = _trimmed(lexeme.text)
        return self._leaf(_exact(field, text) or Term(text, field)) if text else None

    def _warn_about(self, text: str) -> None:
        """Explain signs that mean nothing where they stand."""
        if "*" in text.rstrip("*") and not WILDCARD.match(text):
            self.warnings.append(f"In “{text}” the * means nothing; letters must stand before it.")
        if text.endswith(":") and text[:-1].lower() in NAMES:
            self.warnings.append(f"“{text}” has no value; write it without a space, as in title:word.")

    def _prefix(self, text: str, field: str | None) -> Query | None:
        tokens = tokenize(text)
        if not tokens:
            return None
        if len(tokens[-1].text) < self.limits.prefix:
            raise QueryLimitError(
                f"“{text}*” is too short; at least {self.limits.prefix} letters must stand before a *.",
                "prefix",
            )
        return self._last(text, tokens, field, Prefix(_last_word(text, tokens), field))

    def _wildcard(self, text: str, field: str | None) -> Query | None:
        row = BY_NAME[field] if field else None
        if row and row.kind != "text" and not row.words:
            return self._leaf(Term(text, field))
        return self._leaf(Wildcard(re.sub(r"\*+", "*", text), field))

    def _fuzzy(self, text: str, edits: int, field: str | None) -> Query | None:
        if edits > self.limits.distance:
            raise QueryLimitError(
                f"“~{edits}” is too far; at most ~{self.limits.distance} is allowed.", "distance"
            )
        tokens = tokenize(text)
        if not tokens:
            return None
        word = _last_word(text, tokens)
        return self._last(text, tokens, field, Fuzzy(word, field, edits) if edits else Term(word, field))

    def _last(self, text: str, tokens: list[Token], field: str | None, last: Query) -> Query | None:
        """Join what stands before the last part of a word (`al-qa*`) with that part."""
        before = text[tokens[0].start : tokens[-2].end] if len(tokens) > 1 else ""
        return _join(And, [*([self._leaf(Term(before, field))] if before else []), self._leaf(last)])

    def _leaf(self, leaf: Query) -> Query:
        """Count a leaf."""
        self._clauses += 1
        if self._clauses > self.limits.clauses:
            raise QueryLimitError(
                f"The query has more than {self.limits.clauses} words and conditions; that is the limit.",
                "clauses",
            )
        return leaf

    def _need_left(self, sign: Lexeme) -> None:
        before = self.lexemes[self.lexemes.index(sign) - 1].kind if sign != self.lexemes[0] else "open"
        if before in ("open", "OR", "AND", "NOT", "minus"):
            self._refuse(sign, "before")

    def _need_right(self, sign: Lexeme) -> None:
        if self.next.kind in ("close", "end", "OR", "AND"):
            self._refuse(sign, "after")

    def _refuse(self, sign: Lexeme, side: str) -> None:
        problem = f"“{sign.text}” at column {sign.column} needs something {side} it"
        raise QuerySyntaxError(f"{problem}; to search for the word, write it in small letters.", sign.column)


def _last_word(text: str, tokens: list[Token]) -> str:
    return text[tokens[-1].start : tokens[-1].end]


def _exact(field: str | None, text: str) -> Value | None:
    """Return the condition for a field that is compared as a whole (`lang:fr`), else None."""
    row = BY_NAME[field] if field else None
    if row is None or row.kind == "text" or row.words:
        return None
    return Value(row.name, (text.lower(),))


def _is_demand(part: Query) -> bool:
    """Whether an article must meet this even when any word will do."""
    if isinstance(part, And | Or):
        return all(_is_demand(child) for child in part.children)
    if isinstance(part, Leaf):
        return part.field is not None and BY_NAME[part.field].kind == "keyword"
    return True

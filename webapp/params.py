"""The parameters of a search, the same for page, API and exports: checked once, here.

A parameter that can not be meant (`sort=size`, `from=yesterday`, one that does not exist) is refused
with one sentence; a number out of range is moved to the nearest one allowed, with a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from engine.dates import days
from engine.errors import UserError
from engine.fields import FACETS
from engine.model import Filter, Group, Sort
from webapp.settings import WebSettings
from webapp.wording import gettext

DATE = "date"
"""`facet=date` asks for the articles of each month, as the histogram of the page shows them."""
CALENDAR = ("year", "month", "day")
STORY = "story"
"""`story=ID` finds the articles of a story."""
SELECTABLE = (*(f.name for f in FACETS), STORY)
FACET_NAMES = (*(f.name for f in FACETS), DATE)


class ParamError(UserError):
    """One or more parameters are refused; `errors` are (parameter, sentence) pairs."""

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        self.errors = tuple(errors)
        super().__init__(" ".join(detail for _, detail in self.errors))


class SearchParams(BaseModel):
    """A search as its URL says it. `filters` holds the facet selections, one per facet field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(default="", description="The query; empty means every article.")
    match: Literal["all", "any"] | None = Field(
        default=None, description="Whether an article must have all words (the default) or any of them."
    )
    page: int = Field(default=1, description="Which page, from 1.")
    per_page: int = Field(default=20, description="How many hits on a page.")
    cursor: str | None = Field(
        default=None, max_length=512, description="The `next_cursor` of the page before; replaces `page`."
    )
    sort: Sort = Field(default="relevance", description="Order: relevance, oldest first, or newest first.")
    from_: str | None = Field(
        default=None, alias="from", description="First date: YYYY, YYYY-MM or YYYY-MM-DD, inclusive."
    )
    to: str | None = Field(
        default=None, description="Last date, inclusive; a month or year means the whole of it."
    )
    group: Group = Field(default="none", description="List one article for each group.")
    facet: tuple[str, ...] = Field(default=(), description="Facets to count, separated by commas.")
    facet_size: int = Field(default=10, description="How many values of each facet, the largest first.")
    filters: tuple[Filter, ...] = ()

    @field_validator("from_", "to")
    @classmethod
    def _a_date(cls, value: str | None) -> str | None:
        if value is not None and not is_date(value):
            raise ValueError("must be a date such as 2023, 2023-11 or 2023-11-14")
        return value

    @field_validator("facet")
    @classmethod
    def _known_facets(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in FACET_NAMES:
                raise ValueError(f"must name facets: {', '.join(FACET_NAMES)}")
        return value

    @property
    def filtered(self) -> bool:
        """Whether anything besides the query narrows the search."""
        return bool(self.filters or self.from_ or self.to)

    def selection(self, field: str) -> Filter:
        """What is selected in a facet."""
        return next((f for f in self.filters if f.field == field), Filter(field))

    def with_selection(self, chosen: Filter) -> SearchParams:
        """Replace the selection of one facet, on the first page."""
        by_field = {f.field: f for f in (*self.filters, chosen)}
        found = (by_field[name] for name in SELECTABLE if name in by_field)
        return self.changed(filters=tuple(f for f in found if f.include or f.exclude))

    def without(self, field: str, value: str) -> SearchParams:
        """Drop one value, included or excluded, from the selection of a facet."""
        old = self.selection(field)
        return self.with_selection(
            Filter(
                field,
                tuple(v for v in old.include if v != value),
                tuple(v for v in old.exclude if v != value),
            )
        )

    def unfiltered(self) -> SearchParams:
        """Drop every filter and both dates."""
        return self.changed(filters=(), from_=None, to=None)

    def changed(self, **changes: Any) -> SearchParams:
        """Change some parameters and go back to the first page, unless `page` or `cursor` says else."""
        return self.model_copy(update={"page": 1, "cursor": None, **changes})

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that differ from the defaults, as a URL carries them."""
        plain = self.model_dump(by_alias=True, exclude={"filters", "facet"}, exclude_defaults=True)
        result = [(name, str(value)) for name, value in plain.items()]
        if self.facet:
            result.append(("facet", ",".join(self.facet)))
        for chosen in self.filters:
            result += [(chosen.field, value) for value in chosen.include]
            result += [(f"-{chosen.field}", value) for value in chosen.exclude]
        return result

    def query_string(self) -> str:
        """`pairs`, encoded."""
        return urlencode(self.pairs(), errors="replace")


def is_date(value: str) -> bool:
    """Whether this is an existing year, month or day in ISO form."""
    try:
        days(value)
    except ValueError:
        return False
    return True


NAMES = tuple(field.alias or name for name, field in SearchParams.model_fields.items() if name != "filters")
"""The parameters besides facet selections."""


def read(args: Mapping[str, list[str]], settings: WebSettings) -> tuple[SearchParams, tuple[str, ...]]:
    """Check the parameters of a URL.

    Returns the parameters with numbers moved into range, and a warning for each that was moved.
    Raises `ParamError` naming every parameter that is refused.
    """
    given = {name: [v for v in values if v] for name, values in args.items()}
    refused = [("filters", _unknown("filters"))] if "filters" in given else []
    try:
        params = SearchParams.model_validate(
            {"per_page": settings.per_page, **_plain(given), "filters": _filters(given)}
        )
    except ValidationError as error:
        raise ParamError([*refused, *_sentences(error)]) from error
    if refused:
        raise ParamError(refused)
    return _in_range(params, settings)


def _plain(given: Mapping[str, list[str]]) -> dict[str, Any]:
    """Every parameter that is no facet selection: the last value counts, an empty one is absent."""
    known: dict[str, Any] = {
        name: (values or [""])[-1]
        for name, values in given.items()
        if name.removeprefix("-") not in SELECTABLE and (values or name not in NAMES)
    }
    if "facet" in known:
        names = (name.strip() for value in given["facet"] for name in value.split(","))
        known["facet"] = tuple(dict.fromkeys(filter(None, names)))
    return known


def _filters(given: Mapping[str, list[str]]) -> tuple[Filter, ...]:
    """Facet selections in the order of the fields; a value both wanted and unwanted is unwanted."""
    found = []
    for name in SELECTABLE:
        exclude = tuple(dict.fromkeys(given.get(f"-{name}", [])))
        include = tuple(v for v in dict.fromkeys(given.get(name, [])) if v not in exclude)
        if include or exclude:
            found.append(Filter(name, include, exclude))
    return tuple(found)


def _unknown(name: str) -> str:
    known = ", ".join([*NAMES, *SELECTABLE, *(f"-{n}" for n in SELECTABLE)])
    return f"There is no parameter “{name[:40]}”; there are {known}."


def _sentences(error: ValidationError) -> list[tuple[str, str]]:
    """One sentence for each complaint of pydantic."""
    result = []
    for problem in error.errors(include_url=False):
        name = str(problem["loc"][0])
        if problem["type"] == "extra_forbidden":
            result.append((name, _unknown(name)))
        else:
            message = problem["msg"].removeprefix("Value error, ").removeprefix("Input ")
            result.append((name, f"{name} {message[0].lower()}{message[1:]}."))
    return result


def _in_range(params: SearchParams, settings: WebSettings) -> tuple[SearchParams, tuple[str, ...]]:
    per_page = min(max(params.per_page, 1), settings.per_page_max)
    limits = {
        "per_page": settings.per_page_max,
        "facet_size": settings.facet_size_max,
        "page": max(1, settings.reach // per_page),
    }
    moved = {name: min(max(getattr(params, name), 1), high) for name, high in limits.items()}
    warnings = [
        gettext("{name} must be from 1 to {limit}; it was read as {value}.").format(
            name=name, limit=limits[name], value=value
        )
        for name, value in moved.items()
        if value != getattr(params, name)
    ]
    if _reversed(params.from_, params.to):
        warnings.append(gettext("“from” is later than “to”, so no article can match."))
    return params.model_copy(update=moved), tuple(warnings)


def _reversed(start: str | None, end: str | None) -> bool:
    return start is not None and end is not None and start > end and not start.startswith(end)

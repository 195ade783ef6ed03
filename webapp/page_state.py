"""What a page of results shows besides its search: parameters of its address that only the page knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 200


@dataclass(frozen=True, slots=True)
class PageState:
    """Open parts of the page.

    - `open`: the facet that is listed whole, `find`: the words its values are narrowed to.
    - `stack`: "source" when the bars are divided by source.
    - `copies`: the group whose members are listed under its hit.
    """

    open: str = ""
    find: str = ""
    stack: str = ""
    copies: str = ""


NAMES = ("open", "find", "stack", "copies")


def take(args: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], PageState]:
    """Part the parameters of a search from those of the page."""
    rest = {name: values for name, values in args.items() if name not in NAMES}
    given = {name: args[name][-1][:LONGEST] for name in NAMES if args.get(name)}
    return rest, PageState(**given)

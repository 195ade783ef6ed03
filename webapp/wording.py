"""The language of the interface: chosen for each request, its words looked up in gettext's catalogues.

Programs, and code that runs outside a request, are answered in English, the language of the sources.
`docs/decisions/010-interface-languages.md` says how a language is added.
"""

from __future__ import annotations

import gettext as catalogues
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Flask, Response, g, has_request_context, request

LOCALES = Path(__file__).parent / "locales"
MACHINE_PATHS = ("/api/", "/openapi.json", "/healthz", "/readyz", "/metrics", "/search.", "/cite.")
COOKIE = "ui"


@dataclass(frozen=True, slots=True)
class Interface:
    """A language of the interface: its code, its own name, and how it writes 1,234.5."""

    code: str
    name: str
    thousands: str
    point: str


ENGLISH = Interface("en", "English", ",", ".")
INTERFACES = {one.code: one for one in (ENGLISH, Interface("fr", "Français", "\u202f", ","))}


def speak(app: Flask) -> None:
    """Say of every page that its language was chosen by the reader."""

    @app.after_request
    def _add_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = interface().code
            response.vary.update(("Cookie", "Accept-Language"))
        return response


def interface() -> Interface:
    """The language of this request: the reader's choice, else the browser's wish, else English."""
    if not has_request_context():
        return ENGLISH
    known: Interface | None = g.get("interface")  # asked for by each sentence of a page, so in one step
    if known is None:
        known = g.interface = _asked()
    return known


def _asked() -> Interface:
    if request.path.startswith(MACHINE_PATHS):
        return ENGLISH
    chosen = request.cookies.get(COOKIE) or request.accept_languages.best_match(list(INTERFACES))
    return INTERFACES.get(chosen or "", ENGLISH)


@cache
def _catalogue(code: str) -> catalogues.NullTranslations:
    if code == ENGLISH.code:
        return catalogues.NullTranslations()
    return catalogues.translation("messages", LOCALES, [code])


def message(text: str) -> str:
    """Mark a message of a table for translation; it is translated where it is shown."""
    return text


def forms(one: str, many: str) -> tuple[str, str]:
    """Mark a message of a table that goes with counts, in its two forms."""
    return one, many


def gettext(text: str) -> str:
    """A message in the language of this request."""
    # The empty message stands for the head of a catalogue.
    return _catalogue(interface().code).gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """A message in the form that goes with a count."""
    return _catalogue(interface().code).ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """A message whose words need a context to be understood."""
    return _catalogue(interface().code).pgettext(context, text)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """A message that needs a context, in the form that goes with a count."""
    return _catalogue(interface().code).npgettext(context, one, many, count)


def number(value: int) -> str:
    """A count with its thousands set apart."""
    return f"{value:,}".replace(",", interface().thousands)


def decimal(value: object) -> str:
    """A number with a fraction, with the sign this language puts before the fraction."""
    return str(value).replace(".", interface().point)


# --- dates ---------------------------------------------------------------------------------------

_WEEKDAYS = (
    message("Mon"), message("Tue"), message("Wed"), message("Thu"), message("Fri"), message("Sat"),
    message("Sun"),
)  # fmt: skip
_MONTHS = (
    message("Jan"), message("Feb"), message("Mar"), message("Apr"), message("May"), message("Jun"),
    message("Jul"), message("Aug"), message("Sep"), message("Oct"), message("Nov"), message("Dec"),
)  # fmt: skip


def weekday(moment: datetime) -> str:
    """The short name of a day of the week."""
    return gettext(_WEEKDAYS[moment.weekday()])


def day_and_month(moment: datetime) -> str:
    """A day as the axis of a chart names it: `14 Nov`."""
    return f"{moment:%d} {gettext(_MONTHS[moment.month - 1])}"

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.dates import ImplausibleDateError, parse


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2023", "2023", "year"),
        ("2023-11", "2023-11", "month"),
        ("November 2023", "2023-11", "month"),
        ("2023-11-14", "2023-11-14", "day"),
        ("2023/11/14", "2023-11-14", "day"),
        ("20231114", "2023-11-14", "day"),
        ("2023年11月14日", "2023-11-14", "day"),
        ("2023-11-14T20:31:20Z", "2023-11-14T20:31:20Z", "second"),
        ("2023-11-14T20:31:20.123+01:00", "2023-11-14T19:31:20Z", "second"),
        ("2023-11-14T20:31:20+0530", "2023-11-14T15:01:20Z", "second"),
        ("2023-11-14 20:31", "2023-11-14T20:31", "minute"),
        ("Tue, 14 Nov 2023 20:31:20 GMT", "2023-11-14T20:31:20Z", "second"),
        ("Tue Nov 14 20:31:20 +0000 2023", "2023-11-14T20:31:20Z", "second"),
        ("20231114T203120Z", "2023-11-14T20:31:20Z", "second"),
        ("20231114203120", "2023-11-14T20:31:20", "second"),
        ("202311142031", "2023-11-14T20:31", "minute"),
        ("1700000000", "2023-11-14T22:13:20Z", "second"),
        ("1700000000000", "2023-11-14T22:13:20Z", "second"),
        ("1700000000000000", "2023-11-14T22:13:20Z", "second"),
        ("1700000000.25", "2023-11-14T22:13:20Z", "second"),
        ("14/11/2023", "2023-11-14", "day"),
        ("11/14/2023", "2023-11-14", "day"),
        ("14/11/23", "2023-11-14", "day"),
        ("14/11/87", "1987-11-14", "day"),
        ("Nov 14, 2023", "2023-11-14", "day"),
        ("November 14th, 2023", "2023-11-14", "day"),
        ("26-FEB-1987 15:02:20.00", "1987-02-26T15:02:20", "second"),
        ("12:30 PM, Nov 14, 2023", "2023-11-14T12:30", "minute"),
        ("November 14, 2023 at 8:31 p.m. EST", "2023-11-15T01:31Z", "minute"),
        ("14 Nov 2023 12:05 am UTC+2", "2023-11-13T22:05Z", "minute"),
        ("14 novembre 2023", "2023-11-14", "day"),
        ("mardi 1er août 2023 à 20h31", "2023-08-01T20:31", "minute"),
        ("14 de noviembre de 2023", "2023-11-14", "day"),
        ("terça-feira, 14 de novembro de 2023", "2023-11-14", "day"),
        ("Dienstag, 14. November 2023, 20:31 Uhr", "2023-11-14T20:31", "minute"),
        ("martedì 14 novembre 2023 alle 20:31", "2023-11-14T20:31", "minute"),
        ("الثلاثاء 14 نوفمبر/تشرين الثاني 2023", "2023-11-14", "day"),
        ("١٤ نوفمبر ٢٠٢٣", "2023-11-14", "day"),
        ("Published: 14 November 2023", "2023-11-14", "day"),
        ("Publié le 14 novembre 2023", "2023-11-14", "day"),
        ("  14  November\t2023 ", "2023-11-14", "day"),
    ],
)
def test_a_date_is_read_to_its_precision(text, value, precision):
    moment = parse(text)
    assert moment is not None
    assert (moment.value, moment.precision) == (value, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Friday",
        "2 hours ago",
        "yesterday",
        "14 Kidal 2023",
        "on 14 November 2023 the army",
        "v2.0.1",
        "1.5",
        "Kidal 14 November 2023",
        "555-0199",
        "000000000",
        "2023-11-14 and 15",
        "x" * 10_000,
        "1" * 500,
    ],
)
def test_what_is_not_a_date_as_a_whole_is_not_read(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    "text", ["30 February 2023", "2023-13-01", "99991231", "1066-10-14", "9999999999999", "14 Nov 2023 25:00"]
)
def test_a_date_that_can_not_be_is_refused(text):
    with pytest.raises(ImplausibleDateError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("03/04/2023", True),
        ("3-4-2023", True),
        ("3.4.2023", False),
        ("14/11/2023", False),
        ("4/4/2023", False),
    ],
)
def test_a_numeric_date_with_two_readings_is_marked(text, ambiguous):
    moment = parse(text)
    assert moment is not None
    assert moment.ambiguous is ambiguous
    assert moment.when.day == int(text.replace("-", "/").replace(".", "/").split("/")[0])


@pytest.mark.parametrize("zone", ["IST", "CST", "Uhr"])
def test_a_zone_name_with_several_meanings_is_not_converted(zone):
    moment = parse(f"14 November 2023 20:31 {zone}")
    assert moment is not None
    assert moment.value == "2023-11-14T20:31"


@given(
    st.datetimes(datetime(1700, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - the zone is drawn beside it
    st.integers(-14 * 60, 14 * 60),
)
def test_every_iso_time_comes_back_in_utc(when, minutes):
    aware = when.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    moment = parse(aware.isoformat())
    assert moment is not None
    assert moment.when == aware
    assert moment.value == aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@given(st.text(alphabet="0123456789 -/:.,TZNovmarfeb+年月日", max_size=40) | st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    try:
        moment = parse(text)
    except ImplausibleDateError:
        return
    assert moment is None or 1600 <= moment.when.year <= 2100

"""A table of counts that somebody published: period and number, as a series."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from contested.analyse.periods import ONE_DAY, Period, period
from contested.analyse.series import Series, gaps
from contested.errors import DatasetError

PERIODS = ("period", "month", "year", "date", "week", "quarter", "half")
COUNTS = ("count", "counts", "number", "incidents", "attacks", "events", "deaths", "killed", "n")
_PART = re.compile(r"(\d{4})-?(?:H([12])|Q([1-4]))", re.IGNORECASE)
_HALF = re.compile(r"H([12])[ -](\d{4})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.IGNORECASE)


def series_of_counts(text: str, name: str) -> Series:
    """A CSV table of a period and a count as a series; `name` is its file, for messages.

    Periods are years, halves (2022-H1), quarters (2022-Q3), months (2022-05), weeks (2022-W07)
    or days, all of one length; one that is left out is told, never taken for zero. Raises
    DatasetError for anything else.
    """
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if not rows:
        raise DatasetError(name, "it is empty.", "Give a table with the columns period and count.")
    columns = _columns(rows[0], name)
    found: dict[Period, float] = {}
    for number, row in enumerate(rows[1:], start=2):
        one, value = _row(row, columns, name, number)
        if one in found:
            raise DatasetError(name, f"{one.label} comes twice.", "Leave one of them out.")
        found[one] = value
    if not found:
        raise DatasetError(name, "it has no row under its heading.", "Add periods and counts.")
    periods = sorted(found)
    values = np.array([found[one] for one in periods])
    _check(periods, name)
    return Series(
        measure="incidents",
        by=_length(periods[0]),
        periods=tuple(periods),
        values=values[None, :],
        point=values,
        warnings=tuple(gaps(periods, values)),
    )


def _columns(heading: Sequence[str], name: str) -> tuple[int, int]:
    names = [cell.strip().lower() for cell in heading]
    places = [
        next((names.index(one) for one in known if one in names), None)
        for known in (PERIODS, COUNTS)
    ]
    if places[0] is None or places[1] is None:
        raise DatasetError(
            name,
            f"its columns are {', '.join(names)}.",
            "Name one period and one count in the first line.",
        )
    return places[0], places[1]


def _row(
    row: Sequence[str], columns: tuple[int, int], name: str, line: int
) -> tuple[Period, float]:
    if len(row) <= max(columns):
        raise DatasetError(name, f"line {line} has {len(row)} cells.", "Fill it in.")
    given, number = (row[column].strip() for column in columns)
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0 or value != int(value):
        raise DatasetError(name, f"line {line}: {number!r} is no count.", "Write a whole number.")
    try:
        return period_of(given), value
    except ValueError as error:
        raise DatasetError(
            name,
            f"line {line}: {given!r} is no period.",
            "Write 2022, 2022-H1, 2022-Q3, 2022-05, 2022-W07 or 2022-05-03.",
        ) from error


def period_of(text: str) -> Period:
    """The period that a label names. Raises ValueError for what names none."""
    turned = _HALF.fullmatch(text)
    part = _PART.fullmatch(f"{turned[2]}-H{turned[1]}" if turned else text)
    if part:
        months = 6 if part[2] else 3
        begins = (int(part[2] or part[3]) - 1) * months + 1
        first = dt.date(int(part[1]), begins, 1)
        last = period(dt.date(int(part[1]), begins + months - 1, 1), "month").last
        kind = f"H{part[2]}" if part[2] else f"Q{part[3]}"
        return Period(first, last, f"{part[1]}-{kind}")
    week = _WEEK.fullmatch(text)
    if week:
        return period(dt.date.fromisocalendar(int(week[1]), int(week[2]), 1), "week")
    if re.fullmatch(r"\d{4}", text):
        return period(dt.date(int(text), 1, 1), "year")
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return period(dt.date.fromisoformat(f"{text}-01"), "month")
    return period(dt.date.fromisoformat(text), "day")


def _length(one: Period) -> str:
    days = (one.last - one.first).days + 1
    known = ((1, "day"), (7, "week"), (31, "month"), (92, "quarter"), (184, "half-year"))
    return next((word for most, word in known if days <= most), "year")


def _check(periods: Sequence[Period], name: str) -> None:
    lengths = {_length(one) for one in periods}
    if len(lengths) > 1:
        raise DatasetError(
            name, f"it mixes periods of a {' and a '.join(sorted(lengths))}.", "Use one length."
        )
    for one, following in pairwise(periods):
        if one.last + ONE_DAY != following.first:
            raise DatasetError(
                name,
                f"between {one.label} and {following.label} periods are missing.",
                "Add them (0 where nothing happened), or give the longer part alone.",
            )

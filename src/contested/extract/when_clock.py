"""What is known of time at some point of a report, and what a time found comes to."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from contested.extract.mentions import TimeKind
from contested.extract.when_rules import Atom
from contested.model import edtf

DAY = dt.timedelta(days=1)
UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
SAME = ("that", "the same")
BEFORE = ("last", "past", "this past", "the previous")
AFTER = ("next", "the following", "this coming", "coming")
_SOON_DAYS = 183


@dataclass(frozen=True, slots=True)
class Span:
    """Days `first` to `last` as an EDTF string; either end may be open."""

    first: dt.date | None
    last: dt.date | None
    edtf: str
    kind: TimeKind


@dataclass(slots=True)
class Clock:
    """What a reader knows of time at some point of a report."""

    first: dt.date | None = None
    last: dt.date | None = None
    year: int | None = None
    month: tuple[int, int] | None = None
    day: dt.date | None = None
    period: Span | None = None

    @property
    def precise(self) -> bool:
        """Whether the report's date is known to the day."""
        return self.first is not None and self.first == self.last


def span(first: dt.date, last: dt.date, kind: TimeKind) -> Span:
    """A closed span."""
    if first > last:
        first, last = last, first
    return Span(first, last, edtf.between(first, last, "").edtf, kind)


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_span(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def wide(clock: Clock, kind: TimeKind) -> Span | None:
    """The report's own date, as far as it is known."""
    if clock.first is None or clock.last is None:
        return None
    return span(clock.first, clock.last, kind)


def around(
    clock: Clock, days: Callable[[dt.date], tuple[dt.date, dt.date]], kind: TimeKind
) -> Span | None:
    """The days relative to the report's date, as wide as that date is unsure."""
    if clock.first is None or clock.last is None:
        return None
    return span(days(clock.first)[0], days(clock.last)[1], kind)


def year_of(word: str, clock: Clock) -> int | None:
    """The year that "last year", "that year" and their kin mean, or None."""
    if word in SAME:
        return clock.year
    if word == "the previous" and clock.year is not None:
        return clock.year - 1
    if word == "the following" and clock.year is not None:
        return clock.year + 1
    if clock.last is None or clock.first is None or clock.first.year != clock.last.year:
        return None
    return clock.last.year + {"last": -1, "the previous": -1, "next": 1, "the following": 1}.get(
        word, 0
    )


def nearest_year(clock: Clock, month: int, day: int, ahead: bool) -> int | None:
    """The year of a date written without one: the latest that is not after the report."""
    if clock.last is None or clock.first is None:
        return None
    leap = 8 if (month, day) == (2, 29) else 1
    if ahead:
        for year in range(clock.first.year, clock.first.year + leap + 1):
            if _exists(year, month, day):
                coming = dt.date(year, month, day)
                if clock.first <= coming <= clock.first + _SOON_DAYS * DAY:
                    return year
    for year in range(clock.last.year, clock.last.year - leap - 1, -1):
        if _exists(year, month, day) and dt.date(year, month, day) <= clock.last:
            return year
    return None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def written_year(atom: Atom, clock: Clock) -> int | None:
    """The year that the words themselves name."""
    if atom.year is not None:
        return atom.year
    return year_of(atom.year_word, clock) if atom.year_word else None

"""Days, weeks, months and years on the calendar, and how much of a time falls into each."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from contested.model import When

Step = Literal["year", "month", "week", "day"]
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included; None where the time is open on that side."""

    first: dt.date | None
    last: dt.date | None

    @classmethod
    def of(cls, when: When | None) -> Span | None:
        """The days that a time covers; None where it is wholly unknown."""
        if when is None or (when.earliest is None and when.latest is None):
            return None
        first, last = _day(when.earliest), _day(when.latest)
        if first and last and first > last:
            first, last = last, first
        return cls(first, last)

    @property
    def closed(self) -> bool:
        """Whether both ends are known."""
        return self.first is not None and self.last is not None


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One day, week (Monday to Sunday), month or year."""

    first: dt.date
    last: dt.date
    label: str

    def holds(self, span: Span) -> bool:
        """Whether the whole of `span` lies inside."""
        return (
            span.first is not None
            and span.last is not None
            and self.first <= span.first
            and span.last <= self.last
        )

    def meets(self, span: Span) -> bool:
        """Whether any day of `span` may lie inside."""
        begins = span.first is None or span.first <= self.last
        return begins and (span.last is None or span.last >= self.first)

    def share(self, span: Span) -> float:
        """Which part of the days of a closed `span` lies inside; 0 for an open one."""
        if span.first is None or span.last is None:
            return 0.0
        inside = (min(self.last, span.last) - max(self.first, span.first)).days + 1
        return max(0, inside) / ((span.last - span.first).days + 1)


def period(day: dt.date, by: Step) -> Period:
    """The period that holds `day`."""
    if by == "day":
        return Period(day, day, day.isoformat())
    if by == "week":
        monday = day - dt.timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        sunday = dt.date.fromordinal(min(monday.toordinal() + 6, dt.date.max.toordinal()))
        return Period(monday, sunday, f"{year:04d}-W{week:02d}")
    if by == "year":
        return Period(day.replace(month=1, day=1), day.replace(month=12, day=31), f"{day.year:04d}")
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last), f"{day.year:04d}-{day.month:02d}")


def between(first: dt.date, last: dt.date, by: Step) -> Iterator[Period]:
    """Every period from that of `first` to that of `last`, in order, none left out."""
    now = period(first, by)
    while now.first <= last:
        yield now
        if now.last == dt.date.max:
            return
        now = period(now.last + ONE_DAY, by)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

"""What a date means where the record is asked as of it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from contested.errors import UsageError
from contested.model.edtf import bounds
from contested.record import Span

Moment = str | dt.date | dt.datetime
"""An EDTF day, month or year, which stands for its end, or a full time."""

_LAST = dt.time(23, 59, 59, 999999, dt.UTC)
_FIRST = dt.time(0, tzinfo=dt.UTC)


def present() -> dt.datetime:
    """Now."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """The first and the last moment of what was asked for; one and the same for a full time."""

    words: str
    first: dt.datetime
    last: dt.datetime

    @classmethod
    def of(cls, given: Moment) -> Asked:
        """Read a date. Raises UsageError for what is none, or has no end."""
        if isinstance(given, dt.datetime):
            moment = _utc(given)
            return cls(written(moment), moment, moment)
        words = given.isoformat() if isinstance(given, dt.date) else _day(given.strip())
        try:
            first, last = bounds(words)
        except ValueError:
            return cls._time(words)
        if first is None or last is None:
            raise UsageError(f"{words!r} has no end. Give a day, a month, a year or a full time.")
        return cls(words, dt.datetime.combine(first, _FIRST), dt.datetime.combine(last, _LAST))

    @classmethod
    def _time(cls, words: str) -> Asked:
        try:
            moment = _utc(dt.datetime.fromisoformat(words))
        except (ValueError, OverflowError) as error:
            raise UsageError(
                f"{words!r} is no date. Write a day, a month, a year or a full time: 2026-11-21, "
                "2026-11, 2026, 2026-11-21T09:30:00Z."
            ) from error
        return cls(words, moment, moment)

    def within(self, span: Span | None, now: dt.datetime) -> dt.datetime:
        """The moment that is meant, in a record that holds things of `span`.

        Raises UsageError for one to come and for one before the record began.
        """
        if span is None:
            raise UsageError("The record is empty, and so it was. `contested add PATH` fills it.")
        present = max(now, span.last)
        if self.first > present:
            raise UsageError(
                f"{self.words} is still to come: what the record will say then cannot be known. "
                "Leave the date out for what it says now."
            )
        if self.last < span.first:
            raise UsageError(
                f"The record holds nothing from before {written(span.first)}, when the first "
                f"thing was stored. Ask for a later moment than {self.words}."
            )
        return min(self.last, present)

    def running(self, now: dt.datetime) -> bool:
        """Whether this is a period that is not over."""
        return self.first <= now < self.last


def _day(words: str) -> str:
    """A day that ISO 8601 writes otherwise (20261121, 2026-W47-6) as EDTF; all else as it is.

    Python would read it as a time, and so as the beginning of that day.
    """
    with suppress(ValueError):
        return dt.date.fromisoformat(words).isoformat()
    return words


def _utc(moment: dt.datetime) -> dt.datetime:
    """A time without a zone is taken for UTC, as dates are."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def written(moment: dt.datetime) -> str:
    """A moment in full, so that giving it again means the same.

    >>> written(dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC))
    '2026-11-21T09:30:00.000000Z'
    """
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

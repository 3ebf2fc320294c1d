"""Days of times written by what is known already: weekdays, "last week", "two days later"."""

from __future__ import annotations

import calendar
import datetime as dt

from contested.extract.mentions import TimeKind
from contested.extract.when_clock import (
    AFTER,
    BEFORE,
    DAY,
    SAME,
    UNIT_DAYS,
    Clock,
    Span,
    around,
    month_span,
    span,
    wide,
    year_span,
)
from contested.extract.when_rules import Atom
from contested.extract.when_words import weekdays

_RECENT_DAYS = {"hour": 2, "day": 7, "week": 42, "month": 183, "year": 1826}
_EPOCH = dt.date(1, 1, 1)


def of_weekday(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    """A weekday near the report's date."""
    if clock.last is None or not clock.precise:
        return wide(clock, "weekday")
    back = (clock.last.weekday() - weekdays()[atom.word]) % 7
    if atom.year_word in AFTER or (ahead and atom.year_word not in BEFORE):
        back -= 7
    elif atom.year_word in BEFORE and back == 0:
        back = 7
    day = clock.last - back * DAY
    return span(day, day, "weekday")


def of_day_word(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """ "today", "yesterday", "last night"."""
    word = atom.word
    if word.startswith("the day before"):
        return around(clock, lambda d: (d - 2 * DAY, d - 2 * DAY), "relative")
    if word == "yesterday":
        return around(clock, lambda d: (d - DAY, d - DAY), "relative")
    if word == "tomorrow":
        return around(clock, lambda d: (d + DAY, d + DAY), "relative")
    if word in ("last night", "overnight"):
        return around(clock, lambda d: (d - DAY, d), "relative")
    return around(clock, lambda d: (d, d), "relative")


def of_same_day(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """ "that day", "the next day": by the day last named."""
    if clock.day is None:
        return None
    word = atom.word
    shift = 0
    if "next" in word or "following" in word or word.endswith("after"):
        shift = 1
    elif "previous" in word or word.endswith("before"):
        shift = -1
    day = clock.day + shift * DAY
    return span(day, day, "relative")


def of_span_word(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """ "this week", "last month", "over the weekend"."""
    if atom.unit == "month":
        return _month_word(atom, clock)
    word = atom.year_word
    if word in SAME or word in ("the previous", "the following"):
        return _near_day(atom, clock)
    if atom.unit == "weekend":
        return _weekend(word, clock)
    if word == "this":
        return _this_week(atom, clock)
    if word in ("past", "this past"):
        return around(clock, lambda d: (d - 7 * DAY, d), "relative")
    shift = {"next": 7, "this coming": 7}.get(word, -7)
    return around(
        clock, lambda d: (_monday(d) + shift * DAY, _monday(d) + (shift + 6) * DAY), "relative"
    )


def _this_week(atom: Atom, clock: Clock) -> Span | None:
    """The seven days up to the report, or what its week has left."""
    if clock.last is None or not clock.precise:
        return wide(clock, "relative")
    today = clock.last
    if atom.part in ("late", "later"):
        return span(today, _monday(today) + 6 * DAY, "relative")
    return span(_monday(today) if atom.part else today - 6 * DAY, today, "relative")


def _monday(day: dt.date) -> dt.date:
    return day - day.weekday() * DAY


def _near_day(atom: Atom, clock: Clock) -> Span | None:
    """ "that week", "the following week": around the day last named."""
    if clock.day is None or atom.unit != "week":
        return None
    shift = {"the previous": -7, "the following": 7}.get(atom.year_word, 0)
    monday = _monday(clock.day) + shift * DAY
    return span(monday, monday + 6 * DAY, "relative")


def _weekend(word: str, clock: Clock) -> Span | None:
    if clock.last is None or not clock.precise:
        return wide(clock, "relative")
    today = clock.last
    saturday = today - ((today.weekday() - 5) % 7) * DAY
    if word in AFTER:
        saturday += 7 * DAY
    elif word in BEFORE and today <= saturday + DAY:
        saturday -= 7 * DAY
    return span(saturday, saturday + DAY, "relative")


def _month_word(atom: Atom, clock: Clock) -> Span | None:
    word = atom.year_word
    if (
        word in SAME
        or word.endswith("the")
        or (word in ("the previous", "the following") and clock.month)
    ):
        if clock.month is None:
            return None
        shift = {"the previous": -1, "the following": 1}.get(word, 0)
        return span(*_shift_month(dt.date(*clock.month, 1), shift), "relative")
    if word in ("past", "this past"):
        return around(clock, lambda d: (d - 30 * DAY, d), "period")
    shift = {"last": -1, "the previous": -1, "next": 1, "this coming": 1}.get(word, 0)
    if clock.last is not None and clock.first is not None and atom.part and word == "this":
        first, last = month_span(clock.last.year, clock.last.month)
        if atom.part.startswith("ear"):
            return span(first, clock.last, "relative")
        return span(clock.first, last, "relative")
    return around(clock, lambda d: _shift_month(d, shift), "relative")


def _shift_month(day: dt.date, shift: int) -> tuple[dt.date, dt.date]:
    index = day.year * 12 + day.month - 1 + shift
    return month_span(index // 12, index % 12 + 1)


def _back(day: dt.date, number: float, unit: str) -> dt.date:
    """The day `number` units before `day`."""
    whole = int(number)
    if unit in ("month", "year", "decade", "century") and number == whole:
        months = whole * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        index = day.year * 12 + day.month - 1 - months
        if index < 12:
            return _EPOCH
        year, month = index // 12, index % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    days = {"second": 0, "minute": 0, "hour": 1 / 24}.get(unit, UNIT_DAYS.get(unit, 3652))
    shift = number * days
    return day - dt.timedelta(days=int(shift) + (shift % 1 > 0))


def of_rolling(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """ "the past 72 hours", "the last two years", "the coming days" """
    unit, number = atom.unit, atom.number
    if unit in ("second", "minute") or (number is None and atom.year_word in ("last", "previous")):
        return None
    if number is None and atom.year_word == "next":
        return None
    forward = atom.year_word in ("coming", "next")
    if number == -1 or (number is None and unit != "year" and forward):
        number, kind = 9.0, "vague"
    else:
        number, kind = number or 1.0, "period"
    how: TimeKind = "vague" if kind == "vague" else "period"
    if forward:
        days = int(number * UNIT_DAYS.get(unit, 1))
        return around(clock, lambda d: (d, d + days * DAY), how)
    return around(clock, lambda d: (_back(d, number, unit), d), how)


def of_recent(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """ "recent days": as far back as the words are used for."""
    days = _RECENT_DAYS[atom.unit]
    return around(clock, lambda d: (d - days * DAY, d), "vague")


def of_ago(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """ "two days ago", "a week earlier", "three days later"."""
    unit, number = atom.unit, atom.number
    if number is None or unit in ("second", "minute", "decade", "century"):
        return None
    anchor = clock.day if atom.year_word in ("earlier", "later", "prior", "before") else None
    if anchor is None and atom.year_word in ("later", "prior", "back", "before"):
        return None
    sign = -1 if atom.year_word == "later" else 1

    def days(day: dt.date) -> tuple[dt.date, dt.date]:
        base = anchor or day
        if number == -1 and unit == "hour":
            return min(base, base - sign * DAY), max(base, base - sign * DAY)
        if number == -1:
            ends = _back(base, 9 * sign, unit), _back(base, 2 * sign, unit)
            return min(ends), max(ends)
        middle = _back(base, number * sign, unit)
        slack = {"week": 3, "fortnight": 3, "month": 15, "year": 183}.get(unit, 0) * DAY
        if unit == "hour":
            return middle, base
        if unit == "year" and number.is_integer() and anchor is None:
            return year_span(middle.year)
        return middle - slack, middle + slack

    if anchor is not None:
        return span(*days(anchor), "relative")
    return around(clock, days, "relative")


def of_period(_atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """ "this period": the one last named."""
    if clock.period is None:
        return None
    return Span(clock.period.first, clock.period.last, clock.period.edtf, "period")

"""What the words for a time mean: an `Atom` and what is known around it, in; days, out.

A vague time becomes a wide interval. Where the report's own date is only a month, a weekday or
"this week" is no finer than that month. What cannot be told gives None.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from contested.extract.lexicon import table
from contested.extract.mentions import TimeKind
from contested.extract.when_rules import Atom, weekdays
from contested.model import edtf

DAY = dt.timedelta(days=1)
_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_RECENT_DAYS = {"hour": 2, "day": 7, "week": 42, "month": 183, "year": 1826}
_SAME = ("that", "the same")
_BEFORE = ("last", "past", "this past", "the previous")
_AFTER = ("next", "the following", "this coming", "coming")
_SOON_DAYS = 183
_EPOCH = dt.date(1, 1, 1)


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


def resolve(atom: Atom, clock: Clock, ahead: bool = False) -> Span | None:
    """The days that `atom` means, or None. `ahead`: the words around it speak of the future."""
    try:
        return _FORMS[atom.form](atom, clock, ahead)
    except (ValueError, OverflowError):
        return None


def span(first: dt.date, last: dt.date, kind: TimeKind) -> Span:
    """A closed span."""
    if first > last:
        first, last = last, first
    return Span(first, last, edtf.between(first, last, "").edtf, kind)


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _year_span(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _wide(clock: Clock, kind: TimeKind) -> Span | None:
    if clock.first is None or clock.last is None:
        return None
    return span(clock.first, clock.last, kind)


def _around(
    clock: Clock, days: Callable[[dt.date], tuple[dt.date, dt.date]], kind: TimeKind
) -> Span | None:
    """The days relative to the report's date, as wide as that date is unsure."""
    if clock.first is None or clock.last is None:
        return None
    return span(days(clock.first)[0], days(clock.last)[1], kind)


def year_of(word: str, clock: Clock) -> int | None:
    """The year that "last year", "that year" and their kin mean, or None."""
    if word in _SAME:
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


def _nearest_year(clock: Clock, month: int, day: int, ahead: bool) -> int | None:
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


def _written_year(atom: Atom, clock: Clock) -> int | None:
    if atom.year is not None:
        return atom.year
    return year_of(atom.year_word, clock) if atom.year_word else None


def _date(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    month, day = atom.month or 0, atom.day or 0
    year = _written_year(atom, clock)
    if year is None:
        if atom.year_word:
            return None
        year = _nearest_year(clock, month, atom.last_day or day, ahead)
    if year is None:
        return None
    first = dt.date(year, month, day)
    if atom.last_day is None:
        return span(first, first, "day")
    if atom.last_day < day:
        return None
    return span(first, dt.date(year, month, atom.last_day), "period")


def _month(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    month = atom.month or 0
    word = atom.year_word
    year = atom.year
    if year is None and word in ("that", "the same"):
        year = clock.year
    elif year is None and clock.last is not None and clock.first is not None:
        if atom.unit == "year" or word == "this":
            year = year_of(word, clock)
        else:
            year = _nearest_year(clock, month, 1, ahead or word in _AFTER)
            if word in _BEFORE and year == clock.first.year and month == clock.first.month:
                year -= 1
    if year is None:
        return None
    first, last = month_span(year, month)
    if not atom.part:
        return span(first, last, "month")
    cut = _month_part(atom.part, first, last)
    return span(*cut, "period") if cut else span(first, last, "month")


def _month_part(part: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date] | None:
    head, _, unit = part.partition(" ")
    if unit == "week":
        if head in ("last", "final", "closing"):
            return last - 6 * DAY, last
        n = {"first": 0, "opening": 0, "second": 1, "third": 2}[head]
        return first + 7 * n * DAY, first + (7 * n + 6) * DAY
    if unit == "half":
        middle = first + 14 * DAY
        return (first, middle) if head == "first" else (middle + DAY, last)
    if head in ("early", "earlier", "start", "beginning", "turn", "first", "opening"):
        return first, first + 9 * DAY
    if head in ("mid", "middle"):
        return first + 10 * DAY, first + 19 * DAY
    if head in ("late", "later", "end", "last", "final", "closing"):
        return first + 20 * DAY, last
    return None


def _year(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    year = _written_year(atom, clock)
    if atom.year_word == "the" and clock.last is not None:
        year = clock.last.year
    if year is None:
        return None
    if atom.part in ("earlier", "later") and clock.last is not None and clock.first is not None:
        first, last = _year_span(year)
        if first <= clock.last <= last:
            return (
                span(first, clock.last, "period")
                if atom.part == "earlier"
                else (span(clock.first, last, "period"))
            )
    first, last = _year_part(atom.part, year)
    return span(first, last, "year" if not atom.part else "period")


def _year_part(part: str, year: int) -> tuple[dt.date, dt.date]:
    first, last = _year_span(year)
    head, _, unit = part.partition(" ")
    if unit == "half":
        return (first, dt.date(year, 6, 30)) if head == "first" else (dt.date(year, 7, 1), last)
    if unit in ("week", "days"):
        return (first, first + 6 * DAY) if head in ("first", "opening") else (last - 6 * DAY, last)
    if head in ("early", "earlier", "start", "beginning", "turn", "first", "opening"):
        return first, dt.date(year, 4, 30)
    if head in ("mid", "middle"):
        return dt.date(year, 5, 1), dt.date(year, 8, 31)
    if head in ("late", "later", "end", "last", "final", "closing"):
        return dt.date(year, 9, 1), last
    return first, last


def _half(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    year = _written_year(atom, clock)
    if atom.year_word == "the" and clock.last is not None:
        year = clock.last.year
    if year is None:
        return None
    part = atom.part
    if part[:1] in "qh" and part[1:].isdecimal():
        unit, n = ("quarter" if part[0] == "q" else "half"), int(part[1:])
    else:
        unit = atom.unit
        whole = 4 if unit == "quarter" else 2
        n = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(part, whole)
    size = 3 if unit == "quarter" else 6
    if n * size > 12:
        return None
    return span(dt.date(year, (n - 1) * size + 1, 1), month_span(year, n * size)[1], "period")


def _years(atom: Atom, _clock: Clock, _ahead: bool) -> Span | None:
    first, last = atom.year or 0, atom.last_year or 0
    if last < 100:
        last += first - first % 100
    if not first < last:
        return None
    return Span(dt.date(first, 1, 1), dt.date(last, 12, 31), f"{first:04d}/{last:04d}", "period")


def _decade(atom: Atom, _clock: Clock, _ahead: bool) -> Span | None:
    first = (atom.year or 0) * 10
    a, b = {"early": (0, 4), "mid": (3, 6), "late": (5, 9)}.get(atom.part, (0, 9))
    return Span(
        dt.date(first + a, 1, 1),
        dt.date(first + b, 12, 31),
        f"{first + a:04d}/{first + b:04d}",
        "vague" if atom.part else "period",
    )


def _season(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    begins, months = _seasons()[atom.word]
    word = atom.year_word
    if atom.year is None and not word:
        return None
    year = atom.year
    if year is None and (atom.unit == "year" or word == "this"):
        year = year_of(word, clock)
    elif year is None:
        year = _nearest_year(clock, begins, 1, ahead or word == "next")
        if year is not None and word in ("last", "past", "this past") and clock.last is not None:
            year -= _season_days(year, begins, months)[1] >= clock.last
    if year is None:
        return None
    if begins + months > 13 and clock.last and dt.date(year, begins, 1) > clock.last:
        year -= 1
    first, last = _season_days(year, begins, months)
    if atom.part:
        third = (last - first) // 3
        cut = {"early": 0, "mid": 1, "late": 2}[atom.part]
        first, last = first + cut * third, (last if cut == 2 else first + (cut + 1) * third)
    return span(first, last, "period")


@lru_cache(maxsize=1)
def _seasons() -> dict[str, tuple[int, int]]:
    return {r["word"]: (int(r["first_month"]), int(r["months"])) for r in table("seasons")}


def _season_days(year: int, month: int, months: int) -> tuple[dt.date, dt.date]:
    end = month + months - 1
    return dt.date(year, month, 1), month_span(year + (end > 12), (end - 1) % 12 + 1)[1]


def _weekday(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    if clock.last is None or not clock.precise:
        return _wide(clock, "weekday")
    back = (clock.last.weekday() - weekdays()[atom.word]) % 7
    if atom.year_word in _AFTER or (ahead and atom.year_word not in _BEFORE):
        back -= 7
    elif atom.year_word in _BEFORE and back == 0:
        back = 7
    day = clock.last - back * DAY
    return span(day, day, "weekday")


def _day_word(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    word = atom.word
    if word.startswith("the day before"):
        return _around(clock, lambda d: (d - 2 * DAY, d - 2 * DAY), "relative")
    if word == "yesterday":
        return _around(clock, lambda d: (d - DAY, d - DAY), "relative")
    if word == "tomorrow":
        return _around(clock, lambda d: (d + DAY, d + DAY), "relative")
    if word in ("last night", "overnight"):
        return _around(clock, lambda d: (d - DAY, d), "relative")
    return _around(clock, lambda d: (d, d), "relative")


def _same_day(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
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


def _span_word(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    if atom.unit == "month":
        return _month_word(atom, clock)
    word = atom.year_word
    if word in _SAME or word in ("the previous", "the following"):
        return _near_day(atom, clock)
    if atom.unit == "weekend":
        return _weekend(word, clock)
    if clock.last is None or not clock.precise:
        if word == "this":
            return _wide(clock, "relative")
        shift = {"next": 7, "this coming": 7}.get(word, -7)
        return _around(
            clock, lambda d: (_monday(d) + shift * DAY, _monday(d) + (shift + 6) * DAY), "relative"
        )
    today = clock.last
    monday = _monday(today)
    if word == "this":
        if atom.part in ("late", "later"):
            return span(today, monday + 6 * DAY, "relative")
        return span(monday if atom.part else today - 6 * DAY, today, "relative")
    if word in ("past", "this past"):
        return span(today - 7 * DAY, today, "relative")
    monday += {"next": 7, "this coming": 7}.get(word, -7) * DAY
    return span(monday, monday + 6 * DAY, "relative")


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
        return _wide(clock, "relative")
    today = clock.last
    saturday = today - ((today.weekday() - 5) % 7) * DAY
    if word in _AFTER:
        saturday += 7 * DAY
    elif word in _BEFORE and today <= saturday + DAY:
        saturday -= 7 * DAY
    return span(saturday, saturday + DAY, "relative")


def _month_word(atom: Atom, clock: Clock) -> Span | None:
    word = atom.year_word
    if word in _SAME or (word in ("the previous", "the following") and clock.month):
        if clock.month is None:
            return None
        shift = {"the previous": -1, "the following": 1}.get(word, 0)
        return span(*_shift_month(dt.date(*clock.month, 1), shift), "relative")
    if word in ("past", "this past"):
        return _around(clock, lambda d: (d - 30 * DAY, d), "period")
    shift = {"last": -1, "the previous": -1, "next": 1, "this coming": 1}.get(word, 0)
    if clock.last is not None and clock.first is not None and atom.part and word == "this":
        first, last = month_span(clock.last.year, clock.last.month)
        if atom.part.startswith("ear"):
            return span(first, clock.last, "relative")
        return span(clock.first, last, "relative")
    return _around(clock, lambda d: _shift_month(d, shift), "relative")


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
    days = {"second": 0, "minute": 0, "hour": 1 / 24}.get(unit, _UNIT_DAYS.get(unit, 3652))
    shift = number * days
    return day - dt.timedelta(days=int(shift) + (shift % 1 > 0))


def _rolling(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
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
        days = int(number * _UNIT_DAYS.get(unit, 1))
        return _around(clock, lambda d: (d, d + days * DAY), how)
    return _around(clock, lambda d: (_back(d, number, unit), d), how)


def _recent(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    days = _RECENT_DAYS[atom.unit]
    return _around(clock, lambda d: (d - days * DAY, d), "vague")


def _ago(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    unit, number = atom.unit, atom.number
    if number is None or unit in ("second", "minute", "decade", "century"):
        return None
    anchor = clock.day if atom.year_word in ("earlier", "later", "prior") else None
    if anchor is None and atom.year_word in ("later", "prior", "back"):
        return None
    sign = -1 if atom.year_word == "later" else 1

    def days(day: dt.date) -> tuple[dt.date, dt.date]:
        base = anchor or day
        if number == -1:
            ends = _back(base, 9 * sign, unit), _back(base, 2 * sign, unit)
            return min(ends), max(ends)
        middle = _back(base, number * sign, unit)
        slack = {"week": 3, "fortnight": 3, "month": 15, "year": 183}.get(unit, 0) * DAY
        if unit == "hour":
            return middle, base
        if unit == "year" and number.is_integer() and anchor is None:
            return _year_span(middle.year)
        return middle - slack, middle + slack

    if anchor is not None:
        return span(*days(anchor), "relative")
    return _around(clock, days, "relative")


def _period(_atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    if clock.period is None:
        return None
    return Span(clock.period.first, clock.period.last, clock.period.edtf, "period")


def _holiday(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    name, _, nation = atom.word.partition("|")
    best: Span | None = None
    for nations, written_year, first, last in _holidays().get(name, ()):
        if nations and nation not in nations:
            continue
        if not written_year:
            year = atom.year or _nearest_year(clock, int(first[:2]), int(first[3:]), ahead)
            if year is None:
                continue
            first, last = f"{year:04d}-{first}", f"{year:04d}-{last}"
        begins, ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        if atom.year not in (None, begins.year):
            continue
        alone = len(_holidays()[name]) == 1
        if atom.year is None and not alone and (clock.last is None or begins > clock.last):
            continue
        best = span(begins, ends, "day" if begins == ends else "period")
    return best


Holiday = tuple[frozenset[str], str, str, str]


@lru_cache(maxsize=1)
def _holidays() -> dict[str, list[Holiday]]:
    """Rows of the table by each of their names, in the order of years."""
    out: dict[str, list[Holiday]] = {}
    for r in table("holidays"):
        nations = frozenset(r["nations"].split("|")) - {""}
        for name in r["names"].split("|"):
            out.setdefault(name, []).append((nations, r["year"], r["first"], r["last"]))
    return out


_FORMS: dict[str, Callable[[Atom, Clock, bool], Span | None]] = {
    "date": _date,
    "month": _month,
    "year": _year,
    "year_word": _year,
    "half": _half,
    "years": _years,
    "decade": _decade,
    "season": _season,
    "weekday": _weekday,
    "day_word": _day_word,
    "same_day": _same_day,
    "span_word": _span_word,
    "rolling": _rolling,
    "recent": _recent,
    "ago": _ago,
    "period": _period,
    "holiday": _holiday,
}

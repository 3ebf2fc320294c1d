"""Days of times written by the calendar: dates, months, years, seasons, holidays."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from contested.extract.lexicon import table
from contested.extract.when_clock import (
    AFTER,
    BEFORE,
    DAY,
    Clock,
    Span,
    month_span,
    nearest_year,
    span,
    written_year,
    year_of,
    year_span,
)
from contested.extract.when_rules import Atom

_WEEKS = {"first": 0, "opening": 0, "second": 1, "third": 2}
_THIRDS = (
    dict.fromkeys(("early", "earlier", "start", "beginning", "turn", "first", "opening"), 0)
    | dict.fromkeys(("mid", "middle"), 1)
    | dict.fromkeys(("late", "later", "end", "last", "final", "closing"), 2)
)
"""The third of a month or of a year that a word means."""


def of_date(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    """A day, or days of one month."""
    month, day = atom.month or 0, atom.day or 0
    year = written_year(atom, clock)
    if year is None:
        if atom.year_word:
            return None
        year = nearest_year(clock, month, atom.last_day or day, ahead)
    if year is None:
        return None
    first = dt.date(year, month, day)
    if atom.last_day is None:
        return span(first, first, "day")
    if atom.last_day < day:
        return None
    return span(first, dt.date(year, month, atom.last_day), "period")


def of_month(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    """A month, or a part of one."""
    month = atom.month or 0
    word = atom.year_word
    year = atom.year
    if year is None and word in ("that", "the same"):
        year = clock.year
    elif year is None and clock.last is not None and clock.first is not None:
        if atom.unit == "year" or word == "this":
            year = year_of(word, clock)
        else:
            year = nearest_year(clock, month, 1, ahead or word in AFTER)
            if word in BEFORE and year == clock.first.year and month == clock.first.month:
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
    if unit == "week" and head in _WEEKS:
        opens = first + 7 * _WEEKS[head] * DAY
        return opens, opens + 6 * DAY
    if unit == "week":
        return last - 6 * DAY, last
    if unit == "half":
        middle = first + 14 * DAY
        return (first, middle) if head == "first" else (middle + DAY, last)
    third = _THIRDS.get(head)
    if third is None:
        return None
    return first + 10 * third * DAY, last if third == 2 else first + (10 * third + 9) * DAY


def of_year(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """A year, or a part of one."""
    year = written_year(atom, clock)
    if atom.year_word == "the" and clock.last is not None:
        year = clock.last.year
    if year is None:
        return None
    if atom.part in ("earlier", "later") and clock.last is not None and clock.first is not None:
        first, last = year_span(year)
        if first <= clock.last <= last:
            return (
                span(first, clock.last, "period")
                if atom.part == "earlier"
                else (span(clock.first, last, "period"))
            )
    first, last = _year_part(atom.part, year)
    return span(first, last, "year" if not atom.part else "period")


def _year_part(part: str, year: int) -> tuple[dt.date, dt.date]:
    first, last = year_span(year)
    head, _, unit = part.partition(" ")
    if unit == "half":
        return (first, dt.date(year, 6, 30)) if head == "first" else (dt.date(year, 7, 1), last)
    third = _THIRDS.get(head)
    if third is not None and unit in ("week", "days"):
        return (first, first + 6 * DAY) if third == 0 else (last - 6 * DAY, last)
    if third is None:
        return first, last
    return dt.date(year, 4 * third + 1, 1), month_span(year, 4 * third + 4)[1]


def of_half(atom: Atom, clock: Clock, _ahead: bool) -> Span | None:
    """A half or a quarter of a year."""
    year = written_year(atom, clock)
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


def of_years(atom: Atom, _clock: Clock, _ahead: bool) -> Span | None:
    """Years from one to another."""
    first, last = atom.year or 0, atom.last_year or 0
    if last < 100:
        last += first - first % 100
    if not first < last:
        return None
    return Span(dt.date(first, 1, 1), dt.date(last, 12, 31), f"{first:04d}/{last:04d}", "period")


def of_decade(atom: Atom, _clock: Clock, _ahead: bool) -> Span | None:
    """A decade, or a part of one."""
    first = (atom.year or 0) * 10
    a, b = {"early": (0, 4), "mid": (3, 6), "late": (5, 9)}.get(atom.part, (0, 9))
    return Span(
        dt.date(first + a, 1, 1),
        dt.date(first + b, 12, 31),
        f"{first + a:04d}/{first + b:04d}",
        "vague" if atom.part else "period",
    )


def of_season(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    """A season of a year."""
    begins, months = _seasons()[atom.word]
    word = atom.year_word
    if atom.year is None and not word:
        return None
    year = atom.year
    if year is None and (atom.unit == "year" or word == "this"):
        year = year_of(word, clock)
    elif year is None:
        year = nearest_year(clock, begins, 1, ahead or word == "next")
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


def of_holiday(atom: Atom, clock: Clock, ahead: bool) -> Span | None:
    """A holiday of the table."""
    name, _, nation = atom.word.partition("|")
    best: Span | None = None
    for nations, written, opens, closes in _holidays().get(name, ()):
        if nations and nation not in nations:
            continue
        if not written:
            year = atom.year or nearest_year(clock, int(opens[:2]), int(opens[3:]), ahead)
            if year is None:
                continue
            ends_on = [f"{year:04d}-{end}" for end in (opens, closes)]
        else:
            ends_on = [opens, closes]
        begins, ends = map(dt.date.fromisoformat, ends_on)
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

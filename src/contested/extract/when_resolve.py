"""What the words for a time mean: an `Atom` and what is known around it, in; days, out.

A vague time becomes a wide interval. Where the report's own date is only a month, a weekday or
"this week" is no finer than that month. What cannot be told gives None.
"""

from __future__ import annotations

from collections.abc import Callable

from contested.extract import when_calendar as by_calendar
from contested.extract import when_relative as relative
from contested.extract.when_clock import Clock, Span
from contested.extract.when_rules import Atom

_FORMS: dict[str, Callable[[Atom, Clock, bool], Span | None]] = {
    "date": by_calendar.of_date,
    "month": by_calendar.of_month,
    "year": by_calendar.of_year,
    "year_word": by_calendar.of_year,
    "half": by_calendar.of_half,
    "years": by_calendar.of_years,
    "decade": by_calendar.of_decade,
    "season": by_calendar.of_season,
    "holiday": by_calendar.of_holiday,
    "weekday": relative.of_weekday,
    "day_word": relative.of_day_word,
    "same_day": relative.of_same_day,
    "span_word": relative.of_span_word,
    "rolling": relative.of_rolling,
    "recent": relative.of_recent,
    "ago": relative.of_ago,
    "period": relative.of_period,
}


def resolve(atom: Atom, clock: Clock, ahead: bool = False) -> Span | None:
    """The days that `atom` means, or None. `ahead`: the words around it speak of the future."""
    try:
        return _FORMS[atom.form](atom, clock, ahead)
    except (ValueError, OverflowError):
        return None

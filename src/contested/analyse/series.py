"""Counts a period over draws: the table that trends, changes and breaks are read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from contested.analyse.draws import Draw, Draws, point
from contested.analyse.events import Events, Floats, Ints
from contested.analyse.figures import several
from contested.analyse.periods import Period, Step, between
from contested.errors import NothingToAnalyse, UsageError

Measure = Literal["incidents", "deaths"]
MOST_PERIODS = 20_000
FEW_DAYS = 0.5
"""A first or last period of which less than this share of days is reached is left out of tests."""
GAP, GAP_MEAN = 3, 5.0
"""So many periods of nothing, where others have so many on average, look like a gap."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One measure a period: `values` has a line a draw, `point` is the record as it stands.

    `undated` is how many incidents fall on no day. `warnings` tell of periods that were left out
    and of gaps.
    """

    measure: Measure
    by: str
    periods: tuple[Period, ...]
    values: Floats
    point: Floats
    undated: int = 0
    warnings: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.periods)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Counts of draws by group and period: arrays of shape (draws, groups, periods)."""

    incidents: Floats
    deaths: Floats
    silent: Floats


def calendar_of(draws: Draws, by: Step) -> tuple[Period, ...]:
    """All periods from the first day of any draw to the last.

    Raises NothingToAnalyse where no draw holds a date, UsageError where there are too many.
    """
    days = draws.day[draws.day > 0]
    if not len(days):
        raise NothingToAnalyse(
            f"None of {several(len(draws.events), 'incident')} has a date, so nothing can be "
            "counted by time. Widen the filters."
        )
    first, last = (dt.date.fromordinal(int(day)) for day in (days.min(), days.max()))
    length = {"year": 365, "month": 28, "week": 7, "day": 1}[by]
    if (last - first).days / length > MOST_PERIODS:
        raise UsageError(
            f"The times are too far apart to count by {by}. Count by month, or narrow the time."
        )
    return tuple(between(first, last, by))


def tabulate(
    periods: Sequence[Period],
    groups: int,
    lines: Draw,
    of: Ints,
    count: int,
    labels: Ints,
    weights: Floats | None = None,
) -> Table:
    """Count lines of `count` draws into groups and periods; undated ones come last.

    `of` is the draw and `labels` the group of each line. The last period of the result holds
    what has no date.
    """
    firsts = np.array([period.first.toordinal() for period in periods], dtype=np.int64)
    slot = np.where(
        lines.day > 0, np.searchsorted(firsts, lines.day, side="right") - 1, len(firsts)
    )
    shape = (count, groups, len(firsts) + 1)
    where = (of * groups + labels) * shape[2] + slot
    size = count * groups * shape[2]
    killed = lines.deaths()
    each = np.ones(len(where)) if weights is None else weights
    silent = killed < 0
    return Table(
        *(
            np.bincount(where, weights=part, minlength=size).astype(np.float64).reshape(shape)
            for part in (each, each * np.maximum(killed, 0), each * silent)
        )
    )


def series(draws: Draws, by: Step = "month", measure: Measure = "incidents") -> Series:
    """One measure a period, over all draws, with what looks like missing coverage told.

    A first or last period that is hardly reached is left out: half a month is no fall. Raises
    NothingToAnalyse where nothing has a date.
    """
    periods = calendar_of(draws, by)
    stands = draws.point()
    tables = [
        tabulate(periods, 1, lines, of, count, np.zeros(len(lines), dtype=np.int64))
        for lines, of, count in (
            (_lines(draws), draws.number, len(draws)),
            (stands, np.zeros(len(stands), dtype=np.int64), 1),
        )
    ]
    values, single = (getattr(table, measure)[:, 0, :-1] for table in tables)
    kept, warnings = _covered(draws.events, periods)
    values, single = values[:, kept], single[0, kept]
    whole = periods[kept]
    return Series(
        measure=measure,
        by=by,
        periods=whole,
        values=values,
        point=single,
        undated=int((~draws.events.dated & draws.events.point).sum()),
        warnings=(*warnings, *gaps(whole, single)),
    )


def expected(events: Events) -> tuple[Draw, Floats]:
    """The record as it stands, each row once for every side that may have begun, with its part."""
    stands = point(events)
    sizes = np.array([len(events.initiators[n]) for n in stands.event], dtype=np.int64)
    taken = np.repeat(np.arange(len(stands)), sizes)
    begun = [one for n in stands.event for one in events.initiators[n]]
    sides = np.array([side for side, _ in begun], dtype=np.int32)
    lines = Draw(stands.event[taken], stands.day[taken], sides, stands.killed[taken])
    return lines, np.array([share for _, share in begun], dtype=np.float64)


def _lines(draws: Draws) -> Draw:
    return Draw(draws.event, draws.day, draws.side, draws.killed)


def _covered(events: Events, periods: Sequence[Period]) -> tuple[slice, list[str]]:
    """Which periods are reached by enough of their days, and what was left out, in words."""
    begins, ends = 0, len(periods)
    dated = events.dated
    if len(periods) < 4 or periods[0].first == periods[0].last:
        return slice(begins, ends), []
    first, last = int(events.first[dated].min()), int(events.last[dated].max())
    warnings = []
    reached = {
        0: periods[0].last.toordinal() - first + 1,
        -1: last - periods[-1].first.toordinal() + 1,
    }
    for place, days in reached.items():
        one = periods[place]
        length = (one.last - one.first).days + 1
        if days < FEW_DAYS * length:
            warnings.append(
                f"{one.label} is left out: the record reaches {several(days, 'day')} of its "
                f"{length}, and half a period would look like a fall."
            )
            begins, ends = (begins + 1, ends) if place == 0 else (begins, ends - 1)
    return slice(begins, ends), warnings


def gaps(periods: Sequence[Period], values: Floats) -> list[str]:
    """Runs of empty periods that look like missing coverage, in words."""
    busy = values[values > 0]
    if len(values) and len(busy) < len(values) / 2:
        return [
            f"{len(values) - len(busy)} of {several(len(values), 'period')} hold nothing: little "
            "is told, and what changes may be what is reported. Count by longer periods, or narrow "
            "the time."
        ]
    if not len(busy) or busy.mean() < GAP_MEAN:
        return []
    found: list[str] = []
    start: int | None = None
    for n, value in enumerate([*values, 1.0]):
        if value == 0 and start is None:
            start = n
        elif value > 0 and start is not None:
            if n - start >= GAP:
                found.append(
                    f"Nothing from {periods[start].label} to {periods[n - 1].label}, where other "
                    f"periods have {busy.mean():.0f} on average: a gap in coverage, or peace? The "
                    "record does not say, and the answer takes it for zero."
                )
            start = None
    return found


Labelled = tuple[list[str], Callable[[Draw], tuple[Ints, Ints]]]


def labelled(events: Events, group: str | None) -> Labelled:
    """The names of groups, and a function that gives lines of a draw with their groups.

    It returns the positions of lines (one of several groups more than once) and the number of
    the group of each. `group` is actor, target, type, admin1, country or None for all together.
    """
    if group is None:
        return ["all"], lambda lines: (np.arange(len(lines)), np.zeros(len(lines), np.int64))
    names: dict[str, int] = {}

    def number(name: str) -> int:
        return names.setdefault(name, len(names))

    sides = [[number(one) for one in side or ("unknown",)] for side in events.sides]
    if group == "actor":
        return list(names), lambda lines: _spread(sides, lines.side)
    if group == "target":
        rows = [sides[target] for target in events.targets.tolist()]
        return list(names), lambda lines: _spread(rows, lines.event)
    names.clear()
    words = {
        "type": [one or "unknown" for one in events.types],
        "country": [one or "unknown" for one in events.countries],
        "admin1": [
            f"{one} ({land or 'country unknown'})" if one else f"province unknown ({land or '?'})"
            for one, land in zip(events.admin1, events.countries, strict=True)
        ],
    }[group]
    found = np.array([number(word) for word in words], dtype=np.int64)
    return list(names), lambda lines: (np.arange(len(lines)), found[lines.event])


def _spread(groups: Sequence[Sequence[int]], keys: Ints) -> tuple[Ints, Ints]:
    """Each line as often as its key has groups."""
    sizes = np.array([len(one) for one in groups], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    flat = np.array([one for row in groups for one in row], dtype=np.int64)
    times = sizes[keys]
    lines = np.repeat(np.arange(len(keys)), times)
    within = np.arange(len(lines)) - np.repeat(np.cumsum(times) - times, times)
    return lines, flat[starts[keys][lines] + within]

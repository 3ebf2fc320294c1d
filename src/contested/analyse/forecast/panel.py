"""Events as counts: cells (actors, provinces, countries) by months, none left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from contested.analyse.draws import Draw, Draws
from contested.analyse.events import Events
from contested.analyse.forecast.members import Counts
from contested.errors import NothingToAnalyse, TooFew, UsageError

By = Literal["actor", "admin1", "country", "all"]
Measure = Literal["incidents", "deaths"]
MEASURES: tuple[Measure, ...] = ("incidents", "deaths")
OTHERS = "all others"
EPOCH = 719163
"""The ordinal of 1970-01-01, from which NumPy counts."""
MONTHS = 24
"""The fewest months of history: a year to learn from and a year to be tested on."""
QUIET, BUSY = 3, 3.0
"""From so many months in a row without any incident on, where the others have so many on
average, a silence is more likely a gap in what was read than peace; so is a year of silence."""
LONG_QUIET = 12

Ints = NDArray[np.int64]


def month_of(days: NDArray[np.integer]) -> Ints:
    """Months since January 1970 of day ordinals; -1,000,000 for undated ones."""
    dates = (np.asarray(days, dtype=np.int64) - EPOCH).astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64)
    return np.where(np.asarray(days) > 0, months, -1_000_000)


def label(month: int) -> str:
    """``2022-11``."""
    return str(np.datetime64(int(month), "M"))


def month_named(text: str) -> int:
    """The month that ``2022-11`` names. Raises UsageError."""
    try:
        day = dt.datetime.strptime(text, "%Y-%m")
    except ValueError as error:
        raise UsageError(f"{text} is no month. Write it like 2022-11.") from error
    return (day.year - 1970) * 12 + day.month - 1


@dataclass(frozen=True, slots=True)
class Panel:
    """What is counted in which cell. `first` and `last` are months; `cell` is, by row of the
    events or, for actors, by side, the number of its cell."""

    names: tuple[str, ...]
    by: By
    cell: Ints
    first: int
    last: int

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the history, in words."""
        return tuple(label(month) for month in range(self.first, self.last + 1))

    def cells_of(self, draw: Draw) -> Ints:
        """The cell of every line of a draw."""
        return self.cell[draw.side if self.by == "actor" else draw.event]

    def counts(self, draw: Draw, measure: Measure) -> Counts:
        """Cells by months of one draw. Whoever has no figure of the killed adds none."""
        months = month_of(draw.day) - self.first
        inside = (months >= 0) & (months <= self.last - self.first)
        out = np.zeros((len(self.names), self.last - self.first + 1))
        values = np.ones(len(draw)) if measure == "incidents" else np.maximum(draw.deaths(), 0)
        np.add.at(out, (self.cells_of(draw)[inside], months[inside]), values[inside])
        return out


def panel(draws: Draws, by: By, most: int, last: str | None = None) -> Panel:
    """The cells with most incidents, the rest together as one, over all months of the record.

    Without `last` the history ends with the last month that is surely over: the one before that
    of the newest incident, or this where its last days have incidents. Raises NothingToAnalyse
    where nothing has a date.
    """
    point = draws.point()
    days = point.day[point.day > 0]
    if not len(days):
        raise NothingToAnalyse(
            "No incident has a date, so nothing can be forecast. Widen the filters."
        )
    months = month_of(days)
    end = month_named(last) if last else _over(int(days.max()))
    names, own = _named(draws.events, by)
    lines = own[point.side if by == "actor" else point.event]
    counts = np.bincount(lines[point.day > 0], minlength=len(names))
    drawn = own[draws.side if by == "actor" else draws.event]
    kept = [int(n) for n in np.argsort(-counts, kind="stable")[:most] if counts[n]]
    rest = {*np.flatnonzero(counts).tolist(), *np.unique(drawn).tolist()} - set(kept)
    shown = tuple(names[n] for n in kept)
    number = np.full(len(names), len(kept) if rest else 0, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return Panel((*shown, OTHERS) if rest else shown, by, number[own], int(months.min()), end)


def _over(newest: int) -> int:
    month = int(month_of(np.array([newest]))[0])
    after = int(month_of(np.array([newest + 3]))[0])
    return month if after > month else month - 1


def _named(events: Events, by: By) -> tuple[tuple[str, ...], Ints]:
    """Names of cells, and which is that of every row (of every side, for actors)."""
    if by == "actor":
        words = [events.side(n) for n in range(len(events.sides))]
    elif by == "country":
        words = [name or "country unknown" for name in events.countries]
    elif by == "admin1":
        places = zip(events.admin1, events.countries, strict=True)
        words = [f"{one or 'province unknown'} ({land or '–'})" for one, land in places]
    else:
        words = ["all"] * len(events)
    names = tuple(dict.fromkeys(words))
    number = {name: n for n, name in enumerate(names)}
    return names, np.array([number[word] for word in words], dtype=np.int64)


def check(one: Panel, incidents: Counts, keep_gaps: bool) -> list[str]:
    """Refuse what no forecast can be built on; what is only doubtful comes back in words.

    Raises TooFew for a short history, or one with a silence that is rather a gap in what was
    read than peace.
    """
    total = incidents.shape[1] if one.last >= one.first else 0
    if total < MONTHS:
        span = f"{one.months[0]} to {one.months[-1]}" if total > 0 else "none that is over"
        raise TooFew(
            f"The history has {max(total, 0)} whole months ({span}); a forecast needs {MONTHS}: a "
            "year to learn from and a year to be tested on. Add reports, or widen the filters."
        )
    found = _silences(incidents.sum(axis=0))
    if not found:
        return []
    words = ", ".join(
        f"{one.months[start]} to {one.months[start + length - 1]} ({length} months)"
        for start, length in found[:3]
    ) + (f" and {len(found) - 3} more" if len(found) > 3 else "")
    if not keep_gaps:
        after = one.last - (one.first + found[-1][0] + found[-1][1]) + 1
        remedy = (
            f"Begin after it (--since {one.months[found[-1][0] + found[-1][1]]}), or"
            if after >= MONTHS
            else "Add reports of that time, or"
        )
        raise TooFew(
            f"There is no incident at all in {words}: a gap in what was read, or peace; the "
            f"record cannot tell. {remedy} say --keep-gaps if it was peace."
        )
    return [f"No incident at all in {words}; as asked, that counts as peace and not as a gap."]


def _silences(total: Sequence[float] | NDArray[np.float64]) -> list[tuple[int, int]]:
    """Begin and length of runs of empty months too long for chance."""
    counts = np.asarray(total)
    some = counts[counts > 0]
    least = QUIET if len(some) and float(some.mean()) >= BUSY else LONG_QUIET
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (counts == 0).view(np.int8), [0]))))
    runs = [(int(a), int(b - a)) for a, b in edges.reshape(-1, 2)]
    return [run for run in runs if run[1] >= least]

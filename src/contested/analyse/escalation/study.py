"""The process fitted over every draw of the record, with a copy of each for the chance in it.

Each draw is one completed data set; a parametric bootstrap copy of each fit adds the sampling
error, and both together give the interval: bootstrap within multiple imputation (Schomaker and
Heumann, "Bootstrap inference when using multiple imputation", Stat. Med. 37 (2018)). Days are
all that reports tell, so within its day each event is put at a random time, anew in every draw.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import numpy as np

from contested.analyse.answer import LEVEL, Band, band, listed, needed
from contested.analyse.draws import Draws
from contested.analyse.escalation.dimensions import (
    OTHERS,
    DimensionOptions,
    Told,
    told_apart,
)
from contested.analyse.events import Ints
from contested.analyse.figures import several
from contested.analyse.hawkes import Baseline, Fit, FitOptions, Points, Process, fit, fit_with
from contested.analyse.hawkes.spread import copy_of, refit
from contested.errors import TooFew

FINEST = 0.5
"""Days; a shorter half-life cannot be told from reports that name a day."""
LONGEST = 90.0
SHARE_OF_TIME = 4
"""A half-life longer than a quarter of the time watched cannot be told from the baseline."""
LEAST_DAYS = 60
LONG_GAP = 20.0
"""A silence of so many times the mean wait is told as a gap."""
JITTER = 7
ALIKE = 0.7
"""The record as it stands is set beside the draws where it has so large a part of their events."""
MOST_FITS = 100
SHORT = 300
"""Events of a side below which intervals hold less often than they say, measured by simulation."""
DRAWN = 0.5
"""No statement on who answers a side of which chance says in so many events that it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOptions:
    """What to tell apart and how to fit. `copies` False leaves the bootstrap copies out."""

    dimensions: DimensionOptions = field(default_factory=DimensionOptions)
    decays: str = "one"
    pieces: int | None = None
    smooth: bool = False
    copies: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Fits of all draws: `fits` as they came out, `copies` with the sampling error added.

    `naive` is the fit to the record as it stands. `rows[d][i]` is the row of the `Events` that
    point `i` of draw `d` is. `start` is the ordinal of the first day; times count from it.
    """

    told: Told
    start: int
    length: float
    naive: Fit | None
    fits: tuple[Process, ...]
    copies: tuple[Process, ...]
    points: tuple[Points, ...]
    rows: tuple[Ints, ...]
    edges: float
    seed: int
    warnings: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The dimensions."""
        return self.told.names

    def silent(self, dimension: int) -> str:
        """Why nothing is said of a side though it was fitted; empty where something is."""
        if self.names[dimension] == OTHERS:
            return "a mixture of several: no statement"
        if self.told.drawn[dimension] > DRAWN:
            return "who began is not known: no statement"
        return ""

    def excitation(self, answering: int, asking: int) -> Band:
        """Events of one that follow one event of the other."""
        return _spread(
            [float(one.excitation[answering, asking]) for one in self.fits],
            [float(one.excitation[answering, asking]) for one in self.copies],
        )

    def radius(self) -> Band:
        """The branching ratio."""
        return _spread([one.radius for one in self.fits], [one.radius for one in self.copies])

    def half_life(self, dimension: int = 0) -> Band:
        """Days after which half of the direct answers have come."""
        point = float(np.median([one.half_life[dimension] for one in self.fits]))
        return band([one.half_life[dimension] for one in self.copies], point=point)

    def exploding(self) -> float:
        """The share of draws in which the fitted process grows without end."""
        return float(np.mean([one.radius >= 1 for one in self.fits]))


def _spread(fits: list[float], copies: list[float]) -> Band:
    """The interval of a parameter that few events estimate low.

    Copies of a low estimate lie lower still, so that their percentiles leave the truth above them.
    The interval is widened to hold the bias-corrected one too (Efron, 1981, Canadian Journal of
    Statistics 9), each copy against the fit that it was made from.
    """
    point = float(np.median(fits))
    plain = band(copies, point=point)
    pairs = np.sign(np.subtract(copies, fits))
    below = float(np.clip(np.mean(pairs < 0) + np.mean(pairs == 0) / 2, 0.02, 0.98))
    normal = needed("scipy.stats").norm
    tail = (1 - LEVEL) / 2
    ends = normal.cdf(2 * normal.ppf(below) + normal.ppf((tail, 1 - tail)))
    low, high = (float(end) for end in np.quantile(copies, ends))
    return Band(min(plain.low, low), point, max(plain.high, high))


def study(draws: Draws, options: StudyOptions | None = None) -> Study:
    """Fit over all draws. Raises TooFew where no dimension has enough events, or too few days."""
    needed("scipy")
    asked = options or StudyOptions()
    told = told_apart(draws, asked.dimensions)
    start, length = _period(draws)
    _enough(told, asked.dimensions, length)
    random = np.random.default_rng([draws.options.seed, JITTER])
    placed = [
        _placed(draws, told, n, start, length, random) for n in range(min(len(draws), MOST_FITS))
    ]
    points = [one for one, _ in placed]
    fitting = _fitting(asked, length)
    first = fit(points[0], fitting)
    baseline = first.process.baseline
    fits, copies, edges = _fitted(points, first, fitting, asked.copies, random)
    return Study(
        told=told,
        start=start,
        length=length,
        naive=_naive(draws, told, start, length, baseline, fitting, random),
        fits=tuple(fits),
        copies=tuple(copies),
        points=tuple(points),
        rows=tuple(rows for _, rows in placed),
        edges=edges,
        seed=draws.options.seed,
        warnings=tuple(_warnings(draws, told, start, asked.dimensions)),
    )


def _period(draws: Draws) -> tuple[int, float]:
    days = draws.day[draws.day > 0]
    if not len(days):
        raise TooFew("No incident has a date, so nothing can be told of what follows what.")
    return int(days.min()), float(days.max() - days.min() + 1)


def _enough(told: Told, options: DimensionOptions, length: float) -> None:
    if not told.names:
        most = f"; {told.few[0][0]} has most, {told.few[0][1]:.0f}" if told.few else ""
        raise TooFew(
            f"Nobody has {options.enough} dated events here{most}. A process of answers needs "
            "that many of at least one side: add reports, widen the filters, or name a data set."
        )
    if length < LEAST_DAYS:
        raise TooFew(
            f"The events span {length:.0f} days. Below {LEAST_DAYS} an answer cannot be told from "
            "a busy week: widen the time."
        )


def _placed(
    draws: Draws, told: Told, number: int, start: int, length: float, random: np.random.Generator
) -> tuple[Points, Ints]:
    part = slice(int(draws.offsets[number]), int(draws.offsets[number + 1]))
    marks, days = told.numbers[part], draws.day[part]
    kept = np.flatnonzero((marks >= 0) & (days > 0))
    rows = draws.event[part][kept].astype(np.int64)
    return _at(days[kept].astype(np.int64), marks[kept], rows, start, length, told, random)


def _at(
    days: Ints,
    marks: Ints,
    rows: Ints,
    start: int,
    length: float,
    told: Told,
    random: np.random.Generator,
) -> tuple[Points, Ints]:
    times = days - start + random.random(len(days))
    order = np.argsort(times)
    found = Points(times[order], marks[order], len(told.names), length)
    return found, rows[order]


def _fitting(asked: StudyOptions, length: float) -> FitOptions:
    return FitOptions(
        decays="each" if asked.decays == "each" else "one",
        half_life=(FINEST, min(LONGEST, length / SHARE_OF_TIME)),
        pieces=asked.pieces,
        degree=2 if asked.smooth else 0,
    )


def _fitted(
    points: list[Points],
    first: Fit,
    fitting: FitOptions,
    copying: bool,
    random: np.random.Generator,
) -> tuple[list[Process], list[Process], float]:
    fits, copies, edges = [], [], 0
    near = float(np.exp(np.mean(np.log(first.process.half_life))))
    quick = replace(fitting, near=near, precision=0.02)
    for one in points:
        found = fit_with(one, first.process.baseline, quick)
        fits.append(found.process)
        edges += found.edge
        copied = copy_of(found.process, one, random) if copying else None
        copies.append(found.process if copied is None else refit(found.process, copied, fitting))
    return fits, copies, edges / len(points)


def _naive(
    draws: Draws,
    told: Told,
    start: int,
    length: float,
    baseline: Baseline,
    fitting: FitOptions,
    random: np.random.Generator,
) -> Fit | None:
    """The record taken at its word; None where it leaves too many out.

    It does so where who began is not known: such events are of no side there.
    """
    point = draws.point()
    marks = told.of(draws, point)
    inside = (point.day >= start) & (point.day < start + length)
    kept = np.flatnonzero((marks >= 0) & inside)
    if len(kept) < ALIKE * told.counts.sum():
        return None
    placed, _ = _at(
        point.day[kept].astype(np.int64),
        marks[kept],
        point.event[kept].astype(np.int64),
        start,
        length,
        told,
        random,
    )
    return fit_with(placed, baseline, fitting)


def _warnings(draws: Draws, told: Told, start: int, options: DimensionOptions) -> list[str]:
    out = []
    undated = float((draws.day == 0).sum()) / len(draws)
    if undated:
        out.append(
            f"{undated:.0f} without a date are left out: nothing can be told of their order."
        )
    if told.named == 1:
        out.append(
            f"Only {told.names[0]} has {options.enough} events: who answers whom cannot be told, "
            "only how its own events follow each other."
        )
    if (told.drawn[: told.named] > DRAWN).any():
        open_ = [told.names[n] for n in range(told.named) if told.drawn[n] > DRAWN]
        out.append(
            f"Of most events of {listed(open_)} nobody says who began: chance gives them to one "
            "of the sides, so that the sides of one fight seem to answer each other. No statement "
            "is made on who of them answers whom, nor on one of them alone; only figures of all "
            "together hold."
        )
    if (few := _few(told)) is not None:
        out.append(few)
    out += _gap(draws, start)
    if told.few:
        names = ", ".join(f"{name} ({count:.0f})" for name, count in told.few[:5])
        more = f" and {len(told.few) - 5} more" if len(told.few) > 5 else ""
        where = f"are put together as “{OTHERS}”" if OTHERS in told.names else "are left out"
        out.append(f"Fewer events or not asked for: {names}{more} {where}.")
    return out


def _few(told: Told) -> str | None:
    """That intervals from few events are too narrow; None where there are enough."""
    few = [
        f"{told.names[n]} ({told.counts[n]:.0f})"
        for n in range(told.named)
        if told.counts[n] < SHORT
    ]
    if not few:
        return None
    return (
        f"Few events of {listed(few)}: below {SHORT} a side the intervals of 90% held the truth in "
        "83 to 89 of 100 simulated conflicts. What they say of these sides is weaker than it looks."
    )


def _gap(draws: Draws, start: int) -> list[str]:
    """The longest silence, where it is far longer than chance makes it."""
    days = np.unique(draws.day[draws.day > 0])
    if len(days) < 3:
        return []
    waits = np.diff(days)
    longest = int(waits.argmax())
    per_draw = np.count_nonzero(draws.day > 0) / len(draws)
    mean = float(days[-1] - start + 1) / per_draw
    if waits[longest] <= max(LONG_GAP * mean, 30.0):
        return []
    ends = [dt.date.fromordinal(int(days[longest + n])).isoformat() for n in (0, 1)]
    return [
        f"Nothing from {ends[0]} to {ends[1]} ({several(int(waits[longest]), 'day')}): the model "
        "takes that as peace. If nobody reported then, leave the time out."
    ]

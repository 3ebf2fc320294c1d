"""One record, N plausible ones: which pairs are one, how many died, which side, which day.

Every analysis runs over such draws and tells the spread of its answer: multiple imputation of
what the reports leave open (Rubin, 1987, Multiple Imputation for Nonresponse in Surveys). It
carries the doubt that is written in the record. Doubt about what no report tells is only in it
where `undercount` asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.analyse.events import VICTIMS, Bools, Events, Floats, Ints
from contested.errors import NothingToAnalyse, UsageError

NO_FIGURE = -1
"""What stands in `killed` where nobody gave a figure: not zero."""
MOST_DRAWS = 10_000
NEARBY = 15
"""How many days from a reported happening one that was not reported may lie."""

Int32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawOptions:
    """How the record is drawn.

    `undercount` is the share of happenings that no report tells (0.2: one in five); None leaves
    it out. `open_factor` bounds an open upper end ("at least 10"): so many times the best.
    Raises UsageError where a value makes no sense.
    """

    count: int = 200
    seed: int = 1
    undercount: float | None = None
    open_factor: float = 2.0

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_DRAWS:
            raise UsageError(f"{self.count} draws: ask for 1 to {MOST_DRAWS}; 200 are usual.")
        if self.seed < 0:
            raise UsageError(f"A seed of {self.seed}: give a whole number from 0 on.")
        if self.undercount is not None and not 0 <= self.undercount < 0.95:
            raise UsageError(f"An undercount of {self.undercount:g}: give 0 to 0.95 (a share).")
        if not 1 <= self.open_factor <= 100:
            raise UsageError(f"An open end at {self.open_factor:g} times the best: give 1 to 100.")


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """One plausible record: a line for every happening in it.

    `event` is the row of the `Events`, `day` its ordinal (0: undated), `side` the number of who
    began, `killed` the dead of each class of `VICTIMS` (-1: no figure).
    """

    event: Int32
    day: Int32
    side: Int32
    killed: Int32

    def __len__(self) -> int:
        return len(self.event)

    def deaths(self) -> Int32:
        """All killed of each happening; -1 where nobody gave any figure."""
        return deaths(self.killed)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """All draws behind each other; those of draw `d` are `offsets[d]` to `offsets[d + 1]`."""

    events: Events
    options: DrawOptions
    offsets: Ints
    event: Int32
    day: Int32
    side: Int32
    killed: Int32

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> Draw:
        if not 0 <= number < len(self):
            raise IndexError(number)
        part = slice(self.offsets[number], self.offsets[number + 1])
        return Draw(self.event[part], self.day[part], self.side[part], self.killed[part])

    def __iter__(self) -> Iterator[Draw]:
        return (self[number] for number in range(len(self)))

    @property
    def number(self) -> Ints:
        """Of which draw each line is."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    def deaths(self) -> Int32:
        """All killed of each line; -1 where nobody gave any figure."""
        return deaths(self.killed)

    def point(self) -> Draw:
        """The record as it stands: best values, middle days, the one most probable side.

        Where several sides are equally probable, the side is unknown (0).
        """
        return point(self.events)

    def assumptions(self) -> tuple[str, ...]:
        """What was assumed of the record and in drawing from it, in words."""
        return (*self.events.notes, *assumptions(self.events, self.options))


def draw(events: Events, options: DrawOptions | None = None) -> Draws:
    """Draw plausible records. The same seed gives the same draws.

    Raises NothingToAnalyse without events.
    """
    options = options or DrawOptions()
    if not len(events):
        raise NothingToAnalyse("No incident fits, so there is nothing to draw. Widen the filters.")
    chance = np.random.default_rng(options.seed)
    present = _present(events, options.count, chance)
    event = np.nonzero(present)[1].astype(np.int32)
    counts = present.sum(axis=1)
    of = np.repeat(np.arange(options.count), counts)
    extra = _unreported(counts, options, chance)
    unreported = np.zeros(len(event), dtype=np.bool_)
    if extra is not None:
        event, of, unreported = _added(event, of, counts, extra, chance)
        counts = counts + extra
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Draws(
        events,
        options,
        offsets,
        event,
        _days(events, event, unreported, chance),
        _sides(events, event, chance),
        _killed(events, event, options.open_factor, chance),
    )


def deaths(killed: Int32) -> Int32:
    """The sum over classes of victims; -1 where no class has a figure."""
    told = (killed >= 0).any(axis=1)
    total = np.maximum(killed, 0).sum(axis=1)
    return np.where(told, total, NO_FIGURE).astype(np.int32)


def point(events: Events) -> Draw:
    """The events as they stand: see `Draws.point`."""
    rows = np.flatnonzero(events.point).astype(np.int32)
    dated = events.dated[rows]
    middle = (events.first[rows] + events.last[rows]) // 2
    best = events.tolls[rows, :, 1]
    side = [_likeliest(events.initiators[n]) for n in rows]
    return Draw(
        rows,
        np.where(dated, middle, 0).astype(np.int32),
        np.array(side, dtype=np.int32),
        np.where(np.isnan(best), NO_FIGURE, np.rint(np.nan_to_num(best))).astype(np.int32),
    )


def _likeliest(sides: tuple[tuple[int, float], ...]) -> int:
    top = max(share for _, share in sides)
    best = [side for side, share in sides if share > top - 1e-9]
    return best[0] if len(best) == 1 else 0


# ---- which happenings there are --------------------------------------------------------------


def _present(events: Events, count: int, chance: np.random.Generator) -> Bools:
    """Whether each row is there, a line a draw."""
    present = np.ones((count, len(events)), dtype=np.bool_)
    unsure = np.flatnonzero(events.chance < 1)
    if len(unsure):
        present[:, unsure] = chance.random((count, len(unsure))) < events.chance[unsure]
    if len(events.pairs):
        rows = np.unique(events.pairs)
        present[:, rows] &= _kept(events, rows, present[:, rows], chance)
    return present


def _kept(events: Events, rows: Ints, there: Bools, chance: np.random.Generator) -> Bools:
    """Of rows that are one happening in a draw, the one account that stands for it.

    Any of them alike, but one with a figure before one without. Merging is transitive: the
    highest rank spreads over merged pairs until nothing changes.
    """
    pairs = np.searchsorted(rows, events.pairs)
    told = ~np.isnan(events.tolls[rows, :, 1]).all(axis=1)
    own = chance.random(there.shape) + told
    merged = chance.random((len(there), len(pairs))) < events.pair_chance
    merged &= there[:, pairs[:, 0]] & there[:, pairs[:, 1]]
    rank = own.copy()
    moved = True
    while moved:
        before = rank.copy()
        for n, (one, other) in enumerate(pairs):
            highest = np.maximum(rank[:, one], rank[:, other])
            rank[:, one] = np.where(merged[:, n], highest, rank[:, one])
            rank[:, other] = np.where(merged[:, n], highest, rank[:, other])
        moved = not np.array_equal(before, rank)
    return np.asarray(rank == own)


def _unreported(counts: Ints, options: DrawOptions, chance: np.random.Generator) -> Ints | None:
    """How many happenings of each draw no report tells: of n told with chance q, the missed
    are negative binomial with n and q."""
    if not options.undercount:
        return None
    found = chance.negative_binomial(np.maximum(counts, 1), 1 - options.undercount)
    return np.where(counts > 0, found, 0).astype(np.int64)


def _added(
    event: Int32, of: Ints, counts: Ints, extra: Ints, chance: np.random.Generator
) -> tuple[Int32, Ints, Bools]:
    """The lines with those of happenings that no report tells, each like one that is told."""
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    whose = np.repeat(np.arange(len(counts)), extra)
    like = starts[whose] + (chance.random(len(whose)) * counts[whose]).astype(np.int64)
    joined = np.concatenate((of, whose))
    order = np.argsort(joined, kind="stable")
    unreported = np.arange(len(joined)) >= len(of)
    return np.concatenate((event, event[like]))[order], joined[order], unreported[order]


# ---- day, side, toll -------------------------------------------------------------------------


def _days(events: Events, event: Int32, unreported: Bools, chance: np.random.Generator) -> Int32:
    """A day of the interval, all alike; 0 where an end is unknown."""
    first = events.first[event]
    days = np.where(events.dated[event], first, 0)
    wide = np.flatnonzero((days > 0) & (events.last[event] > first))
    width = events.last[event[wide]] - first[wide] + 1
    days[wide] += (chance.random(len(wide)) * width).astype(np.int64)
    near = np.flatnonzero(unreported & (days > 0))
    if len(near):
        held = events.dated
        moved = days[near] + chance.integers(-NEARBY, NEARBY + 1, len(near))
        days[near] = np.clip(moved, events.first[held].min(), events.last[held].max())
    return days.astype(np.int32)


def _sides(events: Events, event: Int32, chance: np.random.Generator) -> Int32:
    """Who began, by the probabilities of each row."""
    first = np.array([row[0][0] for row in events.initiators], dtype=np.int32)
    several = np.array([len(row) > 1 for row in events.initiators], dtype=np.bool_)
    sides = first[event]
    open_ = np.flatnonzero(several[event])
    if not len(open_):
        return sides
    most = max(len(row) for row in events.initiators)
    which = np.zeros((len(events), most), dtype=np.int32)
    upto = np.ones((len(events), most))
    for n in np.flatnonzero(several):
        row = events.initiators[n]
        which[n, : len(row)] = [side for side, _ in row]
        which[n, len(row) :] = row[-1][0]
        upto[n, : len(row) - 1] = np.cumsum([share for _, share in row])[:-1]
    rows = event[open_]
    taken = (chance.random(len(open_))[:, None] >= upto[rows]).sum(axis=1)
    sides[open_] = which[rows, np.minimum(taken, most - 1)]
    return sides


def _killed(events: Events, event: Int32, factor: float, chance: np.random.Generator) -> Int32:
    """The dead of each class: triangular over low, best and high, one quantile for all classes.

    One account that counts many counts many of every class: that keeps the spread of the sum.
    """
    ends = np.where(np.isnan(events.tolls), 0.0, events.tolls)
    low, best, high = ends[:, :, 0], ends[:, :, 1], ends[:, :, 2].copy()
    bound = np.where(events.open[:, None], np.ceil(best * factor), 0)
    high = np.maximum(high, bound)
    told = ~np.isnan(events.tolls[:, :, 1])
    quantile = chance.random(len(event))
    out = np.full((len(event), len(VICTIMS)), NO_FIGURE, dtype=np.int32)
    for n in range(len(VICTIMS)):
        fixed = np.where(told[:, n], np.rint(best[:, n]), NO_FIGURE).astype(np.int32)
        out[:, n] = fixed[event]
        loose = np.flatnonzero((told[:, n] & (high[:, n] > low[:, n]))[event])
        rows = event[loose]
        out[loose, n] = np.rint(
            _triangular(quantile[loose], low[rows, n], best[rows, n], high[rows, n])
        )
    return out


def _triangular(quantile: Floats, low: Floats, mode: Floats, high: Floats) -> Floats:
    """The quantile function of the triangular distribution."""
    width = high - low
    rising = quantile * width < mode - low
    up = low + np.sqrt(np.maximum(quantile * width * (mode - low), 0))
    down = high - np.sqrt(np.maximum((1 - quantile) * width * (high - mode), 0))
    return np.where(rising, up, down)


def assumptions(events: Events, options: DrawOptions) -> tuple[str, ...]:
    """How draws were made, in words; what bears on nothing is left out."""
    said = [f"{options.count} draws of the record, seed {options.seed}."]
    tolls = events.tolls
    if (tolls[:, :, 2] > tolls[:, :, 0]).any() or events.open.any():
        said.append("The dead: triangular over low, best and high, all classes of one row alike.")
    if events.open.any():
        said.append(
            f"An open upper end (“at least”) goes up to {options.open_factor:g} times the best."
        )
    silent = int(np.isnan(tolls).all(axis=(1, 2)).sum())
    if silent:
        said.append(f"{silent} without a figure of the killed have none in any draw: not zero.")
    if (events.last > events.first).any():
        said.append("The day: any of its interval alike.")
    if not events.dated.all():
        said.append(f"{int((~events.dated).sum())} without both ends of a date fall on no day.")
    if any(len(row) > 1 for row in events.initiators):
        said.append("Who began, where several are possible: drawn with their probabilities.")
    if options.undercount:
        said.append(
            f"{options.undercount:.0%} of happenings are told by no report; each is like one that "
            f"is told, at most {NEARBY} days from it."
        )
    return tuple(said)

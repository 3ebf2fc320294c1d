"""What if: the fitted process simulated forward, with and without a change.

Both runs share all their chance: each event of the unchanged run stays or goes with all that it
triggered, and only what the change itself adds is drawn anew (common random numbers; the cluster
form makes taking out an event exact thinning: P. A. W. Lewis and G. S. Shedler, Naval Res. Log.
Quarterly 26 (1979)). What comes out is a conditional simulation: what the fitted regularities
would give if the change did what it is said to do and nothing else. It is no causal estimate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from contested.analyse.answer import Band, band, listed, needed, number
from contested.analyse.draws import Draws
from contested.analyse.escalation.changes import Added, Change, Thinning, resolved
from contested.analyse.escalation.study import Study, StudyOptions, study
from contested.analyse.events import Floats
from contested.analyse.hawkes import Process, TooMany, Tree, forward
from contested.analyse.hawkes.memory import left
from contested.analyse.hawkes.simulate import grown
from contested.errors import NothingToAnalyse, UsageError

ALL = "all"
STEP = 30
MOST_EXPLODING = 0.2
MOST_EVENTS = 3_000_000
SIMULATED = 23
Bools = npt.NDArray[np.bool_]

CANNOT_KNOW = (
    "What this cannot know: what leaders decide, whether they learn, adapt, move to another "
    "front or seek revenge; what the change itself stirs up beyond the events it adds or takes "
    "out; weather, money, elections, foreign powers; anything of which the past events hold no "
    "example.",
    "It is a conditional simulation, no estimate of an effect: sides that follow each other in "
    "time may both follow a third thing, and then stopping one would not stop the other.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioOptions:
    """How long to simulate, and how many runs with each set of parameters."""

    days: int = 180
    runs: int = 20
    study: StudyOptions = field(default_factory=StudyOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Events of one side over all days: without the change, with it, and the difference.

    The difference is taken run by run; `fewer` is the share of runs with fewer events, `more`
    that with more.
    """

    side: str
    unchanged: Band
    changed: Band
    difference: Band
    fewer: float
    more: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Events of all sides in a period of thirty days (the last may be shorter)."""

    start: str
    unchanged: Band
    changed: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What `scenario` finds. The row ``all`` adds up all sides."""

    answer: str
    rows: tuple[Outcome, ...]
    course: tuple[Course, ...]
    changes: tuple[str, ...]
    start: str
    end: str
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def scenario(
    draws: Draws, changes: Iterable[Change], options: ScenarioOptions | None = None
) -> Scenario:
    """Simulate forward from the end of the events, with and without the changes.

    Raises TooFew where no process can be fitted, NothingToAnalyse where the fitted one explodes,
    and UsageError for changes that make no sense.
    """
    asked = options or ScenarioOptions()
    wanted = tuple(changes)
    if not wanted:
        raise UsageError("Nothing is changed: name a ceasefire, a strike, a denial or a closure.")
    needed("scipy")
    found = study(draws, asked.study)
    _allowed(found, asked)
    first = dt.date.fromordinal(found.start + round(found.length))
    made = [resolved(one, found, draws, first, asked.days) for one in wanted]
    before, after, left_out = _simulated(found, made, asked)
    words = tuple(one.words for one in made)
    last = first + dt.timedelta(days=asked.days - 1)
    rows = _rows(found, before.sum(axis=2), after.sum(axis=2))
    return Scenario(
        answer=_answer(rows, words, first, last, asked),
        rows=rows,
        course=_course(before.sum(axis=1), after.sum(axis=1), first),
        changes=words,
        start=first.isoformat(),
        end=last.isoformat(),
        assumptions=(
            *CANNOT_KNOW,
            *(one.assumed for one in made if isinstance(one, Thinning)),
            *_assumptions(found, asked),
            *draws.assumptions(),
        ),
        warnings=(*found.warnings, *_left_out(left_out)),
    )


def _allowed(found: Study, asked: ScenarioOptions) -> None:
    if asked.days < 1 or asked.runs < 1:
        raise UsageError("Simulate at least 1 day and 1 run.")
    if asked.days > found.length:
        raise UsageError(
            f"{asked.days} days are longer than the {found.length:.0f} days of events from which "
            "the process was fitted. Simulate fewer."
        )
    share = float(np.mean([one.radius >= 1 for one in found.copies]))
    if share > MOST_EXPLODING:
        raise NothingToAnalyse(
            f"In {share:.0%} of the fits the process explodes (branching ratio 1 or more): "
            "simulated forward it would grow without end, which says nothing. Give the baseline "
            "more pieces (--pieces), or a longer time."
        )


def _simulated(
    found: Study, changes: Sequence[Thinning | Added], asked: ScenarioOptions
) -> tuple[Floats, Floats, int]:
    """Events of each run, side and step, unchanged and changed; how many fits were left out."""
    random = np.random.default_rng([found.seed, SIMULATED])
    sides, steps = len(found.names), -(-asked.days // STEP)
    before, after, left_out = [], [], 0
    for process, points, chance in zip(
        found.copies, found.points, random.spawn(len(found.copies)), strict=True
    ):
        if process.radius >= 1:
            left_out += 1
            continue
        weighs = np.array([left(points, float(decay)) for decay in process.decay])
        rates = process.base(np.array([points.length]))[0]
        common, own = chance.spawn(2)
        try:
            tree = forward(process, weighs, rates, asked.days, asked.runs, common, MOST_EVENTS)
        except TooMany:
            left_out += 1
            continue
        stays = survivors(tree, changes, common)
        added = _added(process, changes, asked, own)
        shape = asked.runs, sides, steps
        before.append(_counted(tree, np.ones(len(tree.times), dtype=np.bool_), shape))
        after.append(_counted(tree, stays, shape))
        for more in added:
            after[-1] += _counted(more, survivors(more, changes, own, spare_roots=True), shape)
    if not before:
        raise NothingToAnalyse(
            "Each fit grows beyond all bounds when simulated. Give the baseline more pieces "
            "(--pieces), or a longer time."
        )
    return np.concatenate(before), np.concatenate(after), left_out


def survivors(
    tree: Tree,
    changes: Sequence[Thinning | Added],
    random: np.random.Generator,
    *,
    spare_roots: bool = False,
) -> Bools:
    """Which events still come: those that are kept and whose trigger, if any, came."""
    keep = np.ones(len(tree.times))
    for change in changes:
        if isinstance(change, Thinning):
            during = (tree.times >= change.start) & (tree.times < change.end)
            keep = np.where(during, keep * change.keep[tree.marks], keep)
    alive = random.random(len(keep)) < keep
    root = tree.parent < 0
    if spare_roots:
        alive |= root
    while True:
        reached = alive & (root | alive[tree.parent])
        if np.array_equal(reached, alive):
            return np.asarray(alive, dtype=np.bool_)
        alive = reached


def _added(
    process: Process,
    changes: Sequence[Thinning | Added],
    asked: ScenarioOptions,
    random: np.random.Generator,
) -> list[Tree]:
    """What each added event brings with it, in every run."""
    runs = np.arange(asked.runs)
    return [
        grown(
            process,
            Tree(
                np.full(asked.runs, change.day),
                np.full(asked.runs, change.side, dtype=np.int64),
                runs,
                np.full(asked.runs, -1, dtype=np.int64),
            ),
            asked.days,
            random,
            MOST_EVENTS,
        )
        for change in changes
        if isinstance(change, Added)
    ]


def _counted(tree: Tree, kept: Bools, shape: tuple[int, int, int]) -> Floats:
    runs, sides, steps = shape
    step = np.minimum((tree.times[kept] // STEP).astype(np.int64), steps - 1)
    flat = (tree.runs[kept] * sides + tree.marks[kept]) * steps + step
    return np.bincount(flat, minlength=runs * sides * steps).reshape(shape).astype(np.float64)


def _rows(found: Study, before: Floats, after: Floats) -> tuple[Outcome, ...]:
    sides = [(name, before[:, n], after[:, n]) for n, name in enumerate(found.names)]
    sides.append((ALL, before.sum(axis=1), after.sum(axis=1)))
    return tuple(
        Outcome(
            side=name,
            unchanged=_whole(one),
            changed=_whole(other),
            difference=_whole(other - one),
            fewer=round(float((other < one).mean()), 4),
            more=round(float((other > one).mean()), 4),
        )
        for name, one, other in sides
    )


def _whole(values: Floats) -> Band:
    """A band of counts, in whole events."""
    found = band(values)
    return Band(round(found.low), round(found.best), round(found.high))


def _course(before: Floats, after: Floats, first: dt.date) -> tuple[Course, ...]:
    return tuple(
        Course(
            start=(first + dt.timedelta(days=STEP * n)).isoformat(),
            unchanged=_whole(before[:, n]),
            changed=_whole(after[:, n]),
        )
        for n in range(before.shape[1])
    )


def _answer(
    rows: Sequence[Outcome],
    words: Sequence[str],
    first: dt.date,
    last: dt.date,
    asked: ScenarioOptions,
) -> str:
    total = rows[-1]
    change = total.difference
    fewer = change.best <= 0
    told = (Band(-change.high, -change.best, -change.low) if fewer else change).words()
    chance = total.fewer if fewer else total.more
    which = "fewer" if fewer else "more"
    return (
        f"{first} to {last} ({asked.days} days): without a change {total.unchanged.words()} "
        f"events; {listed(words)}: {total.changed.words()}. In the same run that is {told} "
        f"{which}; {which} in {number(chance * 100)}% of the runs. A simulation of the fitted "
        "process, no forecast of what such a step would do."
    )


def _assumptions(found: Study, asked: ScenarioOptions) -> list[str]:
    return [
        f"{len(found.copies)} sets of parameters (a draw of the record and a bootstrap copy of "
        f"its fit each), {asked.runs} runs with each, the same chance with and without the change.",
        "The baseline stays as it was in the last piece of the time watched; what past events "
        "still weigh at its end is taken on.",
        "Events are counted, not the dead; an attack that is put in counts itself.",
    ]


def _left_out(number_: int) -> list[str]:
    if not number_:
        return []
    return [f"{number_} sets of parameters whose process explodes were left out of the runs."]

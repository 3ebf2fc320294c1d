"""Before and after a date: “attacks have steadily risen since …” as a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from contested.analyse.answer import Band
from contested.analyse.events import Bools
from contested.analyse.figures import several
from contested.analyse.interrupted import Interrupted, interrupted
from contested.analyse.onset import Onset, onset_of
from contested.analyse.pooled import Pooled
from contested.analyse.series import Measure, Series
from contested.errors import TooFew, UsageError

ENOUGH = 8
"""The fewest whole periods on each side of the date for a model (Bernal and others, 2017)."""
FEW = 10
"""The fewest incidents on each side for a model."""
MOST_STEPS = 24
Verdict = Literal["holds", "holds in part", "does not hold", "cannot be told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One figure: its value, its interval (95%) and what it means; null ends where none is told.

    `chance` is the p of there being no change.
    """

    what: str
    value: float | None
    low: float | None
    high: float | None
    chance: float | None
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOf:
    """The arithmetic between two periods; `percent` is null after a zero."""

    since: str
    until: str
    before: float
    after: float
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What `change` finds of the claim that a measure has steadily risen since a date.

    `began` is the period with which the rise begins and `began_before` whether that lies before
    the date (null: cannot be told). `expected` is what the model says of each period, `without`
    what it would say had nothing changed at the date; both are empty where no model was fitted.
    """

    answer: str
    at: str
    by: str
    measure: Measure
    verdict: Verdict
    began: str | None
    began_before: bool | None
    rows: tuple[ChangeRow, ...]
    steps: tuple[StepOf, ...]
    periods: tuple[str, ...]
    starts: tuple[str, ...]
    values: tuple[float, ...]
    expected: tuple[float, ...]
    without: tuple[float, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def change(found: Series, at: dt.date) -> Change:
    """Test whether a measure has steadily risen since a date, and when its rise began.

    With too few periods for a model the arithmetic is answered and the model refused in words.
    Raises UsageError for a date outside of the series, TooFew where one side has no period.
    """
    after, used = _sides(found, at)
    lacking = _lacking(found, after, used)
    model = None if lacking else interrupted(found.values, found.point, after, used)
    began = onset_of(found, at, model.before if model else None)
    rows = (*_means(found, after, used), *(_modelled(model, found.by) if model else ()))
    verdict = _verdict(rows, model, began, _steady(found, at))
    return Change(
        answer=_answer(found, at, verdict, rows, model, began, lacking),
        at=at.isoformat(),
        by=found.by,
        measure=found.measure,
        verdict=verdict,
        began=began.label,
        began_before=began.before,
        rows=rows,
        steps=_steps(found),
        periods=tuple(period.label for period in found.periods),
        starts=tuple(period.first.isoformat() for period in found.periods),
        values=tuple(found.point.tolist()),
        expected=tuple(np.round(model.means, 3).tolist()) if model else (),
        without=tuple(np.round(model.without, 3).tolist()) if model else (),
        assumptions=_assumptions(found, at, model, used, began),
        warnings=(*found.warnings, *([f"No model: {lacking}"] if lacking else [])),
    )


def _sides(found: Series, at: dt.date) -> tuple[Bools, Bools]:
    """Which periods lie after the date, and which wholly on one side of it."""
    first, last = found.periods[0], found.periods[-1]
    if not first.first <= at <= last.last:
        raise UsageError(
            f"{at} lies outside of what is counted, {first.first} to {last.last}. Name a date "
            "between, or take a longer time."
        )
    after = np.array([period.last >= at for period in found.periods])
    whole = np.array([not period.first < at <= period.last for period in found.periods])
    if not (~after & whole).any() or not after.any():
        raise TooFew(
            f"No whole {found.by} lies before {at}: there is nothing to compare with. Take an "
            "earlier beginning, or shorter periods."
        )
    return after, whole


def _lacking(found: Series, after: Bools, used: Bools) -> str:
    """Why no model is fitted; empty where one can be."""
    before, later = int((~after & used).sum()), int((after & used).sum())
    if min(before, later) < ENOUGH:
        return (
            f"{several(before, f'whole {found.by}')} before the date and {later} after it, where "
            f"{ENOUGH} on each side are needed to tell a change from chance."
        )
    few = [
        f"{found.point[side & used].sum():.0f} {word}"
        for side, word in ((~after, "before"), (after, "after"))
        if found.point[side & used].sum() < FEW
    ]
    if few:
        return f"only {' and '.join(few)} the date; {FEW} {found.measure} on each side are needed."
    return ""


def _means(found: Series, after: Bools, used: Bools) -> tuple[ChangeRow, ...]:
    """The means of both sides and their ratio over draws, in counts a period."""
    rows = []
    sides: dict[str, Bools] = {"before": ~after & used, "after": after & used}
    if not sides["after"].any():
        return ()
    for name, side in sides.items():
        mean = found.values[:, side].mean(axis=1)
        low, high = (float(q) for q in np.quantile(mean, (0.025, 0.975)))
        best = float(found.point[side].mean())
        spread = len(np.unique(mean)) > 1
        rows.append(
            ChangeRow(
                what=f"mean {name}",
                value=round(best, 2),
                low=round(min(low, best), 2) if spread else None,
                high=round(max(high, best), 2) if spread else None,
                chance=None,
                meaning=f"{found.measure} a {found.by}, whole periods; interval of draws",
            )
        )
    return tuple(rows)


def _modelled(model: Interrupted, by: str) -> tuple[ChangeRow, ...]:
    return (
        _ratio("level", model.level, "times as many at once, at the date"),
        _ratio("slope before", model.before, f"times as many with each {by} before the date"),
        _ratio("slope after", model.after, f"times as many with each {by} after the date"),
        _ratio("slope change", model.turn, "slope after over slope before"),
    )


def _ratio(what: str, estimate: Pooled, meaning: str) -> ChangeRow:
    told = estimate.ratio()
    return ChangeRow(
        what=what,
        value=round(told.best, 3),
        low=round(told.low, 3),
        high=round(told.high, 3),
        chance=round(estimate.chance, 4),
        meaning=meaning,
    )


def _steps(found: Series) -> tuple[StepOf, ...]:
    """From each period to the next, and from the first to the last; of short series only."""
    number = len(found)
    if number > MOST_STEPS:
        return ()
    pairs = [(n, n + 1) for n in range(number - 1)]
    if number > 2:
        pairs.append((0, number - 1))
    return tuple(_step(found, one, other) for one, other in pairs)


def _step(found: Series, one: int, other: int) -> StepOf:
    before, after = float(found.point[one]), float(found.point[other])
    return StepOf(
        since=found.periods[one].label,
        until=found.periods[other].label,
        before=before,
        after=after,
        percent=round(100 * (after / before - 1), 1) if before else None,
    )


def _verdict(
    rows: Sequence[ChangeRow], model: Interrupted | None, began: Onset, steady: bool
) -> Verdict:
    """Whether it rose, steadily, and since then: all three, some, or none.

    Without a model the counts have to grow on from the date (`steady`): one that falls again
    after it may be chance either way.
    """
    if model is None:
        return "holds in part" if began.before and steady else "cannot be told"
    rises = model.after.interval()[0] > 0
    means = {row.what: row.value or 0.0 for row in rows}
    higher = means["mean after"] > means["mean before"]
    if rises and higher:
        return "holds in part" if began.before else "holds"
    if higher and (began.before or model.level.interval()[0] > 0):
        return "holds in part"
    if model.after.interval()[1] < 0 or not higher:
        return "does not hold"
    return "cannot be told"


def _steady(found: Series, at: dt.date) -> bool:
    """Whether no count from the period that holds the date on is below the one before it."""
    here = next(n for n, period in enumerate(found.periods) if period.last >= at)
    return bool((np.diff(found.point[here:]) >= 0).all())


def percent_of(step: StepOf) -> str:
    """A step as a change in percent; after a zero there is none, which is said in words."""
    if step.percent is not None:
        return f"{step.percent:+.1f}%"
    return "from nothing" if step.after else "nothing in both"


def _answer(
    found: Series,
    at: dt.date,
    verdict: Verdict,
    rows: Sequence[ChangeRow],
    model: Interrupted | None,
    began: Onset,
    lacking: str,
) -> str:
    head = f"That {found.measure} have steadily risen since {at} {verdict}."
    said = [head, began.words]
    if model is None:
        said.insert(1, _arithmetic(found))
        said.append(f"The arithmetic holds; no model is fitted: {lacking}")
        return " ".join(filter(None, said))
    level, later, before = model.level.ratio(), model.after.ratio(), model.before.ratio()
    means = {row.what: row.value for row in rows}
    said.insert(
        1,
        f"On average {means['mean before']:g} a {found.by} before and {means['mean after']:g} "
        f"after. At the date they are {_times(level)} what the slope before leads to; they change "
        f"by {_percent(later)} with each {found.by} after it and by {_percent(before)} before.",
    )
    return " ".join(said)


def _arithmetic(found: Series) -> str:
    steps = _steps(found)[-4:]
    if not steps:
        return ""
    told = [
        f"from {step.before:g} in {step.since} to {step.after:g} in {step.until}: "
        + percent_of(step)
        for step in steps
    ]
    return f"{'; '.join(told)[0].upper()}{'; '.join(told)[1:]}."


def _times(told: Band) -> str:
    return f"{told.best:.2f} times ({told.low:.2f} to {told.high:.2f})"


def _percent(told: Band) -> str:
    best, low, high = (100 * (value - 1) for value in (told.best, told.low, told.high))
    return f"{best:+.1f}% ({low:+.1f} to {high:+.1f})"


def _assumptions(
    found: Series,
    at: dt.date,
    model: Interrupted | None,
    used: Bools,
    began: Onset,
) -> tuple[str, ...]:
    said = []
    split = [period.label for period, whole in zip(found.periods, used, strict=True) if not whole]
    if split:
        said.append(f"{split[0]} holds {at} and is on neither side of it.")
    if model:
        said += [
            "Segmented negative binomial regression, logarithms; the date is taken as given, and "
            "nothing else is held to have changed with it.",
            f"Standard errors of Newey and West with {several(model.lags, 'lag')}, corrected for "
            "short series and never below the model's own: neighbouring periods are alike "
            f"(correlation of residuals {model.alike:.2f}), which plain ones leave out. A lagged "
            "term would change what level and slope mean.",
            f"Dispersion {model.spread:.2g}. No term for seasons: where violence rests every "
            "winter or in a month of fasting, a date at the end of the rest looks like a rise. "
            "Set whole years on both sides of the date, or compare with the same months.",
        ]
        if len(found.values) > 1:
            said.append(
                "Draws are pooled by Rubin's rules: what differs between them is "
                f"{model.level.missing:.0%} of the variance of the level."
            )
    said += began.assumptions
    if found.undated:
        said.append(f"{several(found.undated, 'incident')} without a date in no period.")
    return tuple(said)

"""When a rise began, and whether that is before the date it is credited to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from contested.analyse.answer import number
from contested.analyse.events import Floats
from contested.analyse.interrupted import turns
from contested.analyse.periods import Period
from contested.analyse.pooled import Pooled
from contested.analyse.series import Series

SURE = 3.84
"""What a turn has to add to twice the log-likelihood to be told from a straight line."""
MOST = 100
BY_CHANCE = 0.05
"""A rise that chance gives more often than this is none that can be dated."""


@dataclass(frozen=True, slots=True)
class Onset:
    """The first period of a rise; `before` whether it lies before the date (null: not told)."""

    label: str | None
    before: bool | None
    words: str
    assumptions: tuple[str, ...]


def onset_of(found: Series, at: dt.date, slope: Pooled | None) -> Onset:
    """When the rise that is credited to a date began: by a model, or by the run of counts.

    `slope` is that before the date, where a model tells it: what rose already did not begin then.
    """
    if slope is None:
        return _run(found, at)
    turned = _turned(found, at)
    if turned.before is None and slope.interval()[0] > 0:
        told = slope.ratio()
        words = (
            f"It rose already before {at}: by {100 * (told.best - 1):.1f}% with each {found.by} "
            f"(95%: {100 * (told.low - 1):.1f} to {100 * (told.high - 1):.1f})."
        )
        return Onset(turned.label, True, words, turned.assumptions)
    return turned


# ---- by the counts alone -----------------------------------------------------------------------


def _run(found: Series, at: dt.date) -> Onset:
    """The unbroken run of growing counts that reaches the date."""
    values, periods = found.point, found.periods
    here = next(n for n, period in enumerate(periods) if period.last >= at)
    start = here
    while start > 0 and values[start - 1] < values[start]:
        start -= 1
    told = ("The rise begins after the last period that is not above the one before it.",)
    if here in (start, 0):
        if here + 1 < len(values) and values[here + 1] > values[here]:
            return Onset(
                periods[here + 1].label,
                False,
                f"The rise begins with {periods[here + 1].label}, after {at}.",
                told,
            )
        return Onset(None, None, f"The counts do not rise up to {at}.", told)
    first = periods[start + 1]
    chance = _by_chance(float(values[start]), float(values[here]), periods, start, here)
    if chance > BY_CHANCE:
        return Onset(
            first.label,
            None,
            f"The counts rise from {values[start]:g} in {periods[start].label} to {values[here]:g} "
            f"in {periods[here].label}, which chance alone often gives (p {chance:.2g}): when a "
            "rise began cannot be told.",
            told,
        )
    if start + 1 < here or first.last < at:
        return Onset(
            first.label,
            True,
            f"The rise begins with {first.label}, before {at}.",
            told,
        )
    return _split(found, at, start, chance, told)


def _split(found: Series, at: dt.date, start: int, chance: float, told: tuple[str, ...]) -> Onset:
    """The rise begins in the very period that holds the date: could it lie in its rest alone?"""
    values, here = found.point, found.periods[start + 1]
    early, late = (at - here.first).days, (here.last - at).days + 1
    calm = values[start] / _days(found.periods[start])
    rest = (values[start + 1] - calm * early) / late
    later = values[start + 2] / _days(found.periods[start + 2]) if start + 2 < len(values) else None
    why = (
        f"{here.label} has {values[start + 1]:g} after {values[start]:g}; {early} of its "
        f"{early + late} days lie before {at}. For the rise to begin only then, the last {late} "
        f"days would need {number(rest, 2)} a day"
    )
    assumed = (
        *told,
        "Whether the part of a period before the date already rose is not counted but inferred: "
        "it did if the rest of that period would otherwise need more a day than the next period "
        "has.",
        f"Chance alone (Poisson) gives such a step with probability {chance:.2g}; counts that "
        "vary more than that make it likelier.",
    )
    if later is None:
        return Onset(here.label, None, f"{why}; no later period tells whether they could.", assumed)
    if rest > later and early > 0:
        return Onset(
            here.label,
            True,
            f"The rise began before {at}: {why}, and the whole of the next period has "
            f"{number(later, 2)}.",
            assumed,
        )
    return Onset(
        here.label,
        None,
        f"Whether the rise began before {at} cannot be told: {why}, which the next period has too "
        f"({number(later, 2)}).",
        assumed,
    )


def _by_chance(
    one: float, other: float, periods: tuple[Period, ...], start: int, end: int
) -> float:
    """The exact conditional test of two Poisson counts (Przyborowski and Wilenski, 1940)."""
    from contested.analyse.answer import needed

    days = _days(periods[start]), _days(periods[end])
    share = days[1] / sum(days)
    return float(needed("scipy.stats").binom.sf(other - 1, int(one + other), share))


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


# ---- by a model --------------------------------------------------------------------------------


def _turned(found: Series, at: dt.date) -> Onset:
    """Where a line of logarithms turns upward, over the draws."""
    assumed = (
        "The rise begins where a line of logarithms turns upward (joinpoint); its place is bounded "
        "by likelihood (95%) and over draws.",
    )
    own = turns(found.point[None])[0]
    if own is None or own.straight < SURE:
        return Onset(
            None,
            None,
            "No turn upward can be told from a straight line, so the rise has no beginning here.",
            assumed,
        )
    drawn = _drawn(found.values)
    places = [own.first, own.last, *(int(place) for place in drawn)]
    first, last = min(places), max(places)
    begins = found.periods[min(own.place + 1, len(found) - 1)]
    ends = [found.periods[min(n + 1, len(found) - 1)] for n in (first, last)]
    span = f"{begins.label} ({ends[0].label} to {ends[1].label})"
    if ends[1].last < at:
        words = f"The rise began before {at}: it turns upward with {span}."
        return Onset(begins.label, True, words, assumed)
    if ends[0].first >= at:
        return Onset(begins.label, False, f"The rise begins after {at}, with {span}.", assumed)
    words = f"It turns upward with {span}: {at} lies within, so before or after cannot be told."
    return Onset(begins.label, None, words, assumed)


def _drawn(values: Floats) -> tuple[float, ...]:
    lines = np.unique(values[:MOST], axis=0)
    places = [turn.place for turn in turns(lines) if turn] if len(lines) > 1 else []
    return tuple(np.quantile(places, (0.05, 0.95))) if places else ()

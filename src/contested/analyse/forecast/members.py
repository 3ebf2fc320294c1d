"""Ways to say what comes next, each as equally likely values for every cell and month.

A cell is an actor, a province or a country. A member reads counts, cells by months, none of
them missing, and gives `POINTS` equally likely values for every cell and lead, sorted: the
middles of as many equal slices of its distribution. No chance is thrown, so that the same
counts give the same forecast. A lead of 1 is the month after the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from contested.analyse.answer import needed

Counts = NDArray[np.float64]
Values = NDArray[np.float64]
POINTS = 120
"""So many values stand for a distribution: 12, 24 and 40 months fit into them exactly."""
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberOptions:
    """How members look back, in months.

    `half_life` is the age at which a month counts for half, `shortest` the fewest months that a
    member is fitted on, `prior` how many months of the other cells' experience are mixed into
    a cell's own chance of any event and its dispersion.
    """

    months: int = 24
    half_life: float = 4.0
    shortest: int = 12
    prior: float = 6.0


Member = Callable[[Counts, Sequence[int], MemberOptions], Values]
MIDDLES = (np.arange(POINTS) + HALF) / POINTS


def own_history(past: Counts, leads: Sequence[int], options: MemberOptions) -> Values:
    """The last months of a cell, each as likely as the next ("conflictology").

    Hegre, Vesco, Colaresi and others, The 2023/24 VIEWS Prediction Challenge, Journal of Peace
    Research 2025, call it so and use it as a benchmark.
    """
    return _every(_spread(past[:, -options.months :]), leads)


def recent_history(past: Counts, leads: Sequence[int], options: MemberOptions) -> Values:
    """The months of a cell, a younger one likelier by `half_life`."""
    kept = past[:, -3 * options.months :]
    return _every(_weighted(kept, _ages(kept.shape[1], options.half_life)), leads)


def short_history(past: Counts, leads: Sequence[int], options: MemberOptions) -> Values:
    """The last quarter of the months that `own_history` takes: what holds now goes on."""
    return _every(_spread(past[:, -max(3, options.months // 4) :]), leads)


def last_value(past: Counts, leads: Sequence[int], options: MemberOptions) -> Values:
    """The last month again, with the spread of a Poisson count."""
    del options
    return _every(_quantiles(needed("scipy.stats").poisson.ppf, past[:, -1:]), leads)


def negative_binomial(past: Counts, leads: Sequence[int], options: MemberOptions) -> Values:
    """A hurdle: whether anything happens, and a negative binomial of how much where it does.

    Mullahy, Specification and testing of some modified count data models, Journal of
    Econometrics 1986. The chance of any event and the dispersion are shrunk to those of all
    cells; months count by age.
    """
    kept = past[:, -3 * options.months :]
    ages = _ages(kept.shape[1], options.half_life)
    any_at_all = _shrunk_chance(kept, ages, options.prior)
    mean, size = _positive_part(kept, ages, options.prior)
    # A slice of the whole lies above the hurdle where it is past the chance of none.
    above = (MIDDLES[None, :] - (1 - any_at_all)) / any_at_all
    inner = np.clip(above, 0, None)
    found = 1 + needed("scipy.stats").nbinom.ppf(inner, size, size / (size + mean - 1))
    return _every(np.where(above > 0, found, 0.0), leads)


def analogues(past: Counts, leads: Sequence[int], options: MemberOptions) -> Values:
    """What followed, so many months later, where a cell stood at a like level, scaled to it.

    Lorenz, Atmospheric predictability as revealed by naturally occurring analogues, Journal of
    the Atmospheric Sciences 1969; here levels are recency-weighted means, alike where they fall
    into the same class of `LEVELS`, and all cells serve all.
    """
    total = past.shape[1]
    levels = _levels(past, options)
    now = levels[:, -1:]
    out = np.empty((past.shape[0], len(leads), POINTS))
    begin = min(options.shortest, (total + 1) // 2)
    for n, lead in enumerate(leads):
        reach = min(lead, total - begin)
        starts = levels[:, begin - 1 : total - reach]
        after = past[:, begin - 1 + reach :]
        out[:, n, :] = _followed(now, starts.ravel(), after.ravel())
    return out


LEVELS = (0.0, 0.1, 1.0, 5.0, 20.0, 100.0, 500.0)
"""Upper ends of the classes of level that count as alike; above the last is one more."""
ENOUGH = 40
"""So few analogues are too few: the neighbouring classes are taken in."""

MEMBERS: Mapping[str, Member] = MappingProxyType(
    {
        "own_history": own_history,
        "recent_history": recent_history,
        "short_history": short_history,
        "last_value": last_value,
        "negative_binomial": negative_binomial,
        "analogues": analogues,
    }
)


def _every(values: Values, leads: Sequence[int]) -> Values:
    """The same values for every lead: cells by leads by points."""
    shape = (values.shape[0], len(leads), values.shape[1])
    return np.broadcast_to(values[:, None, :], shape)


def _spread(months: Counts) -> Values:
    """Equally likely months as `POINTS` sorted values."""
    ordered = np.sort(months, axis=1)
    return ordered[:, (MIDDLES * ordered.shape[1]).astype(np.int64)]


def _weighted(months: Counts, weights: NDArray[np.float64]) -> Values:
    """Months of unequal weight as `POINTS` sorted values."""
    order = np.argsort(months, axis=1, kind="stable")
    ordered = np.take_along_axis(months, order, axis=1)
    upto = np.cumsum(weights[order], axis=1)
    upto /= upto[:, -1:]
    places = (upto[:, None, :] < MIDDLES[None, :, None]).sum(axis=2)
    return np.take_along_axis(ordered, np.minimum(places, months.shape[1] - 1), axis=1)


def _ages(months: int, half_life: float) -> NDArray[np.float64]:
    return np.asarray(HALF ** (np.arange(months)[::-1] / half_life), dtype=np.float64)


def _quantiles(ppf: Callable[..., NDArray[np.float64]], mean: Counts) -> Values:
    return np.where(mean > 0, ppf(MIDDLES[None, :], np.maximum(mean, 1e-9)), 0.0)


def _shrunk_chance(past: Counts, ages: NDArray[np.float64], prior: float) -> NDArray[np.float64]:
    """Chance that a month has any event, a column; never quite none and never quite sure."""
    seen = ((past > 0) * ages).sum(axis=1)
    everywhere = seen.sum() / (ages.sum() * len(past))
    # Cells are quiet or not: a cell's own months count first, the others' only a little.
    chance = (seen + HALF * prior * everywhere / 3) / (ages.sum() + HALF * prior / 3)
    return np.asarray(np.clip(chance, 1e-6, 1 - 1e-6))[:, None]


def _positive_part(
    past: Counts, ages: NDArray[np.float64], prior: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and size of what happens where anything does, a column each.

    The size (inverse dispersion) of a cell is moved on the log scale towards that of all.
    """
    weights = (past > 0) * ages
    many = weights.sum(axis=1)
    some = many > 0
    usual = float(np.median(past[past > 0])) if some.any() else 1.0
    mean = np.where(some, (weights * past).sum(axis=1) / np.where(some, many, 1), usual)
    spread = (weights * (past - mean[:, None]) ** 2).sum(axis=1) / np.where(some, many, 1)
    excess = np.maximum(mean - 1, 0.05)
    own = np.clip(excess**2 / np.maximum(spread - excess, 1e-9), 0.1, 50)
    told = (past > 0).sum(axis=1) >= 3
    common = float(np.median(np.log(own[told]))) if told.any() else 0.0
    share = np.where(told, many / (many + prior), 0.0)
    size = np.exp(share * np.log(own) + (1 - share) * common)
    return (1 + excess)[:, None], size[:, None]


def _levels(past: Counts, options: MemberOptions) -> NDArray[np.float64]:
    """Recency-weighted mean of a cell up to and with every month."""
    keep = HALF ** (1 / options.half_life)
    sums, weight = np.zeros(past.shape[0]), 0.0
    out = np.empty_like(past)
    for month in range(past.shape[1]):
        sums = sums * keep + past[:, month]
        weight = weight * keep + 1
        out[:, month] = sums / weight
    return out


def _followed(now: Counts, levels: Values, after: Values) -> Values:
    """For every cell, what came after levels of its class, scaled to its own level."""
    classes, mine = np.digitize(levels, LEVELS, right=True), np.digitize(now[:, 0], LEVELS, True)
    ratio = (after + HALF) / (levels + HALF)
    out = np.zeros((len(now), POINTS))
    for one in np.unique(mine):
        reach = 0
        alike = classes == one
        while alike.sum() < ENOUGH and reach <= len(LEVELS):
            reach += 1
            alike = np.abs(classes - one) <= reach
        members = mine == one
        ratios = np.sort(ratio[alike])[(MIDDLES * alike.sum()).astype(np.int64)]
        found = (now[members] + HALF) * ratios[None, :] - HALF
        out[members] = np.maximum(np.rint(found), 0)
    return out

"""Whether a rise began before the day to which it is credited, from totals of equal periods.

Totals of half-years are coarse: the day to which a rise is credited lies within one. What can be
told is whether that period's total is too high for nothing to have changed before the day.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from contested.analyse.statistics.measured import Measured
from contested.analyse.told import day_in_words

STEPS = 500
SURE = 0.05
CLUSTERED = 2.0
"""Attacks come in clusters: the test is repeated with twice the variance of independent ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """A rise against the day that it is credited to.

    `before`, `within`, `after` are the totals; rates are a day. `pace` is that of the days of the
    middle period before the day, once those after it have had the pace of the period after.
    `p` is the chance of so high a middle total had nothing changed before the day (likelihood
    ratio, Poisson), `p_clustered` the same with twice the variance. `early` is true where the rise
    began before the day even so.
    """

    day: str
    totals: tuple[int, int, int]
    periods: tuple[str, str, str]
    changes: tuple[float | None, float | None]
    rate_before: float
    pace: float
    rate_after: float
    p: float
    p_clustered: float
    early: bool
    claims: tuple[str, ...]
    words: str


def credited(levels: Sequence[Measured], day: int) -> Credited | None:
    """Whether a rise that is credited to `day` (ordinal) began before it.

    `levels` are totals of one source, measure, actor and place. None where there are no three
    that follow each other with the day inside the middle one, or one of them is a bound.
    """
    dated = sorted(
        (one for one in levels if one.length and one.low is not None and one.low == one.high),
        key=lambda one: (one.first or 0, one.last or 0),
    )
    for within in dated:
        if within.first is None or within.last is None or not within.first < day <= within.last:
            continue
        before = next((one for one in dated if _touch(one, within)), None)
        after = next((one for one in dated if _touch(within, one)), None)
        if before is not None and after is not None:
            return _told(before, within, after, day)
    return None


def _touch(one: Measured, other: Measured) -> bool:
    """Whether one period follows the other, and is about as long."""
    if one.last is None or other.first is None or other.first != one.last + 1:
        return False
    lengths = sorted((one.length or 0, other.length or 0))
    return lengths[1] - lengths[0] <= 0.1 * lengths[1]


def _told(before: Measured, within: Measured, after: Measured, day: int) -> Credited:
    first, last = within.first or 0, within.last or 0
    ahead, rest = day - first, last - day + 1
    totals = (before.low or 0, within.low or 0, after.low or 0)
    lengths = (before.length or 1, after.length or 1)
    rate_before, rate_after = totals[0] / lengths[0], totals[2] / lengths[1]
    left = totals[1] - rest * rate_after
    ratio = _ratio(totals, lengths, ahead, rest)
    p, clustered = (math.erfc(math.sqrt(ratio / d / 2)) for d in (1.0, CLUSTERED))
    higher = left / ahead > rate_before
    early = higher and clustered < SURE
    periods = tuple(one.period or "" for one in (before, within, after))
    return Credited(
        day=day_in_words(day),
        totals=totals,
        periods=(periods[0], periods[1], periods[2]),
        changes=(_percent(totals[1], totals[0]), _percent(totals[2], totals[1])),
        rate_before=round(rate_before, 3),
        pace=round(max(left, 0) / ahead, 3),
        rate_after=round(rate_after, 3),
        p=round(p, 5),
        p_clustered=round(clustered, 5),
        early=early,
        claims=(before.claim.id, within.claim.id, after.claim.id),
        words=_words(totals, periods, day, ahead, rest, left, (rate_before, rate_after), clustered),
    )


def _percent(later: int, earlier: int) -> float | None:
    return round(100 * (later - earlier) / earlier, 1) if earlier else None


def _words(
    totals: tuple[int, int, int], periods: Sequence[str], day: int, ahead: int, rest: int,
    left: float, rates: tuple[float, float], p: float,
) -> str:  # fmt: skip
    sums = (
        f"{totals[0]:,}, {totals[1]:,}, {totals[2]:,} ({', '.join(periods)}). Had the {rest} days "
        f"from {day_in_words(day)} on run at the pace of the period after ({rates[1]:.2f} a day), "
        f"they account for {rest * rates[1]:.0f} of the {totals[1]:,}"
    )
    if left / ahead <= rates[0]:
        return f"Nothing shows a rise before {day_in_words(day)}: {sums}, and no more is left over."
    rest_words = f"{left:.0f} are left for the {ahead} days before it: {left / ahead:.2f} a day"
    if rates[0]:
        rest_words += (
            f", {100 * (left / ahead / rates[0] - 1):+.0f} % on the period before "
            f"({rates[0]:.2f} a day)"
        )
    head = "The rise began before" if p < SURE else "Whether the rise began before cannot be told:"
    return (
        f"{head} {day_in_words(day)}: {sums}; {rest_words} (p = {p:.2g}, "
        "if attacks vary twice as much as independent ones)."
    )


def _ratio(totals: tuple[int, int, int], lengths: tuple[int, int], ahead: int, rest: int) -> float:
    """Twice the log likelihood ratio of three rates against two with the change on the day.

    The two-rate model's estimate has no closed form: the middle total is shared between the days
    before and after by their rates until that settles (EM, Dempster, Laird and Rubin, 1977).
    """
    one, other = max(totals[0], 0.5) / lengths[0], max(totals[2], 0.5) / lengths[1]
    for _ in range(STEPS):
        share = one * ahead / (one * ahead + other * rest)
        one = max(totals[0] + share * totals[1], 1e-9) / (lengths[0] + ahead)
        other = max(totals[2] + (1 - share) * totals[1], 1e-9) / (lengths[1] + rest)
    means = (one * lengths[0], one * ahead + other * rest, other * lengths[1])
    deviance = 0.0
    for count, mean in zip(totals, means, strict=True):
        deviance += 2 * ((count * math.log(count / mean) if count else 0.0) - (count - mean))
    return max(deviance, 0.0)

"""The sums inside a report: does the change that it names follow from the levels that it names?

A change in percent needs two levels, and reports seldom say which two. All pairs of levels that
it can be are tried, and the pair is named that fits, and how it had to be rounded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.analyse.statistics.measured import Measured

Fit = Literal["rounded", "cut off", "rounded up", "at least", "no"]
ALIKE = 0.1
"""Periods whose lengths differ by less than this share are of one length (months, half-years)."""
EPSILON = 1e-9
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?![\w%]|[.,]\d)")
_PERCENT = re.compile(r"^\s*(?:%|per ?cent|pc\b)")
_AT_LEAST = re.compile(
    r"\b(?:at least|more than|over)\s+\d+(?:\.\d+)?\s*(?:%|per ?cent|pc\b)", re.I
)
_YEAR = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Level:
    """A number of which a change may start or end; `claim` is null where it only stands in the
    passage and is no claim of its own."""

    value: int
    claim: str | None
    period: str | None
    first: int | None = None
    last: int | None = None
    of: tuple[str | None, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A published change against two levels: ``+79 %`` for 271 after 151 is +79.5 %.

    `exact` is the change in percent. `fits` says how `published` comes from it: ``rounded``,
    ``cut off`` (18.9 printed as 18), ``rounded up``, ``at least``, or ``no``.
    """

    published: float | None
    later: int
    later_period: str | None
    earlier: int
    earlier_period: str | None
    exact: float
    fits: Fit
    claims: tuple[str, ...]
    words: str


def change(later: float, earlier: float) -> float | None:
    """The change in percent from `earlier` to `later`; None from zero.

    >>> round(change(271, 228), 1), round(change(271, 151), 1)
    (18.9, 79.5)
    """
    return None if earlier <= 0 else 100 * (later - earlier) / earlier


def fit(exact: float, published: float, at_least: bool = False) -> Fit:
    """How a published percentage comes from the exact one.

    It is judged by the decimals that were printed: 18.9 is 19 rounded and 18 cut off.
    """
    unit = 10.0 ** -_decimals(published)
    if math.floor(exact / unit + 0.5 + EPSILON) * unit == _near(published, exact, unit):
        return "rounded"
    if abs(math.trunc(exact / unit) * unit - published) < unit * EPSILON + EPSILON:
        return "cut off"
    if 0 < published - exact < unit:
        return "rounded up"
    if at_least and exact >= published:
        return "at least"
    return "no"


def _near(published: float, exact: float, unit: float) -> float:
    rounded = math.floor(exact / unit + 0.5 + EPSILON) * unit
    return rounded if abs(rounded - published) < unit * 1e-6 + EPSILON else math.nan


def _decimals(value: float) -> int:
    text = f"{value:.10g}"
    return len(text.partition(".")[2])


def sums(one: Measured, every: Sequence[Measured]) -> tuple[Sum, ...]:
    """The pairs of levels that the change of `one` may be of; those that fit first.

    Levels are those that the same source gives for the measure of the change, or for what its
    sentence counts. Both have to be of one thing, and one of them in the report of the change or
    of its period. Where a pair fits, pairs that do not are left out; where none does, only a
    pair that the change must mean is held against it: its own period and the one before.
    """
    published = one.claim.change_percent
    if published is None:
        return ()
    at_least = bool(_AT_LEAST.search(one.claim.quote))
    found = []
    for later, earlier in _pairs(_levels(one, every)):
        if not _meant(one, later, earlier):
            continue
        exact = change(later.value, earlier.value)
        if exact is None:
            continue
        how = fit(exact, published, at_least)
        if how != "no" or _must(one, later, earlier):
            found.append(_sum(one, (later, earlier), exact, published, how))
    good = [each for each in found if each.fits != "no"] or found
    good.sort(key=lambda s: (_ORDER[s.fits], abs(s.exact - published), s.later, s.earlier))
    return tuple(good[:3])


_ORDER = {"rounded": 0, "cut off": 1, "rounded up": 2, "at least": 3, "no": 4}


def _levels(one: Measured, every: Iterable[Measured]) -> list[Level]:
    out: dict[tuple[object, ...], Level] = {}
    inside = {
        other.claim.measure
        for other in every
        if other.claim.quote == one.claim.quote and other.low is not None
    }
    measures = {one.claim.measure} | inside
    spoken = set()
    for other in every:
        if other.low is None or other.vague or other.claim.change_percent is not None:
            continue
        if other.claim.report == one.claim.report:
            spoken.add(other.low)
        if other.source != one.source or other.claim.measure not in measures:
            continue
        level = Level(
            other.low, other.claim.id, other.period, other.first, other.last, _thing(other)
        )
        out.setdefault((other.low, other.period, level.of), level)
    for value in numbers(one.claim.quote):
        if value not in spoken:
            out[(value,)] = Level(value, None, None)
    return list(out.values())


def _thing(one: Measured) -> tuple[str | None, ...]:
    """What two levels have to share to make a change."""
    victims = None if one.claim.victims == "unknown" else one.claim.victims
    return one.claim.measure, one.actor, one.country, one.admin1, one.place, victims, one.of


def _meant(one: Measured, later: Level, earlier: Level) -> bool:
    """Whether the change can be of these two: it goes their way, and is of their place and time."""
    percent = one.claim.change_percent or 0.0
    if (later.value > earlier.value) != (percent > 0) and later.value != earlier.value:
        return False
    if one.admin1 is not None and later.of is not None and later.of[3] != one.admin1:
        return False
    if one.admin1 is None and later.of is not None and later.of[3] is not None:
        return False
    times = [(level.first, level.last) for level in (later, earlier)]
    return one.first is None or (one.first, one.last) in times


def _must(one: Measured, later: Level, earlier: Level) -> bool:
    """Whether the change can be of nothing else: its own period against the one before it."""
    if later.of is None or earlier.of is None or later.of[0] != one.claim.measure:
        return False
    if later.of[1] != one.actor or (one.first, one.last) != (later.first, later.last):
        return False
    return earlier.last is not None and later.first is not None and later.first == earlier.last + 1


def numbers(quote: str) -> list[int]:
    """Whole numbers of a passage that are neither years nor percentages."""
    out = []
    for found in _NUMBER.finditer(quote):
        value = int(found[1].replace(",", ""))
        if value in _YEAR and "," not in found[1]:
            continue
        if not _PERCENT.match(quote[found.end() :]):
            out.append(value)
    return out


def _pairs(levels: Sequence[Level]) -> list[tuple[Level, Level]]:
    """Later and earlier: dated levels of one thing in their order and of one length; and a level
    against a number that stands in the sentence without a period."""
    out = []
    for later in levels:
        for earlier in levels:
            if later is not earlier and later.claim is not None and _follow(later, earlier):
                out.append((later, earlier))
    return out


def _follow(later: Level, earlier: Level) -> bool:
    if later.first is None or later.last is None:
        return False
    if earlier.claim is None:
        return True
    if earlier.first is None or earlier.last is None or later.of != earlier.of:
        return False
    if later.first <= earlier.last:
        return False
    lengths = sorted((later.last - later.first + 1, earlier.last - earlier.first + 1))
    return lengths[1] - lengths[0] <= ALIKE * lengths[1]


def _sum(
    one: Measured, levels: tuple[Level, Level], exact: float, published: float, how: Fit
) -> Sum:
    later, earlier = levels
    return Sum(
        published=published,
        later=later.value,
        later_period=later.period,
        earlier=earlier.value,
        earlier_period=earlier.period,
        exact=round(exact, 2),
        fits=how,
        claims=tuple(filter(None, (one.claim.id, later.claim, earlier.claim))),
        words=_words(later, earlier, exact, published, how),
    )


_FITS = {
    "rounded": "{p} is that, rounded",
    "cut off": "{p} is that, cut off and not rounded",
    "rounded up": "{p} is that, rounded up",
    "at least": "“at least” {p} holds, and says less than it could",
    "no": "that is not {p}",
}


def _words(later: Level, earlier: Level, exact: float, published: float, how: Fit) -> str:
    parts = [_level(later), "after", _level(earlier)]
    said = _FITS[how].format(p=f"{published:+g} %")
    return f"{' '.join(parts)} is {exact:+.1f} %: {said}"


def _level(level: Level) -> str:
    if level.period:
        return f"{level.value:,} ({level.period})"
    return f"{level.value:,} (in the passage)"


def implied(one: Measured, level: Measured) -> tuple[float, float] | None:
    """The earlier level that a change and a later level imply, as far as rounding leaves open.

    From the floor of cutting off to the ceiling of rounding up: one unit either way.
    """
    published, value = one.claim.change_percent, level.low
    if published is None or value is None:
        return None
    low, high = 1 + (published - 1) / 100, 1 + (published + 1) / 100
    if low <= 0:
        return None
    return value / high, value / low

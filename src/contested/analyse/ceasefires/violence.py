"""Violence between the parties before, during and after an agreement, in windows of one length.

Rates a day with their intervals: the doubt of the record by its draws, that of chance by the
posterior of the rate (Gamma; Jeffreys' prior). Where counts of whole weeks vary more than a
Poisson process lets them, the interval is widened by the variance ratio, as a negative binomial of
the first kind does (Cameron and Trivedi, 1986).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from contested.analyse.ceasefires.agreements import Agreement
from contested.analyse.ceasefires.settle import holds
from contested.analyse.draws import Draws
from contested.analyse.frame import Frame
from contested.analyse.told import day_in_words

LONGEST = 60
SHORTEST = 1
WEEK = 7
WEEKS = 8
"""Weeks with counts from which their variance tells of clustering."""
Part = Literal["before", "during", "after"]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Incidents between the parties in one window. `rate` is a day, with a 90 % interval.

    `killed` is null where no incident in it has a figure. `overlaps` names other agreements of
    the same parties that reach into it.
    """

    agreement: str
    name: str
    part: Part
    first: str
    last: str
    days: int
    incidents: float
    rate: float
    rate_low: float
    rate_high: float
    killed: float | None
    overlaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violence:
    """The windows of all agreements, the ratio of variance to mean of weekly counts, and why
    some agreements have none."""

    windows: tuple[Window, ...]
    dispersion: float
    left_out: tuple[str, ...]


def violence(
    agreements: Sequence[Agreement], draws: Draws, frame: Frame, longest: int = LONGEST
) -> Violence:
    """Windows of one length before, during and after each agreement that can hold.

    The length is that of the agreement, at most `longest` days and no longer than the record
    reaches before or after it.
    """
    period = draws.events.period()
    left_out: list[str] = []
    if period is None:
        return Violence(windows=(), dispersion=1.0, left_out=("no incident has a date",))
    first, last = (day.toordinal() for day in period)
    known = [one for one in agreements if holds(one) and len(one.parties) > 1]
    windows: list[Window] = []
    ratios = []
    for one in known:
        spans, why = _spans(one, first, last, longest)
        if why:
            left_out.append(f"{one.name}: {why}")
            continue
        between = _between(one, draws, frame)
        ratio = _dispersion(draws, between, first, last)
        ratios.append(ratio)
        for part, (begins, ends) in spans.items():
            windows.append(_window(one, part, (begins, ends), draws, between, ratio, known))
    return Violence(
        windows=tuple(windows),
        dispersion=round(max(ratios, default=1.0), 2),
        left_out=tuple(left_out),
    )


Spans = dict[Part, tuple[int, int]]


def _spans(one: Agreement, first: int, last: int, longest: int) -> tuple[Spans, str]:
    """First and last days of the windows; or why there are none, in words."""
    if not one.start.known or one.start.first is None or one.start.last is None:
        return {}, "nobody says when it began"
    begins = one.start.last
    over = one.over
    ends = over.first - 1 if over is not None and over.first is not None else last
    if over is not None and over.first is None:
        return {}, "nobody says when it ended"
    if ends < begins:
        return {}, "its end is not surely after its start"
    if begins > last or ends < first:
        return {}, f"no incident is of its time ({day_in_words(first)} to {day_in_words(last)})"
    ends = min(ends, last)
    length = min(ends - begins + 1, longest, one.start.first - first)
    after_from = over.last if over is not None and over.last is not None else None
    if length < SHORTEST:
        return {}, "the record does not reach before it"
    spans: Spans = {
        "before": (one.start.first - length, one.start.first - 1),
        "during": (begins, begins + length - 1),
    }
    if after_from is not None and after_from + length - 1 <= last:
        spans["after"] = (after_from, after_from + length - 1)
    return spans, ""


def _between(one: Agreement, draws: Draws, frame: Frame) -> tuple[Bools, Bools]:
    """For sides and for rows: whether a party began, and whether another party was the target.

    An unknown target counts where the initiator is a party: reports seldom name a party's own
    soldiers as such.
    """
    events = draws.events
    parties = set(one.parties)
    begins = np.array(
        [any(frame.side(actor) in parties for actor in side) for side in events.sides],
        dtype=np.bool_,
    )
    suffers = np.array(
        [not side or any(frame.side(actor) in parties for actor in side) for side in events.sides],
        dtype=np.bool_,
    )
    return begins, suffers[events.targets]


def _counts(
    draws: Draws, between: tuple[Bools, Bools], span: tuple[int, int]
) -> tuple[Floats, Floats]:
    """Incidents and killed in a span, for each draw."""
    inside = between[0][draws.side] & between[1][draws.event]
    inside &= (draws.day >= span[0]) & (draws.day <= span[1])
    number = draws.number
    counts = np.bincount(number[inside], minlength=len(draws)).astype(np.float64)
    dead = draws.deaths()[inside]
    told = dead >= 0
    killed: Floats = np.bincount(
        number[inside][told], weights=dead[told].astype(np.float64), minlength=len(draws)
    ).astype(np.float64)
    if not told.any():
        killed = np.full(len(draws), np.nan)
    return counts, killed


def _dispersion(draws: Draws, between: tuple[Bools, Bools], first: int, last: int) -> float:
    """Variance over mean of weekly counts from the first to the last incident; at least 1."""
    inside = between[0][draws.side] & between[1][draws.event] & (draws.day > 0)
    weeks = (last - first) // WEEK + 1
    if weeks < WEEKS or not inside.any():
        return 1.0
    of = (draws.day[inside] - first) // WEEK
    counts = np.zeros((len(draws), weeks))
    np.add.at(counts, (draws.number[inside], of), 1)
    mean = float(counts.mean())
    return max(float(counts.var(axis=1, ddof=1).mean()) / mean, 1.0) if mean else 1.0


def _window(
    one: Agreement,
    part: Part,
    span: tuple[int, int],
    draws: Draws,
    between: tuple[Bools, Bools],
    ratio: float,
    known: Sequence[Agreement],
) -> Window:
    days = span[1] - span[0] + 1
    counts, killed = _counts(draws, between, span)
    chance = np.random.default_rng(draws.options.seed)
    drawn = chance.gamma((np.repeat(counts, 20) / ratio) + 0.5) * ratio / days
    low, high = np.quantile(drawn, (0.05, 0.95))
    rate = float(counts.mean()) / days
    return Window(
        agreement=one.id,
        name=one.name,
        part=part,
        first=day_in_words(span[0]),
        last=day_in_words(span[1]),
        days=days,
        incidents=round(float(counts.mean()), 1),
        rate=round(rate, 3),
        rate_low=round(float(min(low, rate)), 3),
        rate_high=round(float(max(high, rate)), 3),
        killed=None if np.isnan(killed).any() else round(float(killed.mean()), 1),
        overlaps=tuple(other.name for other in known if _reaches(other, one, span)),
    )


def _reaches(other: Agreement, one: Agreement, span: tuple[int, int]) -> bool:
    """Whether another agreement of a common pair of parties was in force in a window."""
    if other.id == one.id or len(set(other.parties) & set(one.parties)) < 2:
        return False
    if other.start.first is None or other.start.last is None:
        return False
    over = other.over
    ends = over.last if over is not None and over.last is not None else span[1]
    return other.start.first <= span[1] and ends > span[0]

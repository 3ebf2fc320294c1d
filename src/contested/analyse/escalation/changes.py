"""What is changed in a scenario: which events no longer come, and which come besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.analyse.answer import listed
from contested.analyse.draws import Draws
from contested.analyse.escalation.study import Study
from contested.analyse.events import Floats, Ints
from contested.errors import UsageError

RECENT = 365
"""Days before the end from which the share of a front is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceasefire:
    """So many days in which `kept` of the events of the parties do not come."""

    days: int
    kept: float = 1.0
    parties: tuple[str, ...] = ()
    start: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One event of a side on a day, that would not have come."""

    side: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A side without its sanctuary: the share `by` of its events no longer comes."""

    side: str
    by: float = 0.5
    start: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A front that is closed: events at this place, province or country no longer come."""

    place: str
    start: dt.date | None = None


Change = Ceasefire | Strike | Denial | Closure


@dataclass(frozen=True, slots=True, eq=False)
class Thinning:
    """From day `start` to `end` (from the first day simulated) `keep` of each side's events
    come."""

    start: float
    end: float
    keep: Floats
    words: str
    assumed: str


@dataclass(frozen=True, slots=True)
class Added:
    """An event of dimension `side` on day `day` from the first day simulated."""

    side: int
    day: float
    words: str


def resolved(
    change: Change, found: Study, draws: Draws, first: dt.date, days: int
) -> Thinning | Added:
    """A change in the terms of the process. Raises UsageError where it makes no sense here."""
    if isinstance(change, Strike):
        day = _day(change.day, first, days)
        words = f"a strike by {change.side} on {change.day.isoformat()}"
        return Added(_side(change.side, found), day + 0.5, words)
    start = _day(change.start, first, days)
    if isinstance(change, Ceasefire):
        return _ceasefire(change, found, start)
    if isinstance(change, Denial):
        return _denial(change, found, start, days)
    return _closure(change, found, draws, start, days)


def _ceasefire(change: Ceasefire, found: Study, start: float) -> Thinning:
    _share(change.kept, "A ceasefire is kept")
    if change.days < 1:
        raise UsageError(f"A ceasefire of {change.days} days: give 1 or more.")
    parties = change.parties or found.names
    keep = np.ones(len(found.names))
    keep[[_side(one, found) for one in parties]] = 1 - change.kept
    return Thinning(
        start,
        start + change.days,
        keep,
        f"a ceasefire of {change.days} days kept at {change.kept:.0%} by {listed(parties)}",
        f"Ceasefire: {change.kept:.0%} of the events of {listed(parties)} do not come, and what "
        "they would have triggered does not. After it all is as before: no rebound, no calm that "
        "lasts, no regrouping.",
    )


def _denial(change: Denial, found: Study, start: float, days: int) -> Thinning:
    _share(change.by, "A sanctuary denied lowers events")
    keep = np.ones(len(found.names))
    keep[_side(change.side, found)] = 1 - change.by
    return Thinning(
        start,
        float(days),
        keep,
        f"{change.side} denied its sanctuary, {change.by:.0%} fewer of its own events",
        f"That a denied sanctuary costs {change.side} {change.by:.0%} of its events is what you "
        "put in, no finding. How it is denied, and what that itself provokes, is left out.",
    )


def _closure(change: Closure, found: Study, draws: Draws, start: float, days: int) -> Thinning:
    shares = _front(change.place, found, draws)
    if not shares.any():
        raise UsageError(
            f"No event of the last {RECENT} days is placed in {change.place}: there is no such "
            "front. Name a place, province or country (two letters) as the events have it."
        )
    told = listed(
        f"{share:.0%} of {name}"
        for name, share in zip(found.names, shares, strict=True)
        if share >= 0.005
    )
    return Thinning(
        start,
        float(days),
        1 - shares,
        f"the front {change.place} closed",
        f"Front {change.place}: {told} of the last {RECENT} days' events were there. They no "
        "longer come, and nobody carries them elsewhere.",
    )


def _front(place: str, found: Study, draws: Draws) -> Floats:
    """The share of each side's recent events, over all draws, that lie there."""
    events = draws.events
    each = [
        {(name or "").casefold() for name in names}
        for names in zip(events.places, events.admin1, events.countries, strict=True)
    ]
    meant = meant_by(place, {name for names in each for name in names})
    there = np.array([not meant.isdisjoint(names) for names in each])
    recent = draws.day >= found.start + found.length - RECENT
    kept = (found.told.numbers >= 0) & recent
    sides: Ints = found.told.numbers[kept]
    size = len(found.names)
    sums = np.bincount(sides, there[draws.event[kept]].astype(float), minlength=size)
    return np.asarray(sums / np.maximum(np.bincount(sides, minlength=size), 1))


def meant_by(place: str, known: set[str]) -> set[str]:
    """The names that are the place; where none is, those that begin with its words, as a data
    set writes “Idlib Governorate” for Idlib."""
    wanted = place.strip().casefold()
    if not wanted or wanted in known:
        return {wanted} & known - {""}
    return {name for name in known if name.startswith(f"{wanted} ")}


def _side(name: str, found: Study) -> int:
    known: Sequence[str] = found.names
    if name not in known:
        raise UsageError(f"{name} is no side of this model. Its sides are {listed(known, 10)}.")
    return known.index(name)


def _day(day: dt.date | None, first: dt.date, days: int) -> float:
    if day is None:
        return 0.0
    if not 0 <= (day - first).days < days:
        last = first + dt.timedelta(days=days - 1)
        raise UsageError(
            f"{day} is outside of what is simulated: {first} to {last}. Name a day inside, or "
            "simulate more days."
        )
    return float((day - first).days)


def _share(value: float, words: str) -> None:
    if not 0 <= value <= 1:
        raise UsageError(f"{words} by {value:g}: give a share from 0 to 1.")

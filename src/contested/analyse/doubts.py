"""Incidents of the record as events, with their doubts as probabilities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from contested.analyse.events import NOBODY, VICTIMS, Events, Happening, Side, columns
from contested.analyse.figures import several
from contested.model import ActorRef, Figure, Incident, Toll

UNCONFIRMED, DENIED = 0.5, 0.2
"""How likely a happening is that nobody confirms, or that is denied: even odds and one in five.
Conventions, not measurements: they are named in the answer and can be set."""
DENIED_DEED = 0.5
"""How likely the one who is blamed did it where that is denied: even odds, likewise."""

Ends = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairDoubt:
    """Two incidents that may be one happening, or one (`other` the same) that may be two.

    `chance` is the probability of one happening. For one that may be two, `claims` are those of
    the second account; its figures come from them.
    """

    one: str
    other: str
    chance: float
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """The probabilities that no evidence gives: see the constants of this module."""

    unconfirmed: float = UNCONFIRMED
    denied: float = DENIED
    denied_deed: float = DENIED_DEED


def events_of(
    incidents: Iterable[Incident],
    doubts: Sequence[PairDoubt] = (),
    chances: Chances | None = None,
) -> Events:
    """Incidents as events. Doubts about incidents that are not among them are left out."""
    chances = chances or Chances()
    known = list(incidents)
    rows = [_row(one, chances) for one in known]
    numbers = {one.id: n for n, one in enumerate(known)}
    pairs: list[tuple[int, int, float]] = []
    for doubt in doubts:
        one, other = numbers.get(doubt.one), numbers.get(doubt.other)
        if one is None or other is None:
            continue
        if one == other:
            other = len(rows)
            rows.append(_second(known[one], rows[one], doubt, other))
        pairs.append((min(one, other), max(one, other), doubt.chance))
    return columns(rows, pairs, source="record", notes=_notes(known, pairs, len(rows), chances))


def _row(incident: Incident, chances: Chances) -> Happening:
    where, when = incident.where, incident.when
    first, last = (_day(end) for end in (when.earliest, when.latest)) if when else (0, 0)
    if first and last and first > last:
        first, last = last, first
    chance = {"unconfirmed": chances.unconfirmed, "denied": chances.denied}
    return Happening(
        id=incident.id,
        first=first,
        last=last,
        type=incident.type,
        country=where.country if where else None,
        admin1=where.admin1 if where else None,
        place=where.name if where else None,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        radius_km=where.radius_km if where else None,
        initiators=initiators_of(incident, chances.denied_deed),
        target=_names(incident.targets),
        tolls=tolls_of(incident.casualties),
        open=any(_is_open(toll) for toll in incident.casualties),
        chance=chance.get(incident.status, 1.0),
        point=incident.status not in chance,
    )


def _second(incident: Incident, row: Happening, doubt: PairDoubt, number: int) -> Happening:
    """The second account of an incident that may be two: the same, with the figures of its own."""
    own = set(doubt.claims)
    told = [
        replace(toll, low=low, best=best, high=high)
        for toll in incident.casualties
        if (ends := _said([f for f in toll.according_to if own & set(f.claims)])) is not None
        for low, best, high in (ends,)
    ]
    return replace(
        row, id=f"{row.id}/{number}", point=False, tolls=tolls_of(told) if own else row.tolls
    )


def _said(figures: Sequence[Figure]) -> tuple[int, int, int] | None:
    counts = [f.count for f in figures if f.stance != "denies" and not f.part]
    lows = [c.low for c in counts if c.low is not None]
    highs = [c.high for c in counts if c.high is not None]
    if not lows and not highs:
        return None
    low = min(lows or highs)
    return low, low, max(highs or lows)


def initiators_of(incident: Incident, denied: float) -> tuple[tuple[Side, float], ...]:
    """The sides that may have begun, with probabilities.

    Whoever claims it or has it attributed is certain; competing claims share alike; where the
    one who is blamed denies it, it is that side with probability `denied`, else nobody known.
    Where nobody speaks of responsibility, the initiators of the account are taken.
    """
    said = incident.responsibility
    told = _names(incident.initiators)
    named = tuple(sorted(set(said.actors)))
    if said.state == "competing" and len(named) > 1:
        return tuple(((actor,), 1 / len(named)) for actor in named)
    if said.state == "denied":
        blamed = named or told
        return ((blamed, denied), (NOBODY, 1 - denied)) if blamed else ((NOBODY, 1.0),)
    return ((named or told, 1.0),)


def _names(refs: Iterable[ActorRef]) -> Side:
    return tuple(sorted({ref.actor or f"“{ref.as_written}”" for ref in refs}))


def tolls_of(tolls: Iterable[Toll]) -> tuple[Ends | None, ...]:
    """Low, best and high of the killed of each class, such that the classes add up.

    A toll of unknown victims may hold the same people as those of the named classes: what it
    holds beyond them stands under unknown.
    """
    killed = [toll for toll in tolls if toll.effect == "killed"]
    found: dict[str, Ends] = {}
    for toll in killed:
        if (ends := _ends(toll)) is not None:
            before = found.get(toll.victims, (0.0, 0.0, 0.0))
            found[toll.victims] = tuple(a + b for a, b in zip(before, ends, strict=True))  # type: ignore[assignment]
    whole = found.pop("unknown", None)
    if whole is not None:
        named = [sum(ends[n] for ends in found.values()) for n in range(3)]
        low, best = (max(0.0, whole[n] - named[n]) for n in range(2))
        found["unknown"] = (min(low, best), best, max(best, whole[2] - named[0]))
    return tuple(found.get(name) for name in VICTIMS)


def _ends(toll: Toll) -> Ends | None:
    told = [end for end in (toll.low, toll.best, toll.high) if end is not None]
    if not told:
        return None
    if toll.best is None:
        return 0.0, 0.0, float(max(told))
    low = toll.best if toll.low is None else min(toll.low, toll.best)
    return float(low), float(toll.best), float(max(told))


def _is_open(toll: Toll) -> bool:
    return toll.effect == "killed" and any(
        figure.count.high is None and figure.stance != "denies" for figure in toll.according_to
    )


def _day(text: str | None) -> int:
    return dt.date.fromisoformat(text).toordinal() if text else 0


def _notes(
    known: Sequence[Incident],
    pairs: Sequence[tuple[int, int, float]],
    rows: int,
    chances: Chances,
) -> tuple[str, ...]:
    states: Mapping[str, float] = {"unconfirmed": chances.unconfirmed, "denied": chances.denied}
    notes = [
        f"{several(number, 'incident')} {state}: there with probability {chance:g} (a convention) "
        "in each draw, and not in the point."
        for state, chance in states.items()
        if (number := sum(one.status == state for one in known))
    ]
    twice = rows - len(known)
    if len(pairs) > twice:
        notes.append(
            f"{several(len(pairs) - twice, 'pair')} of incidents may be one happening: merged with "
            "the probability of the evidence."
        )
    if twice:
        notes.append(
            f"{several(twice, 'incident')} may be two happenings: parted with the probability of "
            "the evidence."
        )
    return tuple(notes)

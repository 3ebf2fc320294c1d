"""What the record, or an imported data set, counts for a published statistic, with its doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from contested.analyse.answer import band
from contested.analyse.draws import Draw, Draws
from contested.analyse.events import VICTIMS, Events
from contested.analyse.frame import Frame
from contested.analyse.statistics.measured import Measured

COUNTED = (
    "attacks", "suicide_attacks", "killed", "airstrikes", "drone_strikes", "clashes", "operations",
    "abductions", "assassinations", "arrests", "infiltrations", "protests",
)  # fmt: skip
"""Measures that incidents can be counted for."""
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one set of incidents counts for the same measure, actor, place and period.

    `low` and `high` are the ends of the 90 % interval over draws, `best` the incidents as they
    stand; all null where nothing could be counted, and `why` says why. `incidents` fit as they
    stand, `undated` of them may or may not fall into the period and are not counted.
    """

    source: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    incidents: int = 0
    undated: int = 0
    why: str = ""


def count(one: Measured, draws: Draws, frame: Frame) -> Counted:
    """Count for the statistic `one` over draws; a refusal says in words why nothing was counted."""
    source = draws.events.source
    measure = one.claim.measure
    why = _refused(one, draws.events, frame)
    if why:
        return Counted(source=source, why=why)
    rows = _rows(one, draws.events, frame)
    sides = _sides(one, draws.events, frame)
    first, last = one.first or 0, one.last or 0
    victims = _victims(one)

    def total(each: Draw) -> float:
        inside = rows[each.event] & sides[each.side]
        inside &= (each.day >= first) & (each.day <= last)
        if measure != "killed":
            return float(inside.sum())
        return float(np.maximum(each.killed[inside][:, victims], 0).sum())

    point = draws.point()
    standing = rows[point.event] & sides[point.side]
    dated = (point.day >= first) & (point.day <= last)
    values = band([total(each) for each in draws], point=total(point))
    return Counted(
        source=source,
        low=round(values.low, 1),
        best=round(values.best, 1),
        high=round(values.high, 1),
        incidents=int((standing & dated).sum()),
        undated=int((standing & (point.day == 0)).sum()),
    )


def _refused(one: Measured, events: Events, frame: Frame) -> str:
    measure = one.claim.measure
    if measure not in COUNTED:
        return f"{measure.replace('_', ' ')} are not counted from incidents"
    if one.first is None or one.last is None:
        return "it names no closed period"
    if one.place and not one.country:
        return f"{one.place} is no country or province"
    if measure not in ("attacks", "killed") and _foreign(events, frame):
        return f"the types of {events.source} do not tell {measure.replace('_', ' ')}"
    if one.admin1 and not any(_same_place(name, one.admin1) for name in events.admin1):
        return f"{events.source} names no province {one.admin1}"
    known = events.period()
    if known is None:
        return f"no row of {events.source} has a date"
    if known[0].toordinal() > one.last or known[1].toordinal() < one.first:
        return f"{events.source} holds {known[0]} to {known[1]} only: no data for that period"
    return ""


def _foreign(events: Events, frame: Frame) -> bool:
    """Whether a data set has types of its own, none of which is of the codebook."""
    named = {kind for kind in events.types if kind is not None}
    return bool(named and frame.codebook) and not named & frame.codebook


def _same_place(name: str | None, wanted: str) -> bool:
    """Whether two names of a province are one, "Balochistan province" and "Balochistan"."""
    if name is None:
        return False
    return name.casefold().removesuffix(" province") == wanted.casefold().removesuffix(" province")


def _rows(one: Measured, events: Events, frame: Frame) -> Bools:
    """Rows of the place and type."""
    keep = np.ones(len(events), dtype=np.bool_)
    types = frame.types.get("attacks" if one.claim.measure == "killed" else one.claim.measure)
    if types is not None and one.claim.measure != "killed":
        keep &= np.array(
            [
                t is None or t in types or (bool(frame.codebook) and t not in frame.codebook)
                for t in events.types
            ],
            dtype=np.bool_,
        )
    if one.country:
        keep &= np.array([c == one.country for c in events.countries], dtype=np.bool_)
    if one.admin1:
        keep &= np.array([_same_place(a, one.admin1) for a in events.admin1], dtype=np.bool_)
    if one.place:
        keep &= np.array([p == one.place for p in events.places], dtype=np.bool_)
    return keep


def _sides(one: Measured, events: Events, frame: Frame) -> Bools:
    """Sides whose deeds are counted: the actor's own; attacks of nobody named, of armed groups.

    An institute's "attacks" are those of militants: an unknown side may be one, a state is none.
    """
    if one.actor is not None:
        actor = one.actor
        return np.array(
            [any(frame.belongs(a, actor) for a in side) for side in events.sides], dtype=np.bool_
        )
    if one.claim.measure in ("attacks", "suicide_attacks") and frame.armed:
        return np.array(
            [not side or any(a in frame.armed for a in side) for side in events.sides],
            dtype=np.bool_,
        )
    return np.ones(len(events.sides), dtype=np.bool_)


def _victims(one: Measured) -> list[int]:
    if one.claim.victims in (None, "unknown"):
        return list(range(len(VICTIMS)))
    return [VICTIMS.index(str(one.claim.victims))]

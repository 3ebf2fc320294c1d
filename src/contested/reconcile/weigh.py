"""How well two accounts agree: Fellegi-Sunter weights, one comparison a line of a table.

Each weight is log2 of how much likelier an agreement is between accounts of one happening than
of two (Fellegi and Sunter, 1969, JASA 64). What is unknown weighs nothing.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from contested.model import ActorRef, Where
from contested.reconcile.distance import distance_km
from contested.reconcile.units import Unit
from contested.world import World

NARROW_DAYS = 4
WIDE_KM = 130.0
SPAN_DAYS = 730.0


@lru_cache(maxsize=1)
def preset() -> Mapping[tuple[str, str], float]:
    """The packaged weights, for records too small to estimate their own."""
    text = (resources.files("contested") / "data" / "link_weights.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {(r["comparison"], r["level"]): float(r["weight"]) for r in rows}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two accounts and the evidence for their being of one happening."""

    one: Unit
    other: Unit
    evidence: tuple[tuple[str, float], ...]

    @property
    def weight(self) -> float:
        """Sum of the evidence with the prior: log2 odds."""
        return sum(w for _, w in self.evidence)


def weigh(
    one: Unit, other: Unit, world: World, weights: Mapping[tuple[str, str], float]
) -> Weighed:
    """All comparisons of two accounts."""
    evidence = [("prior", weights["prior", ""])]
    for found in (
        _time(one, other, weights),
        _place(one.where, other.where, weights),
        _type(one, other, world, weights),
        _side(one, other, world, weights, "initiator"),
        _side(one, other, world, weights, "target"),
        _toll(one, other, weights),
        _words(one, other, weights),
        _report(one, other, weights),
    ):
        if found is not None and found[1]:
            evidence.append((found[0], round(found[1], 2)))
    return Weighed(one, other, tuple(evidence))


Evidence = tuple[str, float] | None
Table = Mapping[tuple[str, str], float]


def _time(one: Unit, other: Unit, weights: Table) -> Evidence:
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return None
    gap = max((one.first - other.last).days, (other.first - one.last).days)
    longest = max(one.days or 1, other.days or 1)
    if one.assumed or other.assumed:
        if gap <= 0:
            return "reported at that time", weights["time", "reported"]
        return ("reported long apart", weights["time", "stale"]) if gap > 30 else None
    if gap <= 0:
        if longest <= NARROW_DAYS:
            return "same day", weights["time", "same_day"] - math.log2(longest)
        share = max(0.0, math.log2(SPAN_DAYS / longest))
        return "times overlap", min(share, weights["time", "same_day"] - 1)
    if gap == 1:
        return "the next day", weights["time", "next_day"]
    if gap <= 3:
        return f"{gap} days apart", weights["time", "two_to_three_days"]
    return f"{gap} days apart", weights["time", "apart"]


def _place(a: Where | None, b: Where | None, weights: Table) -> Evidence:
    if a is None or b is None:
        return None
    gap = distance_km(a, b)
    if gap is None:
        same = a.name.casefold() == b.name.casefold()
        return ("same place", weights["place", "same"]) if same else None
    widest = max(a.radius_km or 5.0, b.radius_km or 5.0)
    narrowest = min(a.radius_km or 5.0, b.radius_km or 5.0)
    if a.name == b.name and widest <= WIDE_KM:
        return f"both in {a.name}", weights["place", "same"] - max(0.0, math.log2(widest / 60))
    if gap <= widest:
        level = "within" if widest <= WIDE_KM else "contains"
        return f"{gap:.0f} km apart, within the wider area", weights["place", level]
    if gap <= widest + narrowest + 25:
        level = "within" if gap <= widest + narrowest and widest <= WIDE_KM else "near"
        half = weights["place", level] / 2 if level == "within" else weights["place", level]
        return f"{gap:.0f} km apart", half
    return f"{gap:.0f} km apart", weights["place", "apart"]


def _type(one: Unit, other: Unit, world: World, weights: Table) -> Evidence:
    if one.event is None or other.event is None:
        return None
    gap = world.type_distance(one.event.type, other.event.type)
    if gap == 0:
        return "same type", weights["type", "same"]
    if gap <= 0.45:
        return "close types", weights["type", "close"]
    if gap <= 0.65:
        return "types of one branch", weights["type", "cousin"]
    return "types apart", weights["type", "apart"]


def _side(one: Unit, other: Unit, world: World, weights: Table, side: str) -> Evidence:
    if one.event is None or other.event is None:
        return None
    mine = _roots(getattr(one.event, f"{side}s"), world)
    theirs = _roots(getattr(other.event, f"{side}s"), world)
    if not mine or not theirs:
        return None
    if mine & theirs:
        return f"same {side}", weights[side, "same"]
    if side == "initiator" and mine & _roots(other.event.targets, world):
        return "the same two sides", weights[side, "same"] / 2
    return f"other {side}", weights[side, "apart"]


def _roots(refs: tuple[ActorRef, ...], world: World) -> set[str]:
    """The actors and all above them; a state stands for whoever governs it too."""
    out: set[str] = set()
    for ref in refs:
        if ref.actor and ref.actor in world.actors:
            line = world.ancestors(ref.actor)
            out.update(line)
            ruler = world.organ(line[-1], "government")
            if world.actors[line[-1]].kind == "state" and ruler is not None:
                out.update(world.ancestors(ruler))
    return out


def _toll(one: Unit, other: Unit, weights: Table) -> Evidence:
    best: tuple[str, float] | None = None
    for mine in one.casualties:
        for theirs in other.casualties:
            if mine.effect != theirs.effect or mine.count.low is None:
                continue
            comparable = mine.victims == theirs.victims or "unknown" in (
                mine.victims,
                theirs.victims,
            )
            if not comparable:
                continue
            if mine.count.low == theirs.count.low:
                level = "equal_large" if mine.count.low >= 6 else "equal"
                found = (f"both {mine.count.low} {mine.effect}", weights["toll", level])
                if mine.count.low == 1:
                    found = (found[0], weights["toll", level] / 2)
            else:
                found = ("other toll", weights["toll", "unlike"])
            if best is None or found[1] > best[1]:
                best = found
    return best


def _words(one: Unit, other: Unit, weights: Table) -> Evidence:
    shared, names = sorted(one.words & other.words), sorted(one.names & other.names)
    if not shared and not names:
        return None
    weight = min(len(shared) * weights["words", "each"], weights["words", "most"])
    weight += min(len(names) * weights["names", "each"], weights["names", "most"])
    return "words: " + ", ".join([*names, *shared][:4]), weight


def _report(one: Unit, other: Unit, weights: Table) -> Evidence:
    if one.report != other.report:
        return None
    refs = {u.event.event_ref for u in (one, other) if u.event}
    if refs & {one.id, other.id}:
        return "the report goes on telling of it", weights["report", "reference"]
    if one.event and other.event and one.event.start == other.event.start:
        return "named apart in one sentence", weights["report", "same_sentence"]
    return "told in one report", weights["report", "same"]

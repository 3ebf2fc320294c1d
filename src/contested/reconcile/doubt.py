"""Pairs of accounts about which the linker is in doubt: candidates for a person to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contested.model import Claim, Report
from contested.reconcile.cluster import JOIN, pairs
from contested.reconcile.units import Unit, units
from contested.reconcile.weigh import preset, weigh
from contested.world import World

MARGIN = 4.0
"""How far from the threshold, in log2 odds, a pair still is doubtful: odds of 16 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """Two accounts, the main claim of each first, and the evidence for their being of one
    happening; `distance` is how far its sum lies above the threshold, in log2 odds."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    evidence: tuple[tuple[str, float], ...]
    weight: float
    distance: float


def doubtful(
    claims: Sequence[Claim], reports: Mapping[str, Report], world: World, margin: float = MARGIN
) -> list[Doubtful]:
    """All pairs whose weight lies within `margin` of the threshold."""
    weights = preset()
    out = []
    for one, other in pairs(units(claims, reports)):
        found = weigh(one, other, world, weights)
        if abs(found.weight - JOIN) <= margin:
            out.append(
                Doubtful(
                    one=_claims(one),
                    other=_claims(other),
                    evidence=found.evidence,
                    weight=round(found.weight, 2),
                    distance=round(found.weight - JOIN, 2),
                )
            )
    return out


def _claims(unit: Unit) -> tuple[str, ...]:
    return tuple(dict.fromkeys((unit.id, *(claim.id for claim in unit.claims))))

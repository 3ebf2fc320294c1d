"""Pairs of accounts about which the linker is in doubt: candidates for a person to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contested.model import Claim, Report
from contested.reconcile.explain import explain
from contested.reconcile.features import Describer, without
from contested.reconcile.link import Linking, levels_of
from contested.reconcile.model import preset
from contested.reconcile.units import Unit, units
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
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    world: World,
    linking: Linking,
    margin: float = MARGIN,
) -> list[Doubtful]:
    """All pairs whose weight lies within `margin` of the threshold."""
    model = linking.model or preset()
    accounts = sorted(units(claims, reports), key=lambda unit: (unit.id, unit.report))
    if not accounts:
        return []
    describer = Describer(world)
    rows = [describer.row(unit) for unit in accounts]
    session = linking.engine.open(without(rows, model.common))
    try:
        scores = session.scores(model)
        near = np.abs(scores.weight - model.bounds.join) <= margin
        left, right = scores.left[near].tolist(), scores.right[near].tolist()
        pairs = list(zip(left, right, strict=True))
        levels = levels_of(session, model, pairs)
    finally:
        session.close()
    return [
        Doubtful(
            one=_claims(accounts[pair[0]]),
            other=_claims(accounts[pair[1]]),
            evidence=explain(accounts[pair[0]], accounts[pair[1]], levels[pair], model),
            weight=round(weight, 2),
            distance=round(weight - model.bounds.join, 2),
        )
        for pair, weight in zip(pairs, scores.weight[near].tolist(), strict=True)
    ]


def _claims(unit: Unit) -> tuple[str, ...]:
    return tuple(dict.fromkeys((unit.id, *(claim.id for claim in unit.claims))))

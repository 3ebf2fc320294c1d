"""Our own linker, as the benchmarks call it: claims and reports in, groups and pairs out.

The only place of the benchmarks that knows how linking is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contested.model import Claim, EventClaim, Report
from contested.reconcile import reconcile
from contested.reconcile.cluster import pairs
from contested.reconcile.units import units
from contested.reconcile.weigh import preset, weigh
from contested.world import World


def groups(claims: Sequence[Claim], reports: Mapping[str, Report]) -> dict[str, str]:
    """The incident of every event claim; one that belongs to none stands for itself."""
    incidents = reconcile(claims, reports, World.load())
    homes = {name: incident.id for incident in incidents for name in incident.claims}
    return {c.id: homes.get(c.id, c.id) for c in claims if isinstance(c, EventClaim)}


def probabilities(
    claims: Sequence[Claim], reports: Mapping[str, Report]
) -> Iterator[tuple[str, str, float]]:
    """The candidate pairs of event claims, each with the probability that they are of one."""
    world, weights = World.load(), preset()
    for one, other in pairs(units(claims, reports)):
        if one.event is not None and other.event is not None:
            weight = weigh(one, other, world, weights).weight
            yield one.id, other.id, 1 / (1 + 2.0 ** -max(-60.0, min(60.0, weight)))

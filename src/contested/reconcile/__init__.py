"""Claims to incidents: copies and origins, linking, tolls, responsibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contested.model import Claim, Incident, Report
from contested.model.ids import short_id
from contested.reconcile.build import build
from contested.reconcile.cluster import cluster
from contested.reconcile.constraints import NONE, Constraints
from contested.reconcile.origins import Origins
from contested.reconcile.toll import RULES
from contested.reconcile.units import Unit, units
from contested.reconcile.weigh import preset
from contested.world import World

__all__ = ["RULES", "Constraints", "reconcile"]


def reconcile(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    world: World,
    *,
    previous: Mapping[str, frozenset[str]] | None = None,
    former: Mapping[str, frozenset[str]] | None = None,
    constraints: Constraints = NONE,
    rule: str = "lowest_credible",
    as_of: str = "",
) -> list[Incident]:
    """Gather claims into incidents, in order of time.

    `previous` maps the ids of known incidents to their claims: a group keeps the id of the
    incident with which it shares most claims. `former` does so for incidents as they were
    earlier: a group with the very same claims gets its former id back. `constraints` are what
    persons decided. `rule` names how `best` is derived. Raises UsageError for an unknown rule.
    """
    origins = Origins(reports, world)
    groups = cluster(units(claims, reports), world, preset(), constraints)
    names = _names([members for members, _ in groups], previous or {}, former or {})
    incidents = [
        build(
            name,
            members,
            joined,
            origins,
            reports,
            world,
            constraints.rule_of((c.id for unit in members for c in unit.claims), rule),
            as_of,
        )
        for name, (members, joined) in zip(names, groups, strict=True)
    ]
    return sorted(
        incidents,
        key=lambda i: ((i.when.earliest or "0") if i.when else "0", i.id),
    )


def _names(
    groups: Sequence[Sequence[Unit]],
    previous: Mapping[str, frozenset[str]],
    former: Mapping[str, frozenset[str]],
) -> list[str]:
    """Ids that stay: the former incident of the very same claims, the old one that shares most,
    else one from the first claim."""
    homes: dict[str, set[str]] = {}
    for incident, members_before in previous.items():
        for name in members_before:
            homes.setdefault(name, set()).add(incident)
    wishes: list[tuple[int, int, str]] = []
    for n, members in enumerate(groups):
        shared: dict[str, int] = {}
        for unit in members:
            for claim in unit.claims:
                for incident in homes.get(claim.id, ()):
                    shared[incident] = shared.get(incident, 0) + 1
        wishes += [(-count, n, incident) for incident, count in shared.items()]
    same = {members: name for name, members in sorted(former.items(), reverse=True)}
    out = {
        n: same[claims]
        for n, members in enumerate(groups)
        if (claims := frozenset(c.id for unit in members for c in unit.claims)) in same
    }
    taken = set(out.values())
    for _, n, incident in sorted(wishes):
        if n not in out and incident not in taken:
            out[n] = incident
            taken.add(incident)
    for n, members in enumerate(groups):
        if n not in out:
            out[n] = _fresh(members, taken | set(previous) | set(former))
            taken.add(out[n])
    return [out[n] for n in range(len(groups))]


def _fresh(members: Sequence[Unit], taken: set[str]) -> str:
    first = min(c.id for unit in members for c in unit.claims)
    name = short_id("i", first)
    extra = 0
    while name in taken:
        extra += 1
        name = short_id("i", first, extra)
    return name

"""Claims to incidents: copies and origins, linking, tolls, responsibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contested.model import Claim, Incident, Report
from contested.model.ids import short_id
from contested.model.ratings import Judgements
from contested.model.rules import RULES
from contested.reconcile.build import build
from contested.reconcile.cluster import cluster
from contested.reconcile.origins import Origins
from contested.reconcile.prepare import learnt
from contested.reconcile.scene import Options
from contested.reconcile.units import Unit, units
from contested.reconcile.weigh import preset
from contested.world import World

__all__ = ["RULES", "reconcile"]


def reconcile(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    world: World,
    *,
    previous: Mapping[str, frozenset[str]] | None = None,
    rule: str = "lowest_credible",
    as_of: str = "",
    judgements: Judgements | None = None,
) -> list[Incident]:
    """Gather claims into incidents, in order of time.

    `previous` maps the ids of known incidents to their claims: a group keeps the id of the
    incident with which it shares most claims. `rule` names how `best` is derived, `judgements`
    are what people decided on sources and claims. Raises UsageError for an unknown rule.
    """
    options = Options(rule=rule, judgements=judgements or Judgements())
    origins = Origins(reports, world)
    groups = cluster(units(claims, reports), world, preset())
    names = _names([members for members, _ in groups], previous or {})
    told = [[c for unit in members for c in unit.claims] for members, _ in groups]
    options = learnt(told, world, origins, reports, options)
    incidents = [
        build(name, members, joined, origins, reports, world, options, as_of)
        for name, (members, joined) in zip(names, groups, strict=True)
    ]
    return sorted(
        incidents,
        key=lambda i: ((i.when.earliest or "0") if i.when else "0", i.id),
    )


def _names(groups: Sequence[Sequence[Unit]], previous: Mapping[str, frozenset[str]]) -> list[str]:
    """Ids that stay: the old incident that shares most claims, else one from the first claim."""
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
    out: dict[int, str] = {}
    taken: set[str] = set()
    for _, n, incident in sorted(wishes):
        if n not in out and incident not in taken:
            out[n] = incident
            taken.add(incident)
    for n, members in enumerate(groups):
        if n not in out:
            out[n] = _fresh(members, taken | set(previous))
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

"""Our own linker, as the benchmarks call it: claims and reports in, groups and pairs out.

The only place of the benchmarks that knows how linking is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contested.model import Claim, EventClaim, Report
from contested.reconcile import accounts, group
from contested.reconcile.comparisons import comparisons
from contested.reconcile.duck import DuckEngine, DuckWords
from contested.reconcile.estimate import FROM_ACCOUNTS, estimate
from contested.reconcile.features import Describer, frequent, without
from contested.reconcile.link import Linking
from contested.reconcile.model import preset
from contested.world import World


def groups(claims: Sequence[Claim], reports: Mapping[str, Report]) -> dict[str, str]:
    """The group of every event claim, named by its first account."""
    grouped = group(accounts(claims, reports), World.load(), Linking())
    homes = {
        claim.id: members[0].id
        for members, _ in grouped.groups
        for unit in members
        for claim in unit.claims
    }
    return {c.id: homes.get(c.id, c.id) for c in claims if isinstance(c, EventClaim)}


def probabilities(
    claims: Sequence[Claim], reports: Mapping[str, Report]
) -> Iterator[tuple[str, str, float]]:
    """The candidate pairs of event claims, each with the probability that they are of one."""
    units = accounts(claims, reports)
    describer = Describer(World.load())
    rows = [describer.row(unit) for unit in units]
    model = preset()
    large = len(rows) >= FROM_ACCOUNTS
    session = DuckEngine().open(without(rows, frequent(rows) if large else frozenset()))
    try:
        if large:
            known = comparisons(DuckWords())
            model = estimate(session.patterns(model), known, model, len(rows))
        scores = session.scores(model)
    finally:
        session.close()
    ends = zip(scores.left.tolist(), scores.right.tolist(), scores.weight.tolist(), strict=True)
    for left, right, weight in ends:
        if units[left].event is not None and units[right].event is not None:
            yield units[left].id, units[right].id, model.probability(weight)

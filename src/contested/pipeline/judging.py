"""The part of a record that is about decisions: making them, listing them, reviewing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from contested.model import Claim, Decision, Incident, Report
from contested.pipeline.deciding import Deciding, named
from contested.pipeline.reviewing import Reviewing
from contested.pipeline.stages import Stages
from contested.pipeline.standing import (
    Judged,
    Ruling,
    credibilities,
    judge,
    record_rule,
    reliabilities,
    rule_of,
    rulings,
)
from contested.record import Store, StoredReport

if TYPE_CHECKING:
    from contested.pipeline.facade import Record


class Judging:
    """What persons decided on a record. `Record` is one."""

    def __init__(self, store: Store, stages: Stages) -> None:
        self.store = store
        self.stages = stages

    @property
    def decide(self) -> Deciding:
        """What a person can decide: merge, split, correct, wrong, confirm, rule, … , undo."""
        return Deciding(cast("Record", self))

    def decisions(self) -> list[Ruling]:
        """Every decision in its order, with whether it holds."""
        return rulings(self.store, self.judged())

    def decisions_on(self, id: str) -> list[Ruling]:
        """Those that name this incident, claim, report or decision (by id, or six signs of it),
        and those that bear on it today. Raises NotFound."""
        if id.startswith("d-"):
            one = named(id, self.store.decisions())
            return [each for each in self.decisions() if each.concerns(one.id)]
        found = cast("Record", self).find(id)
        whole = found.report.id if isinstance(found, StoredReport) else found.id
        bearing = found.decisions if isinstance(found, Incident) else ()
        return [
            one for one in self.decisions() if one.concerns(whole) or one.decision.id in bearing
        ]

    def gathered_with(self, decision: Decision) -> list[str]:
        """The incidents that hold the claims of a decision now, by id."""
        homes = self.store.previous_membership()
        mine = {one.claim for one in decision.anchors}
        return sorted(id for id, claims in homes.items() if mine & claims)

    @property
    def rule(self) -> str:
        """How `best` is derived in the whole record: as decided, else by the default rule."""
        return rule_of(self.store.decisions())

    def rule_decision(self) -> Decision | None:
        """The decision on how `best` is derived in the whole record, if one holds."""
        return record_rule(self.store.decisions())

    def reliability_decisions(self) -> dict[str, Decision]:
        """The last reliability that holds, by outlet, actor or words of a speaker."""
        return reliabilities(self.store.decisions())

    def credibility_decisions(self) -> dict[str, Decision]:
        """The last credibility that holds, by the id of the claim."""
        return credibilities(self.judged())

    def review(self, author: str | None = None) -> Reviewing:
        """A walk through the doubtful pairs and claims, the most useful first."""
        return Reviewing(cast("Record", self), author)

    def judged(
        self, claims: list[Claim] | None = None, reports: dict[str, Report] | None = None
    ) -> Judged:
        """What the decisions mean for the claims of today."""
        decisions = self.store.decisions()
        if not decisions:
            return judge([], [], [])
        if claims is None:
            claims = list(self.store.claims())
        if reports is None:
            reports = {stored.report.id: stored.report for stored in self.store.reports()}
        return judge(decisions, claims, self.stages.accounts(claims, reports))

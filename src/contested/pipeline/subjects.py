"""What a decision is on: ids as people write them, resolved to the claims of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from contested.errors import DecisionError, NotFound
from contested.model import Claim, Decision, Incident, Subject, to_plain
from contested.model.decision import APART, TOGETHER, Finder, anchor, bears_on, holding
from contested.model.query import Query
from contested.model.revision import PASSAGE
from contested.pipeline.correcting import same_field

if TYPE_CHECKING:
    from contested.pipeline.facade import Record


class Subjects:
    """Looks up what is to be decided on; `remarks` say what was not taken literally."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.remarks: list[str] = []

    def incidents(self, given: Sequence[str]) -> list[Incident]:
        """The incidents that hold these ids now. Raises DecisionError for fewer than two."""
        if len(given) < 2:
            raise DecisionError("Merging takes two incidents or more. Give their ids.")
        found = [self.incident(id) for id in given]
        different = {one.id: one for one in found}
        for id, one in different.items():
            same = [g for g, each in zip(given, found, strict=True) if each.id == id]
            if len(same) > 1:
                raise DecisionError(
                    f"{' and '.join(same)} are one incident already: {id}. There is nothing to "
                    "merge in them."
                )
            if not one.claims:
                raise DecisionError(f"{id} has no claims to merge.")
        return list(different.values())

    def incident(self, given: str) -> Incident:
        """The incident of that id, or the one that holds its claims now."""
        try:
            return self._record.incident(given)
        except NotFound:
            last = self._record.history(given)[-1].incident
        homes: Counter[str] = Counter()
        now = self.today(last)
        for id, claims in self._record.store.previous_membership().items():
            homes[id] = len(claims & now)
        holders = [id for id, number in homes.most_common() if number]
        if not holders:
            raise DecisionError(
                f"Incident {last.id} is gone, and so are its claims. `contested show {last.id}` "
                "and its history tell what it was."
            )
        if len(holders) > 1:
            raise DecisionError(
                f"Incident {last.id} is gone; its claims are now in {', '.join(holders)}. Name the "
                "one that you mean."
            )
        self.remarks.append(f"{last.id} was merged away: {holders[0]} holds its claims now.")
        return self._record.incident(holders[0])

    def today(self, incident: Incident) -> frozenset[str]:
        """The claims of an incident of old, as they are called since they were read anew."""
        current = [claim for report in incident.reports for claim in self.claims_of(report)]
        finder = Finder(current)
        found = [finder.find(anchor(self._record.claim(id))) for id in incident.claims]
        return frozenset(claim.id for claim in found if claim is not None)

    def subject(
        self, incident: Incident, only: Iterable[str] | None = None, id: str | None = None
    ) -> Subject:
        """An incident with its claims, or some of them, as they are now."""
        wanted = set(incident.claims if only is None else only)
        anchors = []
        for report in incident.reports:
            claims = self.claims_of(report)
            anchors += [anchor(one, claims) for one in claims if one.id in wanted]
        return Subject(id=id or incident.id, anchors=tuple(anchors))

    def claims_of(self, report: str) -> list[Claim]:
        """The current claims of a report."""
        return list(self._record.store.claims(Query(report=report)))

    def alike(self, claim: Claim, field: str, coded: Any, others: Sequence[Claim]) -> list[Claim]:
        """`claim` and those of `others` that have the same value in `field` and can take `coded`.

        No claim can refer to itself, and `act` is one thing for an agreement, another for a
        statement.

        Raises DecisionError for the passage, of which each claim has its own, and for the event of
        claims that refer to none: they are of many happenings.
        """
        if field == PASSAGE:
            raise DecisionError(
                "Each claim has a passage of its own: leave out --everywhere, and correct one."
            )
        value = to_plain(claim)[field]
        if field == "event_ref" and value is None:
            raise DecisionError(
                "Claims that refer to no event are of many happenings: leave out --everywhere, and "
                "correct one."
            )
        same = [
            one
            for one in others
            if one.id not in (claim.id, coded) and same_field(one, claim, field)
        ]
        found = [claim, *(one for one in same if to_plain(one)[field] == value)]
        if len(found) == 1:
            self.remarks.append("No other claim of the report says the same there.")
        return found

    def accounts(self, reports: Sequence[str]) -> list[frozenset[str]]:
        """The claims of these reports that hang together and cannot be parted."""
        claims = [claim for report in reports for claim in self.claims_of(report)]
        stored = {each: self._record.report(each).report for each in reports}
        return self._record.stages.accounts(claims, stored)

    def parted(self, whole: Incident, named: Sequence[str]) -> tuple[set[str], set[str]]:
        """The accounts of the named claims, and the rest of the incident.

        Raises DecisionError where one is not in it, or nothing would be left.
        """
        if not named:
            raise DecisionError("Say which claims to split off: --claims, several by commas.")
        chosen = set()
        for given in named:
            claim = self.current(given)[0]
            if claim.id not in whole.claims:
                raise DecisionError(f"Claim {claim.id} is not in {whole.id}.")
            chosen.add(claim.id)
        accounts = self.accounts(whole.reports)
        out = {one for each in accounts if chosen & each for one in each} & set(whole.claims)
        rest = set(whole.claims) - out
        if not rest:
            raise DecisionError(
                f"That would split off all of {whole.id}: with the accounts that they belong to, "
                "these are all its claims. Leave one account."
            )
        if out - chosen:
            self.remarks.append(f"with their accounts: {', '.join(sorted(out - chosen))}")
        return out, rest

    def account(self, claim: Claim) -> Subject:
        """A claim with those of its account."""
        others = self.claims_of(claim.report)
        accounts = self.accounts([claim.report])
        mine = next((each for each in accounts if claim.id in each), frozenset({claim.id}))
        first = [claim, *(one for one in others if one.id in mine and one.id != claim.id)]
        return Subject(id=claim.id, anchors=tuple(anchor(one, others) for one in first))

    def confirmed(self, claims: Sequence[Claim]) -> dict[str, Any]:
        """What is confirmed of one claim, or of two as they are gathered now."""
        if len(claims) == 1:
            others = self.claims_of(claims[0].report)
            return {"subjects": (Subject(id=claims[0].id, anchors=(anchor(claims[0], others),)),)}
        homes = self._record.store.previous_membership().values()
        both = {one.id for one in claims}
        if not all(any(one in home for home in homes) for one in both):
            raise DecisionError("A pair is of claims that belong to incidents; these do not.")
        value = TOGETHER if any(both <= home for home in homes) else APART
        subjects = [self.account(one) for one in claims]
        return {"subjects": two_accounts(subjects), "value": value}

    def current(self, given: str) -> tuple[Claim, list[Claim]]:
        """A current claim and all those of its report. Raises DecisionError if it is not."""
        stored = self._record.claim(given)
        claims = self.claims_of(stored.report)
        for one in claims:
            if one.id == stored.id:
                return one, claims
        for decision in reversed(holding(self._record.store.decisions())):
            on = [each.claim for each in decision.anchors] or (
                [stored.id] if stored.report in decision.reports else []
            )
            if decision.act == "wrong" and stored.id in on:
                raise DecisionError(
                    f"Claim {stored.id} was marked as wrong by {decision.author} "
                    f"({decision.id}). Undo that first."
                )
        near = Finder(claims).find(anchor(stored, self.siblings(stored)))
        told = f" It reads {near.id} there now." if near else ""
        raise DecisionError(
            f"Claim {stored.id} is no longer current: {stored.name} was read anew, or changed."
            f"{told}"
        )

    def siblings(self, claim: Claim) -> list[Claim]:
        """What was last read by a machine in the report of a claim."""
        return self._record.store.machine_claims([claim.report])[claim.report]

    def whole_report(self, given: str, known: Sequence[Decision]) -> str:
        """The id of a report. Raises DecisionError if it was marked as wrong already."""
        try:
            id = self._record.report(given).report.id
        except NotFound as error:
            raise NotFound(f"The record has no claim or report {given!r}.") from error
        for decision in bears_on(holding(known), id):
            if decision.act == "wrong" and not decision.anchors:
                raise DecisionError(
                    f"Report {id} was marked as wrong already, by {decision.author} "
                    f"({decision.id})."
                )
        return id


def two_accounts(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """Both, as a tuple. Raises DecisionError where they share a claim."""
    if set(subjects[0].anchors) & set(subjects[1].anchors):
        raise DecisionError("These claims are one account, which cannot be parted.")
    return tuple(subjects)

"""What persons changed of the claims of a report: corrected values, and what was marked wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contested.errors import PassageError
from contested.model.claim import Claim, from_plain, to_plain
from contested.model.decision import Decision, Finder
from contested.model.report import Report

PASSAGE = "passage"
"""The field of a claim that stands for its start, its end and its quote."""

GONE = "its claim is no longer found in the report"
NO_EVENT = "the event that its claim was to refer to is no longer found in the report"


@dataclass(slots=True)
class Revision:
    """The claims of one report with the decisions of persons applied.

    `applied` names for each decision the claims that it changed, `failed` why another could not
    be applied, or not to all.
    """

    claims: list[Claim]
    applied: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def revise(report: Report, claims: Iterable[Claim], decisions: Sequence[Decision]) -> Revision:
    """Apply the corrections and marks of wrong that hold, in their order; a later one prevails.

    `claims` are the machine's. Ids stay. What cannot be applied any more is told in `failed`.
    """
    current = {claim.id: claim for claim in claims}
    out = Revision([])
    for decision in decisions:
        if decision.act == "wrong" and not decision.anchors:
            out.applied[decision.id] = (report.id,)
            current.clear()
            continue
        known = Finder(current.values())
        for one in decision.anchors:
            claim = known.find(one) if one.report == report.id else None
            if claim is None:
                out.failed[decision.id] = GONE
                continue
            if decision.field == "event_ref" and decision.coded not in (None, *current):
                out.failed[decision.id] = NO_EVENT
                continue
            try:
                changed = _changed(report, claim, decision)
            except (PassageError, ValueError) as error:
                out.failed[decision.id] = str(error)
                continue
            out.applied[decision.id] = (*out.applied.get(decision.id, ()), claim.id)
            if changed is None:
                del current[claim.id]
            else:
                current[claim.id] = changed
    out.claims = [_referring(claim, current) for claim in current.values()]
    return out


def _referring(claim: Claim, current: dict[str, Claim]) -> Claim:
    """No claim refers to one that is wrong."""
    if claim.event_ref is None or claim.event_ref in current:
        return claim
    return replace(claim, event_ref=None)


def _changed(report: Report, claim: Claim, decision: Decision) -> Claim | None:
    if decision.act == "wrong":
        return None
    if decision.field == PASSAGE:
        return moved(report, claim, decision.coded, decision.id)
    return with_value(claim, str(decision.field), decision.coded, decision.id)


def with_value(claim: Claim, name: str, coded: Any, decision: str) -> Claim:
    """`claim` with another value in field `name`, given as plain data.

    Raises ValueError for a value that the claim's kind does not take.
    """
    plain = to_plain(claim) | {name: coded}
    plain["carried"] = [each for each in claim.carried if each != name]
    plain["decisions"] = [*claim.decisions, decision]
    return from_plain(plain)


def moved(report: Report, claim: Claim, coded: Any, decision: str) -> Claim:
    """`claim` on another passage of its report, where these words stand.

    Raises PassageError where the report has not these words.
    """
    start, quote = int(coded["start"]), str(coded["quote"])
    if report.text[start : start + len(quote)] != quote:
        start = report.text.find(quote)
    if start < 0 or not quote:
        raise PassageError(f"{report.name}: the words {quote[:60]!r} no longer stand in it")
    passage = report.passage(start, start + len(quote))
    return replace(
        claim,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        decisions=(*claim.decisions, decision),
    )

"""The record as events: where its doubts are handed to the analyses as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contested.analyse.doubts import Chances, PairDoubt, events_of
from contested.analyse.events import Events
from contested.model import Incident
from contested.pipeline.review import Material, queue
from contested.reconcile.model import LinkModel, preset

if TYPE_CHECKING:
    from contested.pipeline.facade import Record


def pair_doubts(record: Record, incidents: Sequence[Incident]) -> list[PairDoubt]:
    """Incidents that may be one and incidents that may be two, each with the probability of one.

    The pairs are those that a review would ask about: what a person settled is certain. The
    probability follows from the match weight by the model that linked the record (Fellegi and
    Sunter, 1969, JASA 64).
    """
    held = {claim for one in incidents for claim in one.claims}
    claims = [claim for claim in record.store.claims() if claim.id in held] if held else []
    if not claims:
        return []
    reports = {stored.report.id: stored.report for stored in record.store.reports()}
    known = record.store.links.model()
    model = None if known is None else LinkModel.from_json(known[1])
    doubts = record.stages.doubtful(claims, reports, model)
    accounts = {frozenset((one.one[0], one.other[0])): one for one in doubts}
    judged = record.judged(claims, reports)
    items = queue(Material(claims, reports, incidents, judged), doubts)
    found = []
    for item in items:
        if item.kind != "pair" or item.weight is None:
            continue
        account = accounts[frozenset(item.claims)]
        chance = (model or preset()).probability(item.weight)
        one, other = item.incidents[0], item.incidents[-1]
        found.append(PairDoubt(one=one, other=other, chance=chance, claims=account.other))
    return found


def events_of_record(
    record: Record, incidents: Sequence[Incident], chances: Chances | None = None
) -> Events:
    """Incidents of the record as events with their doubts."""
    return events_of(incidents, pair_doubts(record, incidents), chances)

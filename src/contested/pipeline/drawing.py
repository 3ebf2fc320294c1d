"""The record as events and draws: where its doubts are handed to the analyses as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.analyse.doubts import Chances, PairDoubt, events_of
from contested.analyse.draws import DrawOptions, Draws, draw
from contested.analyse.events import Events
from contested.model.query import Query
from contested.pipeline.review import Material, queue
from contested.reconcile.model import LinkModel, preset

if TYPE_CHECKING:
    from contested.pipeline.facade import Record


def pair_doubts(record: Record) -> list[PairDoubt]:
    """Incidents that may be one and incidents that may be two, each with the probability of one.

    The pairs are those that a review would ask about: what a person settled is certain. The
    probability follows from the match weight by the model that linked the record (Fellegi and
    Sunter, 1969, JASA 64).
    """
    reports = {stored.report.id: stored.report for stored in record.store.reports()}
    claims = list(record.store.claims())
    if not claims:
        return []
    known = record.store.links.model()
    model = None if known is None else LinkModel.from_json(known[1])
    doubts = record.stages.doubtful(claims, reports, model)
    accounts = {frozenset((one.one[0], one.other[0])): one for one in doubts}
    judged = record.judged(claims, reports)
    items = queue(Material(claims, reports, record.store.incidents(), judged), doubts)
    found = []
    for item in items:
        if item.kind != "pair" or item.weight is None:
            continue
        account = accounts[frozenset(item.claims)]
        chance = (model or preset()).probability(item.weight)
        one, other = item.incidents[0], item.incidents[-1]
        found.append(PairDoubt(one=one, other=other, chance=chance, claims=account.other))
    return found


def events(record: Record, query: Query, chances: Chances | None = None) -> Events:
    """Incidents of the record that fit, as events with their doubts."""
    return events_of(record.incidents(query), pair_doubts(record), chances)


def draws(record: Record, query: Query, options: DrawOptions | None = None) -> Draws:
    """Plausible records drawn from those incidents. Raises NothingToAnalyse where none fits."""
    return draw(events(record, query), options)

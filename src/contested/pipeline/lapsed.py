"""What became of a claim that is no longer current."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from contested.model import Claim
from contested.model.decision import Finder, anchor
from contested.model.query import Query
from contested.record import Store

Ending = Literal["edited", "re-read", "decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """A claim was current from `since` until `until`, when what took its place entered.

    `why`: its report got another text (`edited`), was read by another method (`re-read`), or a
    person decided (`decided`). `instead` is the claim that stands for it now, if one does.
    """

    since: dt.datetime
    until: dt.datetime
    version: int
    why: Ending
    instead: str | None


def lapsed(store: Store, claim: Claim) -> Lapsed | None:
    """What became of a stored claim; None where it is current, or never was."""
    readings = store.readings(claim.report)
    holding = [n for n, reading in enumerate(readings) if claim.id in reading.claims]
    if not holding or holding[-1] == len(readings) - 1:
        return None
    first = last = holding[-1]
    while first and claim.id in readings[first - 1].claims:
        first -= 1
    before, after = readings[last], readings[last + 1]
    why: Ending = "decided" if after.decided else "re-read"
    now = Finder(each for each in store.claims(Query(report=claim.report)))
    found = now.find(anchor(claim))
    return Lapsed(
        since=readings[first].at,
        until=after.at,
        version=before.seq,
        why="edited" if after.seq != before.seq else why,
        instead=found.id if found else None,
    )

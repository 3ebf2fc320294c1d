"""What stands around an incident: others near it in place and time, and what answers what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from contested.model import Claim, Incident, ResponseTo
from contested.model.query import Query
from contested.reconcile.distance import distance_km

if TYPE_CHECKING:
    from contested.pipeline.facade import Record

DAYS = 3
FAR_KM = 150.0
"""Beyond the radii of both places, nothing farther apart than this is near."""
LOOKED_AT = 2_000
"""Of so many incidents of those days the distance is taken at most."""


@dataclass(frozen=True, slots=True)
class Near:
    """An incident near another: `km` between their points, `days` between their times.

    `within` is whether the points lie within the radii of both places, so that it may be one place.
    """

    incident: Incident
    km: float
    days: int
    within: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """An answer, as a report calls it: `claim` answers, in the words `as_written`.

    `incident` is the other incident, or null where the report does not say which; `direction` is
    ``answers`` where the incident asked about answers it, ``answered`` where it is answered.
    """

    direction: Literal["answers", "answered"]
    claim: str
    as_written: str
    incident: Incident | None


def near(record: Record, incident: Incident, limit: int = 8) -> list[Near]:
    """Incidents within `DAYS` days and `FAR_KM` of an incident, the nearest first.

    Empty where its day is not known within a month, or its place has no point.
    """
    days = _days(incident)
    if days is None or incident.where is None or incident.where.lat is None:
        return []
    spare = dt.timedelta(days=DAYS)
    asked = Query(
        since=(days[0] - spare).isoformat(),
        until=(days[1] + spare).isoformat(),
        limit=LOOKED_AT,
    )
    found = (_near(incident, days, one) for one in record.incidents(asked))
    kept = [one for one in found if one is not None]
    return sorted(kept, key=lambda one: (one.km > 0, one.km / 20 + one.days, one.incident.id))[
        :limit
    ]


def _near(incident: Incident, days: tuple[dt.date, dt.date], other: Incident) -> Near | None:
    theirs = _days(other)
    if other.id == incident.id or theirs is None or not (incident.where and other.where):
        return None
    km = distance_km(incident.where, other.where)
    if km is None:
        return None
    within = km <= (incident.where.radius_km or 0) + (other.where.radius_km or 0)
    if not within and km > FAR_KM:
        return None
    gap = max((theirs[0] - days[1]).days, (days[0] - theirs[1]).days, 0)
    return Near(other, round(km, 1), gap, within) if gap <= DAYS else None


def _days(incident: Incident) -> tuple[dt.date, dt.date] | None:
    """Its first and last day, where they are known and lie within a month."""
    when = incident.when
    if when is None or when.earliest is None or when.latest is None:
        return None
    first, last = dt.date.fromisoformat(when.earliest), dt.date.fromisoformat(when.latest)
    return (first, last) if (last - first).days <= 31 else None


def linked(record: Record, incident: Incident, claims: Sequence[Claim]) -> list[Linked]:
    """What it answers and what answers it, as far as its own reports say so.

    `claims` are the current claims of the incident's reports.
    """
    if not any(_answer(each) for each in claims):
        return []
    mine = set(incident.claims)
    homes = {
        claim: one
        for report in incident.reports
        for one in record.incidents(Query(report=report))
        for claim in one.claims
    }
    return list(_links(claims, mine, homes, incident))


def _links(
    claims: Sequence[Claim], mine: set[str], homes: dict[str, Incident], incident: Incident
) -> Iterator[Linked]:
    for claim in claims:
        said = _answer(claim)
        if said is None:
            continue
        target = homes.get(said.ref) if said.ref else None
        if claim.id in mine and (target is None or target.id != incident.id):
            yield Linked("answers", claim.id, said.as_written, target)
        elif said.ref in mine and claim.id not in mine:
            yield Linked("answered", claim.id, said.as_written, homes.get(claim.id))


def _answer(claim: Claim) -> ResponseTo | None:
    return getattr(claim, "in_response_to", None)

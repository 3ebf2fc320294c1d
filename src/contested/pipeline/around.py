"""What stands around an incident: others near it in place and time, and what answers what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from contested.model import Claim, Incident, ResponseTo, Where
from contested.model.query import Query
from contested.reconcile.distance import distance_km

if TYPE_CHECKING:
    from contested.pipeline.facade import Record

DAYS = 3
FAR_KM = 150.0
"""Beyond the radii of both places, nothing farther apart than this is near."""
KM_A_DEGREE = 111.0
"""Of latitude, at the least: no two points nearer than that differ by more."""
LONGEST = 31
"""So many days apart are the first and the last day of what has a day, roughly."""


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
    first = days[0] - dt.timedelta(days=DAYS + LONGEST)
    last = days[1] + dt.timedelta(days=DAYS)
    briefs = record.store.briefs()
    begun = briefs.incidents_begun(first.isoformat(), last.isoformat())
    found = (_place(incident.where, days, row) for row in begun if row[0] != incident.id)
    kept = sorted(one for one in found if one is not None)[:limit]
    whole = {one.id: one for one in briefs.incidents_by_id([row[-1] for row in kept])}
    return [
        Near(whole[id], round(km, 1), gap, within)
        for _, _, km, gap, within, id in kept
        if id in whole
    ]


def _place(
    where: Where, days: tuple[dt.date, dt.date], row: Sequence[Any]
) -> tuple[bool, float, float, int, bool, str] | None:
    """How near a row of `incidents_begun` is, and what `Near` holds; None if it is not."""
    id, earliest, latest, lat, lon, radius = row
    far = FAR_KM + (where.radius_km or 0) + (radius or 0)
    if lat is None or where.lat is None or abs(lat - where.lat) * KM_A_DEGREE > far:
        return None
    theirs = _span(earliest, latest)
    km = distance_km(where, replace(where, lat=lat, lon=lon))
    if theirs is None or km is None:
        return None
    within = km <= (where.radius_km or 0) + (radius or 0)
    gap = max((theirs[0] - days[1]).days, (days[0] - theirs[1]).days, 0)
    if gap > DAYS or (km > FAR_KM and not within):
        return None
    return km > 0, km / 20 + gap, km, gap, within, id


def _days(incident: Incident) -> tuple[dt.date, dt.date] | None:
    """Its first and last day, where they are known and lie within a month."""
    when = incident.when
    return _span(when.earliest, when.latest) if when is not None else None


def _span(earliest: str | None, latest: str | None) -> tuple[dt.date, dt.date] | None:
    if earliest is None or latest is None:
        return None
    first, last = dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest)
    return (first, last) if (last - first).days <= LONGEST else None


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

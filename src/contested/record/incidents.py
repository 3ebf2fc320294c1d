"""Incidents as they are read: now or as of a moment, whole or by the claims that they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from contested.errors import Gone, NotFound, NotYet
from contested.model import Incident
from contested.model.query import Query
from contested.record import filters
from contested.record.codec import moment, read_incident
from contested.record.current import current_incidents
from contested.record.reading import resolve
from contested.record.results import IncidentVersion
from contested.record.schema import (
    claim,
    extraction,
    incident,
    incident_claim,
    incident_version,
)

CHUNK = 500
"""So many ids stand in one statement."""


def _latest(as_of: str | None = None, incidents: Sequence[str] | None = None) -> Select[Any]:
    latest = current_incidents(as_of, incidents).subquery()
    return select(incident_version).join(
        latest,
        and_(
            latest.c.incident == incident_version.c.incident,
            latest.c.seq == incident_version.c.seq,
        ),
    )


def newest(connection: Connection, only: Collection[str] | None) -> dict[str, Any]:
    """The latest version of every incident, or of these, without its body."""
    columns = (
        incident_version.c.incident,
        incident_version.c.seq,
        incident_version.c.digest,
        incident_version.c.gone,
    )
    query = _latest().with_only_columns(*columns)
    if only is None:
        return {row.incident: row for row in connection.execute(query)}
    found: dict[str, Any] = {}
    wanted = sorted(only)
    for at in range(0, len(wanted), CHUNK):
        some = query.where(incident_version.c.incident.in_(wanted[at : at + CHUNK]))
        found.update((row.incident, row) for row in connection.execute(some))
    return found


def find(connection: Connection, query: Query, as_of: str | None) -> list[Incident]:
    """Incidents that fit, the earliest first, those of unknown time last."""
    few = filters.few_reports(connection, query, as_of)
    statement = (
        _latest(as_of, None if few is None else _ever_of(connection, few))
        .where(incident_version.c.gone.is_(False), *filters.of_incidents(query, as_of, few))
        .order_by(incident_version.c.earliest.nulls_last(), incident_version.c.incident)
    )
    rows = connection.execute(filters.paged(statement, query))
    return [read_incident(row.body) for row in rows]


def _ever_of(connection: Connection, reports: Sequence[str]) -> list[str] | None:
    """Incidents of which some version holds a claim of these reports; null if they are many."""
    statement = (
        select(incident_claim.c.incident)
        .distinct()
        .join(claim, claim.c.id == incident_claim.c.claim)
        .join(extraction, extraction.c.id == claim.c.extraction)
        .where(extraction.c.report.in_(reports))
        .limit(CHUNK + 1)
    )
    found = list(connection.scalars(statement))
    return found if len(found) <= CHUNK else None


def one(connection: Connection, given: str, as_of: str | None = None) -> Incident:
    """The incident of that id. Raises NotFound, NotYet if it came later, Gone if it had gone."""
    last = history(connection, given, as_of)[-1]
    if last.gone:
        raise Gone(
            f"Incident {last.incident.id} is no longer derived since {last.at:%Y-%m-%d %H:%M} UTC. "
            f"{_in_its_place(connection, last, as_of)} As of an earlier date it is "
            "still what it was."
        )
    return last.incident


def _in_its_place(connection: Connection, lost: IncidentVersion, as_of: str | None) -> str:
    """Which incidents hold the claims of one that is gone, in words."""
    latest = _latest(as_of).where(incident_version.c.gone.is_(False)).subquery()
    number = func.count().label("number")
    # A version that is gone repeats the claims of the last one that was not.
    lost_claims = select(incident_claim.c.claim).where(
        incident_claim.c.incident == lost.incident.id, incident_claim.c.seq == lost.seq
    )
    statement = (
        select(incident_claim.c.incident, number)
        .join(
            latest,
            and_(
                latest.c.incident == incident_claim.c.incident,
                latest.c.seq == incident_claim.c.seq,
            ),
        )
        .where(incident_claim.c.claim.in_(lost_claims))
        .group_by(incident_claim.c.incident)
        .order_by(number.desc(), incident_claim.c.incident)
    )
    heirs = [f"{row.incident} ({row.number})" for row in connection.execute(statement)]
    if not heirs:
        return "None of its claims is in an incident any more."
    return f"Its claims are now in {', '.join(heirs)}."


def history(connection: Connection, given: str, as_of: str | None = None) -> list[IncidentVersion]:
    """All that the record ever said of an incident, the first first."""
    known = None if as_of is None else incident.c.added_at <= as_of
    try:
        found = resolve(connection, incident.c.id, given, "incident", known)
    except NotFound:
        raise _later(connection, given) from None
    statement = (
        select(incident_version)
        .where(incident_version.c.incident == found)
        .order_by(incident_version.c.seq)
    )
    if as_of is not None:
        statement = statement.where(incident_version.c.at <= as_of)
    return [
        IncidentVersion(
            seq=row.seq,
            at=moment(row.at),
            gone=row.gone,
            incident=read_incident(row.body),
        )
        for row in connection.execute(statement)
    ]


def _later(connection: Connection, given: str) -> NotFound:
    """What to say of an incident that is not there: perhaps it is there now."""
    try:
        found = resolve(connection, incident.c.id, given, "incident")
    except NotFound as error:
        return error
    added = connection.scalar(select(incident.c.added_at).where(incident.c.id == found))
    return NotYet(
        f"Incident {found} was first derived at {added}, after the moment asked for. "
        "Ask for a later one."
    )


def changed(connection: Connection, since: str | None, as_of: str | None) -> list[str]:
    """The ids of the incidents that got a version after `since`, up to `as_of`, in order."""
    statement = select(incident_version.c.incident).distinct()
    if since is not None:
        statement = statement.where(incident_version.c.at > since)
    if as_of is not None:
        statement = statement.where(incident_version.c.at <= as_of)
    return sorted(connection.scalars(statement))


def alive(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Which of these ids are of incidents that there are now."""
    return {each for each, row in newest(connection, ids).items() if not row.gone}


def holding(connection: Connection, claims: Sequence[str]) -> dict[str, frozenset[str]]:
    """The incidents that hold one of these claims now, each with all its claims."""
    ids: set[str] = set()
    for at in range(0, len(claims), CHUNK):
        query = select(incident_claim.c.incident).where(
            incident_claim.c.claim.in_(claims[at : at + CHUNK])
        )
        ids.update(connection.scalars(query))
    asked = frozenset(claims)
    found: dict[str, frozenset[str]] = {}
    wanted = sorted(ids)
    for at in range(0, len(wanted), CHUNK):
        some = wanted[at : at + CHUNK]
        last = _last(connection, some)
        held: dict[str, set[str]] = defaultdict(set)
        query_all = select(incident_claim).where(incident_claim.c.incident.in_(some))
        for row in connection.execute(query_all):
            if last.get(row.incident) == row.seq:
                held[row.incident].add(row.claim)
        found.update((one, frozenset(all_)) for one, all_ in held.items() if all_ & asked)
    return found


def _last(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """The latest version of those of these incidents that are not gone."""
    version = incident_version.c
    rows = connection.execute(
        select(version.incident, version.seq, version.gone)
        .where(version.incident.in_(ids))
        .order_by(version.incident, version.seq)
    )
    latest = {row.incident: (row.seq, row.gone) for row in rows}
    return {one: seq for one, (seq, gone) in latest.items() if not gone}


def statuses(connection: Connection) -> dict[str, int]:
    """How many incidents there are now, by status."""
    query = (
        _latest()
        .where(incident_version.c.gone.is_(False))
        .with_only_columns(incident_version.c.status, func.count())
        .group_by(incident_version.c.status)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def membership(connection: Connection, as_of: str | None = None) -> dict[str, frozenset[str]]:
    """The claims of every current incident, by its id."""
    latest = _latest(as_of).where(incident_version.c.gone.is_(False)).subquery()
    statement = select(incident_claim.c.incident, incident_claim.c.claim).join(
        latest,
        and_(
            latest.c.incident == incident_claim.c.incident,
            latest.c.seq == incident_claim.c.seq,
        ),
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(statement):
        found[row.incident].add(row.claim)
    return {each: frozenset(members) for each, members in found.items()}

"""Incidents: every derivation appends what it changed, so that each can be read as of any date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, insert, select

from contested.errors import NotFound, UsageError
from contested.model import Incident, incident_from_plain, to_plain
from contested.model.ids import digest
from contested.model.query import Query
from contested.record import filters
from contested.record.codec import dump, moment, read_incident
from contested.record.current import current_incidents
from contested.record.index import incident_actors, incident_columns
from contested.record.reading import resolve
from contested.record.results import IncidentChanges, IncidentVersion
from contested.record.schema import (
    incident,
    incident_actor,
    incident_claim,
    incident_version,
    log,
)


def put(connection: Connection, incidents: Sequence[Incident], at: str) -> IncidentChanges:
    """Append a version of every incident that is new or other than before, or that is gone."""
    ids = [each.id for each in incidents]
    if len(set(ids)) < len(ids):
        twice = next(each for each in ids if ids.count(each) > 1)
        raise UsageError(f"Incident {twice} was derived twice. Give each incident its own id.")
    before = {row.incident: row for row in connection.execute(_latest())}
    numbers = {"new": 0, "changed": 0, "same": 0, "gone": 0}
    for each in incidents:
        last = before.pop(each.id, None)
        plain = to_plain(each)
        mark = digest(dump({key: plain[key] for key in plain if key != "as_of"}))
        if last is not None and last.digest == mark and not last.gone:
            numbers["same"] += 1
            continue
        _check(each, plain)
        if last is None:
            connection.execute(insert(incident).values(id=each.id, added_at=at))
        numbers["new" if last is None else "changed"] += 1
        _append(connection, each, at, {"digest": mark, "body": dump(plain)}, last)
    for last in before.values():
        if not last.gone:
            numbers["gone"] += 1
            same = {"digest": last.digest, "body": last.body, "gone": True}
            _append(connection, read_incident(last.body), at, same, last)
    changes = IncidentChanges(**numbers)
    if changes != IncidentChanges(same=changes.same):
        entry = {"at": at, "what": "incidents", "subject": "", "detail": dump(numbers)}
        connection.execute(insert(log).values(**entry))
    return changes


def _check(each: Incident, plain: dict[str, Any]) -> None:
    try:
        same = incident_from_plain(plain) == each
    except ValueError as error:
        raise UsageError(f"Incident {each.id} does not hold: {error}. Derive it again.") from error
    if not same:
        raise UsageError(f"Incident {each.id} would be read back as another. Derive it again.")


def _append(
    connection: Connection, each: Incident, at: str, values: dict[str, Any], last: Any
) -> None:
    key = {"incident": each.id, "seq": 1 if last is None else last.seq + 1}
    row = {"gone": False, **key, "at": at, **incident_columns(each), **values}
    connection.execute(insert(incident_version).values(**row))
    claims = [{**key, "claim": claim} for claim in dict.fromkeys(each.claims)]
    if claims:
        connection.execute(insert(incident_claim), claims)
    actors = [
        {**key, "actor": actor, "role": role} for actor, role in sorted(incident_actors(each))
    ]
    if actors:
        connection.execute(insert(incident_actor), actors)


def _latest(as_of: str | None = None) -> Select[Any]:
    latest = current_incidents(as_of).subquery()
    return select(incident_version).join(
        latest,
        and_(
            latest.c.incident == incident_version.c.incident,
            latest.c.seq == incident_version.c.seq,
        ),
    )


def find(connection: Connection, query: Query, as_of: str | None) -> list[Incident]:
    """Incidents that fit, the earliest first, those of unknown time last."""
    statement = (
        _latest(as_of)
        .where(incident_version.c.gone.is_(False), *filters.of_incidents(query))
        .order_by(incident_version.c.earliest.nulls_last(), incident_version.c.incident)
    )
    rows = connection.execute(filters.paged(statement, query))
    return [read_incident(row.body) for row in rows]


def one(connection: Connection, given: str) -> Incident:
    """The incident of that id. Raises NotFound if there is none, or none any more."""
    last = history(connection, given)[-1]
    if last.gone:
        raise NotFound(
            f"Incident {last.incident.id} is no longer derived since {last.at:%Y-%m-%d %H:%M}. "
            "Its history tells what it was."
        )
    return last.incident


def history(connection: Connection, given: str) -> list[IncidentVersion]:
    """All that the record ever said of an incident, the first first."""
    found = resolve(connection, incident.c.id, given, "incident")
    statement = (
        select(incident_version)
        .where(incident_version.c.incident == found)
        .order_by(incident_version.c.seq)
    )
    return [
        IncidentVersion(
            seq=row.seq,
            at=moment(row.at),
            gone=row.gone,
            incident=read_incident(row.body),
        )
        for row in connection.execute(statement)
    ]


def membership(connection: Connection) -> dict[str, frozenset[str]]:
    """The claims of every current incident, by its id."""
    latest = _latest().where(incident_version.c.gone.is_(False)).subquery()
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

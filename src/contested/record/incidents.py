"""Incidents: every derivation appends what it changed, so that each can be read as of any date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, func, insert, select

from contested.errors import Gone, NotFound, NotYet, RecordMovedOn, UsageError
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

CHUNK = 500
"""So many ids stand in one statement."""


def put(
    connection: Connection,
    incidents: Iterable[Incident],
    at: str,
    instead_of: Collection[str] | None = None,
    *,
    derived: bool = False,
) -> IncidentChanges:
    """Append a version of every incident that is new or other than before, or that is gone.

    With `instead_of` only the incidents of these ids can be gone; the others stay as they are.
    Those that are not `derived` by our own gathering are read back first: an incident made in
    code may hold anything.
    """
    before = _before(connection, instead_of)
    writer = _Writer(connection, at, checked=not derived)
    given: set[str] = set()
    for each in incidents:
        if each.id in given:
            raise UsageError(f"Incident {each.id} was derived twice. Give each its own id.")
        given.add(each.id)
        last = before.pop(each.id, None)
        if last is None and instead_of is not None:
            last = _before(connection, {each.id}).get(each.id)
            if last is not None and not last.gone:
                raise RecordMovedOn(
                    f"Incident {each.id} was derived by another program meanwhile. Gather again."
                )
        writer.put(each, last)
    for last in before.values():
        if not last.gone:
            writer.end(last)
    writer.flush()
    changes = IncidentChanges(**writer.numbers)
    if changes != IncidentChanges(same=changes.same) or _decided_since(connection):
        entry = {"at": at, "what": "incidents", "subject": "", "detail": dump(writer.numbers)}
        connection.execute(insert(log).values(**entry))
    return changes


def _decided_since(connection: Connection) -> bool:
    """Whether anybody decided anything after the last entry on a derivation.

    That it changed no incident is then worth an entry: the decision has been carried out.
    """
    last = select(func.max(log.c.number)).where(log.c.what == "incidents").scalar_subquery()
    newer = (log.c.what == "decision", log.c.number > func.coalesce(last, 0))
    return connection.scalar(select(log.c.number).where(*newer).limit(1)) is not None


class _Writer:
    """Collects rows of many incidents and appends them together."""

    def __init__(self, connection: Connection, at: str, *, checked: bool) -> None:
        self._connection = connection
        self._at = at
        self._checked = checked
        self._rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in _TABLES}
        self.numbers = {"new": 0, "changed": 0, "same": 0, "gone": 0}

    def put(self, each: Incident, last: Any) -> None:
        """Append a version if `each` is new or other than `last`."""
        plain = to_plain(each)
        mark = digest(dump({key: plain[key] for key in plain if key != "as_of"}))
        if last is not None and last.digest == mark and not last.gone:
            self.numbers["same"] += 1
            return
        if self._checked:
            _check(each, plain)
        if last is None:
            self._rows[incident].append({"id": each.id, "added_at": self._at})
        self.numbers["new" if last is None else "changed"] += 1
        self._append(each, {"digest": mark, "body": dump(plain), "gone": False}, last)

    def end(self, last: Any) -> None:
        """Append that an incident is gone."""
        self.numbers["gone"] += 1
        body = _body(self._connection, last)
        values = {"digest": last.digest, "body": body, "gone": True}
        self._append(read_incident(body), values, last)

    def _append(self, each: Incident, values: dict[str, Any], last: Any) -> None:
        key = {"incident": each.id, "seq": 1 if last is None else last.seq + 1}
        rows = self._rows
        rows[incident_version].append({**key, "at": self._at, **incident_columns(each), **values})
        rows[incident_claim] += [{**key, "claim": claim} for claim in dict.fromkeys(each.claims)]
        rows[incident_actor] += [
            {**key, "actor": actor, "role": role} for actor, role in sorted(incident_actors(each))
        ]
        if len(rows[incident_version]) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was collected."""
        for table, rows in self._rows.items():
            if rows:
                self._connection.execute(insert(table), rows)
                rows.clear()


_TABLES = (incident, incident_version, incident_claim, incident_actor)
BATCH = 1000
"""So many incidents are written together."""


def _before(connection: Connection, only: Collection[str] | None) -> dict[str, Any]:
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


def _body(connection: Connection, last: Any) -> str:
    query = select(incident_version.c.body).where(
        incident_version.c.incident == last.incident, incident_version.c.seq == last.seq
    )
    return str(connection.scalars(query).one())


def last_change(connection: Connection) -> int:
    """The number of the last entry of the log that is no derivation."""
    query = select(func.max(log.c.number)).where(log.c.what != "incidents")
    return connection.scalar(query) or 0


def check_unmoved(connection: Connection, after: int | None) -> None:
    """Raise RecordMovedOn if anything that incidents are derived from came after."""
    if after is not None and last_change(connection) != after:
        raise RecordMovedOn(
            "Others have added to the record while its incidents were gathered, which were not "
            "stored. The reports are; gather again when the others have ended: contested gather."
        )


def _check(each: Incident, plain: dict[str, Any]) -> None:
    try:
        same = incident_from_plain(plain) == each
    except ValueError as error:
        raise UsageError(f"Incident {each.id} does not hold: {error}. Derive it again.") from error
    if not same:
        raise UsageError(f"Incident {each.id} would be read back as another. Derive it again.")


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
        .where(incident_version.c.gone.is_(False), *filters.of_incidents(query, as_of))
        .order_by(incident_version.c.earliest.nulls_last(), incident_version.c.incident)
    )
    rows = connection.execute(filters.paged(statement, query))
    return [read_incident(row.body) for row in rows]


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
    return {each for each, row in _before(connection, ids).items() if not row.gone}


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

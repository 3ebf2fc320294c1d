"""Incidents as they are written: every derivation appends what it changed, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from contested.errors import RecordMovedOn, UsageError
from contested.model import Incident, incident_from_plain, to_plain
from contested.model.ids import digest
from contested.record.codec import dump, read_incident
from contested.record.incidents import newest
from contested.record.index import brief_columns, incident_actors, incident_columns
from contested.record.results import IncidentChanges
from contested.record.schema import (
    incident,
    incident_actor,
    incident_claim,
    incident_version,
    log,
)
from contested.record.schema_briefs import incident_brief

_TABLES = (incident, incident_version, incident_claim, incident_actor, incident_brief)
BATCH = 1000
"""So many incidents are written together."""


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
    before = newest(connection, instead_of)
    writer = _Writer(connection, at, checked=not derived)
    given: set[str] = set()
    for each in incidents:
        if each.id in given:
            raise UsageError(f"Incident {each.id} was derived twice. Give each its own id.")
        given.add(each.id)
        last = before.pop(each.id, None)
        if last is None and instead_of is not None:
            last = newest(connection, {each.id}).get(each.id)
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
        brief = {"at": self._at, "gone": values["gone"], **brief_columns(each)}
        rows[incident_brief].append({**key, **brief})
        if len(rows[incident_version]) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was collected."""
        for table, rows in self._rows.items():
            if rows:
                self._connection.execute(insert(table), rows)
                rows.clear()


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

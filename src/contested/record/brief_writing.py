"""Filling the briefs of incidents that were stored before there were any."""

from __future__ import annotations

from sqlalchemy import Connection, and_, insert, or_, select

from contested.record.codec import read_incident
from contested.record.index import brief_columns
from contested.record.schema import incident_version
from contested.record.schema_briefs import incident_brief

BATCH = 500


def fill(connection: Connection) -> None:
    """Write the brief of every version that the record holds, from the version itself."""
    version = incident_version.c
    columns = (version.incident, version.seq, version.at, version.gone, version.body)
    last = ("", 0)
    while True:
        after = or_(
            version.incident > last[0], and_(version.incident == last[0], version.seq > last[1])
        )
        found = connection.execute(
            select(*columns).where(after).order_by(version.incident, version.seq).limit(BATCH)
        ).all()
        if not found:
            return
        connection.execute(
            insert(incident_brief),
            [
                {
                    "incident": row.incident,
                    "seq": row.seq,
                    "at": row.at,
                    "gone": row.gone,
                    **brief_columns(read_incident(row.body)),
                }
                for row in found
            ],
        )
        last = (found[-1].incident, found[-1].seq)

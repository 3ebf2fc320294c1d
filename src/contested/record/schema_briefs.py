"""The table of what lists, maps and counts ask of every version of an incident.

All of it stands in the version's body already. Here it is small: a hundred thousand rows are read
at once, where the bodies would have to be fetched from all over the record.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKeyConstraint, Index, Table

from contested.record.columns import Integer, String, Text
from contested.record.schema import metadata

incident_brief = Table(
    "incident_brief",
    metadata,
    Column("incident", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False, index=True),
    Column("gone", Boolean, nullable=False),
    Column("type", String),
    Column("status", String, nullable=False),
    Column("dated", Boolean, nullable=False, comment="whether there is a time at all"),
    Column("earliest", String),
    Column("latest", String),
    Column("country", String),
    Column("place", Text, comment="as in incident_version"),
    Column("name", Text, comment="of the place"),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("actors", Text, nullable=False, comment="role and id, a line each, in order"),
    Column("speakers", Text, nullable=False, comment="as in incident_version"),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("killed_open", Boolean, nullable=False),
    Column("reports", Text, nullable=False, comment="ids, a line each"),
    Column("origins", Text, nullable=False, comment="ids, a line each"),
    Column("claims", Integer, nullable=False),
    ForeignKeyConstraint(
        ["incident", "seq"], ["incident_version.incident", "incident_version.seq"]
    ),
    Index("incident_brief_earliest", "earliest"),
    comment="append-only, like the versions that it is of",
)

BRIEFS = (incident_brief,)

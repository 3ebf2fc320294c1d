"""The tables of a record, for any database that SQLAlchemy knows.

Everything is appended, nothing updated: what is current follows from the numbers. The latest
version of a report is the one with the highest `seq`, and its claims are those of the
extraction with the highest `id`; an incident is its version with the highest `seq`, unless that
is `gone`. Times are ISO 8601 in UTC with microseconds, so that they sort as text.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from contested.record.columns import Integer, String, Text

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

original = Table(
    "original",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("bytes", LargeBinary, nullable=False, comment="compressed with zlib"),
    Column("size", Integer, nullable=False),
    Column("media_type", String, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("number", Integer, primary_key=True, comment="order of arrival"),
    Column("id", String, nullable=False, unique=True),
    Column("added_at", String, nullable=False),
)

report_version = Table(
    "report_version",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("version", String, nullable=False, index=True, comment="SHA-256 of the text"),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("captured_at", String, nullable=False),
    UniqueConstraint("report", "seq"),
    comment="a text that came back has a row for each time",
)

capture = Table(
    "capture",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sha256", ForeignKey("original.sha256"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("at", String, nullable=False),
    ForeignKeyConstraint(["report", "seq"], ["report_version.report", "report_version.seq"]),
    Index("capture_version", "report", "seq"),
    # PostgreSQL refuses a long value in an index that is no hash.
    Index("ix_capture_name", "name", postgresql_using="hash"),
    Index("ix_capture_url", "url", postgresql_using="hash"),
    comment="every file and address in which a version was found",
)

extraction = Table(
    "extraction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("method", String, nullable=False, comment="fingerprint of the pipeline"),
    Column("at", String, nullable=False),
    Column("metadata", Text, nullable=False, comment="the report as this run saw it"),
    Column("edtf", String, comment="when the report was published"),
    Column("earliest", String),
    Column("latest", String),
    Column("notes", Text, nullable=False),
    Column("refused", Text, nullable=False),
    ForeignKeyConstraint(["report", "seq"], ["report_version.report", "report_version.seq"]),
    Index("extraction_version", "report", "seq", "id"),
)

claim = Table(
    "claim",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("extraction", ForeignKey("extraction.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("id", String, nullable=False, index=True),
    Column("kind", String, nullable=False, index=True),
    Column("type", String, index=True),
    Column("start", Integer, nullable=False),
    Column("edtf", String),
    Column("earliest", String, index=True),
    Column("latest", String, index=True),
    Column("country", String, index=True),
    Column("place", Text, comment="names of the place, lower case, each between line ends"),
    Column("speakers", Text, nullable=False, comment="names, lower case, a line each"),
    Column("confidence", Float, nullable=False),
    Column("quote", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the claim as JSON, without its quote"),
    UniqueConstraint("extraction", "id"),
    UniqueConstraint("extraction", "position"),
)

claim_actor = Table(
    "claim_actor",
    metadata,
    Column("extraction", Integer, primary_key=True),
    Column("claim", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("role", String, primary_key=True),
    ForeignKeyConstraint(["extraction", "claim"], ["claim.extraction", "claim.id"]),
    Index("claim_actor_actor", "actor", "role"),
)

incident = Table(
    "incident",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("added_at", String, nullable=False),
)

incident_version = Table(
    "incident_version",
    metadata,
    Column("incident", ForeignKey("incident.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("digest", String, nullable=False, comment="of the body without as_of"),
    Column("type", String, index=True),
    Column("status", String, nullable=False, index=True),
    Column("edtf", String),
    Column("earliest", String, index=True),
    Column("latest", String),
    Column("country", String, index=True),
    Column("place", Text),
    Column("speakers", Text, nullable=False),
    Column("reports", Text, nullable=False, comment="ids, each between line ends"),
    Column("body", Text, nullable=False, comment="the incident as JSON"),
    Index("incident_version_status", "incident", "seq", "gone", "status"),
)

incident_claim = Table(
    "incident_claim",
    metadata,
    Column("incident", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("claim", String, primary_key=True),
    ForeignKeyConstraint(
        ["incident", "seq"], ["incident_version.incident", "incident_version.seq"]
    ),
    Index("incident_claim_claim", "claim"),
)

incident_actor = Table(
    "incident_actor",
    metadata,
    Column("incident", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("actor", String, primary_key=True),
    Column("role", String, primary_key=True),
    ForeignKeyConstraint(
        ["incident", "seq"], ["incident_version.incident", "incident_version.seq"]
    ),
    Index("incident_actor_actor", "actor", "role"),
)

log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("what", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),
)

FIRST = tuple(metadata.sorted_tables)
"""The tables of the first step; those below came later."""

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="their order"),
    Column("id", String, nullable=False, unique=True),
    Column("at", String, nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("act", String, nullable=False),
    Column("body", Text, nullable=False, comment="the decision as JSON"),
)

decision_report = Table(
    "decision_report",
    metadata,
    Column("decision", ForeignKey("decision.id"), primary_key=True),
    Column("report", ForeignKey("report.id"), primary_key=True),
    Index("decision_report_report", "report"),
    comment="the reports on whose claims somebody decided",
)

revision = Table(
    "revision",
    metadata,
    Column("extraction", ForeignKey("extraction.id"), primary_key=True, autoincrement=False),
    Column("machine", ForeignKey("extraction.id"), nullable=False),
    Column("at", String, nullable=False),
    comment="runs that are a machine's run with the decisions of persons applied",
)

DECISIONS = (decision, decision_report, revision)

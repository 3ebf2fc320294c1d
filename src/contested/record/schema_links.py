"""Tables of what linking keeps beside the record, so that new reports link without the old ones.

All of it follows from claims and can be made anew; it is appended like everything else, because
a writer of a team's record may not change rows. What counts is what belongs to current runs.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, LargeBinary, Table, UniqueConstraint

from contested.record.columns import Integer, String, Text
from contested.record.schema import metadata

link_model = Table(
    "link_model",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="the highest counts"),
    Column("at", String, nullable=False),
    Column("body", Text, nullable=False, comment="the model as JSON"),
    comment="every linking from nothing has one, and all that was linked since belongs to it",
)

link_run = Table(
    "link_run",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("model", Integer, ForeignKey("link_model.number"), nullable=False),
    Column("run", Integer, ForeignKey("extraction.id"), nullable=False),
    Column("report", String, nullable=False),
    UniqueConstraint("model", "run"),
    Index("link_run_report", "model", "report"),
    comment="runs whose claims are linked",
)

link_block = Table(
    "link_block",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("model", Integer, ForeignKey("link_model.number"), nullable=False, index=True),
    Column("runs", LargeBinary, nullable=False, comment="64-bit, little-endian, as all here"),
    Column("reports", Text, nullable=False, comment="the report of each run, a line each"),
    Column("published", Text, nullable=False, comment="an ISO day or nothing, a line each"),
    Column("sizes", LargeBinary, nullable=False, comment="fingerprints of each report, 32-bit"),
    Column("marks", LargeBinary, nullable=False, comment="the fingerprints, 32-bit"),
    Column(
        "accounts",
        LargeBinary,
        nullable=False,
        comment="of each account 7 doubles: number, run, first and last day (ordinals), "
        "latitude, longitude, radius in km; NaN if unknown",
    ),
    comment="what new reports are held against, many in a row: a row each would be read too slowly",
)

link_copy = Table(
    "link_copy",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("model", Integer, ForeignKey("link_model.number"), nullable=False),
    Column("report", String, nullable=False),
    Column("of", String, comment="the report it repeats; null: none"),
    Column("share", Float, nullable=False),
    Column("source", String, nullable=False, comment="the first report of its family"),
    Index("link_copy_report", "report", "number"),
    Index("link_copy_source", "source"),
    comment="copies of texts; of one report the highest number counts",
)

link_account = Table(
    "link_account",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("linked", Integer, ForeignKey("link_run.number"), nullable=False),
    Column("body", Text, nullable=False, comment="the row that is compared, as JSON"),
    Index("link_account_linked", "linked"),
    comment="accounts as they are compared",
)

link_part = Table(
    "link_part",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("account", Integer, ForeignKey("link_account.number"), nullable=False),
    Column("part", Integer, nullable=False, comment="lowest account that links connect it with"),
    Index("link_part_account", "account", "number"),
    Index("link_part_part", "part"),
    comment="what links connect; of one account the highest number counts",
)

LINKS = [link_model, link_run, link_block, link_copy, link_account, link_part]

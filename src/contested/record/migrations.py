"""From any earlier shape of the tables to the present one, a numbered step at a time.

A new record goes through the same steps as an old one. Each step is one transaction together
with the number that it writes, so that a record is never half-way. A step is not edited once
released: when a later step changes a table, the earlier one keeps a copy of the old shape.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Connection,
    MetaData,
    UniqueConstraint,
    insert,
    inspect,
    select,
    update,
)

from contested.errors import RecordDamaged, RecordTooNew
from contested.location import Location
from contested.record import fulltext
from contested.record.brief_writing import fill
from contested.record.codec import dump, stamp
from contested.record.dialect import particular
from contested.record.schema import (
    DECISIONS,
    FIRST,
    incident_version,
    log,
    meta,
    metadata,
    report,
    report_version,
)
from contested.record.schema_briefs import BRIEFS, incident_brief
from contested.record.schema_links import LINKS

VERSION = "schema_version"
TEXT_ONCE = ("report", "version")


def _first_tables(connection: Connection) -> None:
    before = MetaData()
    report.to_metadata(before)
    # At first no text could be the latest of its report more than once; see `_texts_again`.
    report_version.to_metadata(before).append_constraint(UniqueConstraint(*TEXT_ONCE))
    before.create_all(connection)
    metadata.create_all(connection, tables=FIRST)
    fulltext.create(connection)
    connection.execute(insert(meta).values(key="created", value=stamp(None)))
    connection.execute(insert(meta).values(key=VERSION, value="0"))


def _links(connection: Connection) -> None:
    metadata.create_all(connection, tables=LINKS)


def _decisions(connection: Connection) -> None:
    metadata.create_all(connection, tables=DECISIONS)


def _blocks(connection: Connection) -> None:
    """Linking is kept in another shape. It follows from the claims: the next gathering makes it."""
    metadata.drop_all(connection, tables=LINKS)
    metadata.create_all(connection, tables=LINKS)
    for index in incident_version.indexes:
        index.create(connection, checkfirst=True)


def _texts_again(connection: Connection) -> None:
    particular(connection).drop_unique(connection, report_version, TEXT_ONCE)


def _briefs(connection: Connection) -> None:
    """What lists ask of incidents stands in a table of its own, filled from what is there."""
    metadata.create_all(connection, tables=BRIEFS)
    fill(connection)


def _briefs_by_day(connection: Connection) -> None:
    """What happened near a day is found without reading all of them."""
    for index in incident_brief.indexes:
        index.create(connection, checkfirst=True)


STEPS: list[Callable[[Connection], None]] = [
    _first_tables,
    _links,
    _decisions,
    _blocks,
    _texts_again,
    _briefs,
    _briefs_by_day,
]


def newest() -> int:
    """The version that this package writes."""
    return len(STEPS)


def version(connection: Connection, place: Location) -> int:
    """The version of the tables; 0 if there are none yet.

    Raises RecordTooNew if a later package wrote them, RecordDamaged if it cannot be told.
    """
    if not inspect(connection).has_table(meta.name):
        return 0
    found = connection.scalar(select(meta.c.value).where(meta.c.key == VERSION))
    if found is None or not found.isdecimal():
        raise RecordDamaged(f"{place} does not say its version. Restore it from a copy.")
    if int(found) > newest():
        raise RecordTooNew(
            f"{place} was written by a later version of contested (tables {found}, this one "
            f"reads up to {newest()}). Update contested."
        )
    return int(found)


def apply(connection: Connection, number: int, place: Location) -> None:
    """Take step `number`, unless another program has just taken it."""
    if version(connection, place) >= number:
        return
    STEPS[number - 1](connection)
    connection.execute(update(meta).where(meta.c.key == VERSION).values(value=str(number)))
    connection.execute(
        insert(log).values(at=stamp(None), what="tables", subject=str(number), detail=dump({}))
    )

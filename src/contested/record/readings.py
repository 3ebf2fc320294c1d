"""How the claims of one report came to be what they are: every reading that was ever current."""

from __future__ import annotations

from sqlalchemy import Connection, select

from contested.record.codec import moment
from contested.record.reading import resolve
from contested.record.results import Reading
from contested.record.schema import claim, extraction, revision
from contested.record.schema import report as report_table


def readings(connection: Connection, given: str, as_of: str | None = None) -> list[Reading]:
    """Each run that gave the current claims of a report, from when on, the first first.

    A run over an earlier version than the latest never does.
    """
    known = None if as_of is None else report_table.c.added_at <= as_of
    report = resolve(connection, report_table.c.id, given, "report", known)
    columns = (extraction.c.id, extraction.c.seq, extraction.c.at, extraction.c.method)
    runs = (
        select(*columns, revision.c.machine)
        .outerjoin(revision, revision.c.extraction == extraction.c.id)
        .where(extraction.c.report == report)
        .order_by(extraction.c.id)
    )
    if as_of is not None:
        runs = runs.where(extraction.c.at <= as_of)
    found: list[Reading] = []
    for row in connection.execute(runs).all():
        if found and row.seq < found[-1].seq:
            continue
        ids = connection.scalars(select(claim.c.id).where(claim.c.extraction == row.id))
        one = Reading(
            at=moment(row.at),
            seq=row.seq,
            method=row.method,
            decided=row.machine is not None,
            claims=frozenset(ids),
        )
        found.append(one)
    return found

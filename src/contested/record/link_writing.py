"""What a linking found, appended; whether another was kept meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, Table, func, insert, select

from contested.errors import RecordMovedOn
from contested.record.codec import stamp
from contested.record.linked_accounts import next_account
from contested.record.links import Links
from contested.record.schema_links import (
    link_account,
    link_copy,
    link_model,
    link_part,
    link_run,
)

BATCH = 20_000
"""So many rows are written together."""


def model(connection: Connection) -> tuple[int, str] | None:
    """Number and body of the model that is in force; None if nothing was ever linked."""
    query = select(link_model.c.number, link_model.c.body).order_by(link_model.c.number.desc())
    row = connection.execute(query.limit(1)).first()
    return (row.number, row.body) if row is not None else None


def state(connection: Connection) -> tuple[int, int]:
    """The last model and the last linked run: both grow with every linking that is kept."""
    last = connection.scalar(select(func.max(link_model.c.number))) or 0
    return last, _next(connection, link_run) - 1


def keep(connection: Connection, links: Links, at: dt.datetime | str | None) -> None:
    """Append what a linking found. Raises RecordMovedOn if another was kept since `seen`."""
    if state(connection) != links.seen:
        raise RecordMovedOn(
            "Another program gathered the incidents at the same time. Its outcome is kept; "
            "gather again: contested gather."
        )
    moment = at if isinstance(at, str) else stamp(at)
    known = model(connection)
    number = known[0] if known else 0
    if links.model is not None:
        number += 1
        connection.execute(insert(link_model).values(number=number, at=moment, body=links.model))
    homes = _next(connection, link_run)
    _append(connection, link_run, [
        {
            "number": homes + n, "model": number, "run": each.run, "report": each.report,
            "published": each.published, "marks": each.marks.astype("<u4").tobytes(),
        }
        for n, each in enumerate(links.runs)
    ])  # fmt: skip
    home = {each.run: homes + n for n, each in enumerate(links.runs)}
    first = next_account(connection)
    _append(connection, link_account, [
        {
            "number": first + n, "linked": home[each.run], "first": each.first,
            "last": each.last, "lat": each.lat, "lon": each.lon, "radius": each.radius,
            "body": each.body,
        }
        for n, each in enumerate(links.accounts)
    ])  # fmt: skip
    at_copy, at_part = _next(connection, link_copy), _next(connection, link_part)
    _append(connection, link_copy, [
        {
            "number": at_copy + n, "model": number, "report": each.report, "of": each.of,
            "share": each.share, "source": each.source,
        }
        for n, each in enumerate(links.copies)
    ])  # fmt: skip
    _append(connection, link_part, [
        {"number": at_part + n, "account": account, "part": part}
        for n, (account, part) in enumerate(links.parts)
    ])  # fmt: skip


def _next(connection: Connection, table: Table) -> int:
    return (connection.scalar(select(func.max(table.c.number))) or 0) + 1


def _append(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    for at in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[at : at + BATCH])

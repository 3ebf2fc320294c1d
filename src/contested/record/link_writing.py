"""What a linking found, appended; whether another was kept meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, Table, func, insert, select

from contested.errors import RecordMovedOn
from contested.record import blocks
from contested.record.codec import stamp
from contested.record.linked_accounts import next_account
from contested.record.links import Links
from contested.record.schema_links import (
    link_account,
    link_block,
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
        }
        for n, each in enumerate(links.runs)
    ])  # fmt: skip
    home = {each.run: homes + n for n, each in enumerate(links.runs)}
    first = next_account(connection)
    _append(connection, link_account, [
        {
            "number": first + n, "linked": home[each.run], "body": each.body,
        }
        for n, each in enumerate(links.accounts)
    ])  # fmt: skip
    _append_blocks(connection, number, links, first)
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


def _append_blocks(connection: Connection, model: int, links: Links, first: int) -> None:
    """Runs in blocks, each with the accounts that stand in them."""
    placed = np.array(
        [
            (first + n, each.run, each.first, each.last, each.lat, each.lon, each.radius)
            for n, each in enumerate(links.accounts)
        ],
        dtype=np.float64,
    ).reshape(len(links.accounts), blocks.PLACED)
    number = _next(connection, link_block)
    for at in range(0, len(links.runs), BATCH):
        some = links.runs[at : at + BATCH]
        held = np.isin(placed[:, 1], [each.run for each in some])
        blocks.append(connection, number + at // BATCH, model, some, placed[held])


def _next(connection: Connection, table: Table) -> int:
    return (connection.scalar(select(func.max(table.c.number))) or 0) + 1


def _append(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    for at in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[at : at + BATCH])

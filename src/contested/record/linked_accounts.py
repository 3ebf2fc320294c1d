"""Accounts that were linked, and the parts into which links connect them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, func, select

from contested.record.linked_runs import runs_of
from contested.record.links import CHUNK
from contested.record.schema_links import link_account, link_part, link_run


def next_account(connection: Connection) -> int:
    """The number that the next account gets."""
    return (connection.scalar(select(func.max(link_account.c.number))) or 0) + 1


def bodies(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The rows of these accounts, as JSON."""
    found: dict[int, str] = {}
    for at in range(0, len(numbers), CHUNK):
        some = list(numbers[at : at + CHUNK])
        query = select(link_account.c.number, link_account.c.body)
        for row in connection.execute(query.where(link_account.c.number.in_(some))):
            found[row.number] = row.body
    return found


def accounts_of(connection: Connection, model: int, reports: Sequence[str]) -> list[int]:
    """Accounts of any run of these reports, current or not."""
    found: list[int] = []
    for at in range(0, len(reports), CHUNK):
        query = (
            select(link_account.c.number)
            .join(link_run, link_run.c.number == link_account.c.linked)
            .where(link_run.c.model == model, link_run.c.report.in_(reports[at : at + CHUNK]))
        )
        found += connection.scalars(query).all()
    return found


def parts_of(connection: Connection, accounts: Sequence[int]) -> dict[int, int]:
    """For each of these accounts the part that it is in."""
    found: dict[int, int] = {}
    for at in range(0, len(accounts), CHUNK):
        query = (
            select(link_part.c.account, link_part.c.part)
            .where(link_part.c.account.in_(accounts[at : at + CHUNK]))
            .order_by(link_part.c.number)
        )
        for row in connection.execute(query):
            found[row.account] = row.part
    return found


def members(connection: Connection, model: int, parts: Collection[int]) -> dict[int, int]:
    """Every current account that is in one of these parts now, with its run."""
    ever: set[int] = set()
    known = sorted(parts)
    for at in range(0, len(known), CHUNK):
        query = select(link_part.c.account).where(link_part.c.part.in_(known[at : at + CHUNK]))
        ever.update(connection.scalars(query))
    now = parts_of(connection, sorted(ever))
    wanted = sorted(account for account, part in now.items() if part in parts)
    linked: dict[int, int] = {}
    for at in range(0, len(wanted), CHUNK):
        rows = select(link_account.c.number, link_account.c.linked).where(
            link_account.c.number.in_(wanted[at : at + CHUNK])
        )
        linked.update((row.number, row.linked) for row in connection.execute(rows))
    runs = _runs(connection, model, sorted(set(linked.values())))
    current = set(runs_of(connection, sorted({report for _, report in runs.values()})))
    return {
        number: runs[home][0]
        for number, home in linked.items()
        if home in runs and runs[home][0] in current
    }


def _runs(connection: Connection, model: int, linked: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Run and report of these linked runs, by their numbers: asked alone, no join goes astray."""
    found: dict[int, tuple[int, str]] = {}
    for at in range(0, len(linked), CHUNK):
        rows = select(link_run).where(link_run.c.number.in_(linked[at : at + CHUNK]))
        found.update(
            (row.number, (row.run, row.report))
            for row in connection.execute(rows)
            if row.model == model
        )
    return found

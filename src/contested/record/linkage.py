"""What linking keeps beside the record: which runs are linked, accounts, copies, the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection, Table, and_, func, insert, select

from contested.errors import RecordMovedOn
from contested.model import Claim, Report
from contested.record import blocks
from contested.record.blocks import Blocks, LinkedRun
from contested.record.codec import read_claim, read_report, stamp
from contested.record.current import current_runs
from contested.record.database import Database
from contested.record.incidents import alive, holding, statuses
from contested.record.schema import claim, extraction, report_version
from contested.record.schema_links import (
    link_account,
    link_block,
    link_copy,
    link_model,
    link_part,
    link_run,
)

CHUNK = 500
"""So many ids stand in one statement."""
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """A current extraction: its number, the report and the claims that it found."""

    run: int
    report: Report
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """That a report repeats the report `of`, or, where that is null, none."""

    report: str
    of: str | None
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is compared: what is looked for by, and the whole row as JSON."""

    run: int
    first: int | None
    last: int | None
    lat: float | None
    lon: float | None
    radius: float | None
    body: str


@dataclass(slots=True)
class Links:
    """What a linking found, to be kept.

    `seen` is what `state` said before anything was read. `model` is given where everything was
    linked from nothing. `parts` are (account, lowest account that links connect it with), by
    number; the first of `accounts` gets the number that `next_account` said.
    """

    seen: tuple[int, int]
    model: str | None = None
    runs: list[LinkedRun] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)


class Linkage:
    """What is kept beside the record for linking, in reads that each see one state of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def model(self) -> tuple[int, str] | None:
        """Number and body of the model in force; None if nothing was ever linked."""
        with self._database.reading() as connection:
            return model(connection)

    def state(self) -> tuple[int, int]:
        """The last model and the last linked run: to tell whether another linked meanwhile."""
        with self._database.reading() as connection:
            return state(connection)

    def stale(self, model: int) -> tuple[list[int], list[str]]:
        """Current runs that are not linked, and their reports."""
        with self._database.reading() as connection:
            return stale(connection, model)

    def runs(self, wanted: Sequence[int] | None = None) -> Iterator[Run]:
        """These current runs, or all, with their reports and claims."""
        with self._database.reading() as connection:
            yield from runs(connection, wanted)

    def runs_of(self, reports: Sequence[str]) -> Iterator[Run]:
        """The current runs of these reports, with their claims."""
        with self._database.reading() as connection:
            yield from runs(connection, runs_of(connection, reports))

    def blocks(self, model: int) -> Blocks:
        """Where all current accounts lie, and the fingerprints of their reports."""
        with self._database.reading() as connection:
            return blocks.read(connection, model, replaced(connection, model))

    def bodies(self, numbers: Sequence[int]) -> dict[int, str]:
        """The rows of these accounts, as JSON."""
        with self._database.reading() as connection:
            return bodies(connection, numbers)

    def accounts_of(self, model: int, reports: Sequence[str]) -> list[int]:
        """Accounts of any run of these reports, current or not."""
        with self._database.reading() as connection:
            return accounts_of(connection, model, reports)

    def members(self, model: int, accounts: Sequence[int]) -> dict[int, int]:
        """Every current account in a part with one of `accounts`, with its run."""
        with self._database.reading() as connection:
            parts = sorted(set(parts_of(connection, accounts).values()))
            return members(connection, model, parts)

    def next_account(self) -> int:
        """The number that the next account gets."""
        with self._database.reading() as connection:
            return next_account(connection)

    def copies(self, model: int, reports: Sequence[str]) -> dict[str, Copy]:
        """What is known of these reports as copies; a report that is not named is none."""
        with self._database.reading() as connection:
            return copies(connection, model, reports)

    def families(self, model: int, sources: Sequence[str]) -> set[str]:
        """Reports that ever stood as copies in the family of one of these sources."""
        with self._database.reading() as connection:
            return family(connection, model, sources)

    def holding(self, claims: Sequence[str]) -> dict[str, frozenset[str]]:
        """The incidents that hold one of these claims now, each with all its claims."""
        with self._database.reading() as connection:
            return holding(connection, claims)

    def statuses(self) -> dict[str, int]:
        """How many incidents there are now, by status."""
        with self._database.reading() as connection:
            return statuses(connection)

    def alive(self, incidents: Sequence[str]) -> set[str]:
        """Which of these ids are of incidents that there are now."""
        with self._database.reading() as connection:
            return alive(connection, incidents)

    def reports_of(self, claims: Sequence[str]) -> list[str]:
        """The reports that these claims were ever found in."""
        with self._database.reading() as connection:
            return reports_of(connection, claims)


def reports_of(connection: Connection, claims: Sequence[str]) -> list[str]:
    """The reports that these claims were ever found in."""
    found: set[str] = set()
    for at in range(0, len(claims), CHUNK):
        query = (
            select(extraction.c.report)
            .join(claim, claim.c.extraction == extraction.c.id)
            .where(claim.c.id.in_(claims[at : at + CHUNK]))
        )
        found.update(connection.scalars(query))
    return sorted(found)


def model(connection: Connection) -> tuple[int, str] | None:
    """Number and body of the model that is in force; None if nothing was ever linked."""
    query = select(link_model.c.number, link_model.c.body).order_by(link_model.c.number.desc())
    row = connection.execute(query.limit(1)).first()
    return (row.number, row.body) if row is not None else None


def state(connection: Connection) -> tuple[int, int]:
    """The last model and the last linked run: both grow with every linking that is kept."""
    last = connection.scalar(select(func.max(link_model.c.number))) or 0
    return last, _next(connection, link_run) - 1


def next_account(connection: Connection) -> int:
    """The number that the next account gets."""
    return (connection.scalar(select(func.max(link_account.c.number))) or 0) + 1


def stale(connection: Connection, model: int) -> tuple[list[int], list[str]]:
    """Current runs that are not linked, and reports whose linked run is no longer current."""
    runs = current_runs().subquery()
    linked = select(link_run.c.run, link_run.c.report).where(link_run.c.model == model).subquery()
    fresh = (
        select(runs.c.id, runs.c.report)
        .outerjoin(linked, linked.c.run == runs.c.id)
        .where(linked.c.run.is_(None))
        .order_by(runs.c.id)
    )
    found = connection.execute(fresh).all()
    return [row.id for row in found], [row.report for row in found]


def runs(connection: Connection, wanted: Sequence[int] | None = None) -> Iterator[Run]:
    """These current runs, or all, with their reports and claims, in order of their number."""
    if wanted is None:
        current = current_runs().subquery()
        wanted = sorted(connection.scalars(select(current.c.id)).all())
    for at in range(0, len(wanted), CHUNK):
        yield from _some(connection, wanted[at : at + CHUNK])


def runs_of(connection: Connection, reports: Sequence[str]) -> list[int]:
    """The numbers of the current runs of these reports."""
    found: list[int] = []
    for at in range(0, len(reports), CHUNK):
        current = current_runs(reports=reports[at : at + CHUNK]).subquery()
        found += connection.scalars(select(current.c.id)).all()
    return sorted(found)


def replaced(connection: Connection, model: int) -> set[int]:
    """Linked runs that are no longer current: of reports that were read again."""
    linked = link_run.c
    twice = (
        select(linked.report)
        .where(linked.model == model)
        .group_by(linked.report)
        .having(func.count() > 1)
    )
    reports = sorted({*connection.scalars(twice), *stale(connection, model)[1]})
    known: set[int] = set()
    for at in range(0, len(reports), CHUNK):
        some = linked.report.in_(reports[at : at + CHUNK])
        known.update(connection.scalars(select(linked.run).where(linked.model == model, some)))
    return known - set(runs_of(connection, reports))


def _some(connection: Connection, wanted: Sequence[int]) -> Iterator[Run]:
    reports = (
        select(
            extraction.c.id, extraction.c.metadata, report_version.c.text, report_version.c.version
        )
        .join(
            report_version,
            and_(
                report_version.c.report == extraction.c.report,
                report_version.c.seq == extraction.c.seq,
            ),
        )
        .where(extraction.c.id.in_(wanted))
        .order_by(extraction.c.id)
    )
    claims: dict[int, list[Claim]] = {run: [] for run in wanted}
    query = (
        select(claim.c.extraction, claim.c.body, claim.c.quote)
        .where(claim.c.extraction.in_(wanted))
        .order_by(claim.c.extraction, claim.c.start, claim.c.position)
    )
    for row in connection.execute(query):
        claims[row.extraction].append(read_claim(row.body, row.quote))
    for id, metadata, text, version in connection.execute(reports).all():
        yield Run(id, read_report(metadata, text, version), tuple(claims[id]))


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


def members(connection: Connection, model: int, parts: Sequence[int]) -> dict[int, int]:
    """Every current account that is in one of these parts now, with its run."""
    later = link_part.alias()
    newest = (
        select(func.max(later.c.number))
        .where(later.c.account == link_part.c.account)
        .correlate(link_part)
        .scalar_subquery()
    )
    accounts = (
        select(link_account.c.number, link_run.c.run, link_run.c.report)
        .join(link_run, link_run.c.number == link_account.c.linked)
        .join(link_part, link_part.c.account == link_account.c.number)
        .where(link_run.c.model == model, link_part.c.number == newest)
    )
    found: dict[int, int] = {}
    reports: set[str] = set()
    for at in range(0, len(parts), CHUNK):
        query = accounts.where(link_part.c.part.in_(parts[at : at + CHUNK]))
        for row in connection.execute(query):
            found[row.number] = row.run
            reports.add(row.report)
    current = set(runs_of(connection, sorted(reports)))
    return {number: run for number, run in found.items() if run in current}


def copies(connection: Connection, model: int, reports: Sequence[str]) -> dict[str, Copy]:
    """What is known of these reports as copies; a report that is not named is none."""
    found: dict[str, Copy] = {}
    for at in range(0, len(reports), CHUNK):
        query = (
            select(link_copy)
            .where(link_copy.c.report.in_(reports[at : at + CHUNK]), link_copy.c.model == model)
            .order_by(link_copy.c.number)
        )
        for row in connection.execute(query):
            found[row.report] = Copy(row.report, row.of, row.share, row.source)
    return {report: each for report, each in found.items() if each.of is not None}


def family(connection: Connection, model: int, sources: Sequence[str]) -> set[str]:
    """Reports that ever stood as copies in the family of one of these sources."""
    found: set[str] = set(sources)
    for at in range(0, len(sources), CHUNK):
        query = select(link_copy.c.report).where(
            link_copy.c.source.in_(sources[at : at + CHUNK]), link_copy.c.model == model
        )
        found.update(connection.scalars(query))
    return found


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

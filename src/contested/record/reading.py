"""Reading reports, claims, totals and the log."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, exists, func, select, true

from contested.errors import NotFound, RecordDamaged, UsageError
from contested.model import Claim
from contested.model.query import Query
from contested.record import filters
from contested.record.codec import moment, read_claim, read_report
from contested.record.columns import begins
from contested.record.current import (
    current_incidents,
    current_runs,
    latest_versions,
    newest_runs,
)
from contested.record.results import Counts, LogEntry, StoredReport
from contested.record.schema import (
    capture,
    claim,
    extraction,
    incident_version,
    log,
    original,
    report_version,
)
from contested.record.schema import report as report_table

SHORTEST_PREFIX = 6
_CHUNK = 1000


def resolve(
    connection: Connection,
    column: Column[str],
    given: str,
    what: str,
    among: ColumnElement[bool] | None = None,
) -> str:
    """The one id that is `given` or begins with it, of those that fit `among`.

    Raises NotFound if there is none, UsageError if it is too short or several begin so.
    """
    ids = select(column) if among is None else select(column).where(among)
    if connection.scalar(ids.where(column == given).limit(1)) is not None:
        return given
    if len(given) < SHORTEST_PREFIX:
        raise UsageError(
            f"{given!r} is too short for {what}: give its id, or {SHORTEST_PREFIX} signs of it."
        )
    query = ids.where(begins(column, given)).distinct()
    found = list(connection.scalars(query.order_by(column).limit(6)))
    if not found:
        raise NotFound(f"The record has no {what} {given!r}. List what it has, or see the id.")
    if len(found) > 1:
        raise UsageError(f"{given!r} is the beginning of several: {', '.join(found)}. Give more.")
    return found[0]


def reports(connection: Connection, query: Query, as_of: str | None) -> list[StoredReport]:
    """The latest version of every report that fits, in order of arrival."""
    few = filters.few_reports(connection, query, as_of)
    stored = _stored(as_of, every=False, reports=few)
    statement = stored.where(*filters.of_reports(query, as_of, few))
    return _read_stored(connection, filters.paged(statement, query))


def report(
    connection: Connection, given: str, version: int | None, as_of: str | None = None
) -> StoredReport:
    """One report, of its latest version or of version number `version`."""
    found = versions(connection, given, as_of)
    if version is None:
        return found[-1]
    for each in found:
        if each.seq == version:
            return each
    raise NotFound(f"Report {found[0].report.id} has no version {version}, only 1 to {len(found)}.")


def versions(connection: Connection, given: str, as_of: str | None = None) -> list[StoredReport]:
    """Every version of a report, the first one first."""
    known = None if as_of is None else report_table.c.added_at <= as_of
    found = resolve(connection, report_table.c.id, given, "report", known)
    stored = _stored(as_of, every=True, reports=[found])
    return _read_stored(connection, stored.where(report_version.c.report == found))


def _stored(as_of: str | None, *, every: bool, reports: Sequence[str] | None = None) -> Select[Any]:
    """Versions with their newest extraction: `every` one, or the latest of each report.

    With `reports` of these alone, which then are looked up one by one.
    """
    runs = newest_runs(as_of, reports).subquery()
    latest = latest_versions(as_of, reports).subquery()
    version = report_version.c
    shown = true() if every else latest.c.seq == version.seq
    return (
        select(
            version.text,
            version.version,
            version.captured_at,
            version.seq,
            (version.seq == latest.c.seq).label("latest"),
            extraction.c.metadata.label("body"),
            extraction.c.method,
            extraction.c.id.label("run"),
            extraction.c.notes,
            extraction.c.refused,
        )
        .join(runs, and_(runs.c.report == version.report, runs.c.seq == version.seq))
        .join(extraction, extraction.c.id == runs.c.id)
        .join(latest, and_(latest.c.report == version.report, shown))
        .join(report_table, report_table.c.id == version.report)
        .order_by(report_table.c.number, version.seq)
    )


def _read_stored(connection: Connection, statement: Select[Any]) -> list[StoredReport]:
    return _stored_of(connection, connection.execute(statement).all())


def _stored_of(connection: Connection, rows: Sequence[Any]) -> list[StoredReport]:
    kinds = _kinds(connection, [row.run for row in rows])
    return [
        StoredReport(
            report=read_report(row.body, row.text, row.version),
            captured_at=moment(row.captured_at),
            seq=row.seq,
            latest=bool(row.latest),
            method=row.method,
            claims=kinds[row.run],
            notes=tuple(json.loads(row.notes)),
            refused=tuple(json.loads(row.refused)),
        )
        for row in rows
    ]


def stored_reports(
    connection: Connection, runs: Sequence[int], as_of: str | None = None
) -> list[StoredReport]:
    """The versions that these extractions read, in the order given."""
    read = select(extraction.c.report).where(extraction.c.id.in_(runs)).distinct()
    statement = _stored(as_of, every=True, reports=connection.scalars(read).all())
    rows = connection.execute(statement.where(extraction.c.id.in_(runs))).all()
    found = dict(zip([row.run for row in rows], _stored_of(connection, rows), strict=True))
    return [found[run] for run in runs if run in found]


def _kinds(connection: Connection, runs: Sequence[int]) -> dict[int, dict[str, int]]:
    """For every extraction, how many claims of each kind."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for at in range(0, len(runs), _CHUNK):
        query = (
            select(claim.c.extraction, claim.c.kind, func.count().label("number"))
            .where(claim.c.extraction.in_(runs[at : at + _CHUNK]))
            .group_by(claim.c.extraction, claim.c.kind)
            .order_by(claim.c.extraction, claim.c.kind)
        )
        for row in connection.execute(query):
            found[row.extraction][row.kind] = row.number
    return found


def original_bytes(connection: Connection, sha256: str) -> bytes:
    """The bytes as they were captured. Raises NotFound, or RecordDamaged if they changed."""
    packed = connection.scalar(select(original.c.bytes).where(original.c.sha256 == sha256))
    if packed is None:
        raise NotFound(f"The record has no original with SHA-256 {sha256}. See the report for it.")
    try:
        data = zlib.decompress(packed)
    except zlib.error:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise RecordDamaged(
            f"The original {sha256[:12]} has changed since it was stored. "
            "Restore the record from a copy."
        )
    return data


def claims(connection: Connection, query: Query, as_of: str | None) -> Iterator[Claim]:
    """Current claims that fit: by arrival of their report, then by their place in it."""
    few = filters.few_reports(connection, query, as_of)
    runs = current_runs(as_of, few).subquery()
    statement = (
        select(claim.c.body, claim.c.quote)
        .join(runs, runs.c.id == claim.c.extraction)
        .join(extraction, extraction.c.id == claim.c.extraction)
        .join(report_table, report_table.c.id == extraction.c.report)
        .where(*filters.of_claims(query, as_of, few))
        .order_by(report_table.c.number, claim.c.start, claim.c.position)
    )
    with connection.execute(
        filters.paged(statement, query), execution_options={"yield_per": _CHUNK}
    ) as rows:
        for body, quote in rows:
            yield read_claim(body, quote)


def one_claim(connection: Connection, given: str, as_of: str | None = None) -> Claim:
    """The claim of that id: current if it is, else as it was last stored."""
    stored = None if as_of is None else _extracted(as_of)
    found = resolve(connection, claim.c.id, given, "claim", stored)
    carry = (
        select(extraction.c.report)
        .distinct()
        .join(claim, claim.c.extraction == extraction.c.id)
        .where(claim.c.id == found)
    )
    runs = current_runs(as_of, list(connection.scalars(carry))).subquery()
    statement = (
        select(claim.c.body, claim.c.quote)
        .join(extraction, extraction.c.id == claim.c.extraction)
        .join(report_table, report_table.c.id == extraction.c.report)
        .outerjoin(runs, runs.c.id == claim.c.extraction)
        .where(claim.c.id == found)
        .order_by(runs.c.id.is_(None), report_table.c.number, claim.c.number.desc())
        .limit(1)
    )
    if as_of is not None:
        statement = statement.where(extraction.c.at <= as_of)
    row = connection.execute(statement).one()
    return read_claim(row.body, row.quote)


def claims_of_ids(
    connection: Connection, ids: Sequence[str], as_of: str | None = None
) -> dict[str, Claim]:
    """Each of these claims: current if it is, else as it was last stored; see `one_claim`."""
    columns = (
        claim.c.id, claim.c.number, claim.c.body, claim.c.quote, claim.c.extraction,
        extraction.c.report, report_table.c.number.label("arrival"),
    )  # fmt: skip
    statement = (
        select(*columns)
        .join(extraction, extraction.c.id == claim.c.extraction)
        .join(report_table, report_table.c.id == extraction.c.report)
        .where(claim.c.id.in_(ids))
    )
    if as_of is not None:
        statement = statement.where(extraction.c.at <= as_of)
    rows = connection.execute(statement).all()
    runs = connection.execute(current_runs(as_of, list({row.report for row in rows}))).all()
    current = {run.id for run in runs}
    rows = sorted(rows, key=lambda r: (r.extraction not in current, r.arrival, -r.number))
    first: dict[str, Any] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return {id: read_claim(row.body, row.quote) for id, row in first.items()}


def _extracted(as_of: str) -> ColumnElement[bool]:
    """That a claim was there by then."""
    return exists().where(extraction.c.id == claim.c.extraction, extraction.c.at <= as_of)


def counts(connection: Connection, as_of: str | None = None) -> Counts:
    """Totals of what the record holds."""
    runs, latest = current_runs(as_of).subquery(), current_incidents(as_of).subquery()
    kinds = (
        select(claim.c.kind, func.count())
        .join(runs, runs.c.id == claim.c.extraction)
        .group_by(claim.c.kind)
        .order_by(claim.c.kind)
    )
    statuses = (
        select(incident_version.c.status, func.count())
        .join(
            latest,
            and_(
                latest.c.incident == incident_version.c.incident,
                latest.c.seq == incident_version.c.seq,
            ),
        )
        .where(incident_version.c.gone.is_(False))
        .group_by(incident_version.c.status)
        .order_by(incident_version.c.status)
    )
    times = (report_table.c.added_at, report_version.c.captured_at, capture.c.at, extraction.c.at)
    numbers = [connection.scalar(_how_many(time, as_of)) or 0 for time in times]
    captured = report_version.c.captured_at
    ends = select(func.min(captured), func.max(captured)).where(_by(captured, as_of))
    first, last = connection.execute(ends).one()
    return Counts(
        reports=numbers[0],
        versions=numbers[1],
        originals=numbers[2],
        extractions=numbers[3],
        claims={row[0]: row[1] for row in connection.execute(kinds)},
        incidents={row[0]: row[1] for row in connection.execute(statuses)},
        first_captured=moment(first) if first else None,
        last_captured=moment(last) if last else None,
    )


def _how_many(time: Column[str], as_of: str | None) -> Select[Any]:
    """How many rows there were; of captures how many originals they were made of."""
    number = func.count() if time is not capture.c.at else func.count(capture.c.sha256.distinct())
    return select(number).select_from(time.table).where(_by(time, as_of))


def _by(time: Column[str], as_of: str | None) -> ColumnElement[bool]:
    return true() if as_of is None else time <= as_of


def entries(connection: Connection, limit: int | None, as_of: str | None = None) -> list[LogEntry]:
    """What was done to the record, the last first."""
    statement = select(log).where(_by(log.c.at, as_of)).order_by(log.c.number.desc()).limit(limit)
    return [
        LogEntry(
            at=moment(row.at),
            what=row.what,
            subject=row.subject,
            detail=json.loads(row.detail),
        )
        for row in connection.execute(statement)
    ]

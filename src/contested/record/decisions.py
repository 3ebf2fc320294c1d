"""Decisions: appended one by one, and what they change of the claims of a report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, insert, select

from contested.errors import Overtaken, RecordDamaged
from contested.model import Claim, Decision, Report, to_plain
from contested.model.decision import (
    REVISING,
    bears_on,
    decision_adapter,
    holding,
    undo_root,
)
from contested.model.revision import revise
from contested.record.clock import next_moment
from contested.record.codec import dump, moment, read_claim, read_report
from contested.record.current import latest_versions
from contested.record.reading import resolve
from contested.record.runs import Run, enter
from contested.record.schema import (
    claim,
    decision,
    decision_report,
    extraction,
    log,
    report_version,
    revision,
)
from contested.record.schema import report as report_table


def append(connection: Connection, new: Decision, seen: int | None) -> Decision:
    """Store a decision, and the claims of the reports that it revises; see `Store.decide`."""
    new = replace(new, at=next_moment(connection, moment(new.at)))
    number = connection.scalar(select(func.max(decision.c.number))) or 0
    if seen is not None and seen != number:
        raise Overtaken(
            f"{number - seen} other decisions were made meanwhile. See `contested decisions`, "
            "then decide again."
        )
    connection.execute(
        insert(decision).values(
            number=number + 1,
            id=new.id,
            at=new.at,
            author=new.author,
            act=new.act,
            body=dump(to_plain(new)),
        )
    )
    rows = [{"decision": new.id, "report": each} for each in new.reports]
    if rows:
        connection.execute(insert(decision_report), rows)
    known = find(connection, None)
    root = undo_root(new, {each.id: each for each in known})
    if root.act in REVISING:
        for each in root.reports:
            revise_report(connection, each, known, new.at)
    detail = {"act": new.act, "author": new.author, "subjects": [s.id for s in root.subjects]}
    if new.undoes is not None:
        detail["undoes"] = list(dict.fromkeys((new.undoes, root.id)))
    connection.execute(
        insert(log).values(at=new.at, what="decision", subject=new.id, detail=dump(detail))
    )
    return new


def find(connection: Connection, as_of: str | None) -> list[Decision]:
    """All decisions in the order in which they were made."""
    statement = select(decision.c.body).order_by(decision.c.number)
    if as_of is not None:
        statement = statement.where(decision.c.at <= as_of)
    return [_read(body) for body in connection.scalars(statement)]


def ungathered(connection: Connection) -> list[Decision]:
    """The decisions that were logged after the last derivation."""
    last = select(func.max(log.c.number)).where(log.c.what == "incidents").scalar_subquery()
    statement = (
        select(decision.c.body)
        .join(log, (log.c.subject == decision.c.id) & (log.c.what == "decision"))
        .where(log.c.number > func.coalesce(last, 0))
        .order_by(decision.c.number)
    )
    return [_read(body) for body in connection.scalars(statement)]


def _read(body: str) -> Decision:
    try:
        return decision_adapter.validate_python(json.loads(body))
    except ValueError as error:
        raise RecordDamaged(
            f"A decision of the record cannot be read ({error}): {body[:80]!r}. "
            "Restore the record from a copy."
        ) from error


def are_on(connection: Connection, report: str) -> bool:
    """Whether any decision is on a claim of that report, or on all of it."""
    on = select(decision_report.c.decision).where(decision_report.c.report == report).limit(1)
    return connection.scalar(on) is not None


def after_reading(connection: Connection, report: str, at: str) -> None:
    """Apply what persons decided to what a machine has just read."""
    if are_on(connection, report):
        known = find(connection, None)
        if any(bears_on(holding(known), report)):
            revise_report(connection, report, known, at)


def machine(
    connection: Connection, report: str, as_of: str | None = None
) -> tuple[Report, int, list[Claim]]:
    """The report's latest version, its newest run by a machine, and the claims of that run."""
    latest = latest_versions(as_of).where(report_version.c.report == report).subquery()
    statement = (
        select(
            extraction.c.id,
            extraction.c.metadata,
            report_version.c.text,
            report_version.c.version,
        )
        .join(latest, (latest.c.report == extraction.c.report) & (latest.c.seq == extraction.c.seq))
        .join(
            report_version,
            (report_version.c.report == latest.c.report) & (report_version.c.seq == latest.c.seq),
        )
        .outerjoin(revision, revision.c.extraction == extraction.c.id)
        .where(revision.c.extraction.is_(None))
        .order_by(extraction.c.id.desc())
        .limit(1)
    )
    if as_of is not None:
        statement = statement.where(extraction.c.at <= as_of)
    row = connection.execute(statement).one()
    return read_report(row.metadata, row.text, row.version), row.id, claims_of(connection, row.id)


def claims_of(connection: Connection, run: int) -> list[Claim]:
    """The claims of one run, in its order."""
    statement = (
        select(claim.c.body, claim.c.quote)
        .where(claim.c.extraction == run)
        .order_by(claim.c.position)
    )
    return [read_claim(row.body, row.quote) for row in connection.execute(statement)]


def revise_report(
    connection: Connection, report: str, decisions: Sequence[Decision], at: str
) -> None:
    """Append the claims of a report as they are by all decisions that hold."""
    source, run, claims = machine(connection, report)
    wanted = revise(source, claims, list(bears_on(holding(decisions), report))).claims
    number, current = _current(connection, report)
    if current == wanted:
        return
    row = connection.execute(select(extraction).where(extraction.c.id == run)).one()
    copied = Run(
        report=source,
        seq=row.seq,
        method=row.method,
        at=at,
        notes=json.loads(row.notes),
        refused=json.loads(row.refused),
    )
    made = enter(connection, copied, wanted)
    connection.execute(insert(revision).values(extraction=made, machine=run, at=at))
    detail = {"before": number, "machine": run, "claims": len(wanted)}
    connection.execute(
        insert(log).values(at=at, what="revised", subject=report, detail=dump(detail))
    )


def _current(connection: Connection, report: str) -> tuple[int, list[Claim]]:
    latest = latest_versions().where(report_version.c.report == report).subquery()
    newest = connection.scalars(
        select(func.max(extraction.c.id)).join(
            latest, (latest.c.report == extraction.c.report) & (latest.c.seq == extraction.c.seq)
        )
    ).one()
    return newest, claims_of(connection, newest)


def machine_claims(
    connection: Connection, reports: Iterable[str], as_of: str | None = None
) -> dict[str, list[Claim]]:
    """What a machine last read in each of these reports."""
    ids = [resolve(connection, report_table.c.id, each, "report") for each in reports]
    return {each: machine(connection, each, as_of)[2] for each in ids}

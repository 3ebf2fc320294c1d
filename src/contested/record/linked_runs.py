"""The runs that linking works on: those that are current, those that are not linked yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, and_, func, select

from contested.model import Claim
from contested.record.codec import read_claim, read_report
from contested.record.current import current_runs
from contested.record.links import CHUNK, Run
from contested.record.schema import claim, extraction, report_version
from contested.record.schema_links import link_run


def stale(connection: Connection, model: int) -> tuple[list[int], list[str]]:
    """Current runs that are not linked, and reports whose linked run is no longer current."""
    linked = select(link_run.c.run).where(link_run.c.model == model)
    rest = select(extraction.c.id, extraction.c.report).where(extraction.c.id.not_in(linked))
    waiting = {row.id: row.report for row in connection.execute(rest)}
    fresh = [id for id in runs_of(connection, sorted(set(waiting.values()))) if id in waiting]
    return fresh, [waiting[id] for id in fresh]


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


def replaced(connection: Connection, model: int, changed: Sequence[str]) -> set[int]:
    """Linked runs that are no longer current: of reports that were read again, or `changed`."""
    linked = link_run.c
    twice = (
        select(linked.report)
        .where(linked.model == model)
        .group_by(linked.report)
        .having(func.count() > 1)
    )
    reports = sorted({*connection.scalars(twice), *changed})
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

"""What is current: the selects that everything else builds on.

With `as_of`, a time as `codec.stamp` writes it, they answer as the record would have then.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, and_, func, select

from contested.record.schema import extraction, incident_version, report_version


def newest_runs(
    as_of: str | None = None, reports: Sequence[str] | None = None
) -> Select[tuple[str, int, int]]:
    """(report, seq, id) of the newest extraction of every version."""
    runs = select(
        extraction.c.report, extraction.c.seq, func.max(extraction.c.id).label("id")
    ).group_by(extraction.c.report, extraction.c.seq)
    if reports is not None:
        runs = runs.where(extraction.c.report.in_(reports))
    return runs if as_of is None else runs.where(extraction.c.at <= as_of)


def latest_versions(
    as_of: str | None = None, reports: Sequence[str] | None = None
) -> Select[tuple[str, int]]:
    """(report, seq) of every report's latest version."""
    latest = select(report_version.c.report, func.max(report_version.c.seq).label("seq")).group_by(
        report_version.c.report
    )
    if reports is not None:
        latest = latest.where(report_version.c.report.in_(reports))
    return latest if as_of is None else latest.where(report_version.c.captured_at <= as_of)


def current_runs(
    as_of: str | None = None, reports: Sequence[str] | None = None
) -> Select[tuple[str, int, int]]:
    """(report, seq, id) of the extraction whose claims are current: one for every report.

    With `reports` of these alone, which then are looked up one by one.
    """
    latest = latest_versions(as_of, reports).subquery()
    return newest_runs(as_of, reports).join(
        latest,
        and_(latest.c.report == extraction.c.report, latest.c.seq == extraction.c.seq),
    )


def current_incidents(
    as_of: str | None = None, incidents: Sequence[str] | None = None
) -> Select[tuple[str, int]]:
    """(incident, seq) of every incident's latest version, those that are gone included.

    With `incidents` of these alone.
    """
    latest = select(
        incident_version.c.incident, func.max(incident_version.c.seq).label("seq")
    ).group_by(incident_version.c.incident)
    if incidents is not None:
        latest = latest.where(incident_version.c.incident.in_(incidents))
    return latest if as_of is None else latest.where(incident_version.c.at <= as_of)

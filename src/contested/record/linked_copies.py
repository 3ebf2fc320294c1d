"""Reports as copies of one another, and the fingerprints by which they are found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, select

from contested.record.current import current_runs
from contested.record.links import CHUNK, Copy, LinkedRun
from contested.record.schema_links import link_copy, link_run


def sketches(connection: Connection, model: int) -> list[LinkedRun]:
    """The fingerprints of every report whose current run is linked."""
    now = current_runs().subquery()
    query = (
        select(link_run.c.run, link_run.c.report, link_run.c.published, link_run.c.marks)
        .join(now, now.c.id == link_run.c.run)
        .where(link_run.c.model == model)
    )
    return [
        LinkedRun(row.run, row.report, row.published, np.frombuffer(row.marks, dtype="<u4"))
        for row in connection.execute(query)
    ]


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

"""Reports as copies of one another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from contested.record.links import CHUNK, Copy
from contested.record.schema_links import link_copy


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

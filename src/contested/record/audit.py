"""Looking through a whole record for anything that is not as it was stored."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, select

from contested.errors import ContestedError
from contested.model.ids import digest
from contested.record.codec import read_claim, read_incident
from contested.record.dialect import particular
from contested.record.reading import original_bytes
from contested.record.schema import (
    claim,
    extraction,
    incident_version,
    original,
    report_version,
)


def problems(connection: Connection) -> list[str]:
    """The database's own findings, then changed texts and originals, then unfit passages."""
    own = particular(connection).problems(connection)
    return own or [*_originals(connection), *_texts(connection), *_incidents(connection)]


def _originals(connection: Connection) -> Iterator[str]:
    for sha256 in connection.scalars(select(original.c.sha256)).all():
        try:
            original_bytes(connection, sha256)
        except ContestedError as error:
            yield str(error)


def _texts(connection: Connection) -> Iterator[str]:
    columns = (report_version.c.report, report_version.c.seq, report_version.c.version)
    for row in connection.execute(select(*columns)).all():
        mine = and_(report_version.c.report == row.report, report_version.c.seq == row.seq)
        text = connection.scalars(select(report_version.c.text).where(mine)).one()
        if digest(text) != row.version:
            yield f"The text of report {row.report}, version {row.seq}, has changed."
        else:
            yield from _passages(connection, row.report, row.seq, text)


def _passages(connection: Connection, report: str, seq: int, text: str) -> Iterator[str]:
    statement = (
        select(claim.c.id, claim.c.body, claim.c.quote)
        .join(extraction, extraction.c.id == claim.c.extraction)
        .where(extraction.c.report == report, extraction.c.seq == seq)
    )
    for row in connection.execute(statement):
        try:
            found = read_claim(row.body, row.quote)
        except ContestedError as error:
            yield str(error)
            continue
        if found.id != row.id or text[found.start : found.end] != found.quote:
            yield f"Claim {row.id} does not fit its passage in report {report}, version {seq}."


def _incidents(connection: Connection) -> Iterator[str]:
    for body in connection.scalars(select(incident_version.c.body)):
        try:
            read_incident(body)
        except ContestedError as error:
            yield str(error)

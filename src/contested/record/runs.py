"""One run over a version of a report: its row, its claims and what they are found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert

from contested.model import Claim, Report
from contested.record import fulltext
from contested.record.codec import claim_body, dump, report_body
from contested.record.index import claim_actors, claim_columns, time_columns
from contested.record.schema import claim, claim_actor, extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Who or what read version `seq` of a report, when, and what was remarked."""

    report: Report
    seq: int
    method: str
    at: str
    notes: Sequence[str]
    refused: Sequence[str]


def enter(connection: Connection, run: Run, claims: Sequence[Claim]) -> int:
    """Append a run with its claims; the number of the run."""
    entered = connection.execute(
        insert(extraction).values(
            report=run.report.id,
            seq=run.seq,
            method=run.method,
            at=run.at,
            metadata=report_body(run.report),
            notes=dump(run.notes),
            refused=dump(run.refused),
            **time_columns(run.report.published),
        )
    ).inserted_primary_key
    assert entered is not None  # every insert of one row answers with its key
    number: int = entered.id
    if not claims:
        return number
    rows = [
        {
            **claim_columns(each),
            "extraction": number,
            "position": position,
            "quote": each.quote,
            "body": claim_body(each),
        }
        for position, each in enumerate(claims)
    ]
    connection.execute(insert(claim), rows)
    fulltext.enter_claims(connection, number)
    actors = [
        {"extraction": number, "claim": each.id, "actor": actor, "role": role}
        for each in claims
        for actor, role in sorted(claim_actors(each))
    ]
    if actors:
        connection.execute(insert(claim_actor), actors)
    return number

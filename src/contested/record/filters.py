"""A `Query` as conditions on the tables; see `contested.model.query` for what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    exists,
    false,
    or_,
    select,
)

from contested.errors import UsageError
from contested.model.edtf import bounds
from contested.model.query import Query
from contested.record.columns import begins, lowered
from contested.record.index import SPEAKER
from contested.record.schema import (
    capture,
    claim,
    claim_actor,
    extraction,
    incident_actor,
    incident_claim,
    incident_version,
    report_version,
)
from contested.record.schema import report as report_table

FEW = 500
"""So many reports are looked up one by one; more are found as everything is read through."""

Condition = ColumnElement[bool]


def paged(statement: Select[Any], query: Query) -> Select[Any]:
    """The part of the answer that `limit` and `offset` ask for."""
    if query.limit is not None:
        statement = statement.limit(query.limit)
    return statement.offset(query.offset) if query.offset else statement


def few_reports(connection: Connection, query: Query, as_of: str | None) -> list[str] | None:
    """The reports that `query.report` means, if it asks for any and they are few.

    A whole id means that report alone: nobody who gives one asks for a file of that name.
    """
    if query.report is None:
        return None
    known = select(report_table.c.id).where(report_table.c.id == query.report)
    if as_of is not None:
        known = known.where(report_table.c.added_at <= as_of)
    if connection.scalar(known) is not None:
        return [query.report]
    named = select(capture.c.report).where(_named(query.report, as_of))
    begun = select(report_table.c.id).where(begins(report_table.c.id, query.report))
    statement = begun.union(named).limit(FEW + 1) if query.report else named.where(false())
    found = list(connection.scalars(statement))
    return found if len(found) <= FEW else None


def of_claims(
    query: Query, as_of: str | None = None, reports: Sequence[str] | None = None
) -> list[Condition]:
    """Conditions on `claim` joined to its `extraction`; `reports` as `few_reports` gives them."""
    conditions = _about_claim(query) + _time(claim, query)
    if query.report is not None:
        conditions.append(_report(query.report, as_of, reports))
    if query.text is not None:
        conditions.append(_holds(claim.c.quote, query.text))
    return conditions


def of_reports(
    query: Query, as_of: str | None = None, reports: Sequence[str] | None = None
) -> list[Condition]:
    """Conditions on `report_version` joined to its newest `extraction`.

    Times are those of publication; whatever else a claim can be asked for must hold of one
    claim of the report.
    """
    conditions = _time(extraction, query)
    about = _about_claim(query)
    if about:
        conditions.append(exists().where(claim.c.extraction == extraction.c.id, *about))
    if query.report is not None:
        conditions.append(_report(query.report, as_of, reports))
    if query.text is not None:
        conditions.append(_holds(report_version.c.text, query.text))
    return conditions


def of_incidents(
    query: Query, as_of: str | None = None, reports: Sequence[str] | None = None
) -> list[Condition]:
    """Conditions on `incident_version`; `kinds`, `text` and `sure` must hold of one of its
    claims."""
    mine = and_(
        incident_actor.c.incident == incident_version.c.incident,
        incident_actor.c.seq == incident_version.c.seq,
    )
    conditions = _time(incident_version, query) + _place(incident_version, query)
    conditions += _actors(incident_actor, mine, incident_version, query)
    if query.type is not None:
        conditions.append(incident_version.c.type == query.type)
    if query.status:
        conditions.append(incident_version.c.status.in_(query.status))
    if query.report is not None:
        conditions.append(_reports(query.report, as_of, reports))
    if query.kinds or query.text is not None or query.sure is not None:
        conditions.append(_some_claim(query, as_of))
    return conditions


def _some_claim(query: Query, as_of: str | None) -> Condition:
    conditions: list[Condition] = [
        incident_claim.c.incident == incident_version.c.incident,
        incident_claim.c.seq == incident_version.c.seq,
        claim.c.id == incident_claim.c.claim,
    ]
    if as_of is not None:
        conditions += [extraction.c.id == claim.c.extraction, extraction.c.at <= as_of]
    if query.kinds:
        conditions.append(claim.c.kind.in_(query.kinds))
    if query.text is not None:
        conditions.append(_holds(claim.c.quote, query.text))
    if query.sure is not None:
        conditions.append(claim.c.confidence >= query.sure)
    return exists().where(*conditions)


def _about_claim(query: Query) -> list[Condition]:
    mine = and_(claim_actor.c.extraction == claim.c.extraction, claim_actor.c.claim == claim.c.id)
    conditions = _place(claim, query) + _actors(claim_actor, mine, claim, query)
    if query.kinds:
        conditions.append(claim.c.kind.in_(query.kinds))
    if query.type is not None:
        conditions.append(claim.c.type == query.type)
    if query.sure is not None:
        conditions.append(claim.c.confidence >= query.sure)
    return conditions


def _actors(
    actors: FromClause, mine: Condition, table: FromClause, query: Query
) -> list[Condition]:
    """`actors` are those whom it is about; `speaker` is who says so, by id or in words."""
    conditions: list[Condition] = []
    if query.actors:
        about = and_(actors.c.actor.in_(query.actors), actors.c.role != SPEAKER)
        conditions.append(exists().where(mine, about))
    if query.speaker is not None:
        says = and_(actors.c.actor == query.speaker, actors.c.role == SPEAKER)
        named = table.c.speakers.contains(_plain(query.speaker), autoescape=True)
        conditions.append(or_(exists().where(mine, says), named))
    return conditions


def _place(table: FromClause, query: Query) -> list[Condition]:
    if query.place is None:
        return []
    names = list(dict.fromkeys(_plain(name) for name in (query.place, *query.spellings)))
    named = [table.c.place.contains(f"\n{name}\n", autoescape=True) for name in names]
    return [or_(table.c.country.in_([name.upper() for name in names]), *named)]


def _time(table: FromClause, query: Query) -> list[Condition]:
    """Whatever may have happened between the two; an unknown time may not be claimed to."""
    conditions: list[Condition] = []
    if query.since is not None or query.until is not None:
        conditions.append(table.c.edtf.is_not(None))
    first = _bounds("since", query.since)[0]
    if first is not None:
        conditions.append(or_(table.c.latest.is_(None), table.c.latest >= first))
    last = _bounds("until", query.until)[1]
    if last is not None:
        conditions.append(or_(table.c.earliest.is_(None), table.c.earliest <= last))
    return conditions


def _bounds(name: str, edtf: str | None) -> tuple[str | None, str | None]:
    if edtf is None:
        return None, None
    try:
        first, last = bounds(edtf)
    except ValueError as error:
        raise UsageError(
            f"{name}: {edtf!r} is no date. Write a day, month or year: 2022-12-18, 2022-12, 2022."
        ) from error
    return first.isoformat() if first else None, last.isoformat() if last else None


def _report(given: str, as_of: str | None, few: Sequence[str] | None) -> Condition:
    """A report by its id, by the beginning of it, or by a part of its file name."""
    if few is not None:
        return extraction.c.report.in_(few)
    if not given:
        return false()
    named = select(capture.c.report).where(_named(given, as_of))
    return or_(begins(extraction.c.report, given), extraction.c.report.in_(named))


def _reports(given: str, as_of: str | None, few: Sequence[str] | None) -> Condition:
    """As `_report`, for the list of reports that an incident has."""
    if not given:
        return false()
    reports = incident_version.c.reports
    if few is not None:
        return or_(false(), *(reports.contains(f"\n{each}\n") for each in few))
    listed = reports.contains("\n" + capture.c.report + "\n")
    return or_(
        reports.contains("\n" + given.lower(), autoescape=True),
        exists().where(_named(given, as_of), listed),
    )


def _named(given: str, as_of: str | None) -> Condition:
    """A capture with that in its file name; one that came later does not count."""
    named = _holds(capture.c.name, given)
    return named if as_of is None else and_(named, capture.c.at <= as_of)


def _holds(column: ColumnElement[str], words: str) -> Condition:
    return lowered(column).contains(words.lower(), autoescape=True)


def _plain(words: str) -> str:
    return " ".join(words.split()).lower()

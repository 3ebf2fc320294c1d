"""What lists and maps ask of everything at once: narrow columns, a part of the rows at a time.

Whoever keeps them in memory asks again only for what came after: nothing that was once said
changes. What is current follows from the numbers, as everywhere in the record; the sets that a
filter needs beyond these columns are numbers of rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, select

from contested.model import Claim, Incident, incident_from_plain
from contested.record import fulltext
from contested.record.codec import read_claim, read_incident
from contested.record.current import current_incidents, current_runs
from contested.record.database import Database
from contested.record.dialect import particular
from contested.record.reading import claims_of_ids, stored_reports
from contested.record.results import HitKind, StoredReport
from contested.record.schema import (
    claim,
    claim_actor,
    extraction,
    incident_claim,
    incident_version,
    log,
    report_version,
)
from contested.record.schema import report as report_table
from contested.record.schema_briefs import incident_brief

PART = 20_000
"""So many rows come together."""
CHUNK = 5_000
"""So many values stand in one statement."""
Rows = Sequence[Sequence[Any]]

INCIDENT_COLUMNS = (
    "incident", "seq", "at", "gone", "type", "status", "dated", "earliest", "latest", "country",
    "place", "name", "admin1", "lat", "lon", "radius_km", "actors", "speakers", "killed_low",
    "killed_best", "killed_high", "killed_open", "reports", "origins", "claims",
)  # fmt: skip
DAY_COLUMNS = ("incident", "earliest", "latest", "lat", "lon", "radius_km")
CLAIM_COLUMNS = (
    "number", "extraction", "position", "start", "kind", "type", "edtf", "earliest", "latest",
    "country", "place", "speakers",
)  # fmt: skip
RUN_COLUMNS = ("run", "report", "seq", "edtf", "earliest", "latest")


class Briefs:
    """The record's columns, now or as of a moment, in reads that each see one state of it."""

    def __init__(self, database: Database, as_of: str | None = None) -> None:
        self._database = database
        self._as_of = as_of

    def state(self) -> int:
        """The number of the last entry of the log: it changes with everything that is written."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.max(log.c.number))) or 0

    # ---- columns -------------------------------------------------------------------------

    def incidents(self, since: str | None = None) -> Iterator[Rows]:
        """`INCIDENT_COLUMNS` of every version that entered at `since` or later, in that order."""
        table = incident_brief.c
        statement = select(*(table[name] for name in INCIDENT_COLUMNS))
        if since is not None:
            statement = statement.where(table.at >= since)
        if self._as_of is not None:
            statement = statement.where(table.at <= self._as_of)
        yield from self._parts(statement.order_by(table.at, table.incident, table.seq))

    def runs(self, after: int = 0) -> Iterator[Rows]:
        """`RUN_COLUMNS` of every extraction of a number above `after`; `report` is a number."""
        run = extraction.c
        columns = (run.id, report_table.c.number, run.seq, run.edtf, run.earliest, run.latest)
        statement = (
            select(*columns)
            .join(report_table, report_table.c.id == run.report)
            .where(run.id > after)
            .order_by(run.id)
        )
        if self._as_of is not None:
            statement = statement.where(run.at <= self._as_of)
        yield from self._parts(statement)

    def later_versions(self, after: int = 0) -> Iterator[Rows]:
        """(row, report, seq) of every version but the first of a report, rows above `after`."""
        version = report_version.c
        statement = (
            select(version.number, report_table.c.number, version.seq)
            .join(report_table, report_table.c.id == version.report)
            .where(version.number > after, version.seq > 1)
            .order_by(version.number)
        )
        if self._as_of is not None:
            statement = statement.where(version.captured_at <= self._as_of)
        yield from self._parts(statement)

    def claims(self, after: int = 0) -> Iterator[Rows]:
        """`CLAIM_COLUMNS` of every claim of a number above `after`, current or not."""
        columns = [claim.c[name] for name in CLAIM_COLUMNS]
        statement = select(*columns).where(claim.c.number > after).order_by(claim.c.number)
        if self._as_of is not None:
            statement = statement.join(extraction, extraction.c.id == claim.c.extraction).where(
                extraction.c.at <= self._as_of
            )
        yield from self._parts(statement)

    def claim_actors(self, after: int = 0) -> Iterator[Rows]:
        """(number, actor, role) of everybody whom claims of a number above `after` name."""
        mine = and_(
            claim_actor.c.extraction == claim.c.extraction, claim_actor.c.claim == claim.c.id
        )
        statement = (
            select(claim.c.number, claim_actor.c.actor, claim_actor.c.role)
            .join(claim_actor, mine)
            .where(claim.c.number > after)
            .order_by(claim.c.number)
        )
        if self._as_of is not None:
            statement = statement.join(extraction, extraction.c.id == claim.c.extraction).where(
                extraction.c.at <= self._as_of
            )
        yield from self._parts(statement)

    def _parts(self, statement: Select[Any]) -> Iterator[Rows]:
        with (
            self._database.reading() as connection,
            connection.execute(statement, execution_options={"yield_per": PART}) as found,
        ):
            for part in found.partitions():
                yield list(zip(*part, strict=True))

    # ---- sets ----------------------------------------------------------------------------

    def claims_of_status(self, status: str) -> list[int]:
        """The claims of events of that status; those of other kinds have their own statuses."""
        told = claim.c.body.contains(f'"status":"{status}"', autoescape=True)
        return self._numbers(select(claim.c.number).where(told))

    def claims_sure(self, least: float) -> list[int]:
        """The claims of that confidence or more."""
        return self._numbers(select(claim.c.number).where(claim.c.confidence >= least))

    def claims_holding(self, words: str) -> list[int]:
        """The claims whose passage holds all these words, "phrases" and beginnings (bomb*)."""
        with self._database.reading() as connection:
            return self._holding(connection, words, "claim")

    def versions_holding(self, words: str) -> list[tuple[int, int]]:
        """(number of the report, seq) of the versions whose text or title holds all the words."""
        number = report_version.c.number
        with self._database.reading() as connection:
            found = self._holding(connection, words, "report")
            statement = select(report_table.c.number, report_version.c.seq).join(
                report_version, report_version.c.report == report_table.c.id
            )
            return [
                (row[0], row[1])
                for some in _chunks(found)
                for row in connection.execute(statement.where(number.in_(some)))
            ]

    def incidents_of(self, claims: Sequence[int]) -> list[tuple[str, int]]:
        """(id, seq) of the versions of incidents that hold one of these claims."""
        statement = select(incident_claim.c.incident, incident_claim.c.seq).join(
            claim, claim.c.id == incident_claim.c.claim
        )
        with self._database.reading() as connection:
            return [
                (row[0], row[1])
                for some in _chunks(claims)
                for row in connection.execute(statement.where(claim.c.number.in_(some)))
            ]

    def incidents_of_kinds(self, kinds: Sequence[str]) -> list[tuple[str, int]]:
        """(id, seq) of the versions of incidents that hold a claim of one of these kinds."""
        statement = (
            select(incident_claim.c.incident, incident_claim.c.seq)
            .distinct()
            .join(claim, claim.c.id == incident_claim.c.claim)
            .where(claim.c.kind.in_(kinds))
        )
        with self._database.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(statement)]

    def _holding(self, connection: Connection, words: str, kind: HitKind) -> list[int]:
        if not fulltext.terms(words):
            return []
        return particular(connection).holding(connection, words, kind)

    def _numbers(self, statement: Select[Any]) -> list[int]:
        with self._database.reading() as connection:
            return list(connection.scalars(statement))

    def incidents_begun(self, first: str, last: str) -> list[Sequence[Any]]:
        """`DAY_COLUMNS` of every incident whose earliest day lies between two days, both included.

        Of their latest versions, those that are gone left out.
        """
        mine, later = incident_brief.c, incident_brief.alias().c
        newer = exists().where(later.incident == mine.incident, later.seq > mine.seq)
        if self._as_of is not None:
            newer = newer.where(later.at <= self._as_of)
        statement = (
            select(*(mine[name] for name in DAY_COLUMNS))
            .where(mine.earliest.between(first, last), mine.gone.is_(False), ~newer)
            .order_by(mine.earliest, mine.incident)
        )
        if self._as_of is not None:
            statement = statement.where(mine.at <= self._as_of)
        with self._database.reading() as connection:
            return [tuple(row) for row in connection.execute(statement)]

    # ---- a page of a list ----------------------------------------------------------------

    def incidents_by_id(self, ids: Sequence[str], *, whole: bool = True) -> list[Incident]:
        """These incidents as they are, in the order given; those that there are not left out.

        Without the reasons for their joining and the grades of their claims unless `whole`: these
        are most of an incident, and no list shows them.
        """
        read = read_incident if whole else _read_line
        found: dict[str, Incident] = {}
        version = incident_version.c
        with self._database.reading() as connection:
            for some in _chunks(ids):
                latest = current_incidents(self._as_of).where(version.incident.in_(some)).subquery()
                same = and_(latest.c.incident == version.incident, latest.c.seq == version.seq)
                rows = connection.execute(
                    select(version.incident, version.body)
                    .join(latest, same)
                    .where(version.gone.is_(False))
                )
                found.update((row[0], read(row[1])) for row in rows)
        return [found[each] for each in ids if each in found]

    def outlets(self, claims: Sequence[str]) -> dict[str, str | None]:
        """The outlets of the reports that these claims, by id, were found in; null if unknown."""
        statement = select(claim.c.id, extraction.c.metadata).join(
            extraction, extraction.c.id == claim.c.extraction
        )
        found: dict[str, str | None] = {}
        with self._database.reading() as connection:
            for some in _chunks(claims):
                rows = connection.execute(statement.where(claim.c.id.in_(some)))
                for id, body in rows.all():
                    about = json.loads(body)["outlet"]
                    found[id] = about["value"] if about else None
        return found

    def titles(self, reports: Sequence[str]) -> dict[str, str]:
        """What these reports are called: their titles, or the files that they came from."""
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for some in _chunks(reports):
                runs = current_runs(self._as_of, some).subquery()
                rows = connection.execute(
                    select(extraction.c.report, extraction.c.metadata).join(
                        runs, runs.c.id == extraction.c.id
                    )
                )
                for id, body in rows.all():
                    about = json.loads(body)
                    title = about["title"]["value"] if about["title"] else ""
                    found[id] = title if title.strip() else about["name"]
        return found

    def claims_by_number(self, numbers: Sequence[int]) -> list[Claim]:
        """These claims, in the order given."""
        found: dict[int, Claim] = {}
        statement = select(claim.c.number, claim.c.body, claim.c.quote)
        with self._database.reading() as connection:
            for some in _chunks(numbers):
                rows = connection.execute(statement.where(claim.c.number.in_(some)))
                found.update((row[0], read_claim(row[1], row[2])) for row in rows)
        return [found[each] for each in numbers if each in found]

    def claims_of_reports(self, reports: Sequence[str]) -> list[Claim]:
        """The current claims of these reports, in the order of the reports and their texts."""
        order = {report: number for number, report in enumerate(reports)}
        with self._database.reading() as connection:
            found: list[Claim] = []
            for some in _chunks(reports):
                runs = current_runs(self._as_of, some).subquery()
                statement = select(claim.c.body, claim.c.quote).join(
                    runs, runs.c.id == claim.c.extraction
                )
                found += [read_claim(row[0], row[1]) for row in connection.execute(statement)]
        return sorted(
            found,
            key=lambda one: (order[one.report], one.start, -one.end, one.kind, one.id),
        )

    def claims_by_id(self, ids: Sequence[str]) -> dict[str, Claim]:
        """Claims by their ids: as they are if they are current, else as they were last stored."""
        found: dict[str, Claim] = {}
        with self._database.reading() as connection:
            for some in _chunks(ids):
                found |= claims_of_ids(connection, some, self._as_of)
        return found

    def reports_by_run(self, runs: Sequence[int]) -> list[StoredReport]:
        """The reports as these extractions saw them, in the order given."""
        with self._database.reading() as connection:
            return [
                each
                for some in _chunks(runs)
                for each in stored_reports(connection, some, self._as_of)
            ]


def _read_line(body: str) -> Incident:
    plain = json.loads(body)
    try:
        return incident_from_plain({**plain, "why": [], "grades": []})
    except (ValueError, TypeError):
        return read_incident(body)


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(values), CHUNK):
        yield values[at : at + CHUNK]

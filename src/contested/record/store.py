"""The store on a database: one SQLite file, or a PostgreSQL server's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from contested.errors import RecordError, RecordMissing
from contested.location import Location, located
from contested.model import Claim, Decision, Incident, Report
from contested.model.query import Query
from contested.record import (
    audit,
    bulk,
    clock,
    fulltext,
    incident_writing,
    link_writing,
    reading,
    readings,
    snapshot,
    writing,
)
from contested.record import decisions as judged
from contested.record import incidents as derived
from contested.record.briefs import Briefs
from contested.record.codec import fitting, stamp
from contested.record.database import Database
from contested.record.linkage import Linkage
from contested.record.links import Links
from contested.record.protocol import EVERYTHING
from contested.record.results import (
    Added,
    Counts,
    Fingerprint,
    Hit,
    HitKind,
    IncidentChanges,
    IncidentVersion,
    LogEntry,
    Reading,
    StoredReport,
)


class SqlStore:
    """A `Store` in SQL tables; `contested.record.protocol` says what each call does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._links = Linkage(database)

    @classmethod
    def open(
        cls,
        path: str | Location,
        *,
        create: bool = True,
        read_only: bool = False,
        wait: float = 30.0,
    ) -> SqlStore:
        """Open the record at `path`; see `Store.open`."""
        return cls(Database(located(path), create=create, read_only=read_only, wait=wait))

    @classmethod
    def is_at(cls, path: str | Location) -> bool:
        """Whether anything is there that a record would have to be, sound or not."""
        try:
            cls.open(path, create=False, read_only=True).close()
        except RecordMissing:
            return False
        except RecordError:
            return True
        return True

    @property
    def location(self) -> Location:
        """Where the record is."""
        return self._database.location

    @property
    def links(self) -> Linkage:
        """What is kept beside the record for linking."""
        return self._links

    @property
    def path(self) -> Path | None:
        """The record's file; None if it is on a server."""
        return self.location if isinstance(self.location, Path) else None

    @property
    def database(self) -> Database:
        """The tables beneath, for what works on a record as a whole."""
        return self._database

    def briefs(self, *, as_of: dt.datetime | None = None) -> Briefs:
        """The columns that lists and maps ask of everything at once."""
        return Briefs(self._database, _moment(as_of))

    def close(self) -> None:
        """Give the record back; a second call does nothing."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(
        self,
        report: Report,
        original: bytes,
        claims: Sequence[Claim] | None,
        *,
        method: str,
        at: dt.datetime | None = None,
        notes: Sequence[str] = (),
    ) -> Added:
        """Store a report, its bytes and its claims, all or nothing; see `Store.add`."""
        writing.check_report(report)
        writing.check_original(report, original)
        fit, unfit = fitting(claims or ())
        packed = writing.pack(original)
        with self._database.writing() as connection:
            addition = writing.Addition(
                report=report,
                packed=packed,
                size=len(original),
                claims=None if claims is None else fit,
                unfit=tuple(unfit),
                method=method,
                at=clock.next_moment(connection, at),
                notes=tuple(notes),
            )
            return writing.add(connection, addition)

    def add_many(
        self,
        items: Iterable[tuple[Report, bytes, Sequence[Claim]]],
        *,
        method: str,
        at: dt.datetime | None = None,
    ) -> list[Added]:
        """Store many reports, a batch a transaction; see `Store.add_many`."""
        return bulk.add_many(self._database, items, method=method, at=at)

    def identify(self, report: Report) -> Report:
        """The report with the id that `add` would give it."""
        with self._database.reading() as connection:
            return writing.identify(connection, report)

    def came_back(self, report: Report) -> bool:
        """Whether the document has an earlier text again."""
        with self._database.reading() as connection:
            return writing.came_back(connection, report)

    def has(self, sha256: str, method: str) -> bool:
        """Whether what these bytes hold was last extracted by `method` and can be skipped."""
        with self._database.reading() as connection:
            return writing.known(connection, sha256, method)

    def reports(
        self, query: Query = EVERYTHING, *, as_of: dt.datetime | None = None
    ) -> list[StoredReport]:
        """The latest version of every report that fits, in order of arrival."""
        with self._database.reading() as connection:
            return reading.reports(connection, query, _moment(as_of))

    def report(
        self, id: str, version: int | None = None, *, as_of: dt.datetime | None = None
    ) -> StoredReport:
        """One report, of its latest version or of version number `version`."""
        with self._database.reading() as connection:
            return reading.report(connection, id, version, _moment(as_of))

    def versions(self, id: str, *, as_of: dt.datetime | None = None) -> list[StoredReport]:
        """Every version of a report, the first one first."""
        with self._database.reading() as connection:
            return reading.versions(connection, id, _moment(as_of))

    def readings(self, report: str, *, as_of: dt.datetime | None = None) -> list[Reading]:
        """Each reading of a report that was ever current, the first first."""
        with self._database.reading() as connection:
            return readings.readings(connection, report, _moment(as_of))

    def original(self, sha256: str) -> bytes:
        """The captured bytes."""
        with self._database.reading() as connection:
            return reading.original_bytes(connection, sha256)

    def claims(
        self, query: Query = EVERYTHING, *, as_of: dt.datetime | None = None
    ) -> Iterator[Claim]:
        """Current claims that fit, in order of their reports' arrival and of the text."""
        with self._database.reading() as connection:
            yield from reading.claims(connection, query, _moment(as_of))

    def claim(self, id: str, *, as_of: dt.datetime | None = None) -> Claim:
        """One claim, current or not."""
        with self._database.reading() as connection:
            return reading.one_claim(connection, id, _moment(as_of))

    def put_incidents(
        self,
        incidents: Iterable[Incident],
        at: dt.datetime | None = None,
        *,
        after: int | None = None,
        instead_of: Collection[str] | None = None,
        links: Links | None = None,
    ) -> IncidentChanges:
        """Store a derivation of incidents, whole or in part; see `Store.put_incidents`."""
        with self._database.writing() as connection:
            incident_writing.check_unmoved(connection, after)
            moment = clock.next_moment(connection, at)
            changes = incident_writing.put(
                connection, incidents, moment, instead_of, derived=links is not None
            )
            if links is not None:
                link_writing.keep(connection, links, moment)
            return changes

    def last_change(self) -> int:
        """The number of the last entry of the log that is no derivation of incidents."""
        with self._database.reading() as connection:
            return incident_writing.last_change(connection)

    def incidents(
        self, query: Query = EVERYTHING, *, as_of: dt.datetime | None = None
    ) -> list[Incident]:
        """Incidents that fit, the earliest first, those of unknown time last."""
        with self._database.reading() as connection:
            return derived.find(connection, query, _moment(as_of))

    def incident(self, id: str, *, as_of: dt.datetime | None = None) -> Incident:
        """One incident as it is, or was."""
        with self._database.reading() as connection:
            return derived.one(connection, id, _moment(as_of))

    def incident_history(
        self, id: str, *, as_of: dt.datetime | None = None
    ) -> list[IncidentVersion]:
        """All that was ever said of an incident, the first first."""
        with self._database.reading() as connection:
            return derived.history(connection, id, _moment(as_of))

    def changed_incidents(
        self, since: dt.datetime | None, *, as_of: dt.datetime | None = None
    ) -> list[str]:
        """The ids of the incidents that got a version after `since`, in order."""
        with self._database.reading() as connection:
            return derived.changed(connection, _moment(since), _moment(as_of))

    def previous_membership(self, *, as_of: dt.datetime | None = None) -> dict[str, frozenset[str]]:
        """The claims of every current incident, by its id."""
        with self._database.reading() as connection:
            return derived.membership(connection, _moment(as_of))

    def decide(self, decision: Decision, seen: int | None = None) -> Decision:
        """Append a decision, and revise the claims of the reports that it corrects."""
        with self._database.writing() as connection:
            return judged.append(connection, decision, seen)

    def decisions(self, *, as_of: dt.datetime | None = None) -> list[Decision]:
        """All decisions, the undone ones too, in the order in which they were made."""
        with self._database.reading() as connection:
            return judged.find(connection, _moment(as_of))

    def ungathered_decisions(self) -> list[Decision]:
        """The decisions that were made after incidents were last stored."""
        with self._database.reading() as connection:
            return judged.ungathered(connection)

    def machine_claims(
        self, reports: Sequence[str], *, as_of: dt.datetime | None = None
    ) -> dict[str, list[Claim]]:
        """What was last read by a machine in each of these reports, by report id."""
        with self._database.reading() as connection:
            return judged.machine_claims(connection, reports, _moment(as_of))

    def search(
        self,
        words: str,
        limit: int = 20,
        kinds: Sequence[HitKind] = ("report", "claim"),
        *,
        as_of: dt.datetime | None = None,
    ) -> list[Hit]:
        """The best finds in current reports and claims, best first."""
        with self._database.reading() as connection:
            return fulltext.search(connection, words, limit, kinds, _moment(as_of))

    def counts(self, *, as_of: dt.datetime | None = None) -> Counts:
        """Totals of what the record holds."""
        with self._database.reading() as connection:
            return reading.counts(connection, _moment(as_of))

    def log(self, limit: int | None = None, *, as_of: dt.datetime | None = None) -> list[LogEntry]:
        """What was done to the record, the last first."""
        with self._database.reading() as connection:
            return reading.entries(connection, limit, _moment(as_of))

    def span(self, *, as_of: dt.datetime | None = None) -> clock.Span | None:
        """When the first and the last thing entered the record."""
        with self._database.reading() as connection:
            return clock.span(connection, _moment(as_of))

    def fingerprint(self, *, as_of: dt.datetime | None = None) -> str:
        """A SHA-256 of all that was current."""
        with self._database.reading() as connection:
            return snapshot.fingerprint(connection, _moment(as_of)).sha256

    def fingerprints(self, *, as_of: dt.datetime | None = None) -> Fingerprint:
        """The fingerprint, and those of its parts."""
        with self._database.reading() as connection:
            return snapshot.fingerprint(connection, _moment(as_of))

    def check(self) -> list[str]:
        """Everything that is not as it was stored, in words."""
        with self._database.reading() as connection:
            return audit.problems(connection)


def _moment(as_of: dt.datetime | None) -> str | None:
    return None if as_of is None else stamp(as_of)

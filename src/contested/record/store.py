"""The store on a database: one SQLite file by default."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from contested.model import Claim, Incident, Report
from contested.model.query import Query
from contested.record import audit, bulk, fulltext, reading, writing
from contested.record import incidents as derived
from contested.record.codec import fitting, stamp
from contested.record.database import Database
from contested.record.protocol import EVERYTHING
from contested.record.results import (
    Added,
    Counts,
    Hit,
    HitKind,
    IncidentChanges,
    IncidentVersion,
    LogEntry,
    StoredReport,
)


class SqlStore:
    """A `Store` in SQL tables; `contested.record.protocol` says what each call does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = True, read_only: bool = False, wait: float = 30.0
    ) -> SqlStore:
        """Open the record at `path`; see `Store.open`."""
        return cls(Database(Path(path), create=create, read_only=read_only, wait=wait))

    @property
    def path(self) -> Path:
        """The record's file."""
        return self._database.path

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
        claims: Sequence[Claim],
        *,
        method: str,
        at: dt.datetime | None = None,
        notes: Sequence[str] = (),
    ) -> Added:
        """Store a report, its bytes and its claims, all or nothing; see `Store.add`."""
        writing.check_report(report)
        writing.check_original(report, original)
        fit, unfit = fitting(claims)
        addition = writing.Addition(
            report=report,
            packed=writing.pack(original),
            size=len(original),
            claims=fit,
            unfit=tuple(unfit),
            method=method,
            at=stamp(at),
            notes=tuple(notes),
        )
        with self._database.writing() as connection:
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

    def report(self, id: str, version: int | None = None) -> StoredReport:
        """One report, of its latest version or of version number `version`."""
        with self._database.reading() as connection:
            return reading.report(connection, id, version)

    def versions(self, id: str) -> list[StoredReport]:
        """Every version of a report, the first one first."""
        with self._database.reading() as connection:
            return reading.versions(connection, id)

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

    def claim(self, id: str) -> Claim:
        """One claim, current or not."""
        with self._database.reading() as connection:
            return reading.one_claim(connection, id)

    def put_incidents(
        self, incidents: Sequence[Incident], at: dt.datetime | None = None
    ) -> IncidentChanges:
        """Store a whole new derivation: all that are incidents now, and no others."""
        with self._database.writing() as connection:
            return derived.put(connection, incidents, stamp(at))

    def incidents(
        self, query: Query = EVERYTHING, *, as_of: dt.datetime | None = None
    ) -> list[Incident]:
        """Incidents that fit, the earliest first, those of unknown time last."""
        with self._database.reading() as connection:
            return derived.find(connection, query, _moment(as_of))

    def incident(self, id: str) -> Incident:
        """One incident as it is now."""
        with self._database.reading() as connection:
            return derived.one(connection, id)

    def incident_history(self, id: str) -> list[IncidentVersion]:
        """All that was ever said of an incident, the first first."""
        with self._database.reading() as connection:
            return derived.history(connection, id)

    def previous_membership(self) -> dict[str, frozenset[str]]:
        """The claims of every current incident, by its id."""
        with self._database.reading() as connection:
            return derived.membership(connection)

    def search(
        self, words: str, limit: int = 20, kinds: Sequence[HitKind] = ("report", "claim")
    ) -> list[Hit]:
        """The best finds in current reports and claims, best first."""
        with self._database.reading() as connection:
            return fulltext.search(connection, words, limit, kinds)

    def counts(self) -> Counts:
        """Totals of what the record holds now."""
        with self._database.reading() as connection:
            return reading.counts(connection)

    def log(self, limit: int | None = None) -> list[LogEntry]:
        """What was done to the record, the last first."""
        with self._database.reading() as connection:
            return reading.entries(connection, limit)

    def check(self) -> list[str]:
        """Everything that is not as it was stored, in words."""
        with self._database.reading() as connection:
            return audit.problems(connection)


def _moment(as_of: dt.datetime | None) -> str | None:
    return None if as_of is None else stamp(as_of)

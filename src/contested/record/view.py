"""The record as of a moment: everything can be read in it, and nothing written."""

# ruff: noqa: ARG002 - what is refused takes what it would take elsewhere

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from types import TracebackType
from typing import NoReturn, Self

from contested.errors import RecordError, UsageError
from contested.location import Location
from contested.model import Claim, Decision, Incident, Report
from contested.model.query import Query
from contested.record.briefs import Briefs
from contested.record.clock import Span
from contested.record.linkage import Linkage
from contested.record.links import Links
from contested.record.protocol import EVERYTHING, Store
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

Moment = dt.datetime | None


class View:
    """A `Store` that answers as `store` would have answered at `moment`.

    An `as_of` that is given to one of its calls may be earlier still, and is never later. It
    belongs to the store that it looks at, and closing it closes nothing.
    """

    def __init__(self, store: Store, moment: dt.datetime) -> None:
        if moment.tzinfo is None:
            raise UsageError(f"The time {moment.isoformat()} has no time zone. Give it one.")
        self._store = store
        self.moment = moment

    @classmethod
    def open(
        cls,
        path: str | Location,
        *,
        create: bool = True,
        read_only: bool = False,
        wait: float = 30.0,
    ) -> Self:
        """A view of what the record holds at this moment; see `Store.open`."""
        store = Store.open(path, create=create, read_only=read_only, wait=wait)
        return cls(store, dt.datetime.now(dt.UTC))

    def close(self) -> None:
        """Nothing is to be given back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def refuse(self) -> NoReturn:
        """Raise the RecordError that says why nothing can be written here."""
        raise RecordError(
            f"This is the record as of {self.moment.isoformat()}, which cannot change any more. "
            "Open the record itself to write to it."
        )

    def _at(self, as_of: Moment) -> dt.datetime:
        return self.moment if as_of is None else min(as_of, self.moment)

    # ---- refused -------------------------------------------------------------------------

    def add(
        self,
        report: Report,
        original: bytes,
        claims: Sequence[Claim] | None,
        *,
        method: str,
        at: Moment = None,
        notes: Sequence[str] = (),
    ) -> Added:
        """Raise RecordError: the past cannot be written."""
        self.refuse()

    def add_many(
        self,
        items: Iterable[tuple[Report, bytes, Sequence[Claim]]],
        *,
        method: str,
        at: Moment = None,
    ) -> list[Added]:
        """Raise RecordError: the past cannot be written."""
        self.refuse()

    def put_incidents(
        self,
        incidents: Iterable[Incident],
        at: Moment = None,
        *,
        after: int | None = None,
        instead_of: Collection[str] | None = None,
        links: Links | None = None,
    ) -> IncidentChanges:
        """Raise RecordError: the past cannot be written."""
        self.refuse()

    def decide(self, decision: Decision, seen: int | None = None) -> Decision:
        """Raise RecordError: the past cannot be written."""
        self.refuse()

    # ---- read ----------------------------------------------------------------------------

    def identify(self, report: Report) -> Report:
        """The report with the id that `add` would give it now."""
        return self._store.identify(report)

    def came_back(self, report: Report) -> bool:
        """Whether the record now would take its text for one that came back."""
        return self._store.came_back(report)

    def has(self, sha256: str, method: str) -> bool:
        """Whether the record now holds what these bytes do, as `Store.has` says."""
        return self._store.has(sha256, method)

    def reports(self, query: Query = EVERYTHING, *, as_of: Moment = None) -> list[StoredReport]:
        """The version of every report that was the latest."""
        return self._store.reports(query, as_of=self._at(as_of))

    def report(self, id: str, version: int | None = None, *, as_of: Moment = None) -> StoredReport:
        """One report."""
        return self._store.report(id, version, as_of=self._at(as_of))

    def versions(self, id: str, *, as_of: Moment = None) -> list[StoredReport]:
        """Every version of a report that there was."""
        return self._store.versions(id, as_of=self._at(as_of))

    def readings(self, report: str, *, as_of: Moment = None) -> list[Reading]:
        """Each reading of a report that had been current."""
        return self._store.readings(report, as_of=self._at(as_of))

    def original(self, sha256: str) -> bytes:
        """The captured bytes, whenever they were."""
        return self._store.original(sha256)

    def claims(self, query: Query = EVERYTHING, *, as_of: Moment = None) -> Iterator[Claim]:
        """Claims that were current."""
        return self._store.claims(query, as_of=self._at(as_of))

    def claim(self, id: str, *, as_of: Moment = None) -> Claim:
        """One claim that had been stored."""
        return self._store.claim(id, as_of=self._at(as_of))

    def incidents(self, query: Query = EVERYTHING, *, as_of: Moment = None) -> list[Incident]:
        """Incidents as they were."""
        return self._store.incidents(query, as_of=self._at(as_of))

    def incident(self, id: str, *, as_of: Moment = None) -> Incident:
        """One incident as it was."""
        return self._store.incident(id, as_of=self._at(as_of))

    def incident_history(self, id: str, *, as_of: Moment = None) -> list[IncidentVersion]:
        """All that had been said of an incident."""
        return self._store.incident_history(id, as_of=self._at(as_of))

    @property
    def links(self) -> Linkage:
        """What is kept beside the record for linking, which goes on from what there is now."""
        return self._store.links

    def briefs(self, *, as_of: Moment = None) -> Briefs:
        """The columns as they were."""
        return self._store.briefs(as_of=self._at(as_of))

    def last_change(self) -> int:
        """The number of the last change to the record itself, as `Store.last_change` says."""
        return self._store.last_change()

    def changed_incidents(self, since: Moment, *, as_of: Moment = None) -> list[str]:
        """The incidents that got a version after `since`."""
        return self._store.changed_incidents(since, as_of=self._at(as_of))

    def previous_membership(self, *, as_of: Moment = None) -> dict[str, frozenset[str]]:
        """The claims of every incident that there was."""
        return self._store.previous_membership(as_of=self._at(as_of))

    def decisions(self, *, as_of: Moment = None) -> list[Decision]:
        """All decisions that had been made."""
        return self._store.decisions(as_of=self._at(as_of))

    def ungathered_decisions(self) -> list[Decision]:
        """What the next gathering has to carry out, as `Store.ungathered_decisions` says."""
        return self._store.ungathered_decisions()

    def machine_claims(
        self, reports: Sequence[str], *, as_of: Moment = None
    ) -> dict[str, list[Claim]]:
        """What a machine had last read in each of these reports."""
        return self._store.machine_claims(reports, as_of=self._at(as_of))

    def search(
        self,
        words: str,
        limit: int = 20,
        kinds: Sequence[HitKind] = ("report", "claim"),
        *,
        as_of: Moment = None,
    ) -> list[Hit]:
        """Finds in what was current."""
        return self._store.search(words, limit, kinds, as_of=self._at(as_of))

    def counts(self, *, as_of: Moment = None) -> Counts:
        """Totals of what the record held."""
        return self._store.counts(as_of=self._at(as_of))

    def log(self, limit: int | None = None, *, as_of: Moment = None) -> list[LogEntry]:
        """What had been done to the record, the last first."""
        return self._store.log(limit, as_of=self._at(as_of))

    def span(self, *, as_of: Moment = None) -> Span | None:
        """When the first and the last thing had entered."""
        return self._store.span(as_of=self._at(as_of))

    def fingerprint(self, *, as_of: Moment = None) -> str:
        """A SHA-256 of all that was current."""
        return self._store.fingerprint(as_of=self._at(as_of))

    def fingerprints(self, *, as_of: Moment = None) -> Fingerprint:
        """The fingerprint, and those of its parts."""
        return self._store.fingerprints(as_of=self._at(as_of))

    def check(self) -> list[str]:
        """Everything that is not as it was stored, in the whole record."""
        return self._store.check()

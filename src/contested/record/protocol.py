"""What a store of the record can do, whatever database is behind it.

Reports, claims and incidents are appended and never changed, and the moments at which they
enter never go back (`contested.record.clock`). So every reading call takes `as_of`, a moment
with a time zone: it then answers as it would have answered then, with all that had entered up to
and including that moment. Ids may be shortened to their
first signs, six at least, where that is unambiguous.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self

from contested.location import Location
from contested.model import Claim, Decision, Incident, Report
from contested.model.query import Query
from contested.record.briefs import Briefs
from contested.record.clock import Span
from contested.record.linkage import Linkage
from contested.record.links import Links
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

EVERYTHING = Query()


class Store(Protocol):
    """A record that is open. Use it in a `with` statement, or `close` it."""

    @classmethod
    def open(
        cls,
        path: str | Location,
        *,
        create: bool = True,
        read_only: bool = False,
        wait: float = 30.0,
    ) -> Store:
        """Open the record at `path`; make it and its folder if there is none and `create`.

        `path` is a file, or postgresql://USER@HOST/DATABASE for a record on a server.
        `wait` is for how many seconds another writer is waited for. Raises RecordMissing,
        RecordDamaged, RecordTooNew, RecordLocked, RecordUnreachable, DiskFull, RecordError, or
        UsageError for an address that no record can have.
        """
        from contested.record.store import SqlStore

        return SqlStore.open(path, create=create, read_only=read_only, wait=wait)

    def close(self) -> None:
        """Give the record back; a second call does nothing."""

    def __enter__(self) -> Self:
        """The store itself."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""

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
        """Store a report, its bytes and its claims, all or nothing; see `Added` for the cases.

        `method` is the fingerprint of all that decides which claims are found. Claims pass the
        passage gate; the refused are told, not stored. Adding again stores nothing twice; a text
        that came back after another one is a new version that equals an earlier one.
        `claims` are null where the report was known and not read: only where it was found is
        noted, whatever another writer has made of it meanwhile.
        Raises InputError if `original` are not the report's bytes, and errors as `open` does.
        """

    def add_many(
        self,
        items: Iterable[tuple[Report, bytes, Sequence[Claim]]],
        *,
        method: str,
        at: dt.datetime | None = None,
    ) -> list[Added]:
        """Store reports as `add` does one by one, and say of each what became of it, in order.

        Some hundred share a transaction, which spares as many waits for the disk: for filling a
        record from something that can be read again. `items` is read as it goes. Where one
        fails, the reports of its batch are not stored; those of the batches before are, and
        adding all again stores none of them twice. Raises as `add` does.
        """

    def identify(self, report: Report) -> Report:
        """The report with the id that `add` would give it."""

    def came_back(self, report: Report) -> bool:
        """Whether the document has a text again that it had before another one.

        Then `add` makes it the latest version once more. It does so only for what is captured
        under one name: of two files with two states of a report each stays what it is.
        """

    def has(self, sha256: str, method: str) -> bool:
        """Whether what these bytes hold was last extracted by `method` and can be skipped.

        Where one file holds several reports it speaks of those that were stored: do not skip
        such a file by it.
        """

    def reports(
        self, query: Query = EVERYTHING, *, as_of: dt.datetime | None = None
    ) -> list[StoredReport]:
        """The latest version of every report that fits, in order of arrival.

        `since` and `until` ask for the time of publication.
        """

    def report(
        self, id: str, version: int | None = None, *, as_of: dt.datetime | None = None
    ) -> StoredReport:
        """One report. Raises NotFound, or UsageError for a beginning of several ids."""

    def versions(self, id: str, *, as_of: dt.datetime | None = None) -> list[StoredReport]:
        """Every version of a report, the first one first. Raises as `report` does."""

    def readings(self, report: str, *, as_of: dt.datetime | None = None) -> list[Reading]:
        """Each reading of a report whose claims were ever the current ones, the first first.

        Raises as `report` does.
        """

    def original(self, sha256: str) -> bytes:
        """The captured bytes. Raises NotFound, or RecordDamaged if they have changed."""

    def claims(
        self, query: Query = EVERYTHING, *, as_of: dt.datetime | None = None
    ) -> Iterator[Claim]:
        """Current claims that fit, in order of their reports' arrival and of the text.

        Current are those of the newest extraction of a report's latest version. The iterator
        sees the record as it was at the first claim; exhaust or close it. A claim that two
        reports share, because one copied the other's beginning, comes once for each.
        """

    def claim(self, id: str, *, as_of: dt.datetime | None = None) -> Claim:
        """One claim, current or not; of copies the one that arrived first.

        Raises NotFound, or UsageError if several ids begin so.
        """

    def put_incidents(
        self,
        incidents: Iterable[Incident],
        at: dt.datetime | None = None,
        *,
        after: int | None = None,
        instead_of: Collection[str] | None = None,
        links: Links | None = None,
    ) -> IncidentChanges:
        """Store a derivation: all that are incidents now, or that are instead of some.

        A version is appended only where more than `as_of` differs, and for every incident that
        is gone: of all, or of those in `instead_of`. `links` are kept in the same transaction.
        `after` is what `last_change` said before anything was read for the derivation.
        Raises UsageError if an id comes twice, RecordMovedOn if there was a change since.
        """

    @property
    def links(self) -> Linkage:
        """What is kept beside the record for linking."""

    def briefs(self, *, as_of: dt.datetime | None = None) -> Briefs:
        """The columns that lists and maps ask of everything at once."""

    def last_change(self) -> int:
        """The number of the last entry of the log that is no derivation of incidents."""

    def incidents(
        self, query: Query = EVERYTHING, *, as_of: dt.datetime | None = None
    ) -> list[Incident]:
        """Incidents that fit, the earliest first, those of unknown time last."""

    def incident(self, id: str, *, as_of: dt.datetime | None = None) -> Incident:
        """One incident. Raises NotFound, UsageError if several ids begin so.

        Of NotFound there are two that know the incident: Gone says which incidents hold its
        claims now, NotYet since when there has been one.
        """

    def incident_history(
        self, id: str, *, as_of: dt.datetime | None = None
    ) -> list[IncidentVersion]:
        """All that was ever said of an incident, the first first. Raises NotFound or NotYet."""

    def changed_incidents(
        self, since: dt.datetime | None, *, as_of: dt.datetime | None = None
    ) -> list[str]:
        """The ids of the incidents that got a version after `since` (null: ever), in order."""

    def previous_membership(self, *, as_of: dt.datetime | None = None) -> dict[str, frozenset[str]]:
        """The claims of every current incident: from it a new derivation keeps the ids."""

    def decide(self, decision: Decision, seen: int | None = None) -> Decision:
        """Append a decision, and revise the claims of the reports that it corrects.

        All or nothing. Returns it as it is stored: where the record has something of a later
        moment than its own, it gets that moment. `seen` is how many decisions the caller knew
        of: raises Overtaken where there are more by now, and stores nothing.
        """

    def decisions(self, *, as_of: dt.datetime | None = None) -> list[Decision]:
        """All decisions, the undone ones too, in the order in which they were made."""

    def ungathered_decisions(self) -> list[Decision]:
        """The decisions that were made after incidents were last stored, in their order."""

    def machine_claims(
        self, reports: Sequence[str], *, as_of: dt.datetime | None = None
    ) -> dict[str, list[Claim]]:
        """What was last read by a machine in each of these reports, by report id.

        Without what persons changed of it. Raises NotFound for a report that is not there.
        """

    def search(
        self,
        words: str,
        limit: int = 20,
        kinds: Sequence[HitKind] = ("report", "claim"),
        *,
        as_of: dt.datetime | None = None,
    ) -> list[Hit]:
        """The best finds, best first: all words, "phrases" and beginnings (bomb*) must occur.

        Nothing that is typed is an error; without a word there is no find. As of a moment the
        finds are those of then; their order may be by what words weigh now.
        """

    def counts(self, *, as_of: dt.datetime | None = None) -> Counts:
        """Totals of what the record holds."""

    def log(self, limit: int | None = None, *, as_of: dt.datetime | None = None) -> list[LogEntry]:
        """What was done to the record, the last first."""

    def span(self, *, as_of: dt.datetime | None = None) -> Span | None:
        """When the first and the last thing entered the record; null if nothing has."""

    def fingerprint(self, *, as_of: dt.datetime | None = None) -> str:
        """A SHA-256 of all that was current: the same on every database and in every copy."""

    def fingerprints(self, *, as_of: dt.datetime | None = None) -> Fingerprint:
        """The fingerprint together with those of what it is over, by kind."""

    def check(self) -> list[str]:
        """Everything that is not as it was stored, in words; nothing if the record is whole."""

"""What the record answers with: small immutable values beside those of the model."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from contested.model import Incident, Report

AddedStatus = Literal["new", "same", "new_version", "re_extracted"]
HitKind = Literal["report", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one report that was added.

    `new`: unknown so far. `same`: known, nothing stored but perhaps another name or file that
    carries it. `new_version`: a known report with another text than its latest, be it a text that
    it had before. `re_extracted`: a known text
    whose claims were extracted by another method, or with more known about the report.
    `report` is the id that the record uses, `claims` how many claims this call stored,
    `refused` why others were not.
    """

    status: AddedStatus
    report: str
    seq: int
    claims: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """One version of a report, as the newest extraction of it saw it.

    `seq` counts the versions from 1, `latest` is true of the last, `claims` are the numbers of
    claims by kind in the newest extraction of this version. `notes` say what that extraction could
    not code and why, `refused` which claims had no passage.
    """

    report: Report
    captured_at: dt.datetime
    seq: int
    latest: bool
    method: str
    claims: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that is noted on the report, each once."""
        return tuple(dict.fromkeys((*self.report.notes, *self.notes, *self.refused)))

    @property
    def total_claims(self) -> int:
        """How many claims of every kind together."""
        return sum(self.claims.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many things of one kind were current, and a SHA-256 over them."""

    number: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A SHA-256 over all that was current, and what it is over by kind.

    The parts are `versions` of reports, `readings` of them, `claims`, `incidents` and `decisions`.
    """

    sha256: str
    parts: dict[str, Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Claims of a report that were current from `at` on, until the next reading's `at`.

    They are those of version `seq`, read by `method`; `decided` where what persons decided was
    applied to them.
    """

    at: dt.datetime
    seq: int
    method: str
    decided: bool
    claims: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentVersion:
    """What the record said of an incident from `at` on.

    `gone` is true where the incident was no longer derived; `incident` then is what was last
    said of it.
    """

    seq: int
    at: dt.datetime
    gone: bool
    incident: Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentChanges:
    """How many incidents a new derivation brought, changed, left alone and dropped."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One find of a search.

    `snippet` marks the words found with ``[[`` and ``]]``; `rank` is BM25, the smaller the
    better the match.
    """

    kind: HitKind
    id: str
    report: str
    name: str
    title: str | None
    snippet: str
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Totals of what the record holds now; `claims` and `incidents` count the current ones."""

    reports: int
    versions: int
    originals: int
    extractions: int
    claims: dict[str, int]
    incidents: dict[str, int]
    first_captured: dt.datetime | None
    last_captured: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """Something that was done to the record: `what`, to which `subject`, with `detail`."""

    at: dt.datetime
    what: str
    subject: str
    detail: dict[str, Any]

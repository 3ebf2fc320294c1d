"""The record: an append-only store of reports, claims and incidents, with history and search."""

from contested.record.clock import Span
from contested.record.copying import Copied, copy
from contested.record.protocol import EVERYTHING, Store
from contested.record.results import (
    Added,
    AddedStatus,
    Counts,
    Fingerprint,
    Hit,
    HitKind,
    IncidentChanges,
    IncidentVersion,
    LogEntry,
    Part,
    Reading,
    StoredReport,
)
from contested.record.store import SqlStore
from contested.record.view import View

__all__ = [
    "EVERYTHING",
    "Added",
    "AddedStatus",
    "Copied",
    "Counts",
    "Fingerprint",
    "Hit",
    "HitKind",
    "IncidentChanges",
    "IncidentVersion",
    "LogEntry",
    "Part",
    "Reading",
    "Span",
    "SqlStore",
    "Store",
    "StoredReport",
    "View",
    "copy",
]

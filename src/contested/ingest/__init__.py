"""Bytes to reports: files, folders, saved pages, manifests and standard input."""

from contested.ingest.discover import discover
from contested.ingest.read import ingest, read
from contested.ingest.types import Captured, IngestOptions, Known, Media, Refused, Source

__all__ = [
    "Captured",
    "IngestOptions",
    "Known",
    "Media",
    "Refused",
    "Source",
    "discover",
    "ingest",
    "read",
]

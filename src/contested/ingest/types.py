"""What goes into and comes out of this stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from contested.errors import InputError
from contested.model.report import Report
from contested.model.values import When


class Media(StrEnum):
    """The kinds of file that are read, as media types."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to read.

    `max_bytes` is the most that one file may hold. `today` is the day against which a date of
    publication counts as future (default: the day of the call). `outlet_of` gives the outlet
    of a host name such as ``dawn.com``, or None. `leave_out` are files (by their resolved paths)
    that are nothing to read where they lie in a folder: the record itself.
    """

    max_bytes: int = 50_000_000
    today: dt.date | None = None
    outlet_of: Callable[[str], str | None] | None = None
    leave_out: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What one source of metadata says of a report. `source` names it, as `Sourced` does."""

    source: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: When | None = None
    url: str | None = None
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report that can be read. `path` is None for standard input."""

    name: str
    path: Path | None
    media: Media
    manifest: Known | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """A report and the bytes that it came from."""

    report: Report
    original: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that gave no report, or a part of one that was not used, and why.

    `incidental` is true of a file that nobody named: it lies in a folder and is of no kind that
    is read.
    """

    name: str
    error: InputError
    incidental: bool = False

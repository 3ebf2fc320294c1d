"""Writing the record to files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from contested.cli.options import (
    CLAIM_STATUSES,
    INCIDENT_STATUSES,
    OUTPUT,
    AsOfOption,
    Filters,
    RecordOption,
    filtered,
    settings_of,
)
from contested.cli.output import note
from contested.cli.sources import opened
from contested.errors import RecordError, UsageError
from contested.model.query import Query
from contested.pipeline import Record
from contested.publish import EXPORTERS, Exporter, What, exporter
from contested.publish.exporter import Thing


class WhatName(StrEnum):
    """What can be exported, as a word of the command line."""

    CLAIMS = "claims"
    INCIDENTS = "incidents"
    FIGURES = "figures"
    GRADES = "grades"
    REPORTS = "reports"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested export --format csv -o tables/")(filtered(export))


def export(
    filters: Filters,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|FOLDER",
            help="A file, a folder (with one file for each), or - for standard output.",
            rich_help_panel=OUTPUT,
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"One of {', '.join(EXPORTERS)}.",
            rich_help_panel=OUTPUT,
        ),
    ] = "csv",
    what: Annotated[
        list[WhatName] | None,
        typer.Option(
            "--what",
            help="What to write. Default: incidents to a file, all to a folder.",
            rich_help_panel=OUTPUT,
            show_default=False,
        ),
    ] = None,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Write the record, or what the filters leave of it, to a file or a folder."""
    if not output:
        raise UsageError("--output is empty. Name a file, a folder, or - for standard output.")
    one = exporter(form)
    wanted: Sequence[What] = [word.value for word in what or ()]
    folder = output.endswith(("/", "\\")) or Path(output).is_dir()
    if not folder and len(wanted) > 1:
        raise UsageError(f"{output} is one file; name a folder (with / at its end) for several.")
    with opened(record, as_of=as_of) as source:
        if output == "-":
            kind = wanted[0] if wanted else "incidents"
            exporter(form, kind).write(kind, things(source, kind, filters), sys.stdout)
            return
        if folder:
            targets = [
                (kind, Path(output) / f"{kind}{one.suffix}") for kind in wanted or one.writes
            ]
        else:
            targets = [(wanted[0] if wanted else "incidents", Path(output))]
        place = settings_of(record).record
        if isinstance(place, Path):
            for _, path in targets:
                _spare(path, place)
        for kind, path in targets:
            _to_file(one, kind, source, filters, path)


def things(source: Record, what: What, filters: Filters) -> Iterable[Thing]:
    """What is to be written, of what the filters leave."""
    if what == "claims":
        return source.claims(_query(filters, CLAIM_STATUSES))
    if what == "reports":
        return (stored.report for stored in source.reports(_query(filters, INCIDENT_STATUSES)))
    return source.incidents(_query(filters, INCIDENT_STATUSES))


def _query(filters: Filters, statuses: tuple[str, ...]) -> Query:
    """A status that only others can have leaves these alone: `disputed` is none of claims."""
    return replace(filters, status=[s for s in filters.status or () if s in statuses]).query(
        statuses
    )


def _to_file(one: Exporter, what: What, source: Record, filters: Filters, path: Path) -> None:
    exporter(one.name, what)
    try:
        with _written(path) as out:
            rows = one.write(what, things(source, what, filters), out)
    except OSError as error:
        raise RecordError(f"{path} cannot be written ({error.strerror}). Name another.") from error
    note(f"{path}: {rows} {what}")


def _spare(path: Path, record: Path) -> None:
    """Raise UsageError where `path` is the record itself or one of the files beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        own = Path(f"{record}{suffix}")
        same = os.path.realpath(path) == os.path.realpath(own)
        with suppress(OSError, ValueError):
            same = same or path.samefile(own)
        if same:
            raise UsageError(
                f"{path} is the record itself, which an export would overwrite. Name another file."
            )


@contextmanager
def _written(path: Path) -> Iterator[TextIO]:
    """What is written takes the place of `path` when it is whole; till then that stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    target = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    if target.exists():
        target.open("ab").close()  # raises PermissionError where it may not be written
    passing = target.with_name(f".contested-{os.getpid()}.part")
    try:
        with passing.open("w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            shutil.copymode(target, passing)
        passing.replace(target)
    finally:
        with suppress(OSError):  # where it is whole, it has gone to its place
            passing.unlink()

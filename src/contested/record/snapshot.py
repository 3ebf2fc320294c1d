"""A fingerprint of all that was current at a moment, by which a state of the record is cited.

Every report, claim and incident becomes one line of JSON, every line a SHA-256; the fingerprint is
the SHA-256 of these in ascending order. So neither the order of rows matters nor the database,
nor what is derived from the tables for speed (word indexes, columns to filter by): only what the
record says. Lines are read one after another and their hashes sorted in runs on disk, so that
memory does not grow with the record.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import Connection, Select, and_, select

from contested.model.ids import digest
from contested.record.codec import dump
from contested.record.current import current_incidents, current_runs
from contested.record.results import Fingerprint, Part
from contested.record.schema import claim, decision, extraction, incident_version, report_version

FORM = "contested snapshot 1"
"""Names the way in which this is computed; another way has another name and other hashes."""

RUN = 100_000
"""Hashes sorted at a time (32 bytes each, about 10 MB in memory)."""

_SIZE = 32
_ROWS = 1000


def fingerprint(connection: Connection, as_of: str | None = None) -> Fingerprint:
    """The SHA-256, in hexadecimal, of all that was current as of a moment, and of each part."""
    whole = hashlib.sha256(FORM.encode())
    sums = {section.__name__.strip("_"): _Sum() for section in SECTIONS}
    with ExitStack() as files:
        sorted_parts = [
            each.through(_ascending((_hash(line) for line in section(connection, as_of)), files))
            for section, each in zip(SECTIONS, sums.values(), strict=True)
        ]
        for each in heapq.merge(*sorted_parts):
            whole.update(each)
    return Fingerprint(
        sha256=whole.hexdigest(),
        parts={
            name: Part(number=each.number, sha256=each.sha256.hexdigest())
            for name, each in sums.items()
        },
    )


@dataclass(slots=True)
class _Sum:
    number: int = 0
    sha256: Any = field(default_factory=lambda: hashlib.sha256(FORM.encode()))

    def through(self, hashes: Iterable[bytes]) -> Iterator[bytes]:
        """The same hashes, counted and summed."""
        for each in hashes:
            self.number += 1
            self.sha256.update(each)
            yield each


def _hash(line: list[Any]) -> bytes:
    return hashlib.sha256(dump(line).encode()).digest()


def _ascending(hashes: Iterable[bytes], files: ExitStack) -> Iterator[bytes]:
    runs: list[Iterator[bytes]] = []
    held: list[bytes] = []
    for each in hashes:
        held.append(each)
        if len(held) == RUN:
            runs.append(_spilled(sorted(held), files))
            held = []
    return heapq.merge(*runs, sorted(held))


def _spilled(run: list[bytes], files: ExitStack) -> Iterator[bytes]:
    file = files.enter_context(TemporaryFile())  # noqa: SIM115 - closed by `files`
    file.writelines(run)
    file.seek(0)
    return _read(file)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while each := file.read(_SIZE):
        yield each


def _rows(connection: Connection, statement: Select[Any]) -> Iterator[Any]:
    with connection.execute(statement, execution_options={"yield_per": _ROWS}) as rows:
        yield from rows


def _versions(connection: Connection, as_of: str | None) -> Iterator[list[Any]]:
    """Every version of every report; of its text the hash as it is now, not as it was noted."""
    version = report_version.c
    statement = select(version.report, version.seq, version.text, version.captured_at)
    if as_of is not None:
        statement = statement.where(version.captured_at <= as_of)
    for row in _rows(connection, statement):
        yield ["version", row.report, row.seq, digest(row.text), row.captured_at]


def _readings(connection: Connection, as_of: str | None) -> Iterator[list[Any]]:
    """How every report was last read, and what is known about it."""
    runs = current_runs(as_of).subquery()
    run = extraction.c
    statement = select(
        run.report, run.seq, run.method, run.metadata.label("body"), run.notes, run.refused
    ).join(runs, runs.c.id == run.id)
    for row in _rows(connection, statement):
        yield ["reading", row.report, row.seq, row.method, row.body, row.notes, row.refused]


def _claims(connection: Connection, as_of: str | None) -> Iterator[list[Any]]:
    runs = current_runs(as_of).subquery()
    statement = select(runs.c.report, claim.c.id, claim.c.quote, claim.c.body).join(
        runs, runs.c.id == claim.c.extraction
    )
    for row in _rows(connection, statement):
        yield ["claim", row.report, row.id, row.quote, row.body]


def _incidents(connection: Connection, as_of: str | None) -> Iterator[list[Any]]:
    latest = current_incidents(as_of).subquery()
    statement = (
        select(incident_version.c.incident, incident_version.c.body)
        .join(
            latest,
            and_(
                latest.c.incident == incident_version.c.incident,
                latest.c.seq == incident_version.c.seq,
            ),
        )
        .where(incident_version.c.gone.is_(False))
    )
    for row in _rows(connection, statement):
        yield ["incident", row.incident, row.body]


def _decisions(connection: Connection, as_of: str | None) -> Iterator[list[Any]]:
    """Every decision, those that were undone as well."""
    statement = select(decision.c.id, decision.c.body)
    if as_of is not None:
        statement = statement.where(decision.c.at <= as_of)
    for row in _rows(connection, statement):
        yield ["decision", row.id, row.body]


Section = Callable[[Connection, str | None], Iterator[list[Any]]]
SECTIONS: list[Section] = [_versions, _readings, _claims, _incidents, _decisions]
"""What is hashed. A section without lines changes nothing, so that a kind of thing that an older
record does not have can be added without another `FORM`."""

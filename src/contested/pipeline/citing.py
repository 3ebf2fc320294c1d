"""A state of the record that can be cited, and found again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contested.errors import UsageError
from contested.location import Address
from contested.pipeline.moments import Asked, Moment, present, written
from contested.publish.words import numbered
from contested.record import Store, View

if TYPE_CHECKING:
    from contested.pipeline.facade import Record

_HASH = re.compile(r"(?:sha256:)?\b([0-9a-f]{64})\b")
_MOMENT = re.compile(r"\bas of (\S+?),")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the record held at the moment of the last thing that had entered it.

    `sha256` is over all that was current, see `contested.record.snapshot`. `cited` is the hash
    that it was to be compared with, if any, and `why_not` says in words why it may be another.
    """

    name: str
    at: dt.datetime
    reports: int
    claims: int
    incidents: int
    sha256: str
    cited: str | None = None
    why_not: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the hash is the one that was cited."""
        return self.cited == self.sha256

    @property
    def citation(self) -> str:
        """One line to cite."""
        return (
            f"Contested record {self.name}, as of {written(self.at)}, "
            f"{numbered(self.reports, 'report')}, {numbered(self.claims, 'claim')}, "
            f"{numbered(self.incidents, 'incident')}, sha256:{self.sha256}"
        )


def cited(words: str) -> tuple[str, str | None]:
    """The hash in `words`, which are that alone or a whole citation, and the citation's moment.

    Raises UsageError where there is none.
    """
    found = _HASH.findall(words.lower())
    if not found:
        raise UsageError(
            "--verify takes a hash of 64 hexadecimal digits (sha256:…) or a whole citation, as "
            "`contested snapshot` prints it."
        )
    moments = _MOMENT.findall(words)  # both stand last: a record's name may hold anything
    return found[-1], moments[-1] if moments else None


def snapshot(name: str, store: Store, moment: dt.datetime) -> Snapshot:
    """The snapshot of `moment`: at the last thing that entered by then, which no clock moves."""
    view = View(store, moment)
    span = view.span()
    at = span.last if span else moment
    counts = view.counts()
    return Snapshot(
        name=name,
        at=at,
        reports=counts.reports,
        claims=sum(counts.claims.values()),
        incidents=sum(counts.incidents.values()),
        sha256=view.fingerprint(),
    )


def name_of(store: Store) -> str:
    """What a record is called: its file, or on a server its database and, if given, its schema.

    Passwords and hosts are no part of it.
    """
    place = getattr(store, "location", None)
    if isinstance(place, Address):
        database = urlsplit(place.shown).path.strip("/")
        return ".".join(filter(None, (database, place.schema))) or "record"
    return Path(place or "record").stem


def cited_of(record: Record, moment: Moment | None, verify: str | None) -> Snapshot:
    """What `Record.snapshot` gives."""
    wanted, then = cited(verify) if verify is not None else (None, None)
    asked = moment if moment is not None else then
    store = record.store
    span = store.span()
    at = Asked.of(asked).within(span, present()) if asked is not None else None
    found = snapshot(name_of(store), store, at or (span.last if span else present()))
    if wanted is None:
        return found
    why = tuple(reasons(store, found, dated=asked is not None)) if wanted != found.sha256 else ()
    return replace(found, cited=wanted, why_not=why)


def reasons(store: Store, found: Snapshot, *, dated: bool) -> Iterator[str]:
    """Why the record may not be what was cited, the surest reason first."""
    yield f"Not the same: the record as of {written(found.at)} has sha256:{found.sha256}."
    damage = store.check()
    for problem in damage[:5]:
        yield f"The record has been changed from outside, or is damaged: {problem}"
    if damage:
        return
    if not dated:
        yield (
            "No moment was given, so this is the record as it is now. Give the moment that the "
            "citation names: --as-of 2026-11-21T09:30:00.000000Z."
        )
    yield (
        "Nothing in the record is damaged. See that it is the record that was cited (its name "
        "and counts), that the moment is the one cited to the last digit, and that the copy is "
        "whole; a hash made by another version of this program's snapshots cannot be compared."
    )

"""A state of the record that can be cited, and found again."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contested.errors import UsageError
from contested.location import Address
from contested.pipeline.moments import Asked, Moment, present, written
from contested.publish.words import numbered
from contested.record import Part, Store, View

if TYPE_CHECKING:
    from contested.pipeline.facade import Record

COUNTED = ("report", "claim", "incident", "decision")
_HASH = re.compile(r"(?:sha256:)?\b([0-9a-f]{64})\b")
_MOMENT = re.compile(r"\bas of (\S+?),")
_COUNT = re.compile(r"(?<=[ ,])([\d,]+) (report|claim|incident)s?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the record held at the moment of the last thing that had entered it.

    `sha256` is over all that was current, see `contested.record.snapshot`; `parts` are the same
    by kind (versions of reports, how each was read, claims, incidents, decisions). `cited` is the
    hash that it was to be compared with, if any; `why_not` says in words why it may be another.
    """

    name: str
    at: dt.datetime
    reports: int
    claims: int
    incidents: int
    decisions: int
    sha256: str
    parts: Mapping[str, Part]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a citation says: its hash, and where it says more, its moment, counts and parts."""

    sha256: str
    moment: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)


def cited(words: str) -> Cited:
    """What is in `words`: a hash alone, a whole citation, or the JSON of a snapshot.

    Raises UsageError where there is no hash.
    """
    if words.lstrip().startswith("{"):
        return _cited_in_json(words)
    found = _HASH.findall(words.strip().lower())
    if not found:
        raise UsageError(
            "--verify takes a hash of 64 hexadecimal digits (sha256:…) or a whole citation, as "
            "`contested snapshot` prints it."
        )
    moments = _MOMENT.findall(words)  # both stand last: a record's name may hold anything
    counts = {each[2]: int(each[1].replace(",", "")) for each in _COUNT.finditer(words)}
    return Cited(sha256=found[-1], moment=moments[-1] if moments else None, counts=counts)


def _cited_in_json(words: str) -> Cited:
    try:
        told = json.loads(words)
        parts = {name: Part(**each) for name, each in told.get("parts", {}).items()}
        counts = {name: int(told[f"{name}s"]) for name in COUNTED if f"{name}s" in told}
        return Cited(
            sha256=str(told["sha256"]).lower(), moment=told.get("at"), counts=counts, parts=parts
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            "--verify takes what `contested snapshot --format json` prints as a whole; this is "
            f"something else ({error})."
        ) from error


def snapshot(name: str, store: Store, moment: dt.datetime) -> Snapshot:
    """The snapshot of `moment`: at the last thing that entered by then, which no clock moves."""
    view = View(store, moment)
    span = view.span()
    at = span.last if span else moment
    counts, fingerprints = view.counts(), view.fingerprints()
    return Snapshot(
        name=name,
        at=at,
        reports=counts.reports,
        claims=sum(counts.claims.values()),
        incidents=sum(counts.incidents.values()),
        decisions=len(view.decisions()),
        sha256=fingerprints.sha256,
        parts=fingerprints.parts,
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
    wanted = cited(verify) if verify is not None else None
    then = wanted.moment if wanted else None
    asked = moment if moment is not None else then
    store = record.store
    span = store.span()
    at = Asked.of(asked).within(span, present()) if asked is not None else None
    found = snapshot(name_of(store), store, at or (span.last if span else present()))
    if wanted is None:
        return found
    why: tuple[str, ...] = ()
    if wanted.sha256 != found.sha256:
        why = tuple(reasons(store, found, wanted, dated=asked is not None))
    return replace(found, cited=wanted.sha256, why_not=why)


def differing(found: Snapshot, wanted: Cited) -> Iterator[str]:
    """Where the record and a citation differ, as far as the citation tells."""
    for name, cited_number in wanted.counts.items():
        number = getattr(found, f"{name}s")
        if number != cited_number:
            yield f"Cited were {numbered(cited_number, name)}; the record then had {number:,}."
    for name, part in wanted.parts.items():
        mine = found.parts.get(name)
        if mine != part:
            counts = f"cited {part.number:,}, here {mine.number if mine else 0:,}"
            yield f"Of its parts the {name} differ ({counts})."
        else:
            yield f"The {name} are the same ({part.number:,})."


def reasons(store: Store, found: Snapshot, wanted: Cited, *, dated: bool) -> Iterator[str]:
    """Why the record may not be what was cited, the surest reason first."""
    yield f"Not the same: the record as of {written(found.at)} has sha256:{found.sha256}."
    yield from differing(found, wanted)
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

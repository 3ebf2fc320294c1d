"""The history of the record on one incident: each version, and what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from contested.model import ActorRef, Incident, When, Where
from contested.pipeline.compare import GRADE, FieldChange, differing
from contested.pipeline.moments import written
from contested.publish.words import phrase
from contested.record import IncidentVersion
from contested.serve import words
from contested.serve.source import Source

QUIET = frozenset({"why", "decisions", "voices", "accounts"})
"""Fields of which it is enough to say that they changed."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What the record said of the incident from a moment on; `address` shows it as it was."""

    at: str
    address: str
    status: str
    told: str
    changes: tuple[str, ...]
    claims: int
    shown: bool


def versions(
    source: Source, found: Sequence[IncidentVersion], shown: int
) -> tuple[VersionRow, ...]:
    """Every version in its order; `shown` is the number of the one on the page."""
    before = [None, *(version.incident for version in found[:-1])]
    return tuple(
        VersionRow(
            at=version.at.strftime("%Y-%m-%d %H:%M UTC"),
            address=f"/incidents/{version.incident.id}?as_of={quote(written(version.at))}",
            status="denied" if version.gone else version.incident.status,
            told="no longer derived"
            if version.gone
            else words.told(version.incident, source.actor_name),
            changes=() if version.gone else tuple(changed(source, former, version.incident)),
            claims=len(version.incident.claims),
            shown=version.seq == shown,
        )
        for former, version in zip(before, found, strict=True)
    )


def changed(source: Source, before: Incident | None, after: Incident) -> list[str]:
    """What differs between two states, in words."""
    if before is None:
        return []
    out = []
    fewer = len(set(before.claims) - set(after.claims))
    more = len(set(after.claims) - set(before.claims))
    if more or fewer:
        parts = (f"{more} came" if more else "", f"{fewer} went" if fewer else "")
        out.append(f"claims: {', '.join(filter(None, parts))}")
    found = differing(before, after)
    out += [
        f"{one.field.replace('_', ' ').replace('.', ', ')}: {was} → {now}"
        for one in found
        if one.field not in QUIET and not one.field.startswith(GRADE) and not _follows(one)
        for was, now in [(_value(source, one.before), _value(source, one.after))]
        if was != now
    ]
    quiet = [one.field for one in found if one.field in QUIET]
    if quiet:
        out.append(f"also changed: {', '.join(quiet)}")
    return out


def _follows(one: FieldChange) -> bool:
    """Whether it only goes with a toll that is new, or gone: its best says that already."""
    part = one.field.rpartition(".")[2]
    return part in ("low", "high", "disputed", "rule") and None in (one.before, one.after)


def _value(source: Source, value: Any) -> str:
    match value:
        case None | ():
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case When():
            return words.date_in_words(value)
        case Where():
            return words.place_in_full(value)
        case ActorRef():
            return words.names_of([value], source.actor_name)
        case tuple():
            return words.listed(_value(source, each) for each in value)
        case str():
            known = value in source.record.world.actors
            return source.actor_name(value) if known else phrase(value)
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def last_before(found: Sequence[IncidentVersion], shown: Incident) -> int:
    """The number of the version that `shown` is."""
    fit = [version.seq for version in found if version.incident == shown]
    return fit[-1] if fit else found[-1].seq

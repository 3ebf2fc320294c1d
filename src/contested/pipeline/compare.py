"""What is different between two states of one incident, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from contested.model import Incident

APART = frozenset(
    {"id", "as_of", "claims", "reports", "casualties", "responsibility", "origins", "grades"}
)
"""Fields that are no value of their own, or are taken apart below."""

GRADE = "grade."
"""Before the id of a claim: its letter and number. One that came or went is no change of it."""

NUMBERS = ("low", "best", "high")
"""The numbers of a toll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One value that changed; null where there was, or is, none.

    `field` is a name of the incident's, or for a figure of its toll such as
    ``killed.security_forces.best``; for a number of the toll `claims` are those that say it.
    """

    field: str
    before: Any
    after: Any
    claims: tuple[str, ...] = ()


def values(incident: Incident) -> dict[str, Any]:
    """Everything that an incident says, by name; what a later field says is there too."""
    found = {
        field.name: getattr(incident, field.name)
        for field in fields(incident)
        if field.name not in APART
    }
    found["responsibility"] = incident.responsibility.state
    found["responsible"] = incident.responsibility.actors
    found["voices"] = incident.responsibility.according_to
    found["origins"] = len(incident.origins)
    found |= {f"{GRADE}{grade.claim}": grade.code for grade in incident.grades}
    for toll in incident.casualties:
        for name in (*NUMBERS, "disputed", "rule"):
            found[f"{toll.effect}.{toll.victims}.{name}"] = getattr(toll, name)
    return found


def differing(before: Incident | None, after: Incident | None) -> tuple[FieldChange, ...]:
    """The values that differ, in the order of the incident's fields; none where one is missing."""
    if before is None or after is None:
        return ()
    said = _sayings(after)
    return tuple(_differing(values(before), values(after), said))


def _differing(
    before: dict[str, Any], after: dict[str, Any], said: Mapping[tuple[str, Any], tuple[str, ...]]
) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*after, *before)):
        one, other = before.get(name), after.get(name)
        if one == other or (name.startswith(GRADE) and None in (one, other)):
            continue
        toll, _, part = name.rpartition(".")
        claims = said.get((toll, other), ()) if part in NUMBERS else ()
        yield FieldChange(field=name, before=one, after=other, claims=claims)


def _sayings(incident: Incident) -> dict[tuple[str, Any], tuple[str, ...]]:
    """For each toll and number, the claims that say it."""
    found: dict[tuple[str, Any], tuple[str, ...]] = {}
    for toll in incident.casualties:
        for figure in toll.according_to:
            for number in {figure.count.low, figure.count.high}:
                if number is not None:
                    key = (f"{toll.effect}.{toll.victims}", number)
                    found[key] = (*found.get(key, ()), *figure.claims)
    return found


def rules(incident: Incident | None) -> frozenset[str]:
    """The rules by which its figures are derived."""
    return frozenset(toll.rule for toll in incident.casualties) if incident else frozenset()

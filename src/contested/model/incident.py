"""Incidents: claims about one happening, gathered, with the dispute kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from contested.model.terms import (
    Effect,
    IncidentStatus,
    ResponsibilityAct,
    ResponsibilityState,
    Stance,
    Victims,
)
from contested.model.values import ActorRef, Count, Speaker, When, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that somebody gave, with its speaker, its origin and its claims."""

    count: Count
    speakers: tuple[Speaker, ...]
    stance: Stance
    said: str | None
    origin: str
    claims: tuple[str, ...]
    victims_as_written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Everything said of one effect on one class of victims.

    `low`, `best` and `high` are derived by the named `rule`; `best` is null where no credible
    voice gave a number. `disputed` is true where two origins' figures cannot both hold.
    """

    effect: Effect
    victims: Victims
    low: int | None
    best: int | None
    high: int | None
    rule: str
    disputed: bool
    according_to: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one speaker said about who did it."""

    act: ResponsibilityAct
    actor: str | None
    speakers: tuple[Speaker, ...]
    stance: Stance
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who is responsible, as far as anybody says."""

    state: ResponsibilityState
    actors: tuple[str, ...] = ()
    according_to: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReason:
    """Why two claims were taken for one happening: what agreed, and by how much.

    `weight` is log2 of the odds that this agreement adds (Fellegi and Sunter, 1969).
    """

    claim: str
    with_claim: str
    evidence: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where claims ultimately come from, and the reports that carry it."""

    id: str
    name: str
    why: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims about one happening. Derived: every value names the claims it comes from."""

    id: str
    type: str
    where: Where | None
    when: When | None
    initiators: tuple[ActorRef, ...]
    targets: tuple[ActorRef, ...]
    status: IncidentStatus
    casualties: tuple[Toll, ...]
    responsibility: Responsibility
    reports: tuple[str, ...]
    origins: tuple[Origin, ...]
    claims: tuple[str, ...]
    why: tuple[MatchReason, ...]
    as_of: str
    accounts: tuple[str, ...] = ()
    """Words on what the accounts disagree about: place, day, sides, toll."""
    decisions: tuple[str, ...] = ()
    """Ids of the decisions that hold and bear on it or on a claim of it."""

    @property
    def disputed(self) -> bool:
        """Whether accounts of it cannot all hold."""
        return self.status == "disputed"


incident_adapter: TypeAdapter[Incident] = TypeAdapter(Incident)
"""Reads incidents from plain data and prints their JSON Schema."""


def incident_from_plain(data: dict[str, Any]) -> Incident:
    """The incident that `to_plain` wrote. Raises pydantic.ValidationError on a wrong shape."""
    return incident_adapter.validate_python(data)

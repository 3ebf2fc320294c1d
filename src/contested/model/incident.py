"""Incidents: claims about one happening, gathered, with the dispute kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from contested.model.terms import (
    Channel,
    Credibility,
    Disagreement,
    Effect,
    IncidentStatus,
    Relation,
    ReliabilityLetter,
    ResponsibilityAct,
    ResponsibilityState,
    Stance,
    Victims,
)
from contested.model.values import ActorRef, Count, Speaker, When, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that somebody gave, with its speaker, its origin and its claims.

    `count` is of these victims alone. Where the voice's number held others too, `stated` is what
    it said and `arithmetic` says in words how `count` comes from it. `part` is true where another
    voice's whole holds these people already. `relation` is how the speaker stands to the victims:
    they are its ``own``, its ``enemy``'s, civilians whom it is said to have harmed
    (``perpetrator``) or whom its enemy is said to have harmed (``opponent``), or none of these.
    """

    count: Count
    speakers: tuple[Speaker, ...]
    stance: Stance
    said: str | None
    origin: str
    claims: tuple[str, ...]
    victims_as_written: str = ""
    side: str | None = None
    relation: Relation = "neutral"
    reliability: ReliabilityLetter = "F"
    credibility: Credibility = 6
    stated: Count | None = None
    arithmetic: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Everything said of one effect on one class of victims.

    `low`, `best` and `high` are derived by the named `rule`; `because` says in words how `best`
    was. It is null where no credible voice gave a number. `disagreement` tells a toll that
    ``rose`` or ``fell`` from one that is ``disputed``, and `moves` says so in words; `disputed` is
    true for the last only. `attackers` is true where the victims are of the attacking side.
    `interval` is given by rules that estimate: 90 % of the probability lies in it. `notes` say
    what the numbers hold or leave out.
    """

    effect: Effect
    victims: Victims
    low: int | None
    best: int | None
    high: int | None
    rule: str
    disputed: bool
    according_to: tuple[Figure, ...]
    because: str = ""
    disagreement: Disagreement = "none"
    moves: str = ""
    attackers: bool = False
    interval: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one speaker said about who did it, when, and through which channel.

    `person` and `role` are of whoever spoke; `speaks_for` is the actor for which. `own` is true
    where the actor speaks of its own deed: a government that says that a group did not do it
    gives an opinion, which is no denial by the group.
    """

    act: ResponsibilityAct
    actor: str | None
    speakers: tuple[Speaker, ...]
    stance: Stance
    claims: tuple[str, ...]
    said: str | None = None
    channel: Channel = "unknown"
    channel_as_written: str = ""
    person: str = ""
    role: str = ""
    speaks_for: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front name that was used, what it is a front of, and according to whom."""

    actor: str
    of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who is responsible, as far as anybody says.

    `accounts` says in words which voices cannot both hold, who withdrew what, and which name is
    a front; `retracted` names the actors that took back what they said.
    """

    state: ResponsibilityState
    actors: tuple[str, ...] = ()
    according_to: tuple[Voice, ...] = ()
    accounts: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    fronts: tuple[Front, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How far one claim may be relied on, on the two scales of the Admiralty code.

    `reliability` is of the source `subject` (A to F), `credibility` of the claim in the light of
    the others (1 to 6); neither is computed from the other. Why a source has its letter is a
    matter of the source; why the claim has its number stands here. Both say who set them.
    """

    claim: str
    subject: str
    reliability: ReliabilityLetter
    reliability_by: str
    credibility: Credibility
    credibility_because: str
    credibility_by: str

    @property
    def code(self) -> str:
        """Both signs, as in ``F3``."""
        return f"{self.reliability}{self.credibility}"


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
    """Words on what the accounts disagree about: place, day, sides, toll, who did it."""
    grades: tuple[Grade, ...] = ()
    """How far each claim may be relied on."""
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

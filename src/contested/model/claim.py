"""Claims: one thing that a report says, with its passage, its speakers and its stance.

The shape is the contract of docs/claims.md. A claim is made from a `Passage`, which only a
report can make, so that its quote is the report's own text; `admit` checks it again for claims
that come from a file, a model or a language model.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from contested.errors import PassageError
from contested.model.ids import short_id
from contested.model.report import Passage, Report
from contested.model.terms import (
    AgreementAct,
    AgreementType,
    Direction,
    Effect,
    PositionAct,
    RelationName,
    ResponsibilityAct,
    Role,
    Stance,
    StatementAct,
    Status,
    Victims,
)
from contested.model.values import ActorRef, Count, Money, ResponseTo, Speaker, When, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseClaim:
    """What every claim has. Use `make` to build one: it gives the stable id.

    `carried` names the fields whose value does not stand in the passage but comes from the
    claim that `event_ref` names, told a sentence or two before. `decisions` are the ids of the
    decisions by which a person corrected it.
    """

    id: str
    report: str
    name: str
    start: int
    end: int
    quote: str
    speakers: tuple[Speaker, ...] = ()
    stance: Stance = "asserts"
    status: Status = "occurred"
    event_ref: str | None = None
    carried: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    method: str
    confidence: float

    def __post_init__(self) -> None:
        if not self.quote or len(self.quote) != self.end - self.start:
            raise PassageError(
                f"{self.name}: a claim needs the words of its passage; characters {self.start} to "
                f"{self.end} do not fit a quote of {len(self.quote)}. Extract the report again."
            )
        if not 0.0 <= self.confidence <= 1.0:
            raise PassageError(f"{self.name}: confidence {self.confidence} is no probability.")

    @property
    def voice(self) -> Speaker | None:
        """The last speaker, closest to the content; null if the outlet speaks for itself."""
        return self.speakers[-1] if self.speakers else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim(BaseClaim):
    """Something happened (or is threatened, planned, denied) between initiators and targets."""

    kind: Literal["event"] = "event"
    type: str
    initiators: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    where: Where | None = None
    when: When | None = None
    weapons: tuple[str, ...] = ()
    in_response_to: ResponseTo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasualtiesClaim(BaseClaim):
    """How many of whom were harmed, and how.

    `part_of` is the claim whose number holds these people ("nine dead, including three
    attackers").
    """

    kind: Literal["casualties"] = "casualties"
    effect: Effect
    count: Count
    victims: Victims
    side: str | None = None
    victims_as_written: str = ""
    part_of: str | None = None
    where: Where | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityClaim(BaseClaim):
    """Who is said, or says, to have done it."""

    kind: Literal["responsibility"] = "responsibility"
    act: ResponsibilityAct
    actor: str | None = None
    actor_as_written: str = ""
    where: Where | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticClaim(BaseClaim):
    """A counted total, a change or a rank over a period."""

    kind: Literal["statistic"] = "statistic"
    measure: str
    count: Count | None = None
    change_percent: float | None = None
    direction: Direction | None = None
    period: When | None = None
    where: Where | None = None
    actor: str | None = None
    victims: Victims | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationClaim(BaseClaim):
    """How two actors stand to each other."""

    kind: Literal["relation"] = "relation"
    subject: ActorRef
    relation: RelationName
    object: ActorRef
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementClaim(BaseClaim):
    """A ceasefire, talks or another arrangement, and what became of it."""

    kind: Literal["agreement"] = "agreement"
    type: AgreementType
    act: AgreementAct
    parties: tuple[ActorRef, ...] = ()
    mediators: tuple[ActorRef, ...] = ()
    when: When | None = None
    duration_days: float | None = None
    where: Where | None = None
    in_response_to: ResponseTo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementClaim(BaseClaim):
    """Somebody in a public role does something with words."""

    kind: Literal["statement"] = "statement"
    act: StatementAct
    by: ActorRef
    addressees: tuple[ActorRef, ...] = ()
    about: str = ""
    when: When | None = None
    amount: Money | None = None
    in_response_to: ResponseTo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionClaim(BaseClaim):
    """Who holds, gets or loses which public role."""

    kind: Literal["position"] = "position"
    person: str
    role: Role
    organisation: str | None = None
    organisation_as_written: str = ""
    act: PositionAct
    when: When | None = None


Claim = (
    EventClaim
    | CasualtiesClaim
    | ResponsibilityClaim
    | StatisticClaim
    | RelationClaim
    | AgreementClaim
    | StatementClaim
    | PositionClaim
)

CLAIM_TYPES: dict[str, type[Claim]] = {
    "event": EventClaim,
    "casualties": CasualtiesClaim,
    "responsibility": ResponsibilityClaim,
    "statistic": StatisticClaim,
    "relation": RelationClaim,
    "agreement": AgreementClaim,
    "statement": StatementClaim,
    "position": PositionClaim,
}

claim_adapter: TypeAdapter[Claim] = TypeAdapter(Annotated[Claim, Field(discriminator="kind")])
"""Reads claims from plain data and prints their JSON Schema."""

_UNIDENTIFYING = {"id", "report", "name", "quote", "method", "confidence", "event_ref", "part_of"}


def claim_id(kind: str, passage: Passage, values: dict[str, Any]) -> str:
    """Id from the report, the passage's words and the coded values, not from how it was found.

    The report's id comes from its address or its text, so that the same report gives the same
    ids on every machine, two reports with one sentence in common keep their own, and a claim
    keeps its id when another paragraph of its page changes. References to other claims,
    method and confidence do not enter: a better linker or a new confidence does not rename it.
    """
    coded = sorted(
        (key, repr(value if not isinstance(value, ResponseTo) else value.as_written))
        for key, value in values.items()
        if key not in _UNIDENTIFYING and value not in (None, (), "")
    )
    return short_id("c", kind, passage.report, passage.quote, coded)


def make(kind: str, passage: Passage, *, method: str, confidence: float, **values: Any) -> Claim:
    """Build a claim of `kind` on `passage` with its stable id (see `claim_id`).

    Raises TypeError for a value the kind does not have.
    """
    return CLAIM_TYPES[kind](
        id=claim_id(kind, passage, values),
        report=passage.report,
        name=passage.name,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        method=method,
        confidence=round(confidence, 4),
        **values,
    )


def admit(report: Report, claims: Iterable[Claim]) -> tuple[list[Claim], list[str]]:
    """The passage gate: keep claims whose quote is the report's text, say why others are not.

    Claims are renamed to the report's id, doubled ids are dropped silently (the same claim
    found twice is one), and references to claims that were dropped become null.
    """
    kept: dict[str, Claim] = {}
    refused: list[str] = []
    for claim in claims:
        if report.text[claim.start : claim.end] != claim.quote:
            refused.append(
                f"{report.name}: no passage {claim.start}-{claim.end} reads {claim.quote[:60]!r}"
            )
        elif claim.id not in kept:
            same = claim.report == report.id and claim.name == report.name
            kept[claim.id] = claim if same else replace(claim, report=report.id, name=report.name)
    for claim in list(kept.values()):
        if claim.event_ref is not None and claim.event_ref not in kept:
            kept[claim.id] = replace(claim, event_ref=None)
    for claim in list(kept.values()):
        whole = claim.part_of if isinstance(claim, CasualtiesClaim) else None
        if isinstance(claim, CasualtiesClaim) and whole is not None and whole not in kept:
            kept[claim.id] = replace(claim, part_of=None)
    return list(kept.values()), refused


def to_plain(value: Any) -> Any:
    """A claim, incident or value as plain dicts, lists and scalars, ready for JSON."""
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    if hasattr(value, "__dataclass_fields__"):
        return {name: to_plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    return value


_SCALARS = frozenset((str, int, float, bool, type(None)))


@lru_cache(maxsize=256)
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def from_plain(data: dict[str, Any]) -> Claim:
    """The claim that `to_plain` wrote. Raises pydantic.ValidationError on a wrong shape."""
    return claim_adapter.validate_python(data)


def claim_from_json(text: str) -> Claim:
    """The claim of a JSON object. Raises pydantic.ValidationError on a wrong shape."""
    return claim_adapter.validate_json(text)

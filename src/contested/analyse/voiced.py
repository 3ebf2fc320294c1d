"""What is said of a tie between two actors: by whom, how, when, and what that makes of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.analyse.bodies import Bodies
from contested.analyse.figures import speaker_of
from contested.errors import UsageError
from contested.model import AgreementClaim, Claim, EventClaim, RelationClaim, When
from contested.model.terms import Stance

Standing = Literal["asserted", "by a party", "alleged", "disputed", "denied"]
REAL = ("occurred", "ongoing")
QUOTE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How likely a tie holds by how it stands. Conventions, not measurements; each can be set.

    `party` where only parties to the conflict assert it, `disputed` where somebody denies it,
    `alleged` where it is only alleged or unconfirmed. What is asserted by anybody else and
    denied by none holds; what nobody asserts does not. Each is multiplied by the probability
    that the passages were read rightly. Raises UsageError for what is no probability.
    """

    party: float = 0.7
    disputed: float = 0.5
    alleged: float = 0.5

    def __post_init__(self) -> None:
        for name in ("party", "disputed", "alleged"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise UsageError(f"A chance of {value:g} for {name}: give 0 to 1.")

    def of(self, standing: Standing) -> float:
        """The chance of a tie that stands so, if the passages were read rightly."""
        known = {"by a party": self.party, "disputed": self.disputed, "alleged": self.alleged}
        return {"asserted": 1.0, "denied": 0.0}.get(standing, known.get(standing, 1.0))

    def words(self) -> str:
        """The assumption in a sentence."""
        return (
            f"A tie that only parties to the conflict assert holds with chance {self.party:g}, one "
            f"that is asserted and denied with {self.disputed:g}, one that is only alleged with "
            f"{self.alleged:g} (conventions that can be set), each times the probability that its "
            "passages were read rightly."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim on a tie. `voice` is the actor that speaks, or what kind of voice it is.

    `party` is true where that actor is a party to the conflict. `said` is the day on which the
    report was published, null where it is undated; `when` the EDTF time that the claim tells.
    """

    stance: Stance
    voice: str
    party: bool
    claim: str
    report: str
    said: str | None
    when: str | None
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How what is said of one tie adds up."""

    standing: Standing
    chance: float
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]


def said(
    claim: Claim,
    when: When | None,
    published: Mapping[str, When | None],
    bodies: Bodies,
    parties: frozenset[str],
) -> Said:
    """A claim as something said of a tie."""
    day = published.get(claim.report)
    speaker = bodies.speaker(claim.speakers)
    last = claim.voice
    return Said(
        stance=claim.stance,
        voice=speaker or speaker_of(claim.speakers),
        party=speaker in parties or (last is not None and last.kind == "party"),
        claim=claim.id,
        report=claim.report,
        said=day.earliest if day else None,
        when=when.edtf if when else None,
        quote=claim.quote if len(claim.quote) <= QUOTE else claim.quote[: QUOTE - 1] + "…",
        confidence=claim.confidence,
    )


def reading(what: Sequence[Said], odds: Odds) -> Reading:
    """Who asserts and who denies it, how it stands, and with which chance it holds."""
    yes = [one for one in what if one.stance != "denies"]
    no = [one for one in what if one.stance == "denies"]
    standing = _standing(yes, no)
    right = 1 - math.prod(1 - one.confidence for one in yes)
    return Reading(
        standing,
        round(odds.of(standing) * right, 4) if yes else 0.0,
        tuple(dict.fromkeys(one.voice for one in yes)),
        tuple(dict.fromkeys(one.voice for one in no)),
    )


def _standing(yes: Sequence[Said], no: Sequence[Said]) -> Standing:
    if not yes:
        return "denied"
    if no:
        return "disputed"
    firm = [one for one in yes if one.stance == "asserts"]
    if not firm:
        return "alleged"
    return "by a party" if all(one.party for one in firm) else "asserted"


def parties_of(claims: Iterable[Claim], bodies: Bodies) -> frozenset[str]:
    """Who fights or made terms in the record: initiators and targets of what happened, ends of
    ties of war and rivalry, parties of agreements. Words that are no known actor are none."""
    found: set[str] = set()
    for claim in claims:
        if isinstance(claim, EventClaim):
            found.update(bodies.of_all((*claim.initiators, *claim.targets)))
        elif isinstance(claim, AgreementClaim):
            found.update(bodies.of_all(claim.parties))
        elif isinstance(claim, RelationClaim) and claim.relation in ("at_war_with", "rival_of"):
            found.update(bodies.of_all((claim.subject, claim.object)))
    return frozenset(node for node in found if bodies.is_known(node))


def in_time(
    when: When | None, published: When | None, since: str | None, until: str | None
) -> bool:
    """Whether a tie may have held in the time asked for (ISO days, both included).

    What a report tells without a date is placed on the day on which the report was published;
    with neither, it is in no time but all of it.
    """
    if since is None and until is None:
        return True
    placed = when if when and (when.earliest or when.latest) else published
    if placed is None or (placed.earliest is None and placed.latest is None):
        return False
    ends = placed.latest is None or since is None or placed.latest >= since
    begins = placed.earliest is None or until is None or placed.earliest <= until
    return ends and begins

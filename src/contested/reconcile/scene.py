"""What the figures and voices of one incident are judged by: sides, sources, decisions, rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from contested.model import CasualtiesClaim, Claim, EventClaim, Report
from contested.model.ratings import Judgements
from contested.model.rules import DEFAULT_RULE, check_rule
from contested.model.terms import Relation
from contested.reconcile.origins import Origins
from contested.reconcile.sources import Sources
from contested.world import Ratings, World

if TYPE_CHECKING:
    from contested.reconcile.party_bias import Biases

ARMED = frozenset({"armed_group", "faction", "front", "media_wing"})
SIDELESS = frozenset({"outlet", "witness", "anonymous", "independent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How tolls and responsibility are derived: the rule, people's decisions, learnt biases.

    `ratings` are shared by all incidents of a run; without them each scene makes its own.

    `rule` is one of `contested.model.rules.RULES`; UsageError is raised for another.
    """

    rule: str = DEFAULT_RULE
    judgements: Judgements = field(default_factory=Judgements)
    biases: Biases | None = None
    ratings: Ratings | None = None

    def __post_init__(self) -> None:
        check_rule(self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One incident's sides, with all that its claims are judged by.

    `initiators`, `targets` and `sides` (of victims) are the states and groups at the top of
    whatever the accounts name; `state` is that of the place.
    """

    world: World
    origins: Origins
    reports: Mapping[str, Report]
    ratings: Ratings
    options: Options
    initiators: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    state: str | None = None

    @property
    def parties(self) -> frozenset[str]:
        """Everybody who is said to have fought."""
        return self.initiators | self.targets | self.sides

    def root(self, actor: str) -> str:
        """The state or group at the top of what an actor belongs to."""
        return self.world.ancestors(actor)[-1] if actor in self.world.actors else actor

    def is_armed(self, actor: str) -> bool:
        """Whether an actor is an armed group or part of one."""
        known = self.world.actors.get(self.root(actor))
        return known is not None and known.kind in ARMED

    def said(self, claim: Claim) -> str | None:
        """When a claim was said: when its report was published (EDTF)."""
        report = self.reports.get(claim.report)
        return report.published.edtf if report is not None and report.published else None

    def name(self, claim: Claim) -> str:
        """Whoever says it, in a word or two."""
        if claim.voice is not None:
            return claim.voice.name
        report = self.reports.get(claim.report)
        return report.outlet.value if report is not None and report.outlet else claim.name

    def camp(self, claim: Claim) -> str:
        """For whom a voice stands: a state or group; empty for witnesses, outlets and the like.

        An official of no known body stands for the state in which it happened.
        """
        voice = claim.voice
        if voice is None or voice.kind in SIDELESS:
            return ""
        if voice.actor:
            return self.root(voice.actor)
        return self.state or "" if voice.kind == "official" else ""

    def has_stake(self, claim: Claim) -> bool:
        """Whether its voice stands for a party, or for the state in which it happened."""
        mine = self.camp(claim)
        return bool(mine) and (mine in self.parties or mine == self.state or self.is_armed(mine))

    def relation(self, claim: CasualtiesClaim) -> Relation:
        """How whoever gives a figure stands to the victims."""
        mine = self.camp(claim)
        if not mine:
            return "neutral"
        if claim.victims == "civilians" and not claim.side:
            if mine in self.initiators:
                return "perpetrator"
            return "opponent" if self.initiators and self.has_stake(claim) else "neutral"
        owners = self._owners(claim)
        if mine in owners:
            return "own"
        return "enemy" if owners and self.has_stake(claim) else "neutral"

    def _owners(self, claim: CasualtiesClaim) -> frozenset[str]:
        """Whose people the victims are: as written, else by their class."""
        if claim.side:
            return frozenset({self.root(claim.side)})
        armed = frozenset(a for a in self.parties if self.is_armed(a))
        if claim.victims == "militants":
            return armed or self._speaking_group(claim)
        if claim.victims == "security_forces":
            states = self.parties - armed
            return states or frozenset({self.state} if self.state else ())
        return frozenset()

    def _speaking_group(self, claim: CasualtiesClaim) -> frozenset[str]:
        """No account names a group: fighters whom a group counts are most likely its own; whom
        anybody else counts belong to nobody known."""
        voice = claim.voice
        if voice is not None and voice.actor and self.is_armed(voice.actor):
            return frozenset({self.root(voice.actor)})
        return frozenset({"?"})


def scene_of(claims: Sequence[Claim], sources: Sources, options: Options) -> Scene:
    """The scene that the claims of one incident set."""
    world = sources.world
    scene = Scene(
        world=world,
        origins=sources.origins,
        reports=sources.reports,
        ratings=options.ratings or Ratings(world, options.judgements.reliability),
        options=options,
    )
    events = [c for c in claims if isinstance(c, EventClaim)]
    sides = {c.side for c in claims if isinstance(c, CasualtiesClaim) and c.side}
    countries = {w.country for c in claims if (w := getattr(c, "where", None)) and w.country}
    return replace(
        scene,
        initiators=frozenset(scene.root(r.actor) for e in events for r in e.initiators if r.actor),
        targets=frozenset(scene.root(r.actor) for e in events for r in e.targets if r.actor),
        sides=frozenset(scene.root(side) for side in sides),
        state=world.state_of(next(iter(countries))) if len(countries) == 1 else None,
    )

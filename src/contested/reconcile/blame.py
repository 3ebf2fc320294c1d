"""Responsibility for an incident, as exactly who said what."""

from __future__ import annotations

from collections.abc import Sequence

from contested.model import EventClaim, Responsibility, ResponsibilityClaim, Voice
from contested.model.terms import ResponsibilityState
from contested.world import World


def responsibility(
    claims: Sequence[ResponsibilityClaim], events: Sequence[EventClaim], world: World
) -> Responsibility:
    """The state of responsibility and every voice on it.

    ``claimed``: one group says it did it and nobody of it denies; ``competing``: two groups
    claim it, or a group both claims and denies; ``denied``: blamed or suspected, and denied;
    ``attributed``: others say who did it; ``unclaimed``: a report says that nobody has claimed.
    """
    voices = tuple(
        Voice(act=c.act, actor=c.actor, speakers=c.speakers, stance=c.stance, claims=(c.id,))
        for c in claims
    )
    claimed = {_root(c.actor, world) for c in claims if c.act == "claims" and c.actor}
    denied = {_root(c.actor, world) for c in claims if c.act == "denies" and c.actor}
    blamed = {c.actor for c in claims if c.act == "is_blamed" and c.actor}
    told = {r.actor for e in events for r in e.initiators if r.actor}
    state: ResponsibilityState
    if len(claimed) > 1 or claimed & denied:
        state = "competing"
    elif claimed:
        state = "claimed"
    elif denied:
        state = "denied"
    elif blamed or told:
        state = "attributed"
    elif any(c.act == "unclaimed" for c in claims):
        state = "unclaimed"
    else:
        state = "unknown"
    actors = {c.actor for c in claims if c.act == "claims" and c.actor} or blamed or told or denied
    return Responsibility(
        state=state, actors=tuple(sorted(a for a in actors if a)), according_to=voices
    )


def _root(actor: str, world: World) -> str:
    return world.ancestors(actor)[-1] if actor in world.actors else actor

"""What a claim says, in words made from its fields: never the names of the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import singledispatch

from contested.model import (
    ActorRef,
    AgreementClaim,
    CasualtiesClaim,
    Claim,
    EventClaim,
    PositionClaim,
    RelationClaim,
    ResponsibilityClaim,
    StatementClaim,
    StatisticClaim,
    When,
)
from contested.publish.words import (
    actors_in_words,
    count_in_words,
    phrase,
    place_in_words,
    quoted,
    time_in_words,
    victims_in_words,
)

Name = Callable[[str], str]
"""Gives the name of an actor's or a type's id."""
_ACTS = {
    "claims": "claims to have done it",
    "denies": "denies to have done it",
    "is_blamed": "is blamed for it",
}


def claim_in_words(
    claim: Claim,
    name: Name = str,
    day: Callable[[When], str] = time_in_words,
) -> str:
    """What is claimed, with place and time: ``11 soldiers killed, Kurram (PK), 8 October``.

    `name` gives the names of actors, `day` writes times. Who says it, and whether it is denied,
    stands elsewhere.
    """
    words = [_told(claim, name)]
    where = getattr(claim, "where", None)
    when = getattr(claim, "when", None) or getattr(claim, "period", None)
    if where:
        words.append(place_in_words(where))
    if when:
        words.append(day(when))
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


@singledispatch
def _told(claim: Claim, name: Name) -> str:  # noqa: ARG001 - those of the kinds need it
    raise TypeError(f"{type(claim).__name__} has no words.")


@_told.register
def _(claim: EventClaim, name: Name) -> str:
    status = "" if claim.status == "occurred" else f" ({phrase(claim.status)})"
    by, against = actors_in_words(claim.initiators, name), actors_in_words(claim.targets, name)
    sides = (f" by {by}" if by else "") + (f" against {against}" if against else "")
    weapons = f", with {', '.join(map(phrase, claim.weapons))}" if claim.weapons else ""
    return f"{phrase(claim.type)}{status}{sides}{weapons}"


@_told.register
def _(claim: CasualtiesClaim, name: Name) -> str:
    one = claim.count.low if claim.count.low == claim.count.high else None
    who = victims_in_words(claim.victims, one)
    side = f" of {name(claim.side)}" if claim.side else ""
    part = ", as part of a larger number" if claim.part_of else ""
    return f"{count_in_words(claim.count)} {who}{side} {phrase(claim.effect)}{part}"


@_told.register
def _(claim: ResponsibilityClaim, name: Name) -> str:
    if claim.act == "unclaimed":
        return "nobody has claimed it"
    who = name(claim.actor) if claim.actor else quoted(claim.actor_as_written or "somebody")
    return f"{who} {_ACTS[claim.act]}"


@_told.register
def _(claim: StatisticClaim, name: Name) -> str:
    change = "" if claim.change_percent is None else f"{claim.change_percent:+g} %"
    values = [count_in_words(claim.count), change, claim.direction or ""]
    value = ", ".join(filter(None, values)) or "no number"
    whom = claim.victims if claim.victims != "unknown" else None
    of = f", {victims_in_words(whom)}" if whom else ""
    by = f", by {name(claim.actor)}" if claim.actor else ""
    return f"{phrase(claim.measure)}{of}{by}: {value}"


@_told.register
def _(claim: RelationClaim, name: Name) -> str:
    one, other = _named([claim.subject], name), _named([claim.object], name)
    between = {"same_as": "is the same as", "front_for": "is a front for"}
    plain = phrase(claim.relation)
    verb = plain if plain.partition(" ")[0].endswith(("s", "ed")) else f"is {plain}"
    return f"{one} {between.get(claim.relation, verb)} {other}"


@_told.register
def _(claim: AgreementClaim, name: Name) -> str:
    parties = f" between {_and(claim.parties, name)}" if claim.parties else ""
    through = f", mediated by {_and(claim.mediators, name)}" if claim.mediators else ""
    days = f", for {claim.duration_days:g} days" if claim.duration_days is not None else ""
    return f"{phrase(claim.type)} {phrase(claim.act)}{parties}{through}{days}"


@_told.register
def _(claim: StatementClaim, name: Name) -> str:
    to = f" {_and(claim.addressees, name)}" if claim.addressees else ""
    amount = f", {claim.amount.value:,.0f} {claim.amount.currency}" if claim.amount else ""
    about = f": {quoted(claim.about)}" if claim.about else ""
    return f"{_named([claim.by], name)} {phrase(claim.act)}{to}{amount}{about}"


@_told.register
def _(claim: PositionClaim, name: Name) -> str:
    known, written = claim.organisation, claim.organisation_as_written
    of = name(known) if known else quoted(written) if written else ""
    role = f"{phrase(claim.role)}{f' of {of}' if of else ''}"
    acts = {
        "holds": f"{claim.person} is {role}",
        "appointed": f"{claim.person} becomes {role}",
        "removed": f"{claim.person} is no longer {role}",
    }
    return acts.get(
        claim.act, f"{claim.person}, {role}, {'died' if claim.act == 'died' else 'was killed'}"
    )


def _named(refs: Iterable[ActorRef], name: Name) -> str:
    return actors_in_words(refs, name)


def _and(refs: Iterable[ActorRef], name: Name) -> str:
    found = list(dict.fromkeys(actors_in_words([ref], name) for ref in refs))
    return ", ".join(found[:-1]) + f" and {found[-1]}" if len(found) > 1 else "".join(found)

"""What a claim says, in a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contested.model import Claim
from contested.publish.words import (
    actors_in_words,
    count_in_words,
    phrase,
    place_in_words,
    time_in_words,
    victims_in_words,
)


def _event(c: Any) -> str:
    sides = " → ".join(filter(None, (actors_in_words(c.initiators), actors_in_words(c.targets))))
    status = "" if c.status == "occurred" else f" ({c.status})"
    return f"{phrase(c.type)}{status}" + (f", {sides}" if sides else "")


def _casualties(c: Any) -> str:
    one = c.count.low if c.count.low == c.count.high else None
    who = victims_in_words(c.victims, one)
    return f"{count_in_words(c.count)} {who} {phrase(c.effect)}"


def _responsibility(c: Any) -> str:
    return f"{c.actor or c.actor_as_written or 'nobody'} {phrase(c.act)}"


def _statistic(c: Any) -> str:
    value = count_in_words(c.count) or (
        f"{c.change_percent:+g} %" if c.change_percent is not None else c.direction or ""
    )
    return f"{phrase(c.measure)}: {value}"


def _relation(c: Any) -> str:
    one, other = (ref.actor or ref.as_written for ref in (c.subject, c.object))
    return f"{one} {phrase(c.relation)} {other}"


def _agreement(c: Any) -> str:
    return f"{phrase(c.type)} {phrase(c.act)}, {actors_in_words(c.parties)}".rstrip(", ")


def _statement(c: Any) -> str:
    to = actors_in_words(c.addressees)
    amount = f", {c.amount.value:,.0f} {c.amount.currency}" if c.amount else ""
    return f"{c.by.actor or c.by.as_written} {phrase(c.act)}{f' {to}' if to else ''}{amount}"


def _position(c: Any) -> str:
    of = c.organisation or c.organisation_as_written
    return f"{c.person}: {phrase(c.role)}{f' of {of}' if of else ''}, {c.act}"


_GISTS: dict[str, Callable[[Any], str]] = {
    "event": _event,
    "casualties": _casualties,
    "responsibility": _responsibility,
    "statistic": _statistic,
    "relation": _relation,
    "agreement": _agreement,
    "statement": _statement,
    "position": _position,
}


def gist(claim: Claim) -> str:
    """What is claimed, with place and time where the claim has them."""
    words = _GISTS[claim.kind](claim)
    where, when = getattr(claim, "where", None), getattr(claim, "when", None)
    if where:
        words += f", {place_in_words(where)}"
    return f"{words}, {time_in_words(when)}" if when else words

"""Sentences and labels made from fields, for pages."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import singledispatch
from typing import Any

from contested.model import (
    ActorRef,
    Claim,
    Count,
    Incident,
    Money,
    Speaker,
    Toll,
    When,
    Where,
)
from contested.publish.claim_words import claim_in_words
from contested.publish.words import (
    count_in_words,
    phrase,
    quoted,
    toll_in_words,
    victims_in_words,
)

SHOWN_ELSEWHERE = frozenset(
    {"id", "report", "name", "start", "end", "quote", "speakers", "kind", "event_ref"}
)
STANCES = {"denies": "✕ denies ", "unconfirmed": "◌ unconfirmed ", "alleges": "alleged "}
_ID = re.compile(r"\b([irca]-[0-9a-f]{6,40})\b")
ADDRESSES = {"i": "/incidents/", "r": "/reports/", "c": "/claims/", "a": "/agreements/"}
Name = Callable[[str], str]
"""Gives the name of an actor's id."""


def date_in_words(when: When | None) -> str:
    """A time as people write it: ``8 October 2025``, ``7 to 8 October 2025``, ``2022``."""
    if when is None or (when.earliest is None and when.latest is None):
        return "date unknown"
    doubt = "perhaps " if "?" in when.edtf or "%" in when.edtf else ""
    about = "about " if "~" in when.edtf or "%" in when.edtf else ""
    some = "some day, " if when.edtf.startswith("[") else ""
    first, last = _day(when.earliest), _day(when.latest)
    return f"{doubt}{about}{some}{_days(first, last)}"


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _days(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        return f"from {_full(first)} on" if first else f"until {_full(last)}"
    if first == last:
        return _full(first)
    ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.day == 1 and ends_month and first.year == last.year:
        if first.month == last.month:
            return f"{calendar.month_name[first.month]} {first.year}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_full(last)}"
    return f"{_full(first)} to {_full(last)}"


def _full(day: dt.date | None) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else "…"


def place_in_full(where: Where | None) -> str:
    """A place with its province and country."""
    if where is None:
        return "place unknown"
    parts = [where.name]
    if where.admin1 and where.admin1 != where.name:
        parts.append(where.admin1)
    if where.country:
        parts.append(where.country)
    return ", ".join(parts)


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    found = list(dict.fromkeys(words))
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


def names_of(refs: Iterable[ActorRef], name: Name) -> str:
    """Actors by name; words in quotes where the actor table has none."""
    return listed(name(ref.actor) if ref.actor else quoted(ref.as_written) for ref in refs)


def headline(incident: Incident, type_name: str, name: Name) -> str:
    """What, by whom, against whom, where and when, in one line."""
    by, against = names_of(incident.initiators, name), names_of(incident.targets, name)
    sides = (f" by {by}" if by else "") + (f" against {against}" if against else "")
    place = f", {place_in_full(incident.where)}" if incident.where else ", place unknown"
    return f"{type_name}{sides}{place}, {date_in_words(incident.when)}"


def told(incident: Incident, name: Name) -> str:
    """Sentences on the toll, on who did it, and on what the accounts do not agree on."""
    out = []
    if incident.casualties:
        tolls = "; ".join(toll_in_words(toll) for toll in incident.casualties)
        out.append(tolls[:1].upper() + tolls[1:])
    else:
        out.append("No report gives a toll")
    blame = blamed(incident, name)
    if blame:
        out.append(blame)
    out += [account[:1].upper() + account[1:] for account in incident.accounts]
    return ". ".join(out).replace("_", " ") + "."


def blamed(incident: Incident, name: Name) -> str:
    """Who did it, as far as anybody says."""
    who = listed(name(actor) for actor in incident.responsibility.actors) or "somebody"
    voices = incident.responsibility.according_to
    quoted_on_it = any(voice.act == "is_blamed" for voice in voices)
    return {
        "claimed": f"Claimed by {who}",
        "attributed": f"Blamed on {who}" if quoted_on_it else f"The accounts name {who}",
        "denied": f"Blamed on {who}, and denied",
        "competing": f"{who} are each said to have done it",
        "unclaimed": "Nobody has claimed it",
    }.get(incident.responsibility.state, "")


def toll_name(toll: Toll) -> str:
    """Of whom and what: ``security forces killed``."""
    return f"{victims_in_words(toll.victims)} {phrase(toll.effect)}"


def best_in_words(best: int | None, rule: str) -> str:
    """The derived figure with the rule that made it."""
    return f"no best figure by {phrase(rule)}" if best is None else f"{best:,} by {phrase(rule)}"


def summary(claim: Claim, name: Name) -> list[tuple[str, str]]:
    """The coded fields without those that say the usual, and without how they were found."""
    return [
        (field, value)
        for field, value in coded(claim, name)
        if field not in ("kind", "method", "confidence") and value not in ("asserts", "occurred")
    ]


def claimed(claim: Claim, name: Name) -> str:
    """What a claim says, as a sentence without its voice."""
    return claim_in_words(claim, name, date_in_words)


def coded(claim: Claim, name: Name) -> list[tuple[str, str]]:
    """The coded fields of a claim with their values in words; unknown ones are left out."""
    out: list[tuple[str, str]] = [("kind", claim.kind)]
    for field in fields(claim):
        value = getattr(claim, field.name)
        if field.name in SHOWN_ELSEWHERE or value in (None, (), ""):
            continue
        out.append((phrase(field.name), in_words(value, name)))
    return out


def _written(words: str) -> str:
    return f" ({quoted(words)})" if words else ""


@singledispatch
def in_words(value: Any, _name: Name) -> str:
    """Any value of a claim; the second argument gives the names of actors."""
    if hasattr(value, "as_written"):
        return str(value.as_written)
    return f"{value:g}" if isinstance(value, int | float) else phrase(str(value))


@in_words.register
def _(value: When, _name: Name) -> str:
    return f"{date_in_words(value)}{_written(value.as_written)}"


@in_words.register
def _(value: Where, _name: Name) -> str:
    wide = f", within {value.radius_km:g} km" if value.radius_km is not None else ""
    return f"{place_in_full(value)}{wide}{_written(value.as_written)}"


@in_words.register
def _(value: Count, _name: Name) -> str:
    return f"{count_in_words(value)}{_written(value.as_written)}"


@in_words.register
def _(value: ActorRef, name: Name) -> str:
    if value.actor is None:
        return f"{quoted(value.as_written)}, not in the actor table"
    return f"{name(value.actor)} ({quoted(value.as_written)})"


@in_words.register
def _(value: Money, _name: Name) -> str:
    return f"{value.value:,.0f} {value.currency}"


@in_words.register
def _(value: tuple, name: Name) -> str:  # type: ignore[type-arg]
    return listed(in_words(item, name) for item in value)


def voice_kind(speakers: Sequence[Speaker]) -> str:
    """What kind of voice it is."""
    return speakers[-1].kind if speakers else "outlet"


def linked(text: str) -> Iterator[tuple[str, str]]:
    """Words cut where they name an incident, a report or a claim: the part, and its address."""
    for n, part in enumerate(_ID.split(text)):
        if part:
            yield part, ADDRESSES[part[0]] + part if n % 2 else ""

"""Through which channel somebody spoke, and in which role: from the words of the passage."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib import resources
from typing import get_args

from contested.model import ResponsibilityClaim, Speaker
from contested.model.terms import Channel, Role
from contested.world import World

CASED = 3
"""Patterns of so few letters have to stand in capitals: "FIR", not "fir"."""
NEAR = 48
"""How many characters from a name its role may stand."""
OFFICES = frozenset(get_args(Role)) - {"official", "other"}
"""Roles that one person holds; "the army" and "officials" name bodies."""
_NAMED = re.compile(r",?\s((?:[A-Z][\w.’'-]*\s?){2,4})(?<!\s)[,\s]")
"""A name of two to four capitalised words."""


@lru_cache(maxsize=1)
def _channels() -> tuple[tuple[re.Pattern[str], Channel], ...]:
    """Patterns in the order of the table: the first that is found counts."""
    path = resources.files("contested") / "data" / "lexicon" / "channels.csv"
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    out: list[tuple[re.Pattern[str], Channel]] = []
    for row in rows:
        words = row["pattern"]
        short = len(words) <= CASED
        pattern = re.compile(
            rf"\b{re.escape(words.upper() if short else words)}s?\b", 0 if short else re.IGNORECASE
        )
        out.append((pattern, row["channel"]))  # type: ignore[arg-type]
    return tuple(out)


@lru_cache(maxsize=4096)
def channel(text: str) -> tuple[Channel, str]:
    """The channel that a passage names, and its words; ``unknown`` where it names none."""
    for pattern, name in _channels():
        found = pattern.search(text)
        if found:
            return name, found[0]
    return "unknown", ""


@lru_cache(maxsize=4)
def _roles(world: World) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all words for roles, the longest first, and the role of each."""
    words = sorted((r.word for r in world.roles if r.role in OFFICES), key=lambda w: (-len(w), w))
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    return pattern, {r.word.casefold(): r.role for r in world.roles if r.role in OFFICES}


@lru_cache(maxsize=4)
def _bodies(world: World) -> frozenset[str]:
    return frozenset(alias.text.casefold() for alias in world.aliases)


def person_and_role(
    claim: ResponsibilityClaim, speaker: Speaker | None, world: World
) -> tuple[str, str]:
    """The person who speaks and the role in which; empty where the passage does not say.

    The role stands in the voice's own words ("the TTP spokesman"), or in the passage beside the
    name: before it, or after it within commas ("Sarbakaf Mohmand, a commander of …").
    """
    if speaker is None or speaker.kind in ("outlet", "witness"):
        return "", ""
    person = _person(speaker, world)
    role = _role_in(speaker.name, world)
    if not role and person:
        role = _role_beside(claim.quote, person, world)
    if role and not person:
        person = _name_beside(claim.quote, speaker.name)
    return person, role


def _name_beside(quote: str, words: str) -> str:
    """The name that follows a role within commas: "The TTP's spokesman, M. Khurasani, denied"."""
    at = quote.find(words)
    found = _NAMED.match(quote[at + len(words) :]) if at >= 0 else None
    return found[1] if found else ""


def _person(speaker: Speaker, world: World) -> str:
    """The name, if it is a person's and no body's."""
    name = re.sub(r"^(the|a|an)\s+", "", speaker.name.strip(), flags=re.IGNORECASE)
    words = [w for w in re.split(r"\W+", name) if w]
    proper = [w for w in words if w[:1].isupper()]
    if name.casefold() in _bodies(world) or len(proper) < 2:
        return ""
    pattern, _ = _roles(world)
    rest = pattern.split(name)[-1].replace(",", " ").split()
    upper = [w for w in rest if w[:1].isupper() and w.casefold() not in _bodies(world)]
    return " ".join(upper) if len(upper) > 1 else ""


@lru_cache(maxsize=4096)
def _role_in(words: str, world: World) -> str:
    pattern, roles = _roles(world)
    found = pattern.search(words)
    return roles[found[0].casefold()] if found else ""


def _role_beside(quote: str, person: str, world: World) -> str:
    at = quote.find(person)
    if at < 0:
        return ""
    before = re.split(r"[.;:]", quote[max(0, at - NEAR) : at])[-1]
    after = quote[at + len(person) : at + len(person) + NEAR]
    if after.startswith(","):
        found = _role_in(after[1:].split(",")[0], world)
        if found:
            return found
    return _role_in(before, world)

"""Who fights: UCDP's sides as actors of the tables, and the words that reports use for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from contested.model import ActorRef
from contested.model.terms import Victims
from contested.world import World

INSURGENTS = "syrian-insurgents"
FACTIONS: Mapping[str, tuple[str, ...]] = {
    "Aleppo": ("nour-al-din-zenki", "levant-front", "fsa", "ahrar-al-sham", "sham-legion"),
    "Rif Dimashq": ("jaysh-al-islam", "rahman-corps", "ahrar-al-sham"),
    "Damascus": ("jaysh-al-islam", "rahman-corps"),
    "Daraa": ("southern-front", "fsa", "hts-6815"),
    "Quneitra": ("southern-front", "fsa"),
    "Idlib": ("ahrar-al-sham", "sham-legion", "hts-6815", "suqour-al-sham", "free-idlib-army"),
    "Hamah": ("ahrar-al-sham", "hts-6815", "liwa-al-aqsa", "fsa"),
    "Homs": ("ahrar-al-sham", "fsa", "hts-6815"),
    "Latakia": ("ahrar-al-sham", "sham-legion", "hts-6815"),
}
"""Factions that stand behind UCDP's "Syrian insurgents" in most incidents, by province. Chosen
for variety, not as a statement on who held what."""

_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "syria": (
        ("government forces", "syria"),
        ("Syrian government forces", "syria"),
        ("Syrian troops", "syria"),
        ("regime forces", "syria"),
        ("Syrian army units", "syria-military"),
        ("the Syrian army", "syria-military"),
    ),
    "islamic-state": (
        ("Islamic State fighters", "islamic-state"),
        ("Islamic State militants", "islamic-state"),
        ("ISIS fighters", "islamic-state"),
        ("IS militants", "islamic-state"),
        ("Daesh fighters", "islamic-state"),
    ),
    "syrian-democratic-forces": (
        ("Syrian Democratic Forces", "syrian-democratic-forces"),
        ("SDF fighters", "syrian-democratic-forces"),
        ("fighters of the SDF", "syrian-democratic-forces"),
    ),
    INSURGENTS: (
        ("Syrian insurgents", INSURGENTS),
        ("Syrian rebels", INSURGENTS),
        ("rebel factions", INSURGENTS),
    ),
    "hts-6815": (
        ("Hayat Tahrir al-Sham fighters", "hts-6815"),
        ("HTS fighters", "hts-6815"),
        ("HTS militants", "hts-6815"),
    ),
}
GENERIC: Mapping[Victims, tuple[str, ...]] = {
    "militants": (
        "militants",
        "gunmen",
        "armed men",
        "fighters",
        "unidentified gunmen",
        "unknown attackers",
    ),
    "security_forces": ("troops", "security forces", "soldiers", "uniformed men"),
    "civilians": ("civilians", "residents", "people"),
    "unknown": ("people",),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an incident: its actors, what its dead are, and whom it belongs to."""

    actors: tuple[str | None, ...]
    names: tuple[str, ...]
    victims: Victims
    parent: str | None

    @property
    def armed(self) -> bool:
        """Whether it is a fighting side."""
        return self.victims != "civilians"


CIVILIANS = Side((None,), ("civilians",), "civilians", None)


class Sides:
    """UCDP's side numbers as sides of incidents."""

    def __init__(self, names: Mapping[int, str], world: World) -> None:
        self._world = world
        by_number = {a.ucdp_id: a.id for a in world.actors.values() if a.ucdp_id is not None}
        spelt = {a.text.casefold(): a.actor for a in world.aliases}
        spelt |= {a.name.casefold(): a.id for a in world.actors.values()}
        self._sides = {
            number: self._made(name, by_number.get(number), spelt) for number, name in names.items()
        }
        self._factions = {
            province: tuple(self._of(actor) for actor in actors if actor in world.actors)
            for province, actors in FACTIONS.items()
        }

    def side(self, number: int, province: str, rng: Random) -> Side:
        """The side of that number; of the insurgents mostly a faction known there."""
        side = self._sides[number]
        factions = self._factions.get(province)
        if factions and side.actors == (INSURGENTS,) and rng.random() < 0.7:
            return rng.choice(factions)
        return side

    def _made(self, name: str, actor: str | None, spelt: Mapping[str, str]) -> Side:
        if name == "Civilians":
            return CIVILIANS
        if actor is not None:
            return self._of(actor)
        parts = [part.strip() for part in name.split(",")]
        known = [spelt.get(part.casefold()) for part in parts]
        actors = [k for k in known if k]
        if not actors:
            return Side((None,), (parts[0],), "militants", INSURGENTS)
        return Side(
            tuple(actors[:2]),
            tuple(self._world.actors[a].name for a in actors[:2]),
            "militants",
            INSURGENTS,
        )

    def _of(self, actor: str) -> Side:
        row = self._world.actors[actor]
        state = self._world.actors[self._world.ancestors(actor)[-1]].kind == "state"
        apart = actor in ("islamic-state", "syrian-democratic-forces", INSURGENTS)
        return Side(
            (actor,),
            (row.name,),
            "security_forces" if state else "militants",
            row.parent or (None if state or apart else INSURGENTS),
        )


def named(side: Side, rng: Random) -> tuple[tuple[ActorRef, ...], str]:
    """The side as a report names it: its actors, and the words for all of them."""
    refs = []
    for actor, name in zip(side.actors, side.names, strict=True):
        words = _WORDS.get(actor or "")
        if words:
            refs.append(ActorRef(*reversed(rng.choice(words))))
        elif side.armed:
            word = rng.choice((name, f"{name} fighters", f"{name} forces"))
            refs.append(ActorRef(actor, word))
        else:
            refs.append(ActorRef(None, rng.choice(GENERIC["civilians"])))
    return tuple(refs), " and ".join(ref.as_written for ref in refs)


def above(side: Side, rng: Random) -> tuple[tuple[ActorRef, ...], str] | None:
    """The organisation above the side as a report names it, or null if there is none."""
    if side.parent is None:
        return None
    words, actor = rng.choice(_WORDS.get(side.parent, ((side.parent, side.parent),)))
    return (ActorRef(actor, words),), words


def generic(side: Side, rng: Random) -> tuple[tuple[ActorRef, ...], str]:
    """A word that fits any side of its sort, without an actor."""
    word = rng.choice(GENERIC[side.victims])
    return (ActorRef(None, word),), word

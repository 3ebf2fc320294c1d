"""From a report's scene to its incident templates."""

from __future__ import annotations

from collections.abc import Collection

from contested.extract.reading import Reading
from contested.extract.templates.answers import answered, likeliest
from contested.extract.templates.armed import weapon_kind
from contested.extract.templates.around import Around
from contested.extract.templates.days import day, published
from contested.extract.templates.known import known_how
from contested.extract.templates.places import place
from contested.extract.templates.struck import Struck
from contested.extract.templates.template import Entry, Incident
from contested.extract.templates.words import own_words
from contested.language.encoder.scenes import (
    DOERS,
    PERSON,
    STRUCK,
    Happening,
    Participant,
    Scene,
)
from contested.world import World

SURE = 0.4
"""A happening is told if the words of someone or something struck are so sure of its type. Tuned
on TST1 and TST2 of MUC-3/4."""


def templates(
    world: World, reading: Reading, scene: Scene, countries: Collection[str] = ()
) -> list[Incident]:
    """One incident template for each happening of the scene whose type is sure enough.

    Where `countries` (ISO 3166-1 alpha-2) are given, places are sought in those alone.
    """
    return [
        _incident(world, reading, one, countries) for one in scene.happenings if sure(one) >= SURE
    ]


def sure(one: Happening) -> float:
    """How sure the words of what was struck are of what happened."""
    return max(
        (chance for p in one.of(*STRUCK) for chance in p.answers.get("type", {}).values()),
        default=0.0,
    )


def _incident(
    world: World, reading: Reading, one: Happening, countries: Collection[str]
) -> Incident:
    everyone, hit = one.participants, one.of(*STRUCK)
    around = Around(reading, [p for p in everyone if p.role != "organisation"])
    found = day(reading, around)
    where = place(world, reading, around, countries)
    struck = Struck(world, reading, where.country)
    kind = likeliest(hit or everyone, "type") or "ATTACK"
    weapons = tuple(
        Entry(p.words, kind=answered([p], "arm", own_words([p.words]))) for p in one.of("weapon")
    )
    return Incident(
        type=kind,
        stage=likeliest(everyone, "stage") or "ACCOMPLISHED",
        category=likeliest(one.of(*DOERS), "category", none=True),
        day=found,
        by=published(reading) if found is None else None,
        place=where.names,
        weapons=weapons,
        weapon_kind=None if weapons else weapon_kind(reading, kind, hit),
        individuals=tuple(Entry(p.words) for p in one.of("individual")),
        organisations=tuple(_organisation(reading, p) for p in one.of("organisation")),
        things=tuple(struck.thing(p) for p in one.of("target")),
        people=tuple(struck.people(one.of("victim"), one.of(PERSON))),
    )


def _organisation(reading: Reading, one: Participant) -> Entry:
    return Entry(one.words, kind=known_how(reading, one.at) or likeliest([one], "confidence"))

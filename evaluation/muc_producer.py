"""The program's incident templates of a text, written into the slots of MUC-4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from contested.extract import Extractor
from contested.extract.templates import Entry, Incident, templates
from contested.model import Report
from contested.world import World
from evaluation import muc_templates as slots
from evaluation.muc_corpus import MONTHS
from evaluation.muc_templates import Fill, Template

COUNTRIES = ("AR", "BO", "CL", "CO", "EC", "SV", "GT", "HN", "PE")
"""The task asked for incidents in these nine countries."""


def produced(world: World, extractor: Extractor, report: Report) -> list[Template]:
    """The templates of one report; none where the pipeline cannot read scenes."""
    scene = extractor.scene(report.text)
    if scene is None:
        return []
    return [template(one) for one in templates(world, extractor.read(report), scene, COUNTRIES)]


def template(one: Incident) -> Template:
    """An incident in the key's slots."""
    out = Template()

    def put(slot: str, value: str | None, *refs: str) -> None:
        if value is not None:
            out.slots[slot] = (*out.fills(slot), Fill((value,), refs))

    put(slots.DATE, date_slot(one.day, one.by))
    put(slots.PLACE, place_slot(one.place))
    put(slots.TYPE, one.type)
    put(slots.STAGE, one.stage)
    put(slots.CATEGORY, one.category)
    for weapon in one.weapons:
        put(slots.WEAPON, weapon.words)
        put(slots.WEAPON_TYPE, weapon.kind, weapon.words)
    put(slots.WEAPON_TYPE, one.weapon_kind)
    for person in one.individuals:
        put(slots.INDIVIDUAL, person.words)
    for group in one.organisations:
        put(slots.ORGANISATION, group.words)
        put(slots.CONFIDENCE, group.kind, group.words)
    for thing in one.things:
        put(slots.THING, thing.words)
        put(slots.THING_TYPE, thing.kind, thing.words)
        put(slots.THING_NUMBER, thing.number, thing.words)
        put(slots.THING_EFFECT, thing.effect, thing.words)
        put(slots.THING_NATION, _upper(thing.nation), thing.words)
    for victim in one.people:
        _victim(put, victim)
    return out


def _victim(put: object, victim: Entry) -> None:
    assert callable(put)
    if victim.named:
        put(slots.NAME, victim.words)
        for words in victim.called:
            put(slots.DESCRIPTION, words, victim.words)
    else:
        put(slots.DESCRIPTION, victim.words)
    put(slots.HUMAN_TYPE, victim.kind, victim.words)
    put(slots.HUMAN_NUMBER, victim.number, victim.words)
    put(slots.HUMAN_EFFECT, victim.effect, victim.words)
    put(slots.HUMAN_NATION, _upper(victim.nation), victim.words)


def _upper(words: str | None) -> str | None:
    return words.upper() if words else None


def date_slot(day: dt.date | None, by: dt.date | None) -> str | None:
    """A day, or the last day that it can have been, as the key writes it."""
    if day is not None:
        return _day(day)
    return f"- {_day(by)}" if by is not None else None


def place_slot(names: Sequence[str]) -> str | None:
    """Names from the country down, as the key writes them."""
    return ": ".join(name.upper() for name in names) or None


def _day(day: dt.date) -> str:
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year % 100:02d}"

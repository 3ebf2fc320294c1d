"""From a report's scene to its incident templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from contested.extract.reading import Reading
from contested.extract.templates.numbers import number
from contested.extract.templates.place_time import Around, day, place
from contested.extract.templates.template import Entry, Incident
from contested.language.encoder.fillers import plain
from contested.language.encoder.scenes import DOERS, PERSON, STRUCK, Happening, Participant, Scene
from contested.world import World

NONE = "NONE"
BESIDE = 12
"""Characters between a name and the words that say who it is: "Colonel Perez", "Perez, a"."""


def templates(world: World, reading: Reading, scene: Scene) -> list[Incident]:
    """One incident template for each happening of the scene."""
    return [_incident(world, reading, one) for one in scene.happenings]


def _incident(world: World, reading: Reading, one: Happening) -> Incident:
    everyone = one.participants
    doers = one.of(*DOERS)
    around = Around(reading, [p for p in everyone if p.role != "organisation"])
    found = day(reading, around)
    published = reading.report.published
    by = dt.date.fromisoformat(published.latest) if published and published.latest else None
    return Incident(
        type=likeliest(one.of(*STRUCK) or everyone, "type") or "ATTACK",
        stage=likeliest(everyone, "stage") or "ACCOMPLISHED",
        category=likeliest(doers or everyone, "category", none=True),
        day=found,
        by=by if found is None else None,
        place=place(world, reading, around),
        weapons=tuple(Entry(p.words, kind=likeliest([p], "arm")) for p in one.of("weapon")),
        individuals=tuple(Entry(p.words) for p in one.of("individual")),
        organisations=tuple(
            Entry(p.words, kind=likeliest([p], "confidence")) for p in one.of("organisation")
        ),
        things=tuple(_thing(reading, p) for p in one.of("target")),
        people=tuple(_people(reading, one.of("victim"), one.of(PERSON))),
    )


def likeliest(ones: Sequence[Participant], question: str, *, none: bool = False) -> str | None:
    """The answer with the highest mean chance; None for no answer, which only `none` allows."""
    sums: dict[str, float] = {}
    for one in ones:
        for answer, chance in one.answers.get(question, {}).items():
            if none or answer != NONE:
                sums[answer] = sums.get(answer, 0.0) + chance
    best = max(sums, key=lambda answer: sums[answer], default=NONE)
    return None if best == NONE else best


def _thing(reading: Reading, one: Participant) -> Entry:
    return Entry(
        one.words,
        kind=likeliest([one], "thing"),
        number=number(reading, one),
        effect=likeliest([one], "damage", none=True),
    )


def _people(
    reading: Reading, names: Sequence[Participant], described: Sequence[Participant]
) -> list[Entry]:
    """Named people with the words beside their name that say who they are; then the others."""
    out: list[Entry] = []
    left = list(described)
    for name in names:
        beside = [p for p in left if _beside(name, p) and number(reading, p) == "1"]
        best = max(beside, key=lambda p: p.chance, default=None)
        if best is not None:
            left = [p for p in left if plain(p.words) != plain(best.words)]
        about = [name, best] if best is not None else [name]
        out.append(
            Entry(
                name.words,
                (best.words,) if best is not None else (),
                likeliest(about, "human"),
                "1",
                likeliest(about, "harm", none=True),
            )
        )
    for one in left:
        kind, harm = likeliest([one], "human"), likeliest([one], "harm", none=True)
        out.append(Entry(one.words, (), kind, number(reading, one), harm, named=False))
    return out


def _beside(name: Participant, other: Participant) -> bool:
    return any(
        0 <= start - end <= BESIDE
        for one, two in ((name, other), (other, name))
        for _, end in one.at
        for start, _ in two.at
    )

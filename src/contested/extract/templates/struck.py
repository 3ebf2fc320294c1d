"""People and things that were struck, as entries of a template."""

from __future__ import annotations

from collections.abc import Sequence

from contested.extract.reading import Reading
from contested.extract.templates.answers import likeliest
from contested.extract.templates.numbers import number
from contested.extract.templates.places import country_name
from contested.extract.templates.template import Entry
from contested.extract.templates.words import bare, nation
from contested.language.encoder.scenes import Participant
from contested.world import World

BESIDE = 12
"""Characters between a name and the words that say who it is: "Colonel Perez", "Perez, a"."""


class Struck:
    """Makes entries for one report; `home` is the country of the incident."""

    def __init__(self, world: World, reading: Reading, home: str | None) -> None:
        self._world, self._reading, self._home = world, reading, home

    def thing(self, one: Participant) -> Entry:
        """What was attacked."""
        return Entry(
            bare(one.words),
            kind=likeliest([one], "thing"),
            number=number(self._reading, one),
            effect=likeliest([one], "damage", none=True),
            nation=self._nation([one]),
        )

    def people(self, names: Sequence[Participant], described: Sequence[Participant]) -> list[Entry]:
        """Named people with the words that say who they are; then the others.

        One person who is described is the one who is named nearest.
        """
        of: dict[int, list[Participant]] = {n: [] for n in range(len(names))}
        others: list[Participant] = []
        for one in described:
            if names and number(self._reading, one) == "1":
                of[min(of, key=lambda n: _apart(names[n], one))].append(one)
            else:
                others.append(one)
        found = [self._named(name, of[n]) for n, name in enumerate(names)]
        return found + [self._described(one) for one in others]

    def _named(self, name: Participant, about: Sequence[Participant]) -> Entry:
        best = max(about, key=lambda p: (_apart(name, p) <= BESIDE, p.chance), default=None)
        both = [name, best] if best is not None else [name]
        return Entry(
            name.words,
            (bare(best.words),) if best is not None else (),
            likeliest(both, "human"),
            "1",
            likeliest(both, "harm", none=True),
            self._nation(both),
        )

    def _described(self, one: Participant) -> Entry:
        return Entry(
            bare(one.words),
            (),
            likeliest([one], "human"),
            number(self._reading, one),
            likeliest([one], "harm", none=True),
            self._nation([one]),
            named=False,
        )

    def _nation(self, ones: Sequence[Participant]) -> str | None:
        found = (nation(self._reading, one, self._home) for one in ones)
        country = next((c for c in found if c is not None), None)
        return country_name(self._world, country) if country else None


def _apart(name: Participant, other: Participant) -> int:
    """The least characters between mentions of the two."""
    return min(
        (max(a, c) - min(b, d) for a, b in name.at for c, d in other.at if max(a, c) >= min(b, d)),
        default=0,
    )

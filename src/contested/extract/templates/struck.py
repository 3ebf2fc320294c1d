"""People and things that were struck, as entries of a template."""

from __future__ import annotations

from collections.abc import Sequence

from contested.extract.reading import Reading
from contested.extract.templates.answers import answered
from contested.extract.templates.numbers import number
from contested.extract.templates.places import country_name
from contested.extract.templates.template import Entry
from contested.extract.templates.words import bare, nation, own_words, words_around
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
            kind=answered([one], "thing", own_words([one.words])),
            number=number(self._reading, one),
            effect=answered([one], "damage", self._told([one]), none=True),
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
            answered(both, "human", own_words([p.words for p in both])),
            "1",
            answered(both, "harm", self._told(both), none=True),
            self._nation(both),
        )

    def _described(self, one: Participant) -> Entry:
        return Entry(
            bare(one.words),
            (),
            answered([one], "human", own_words([one.words])),
            number(self._reading, one),
            answered([one], "harm", self._told([one]), none=True),
            self._nation([one]),
            named=False,
        )

    def _told(self, ones: Sequence[Participant]) -> dict[str, float]:
        """The participant's words, and those around the first of them."""
        around = words_around(self._reading, ones[0].at)
        return around | own_words([p.words for p in ones])

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
